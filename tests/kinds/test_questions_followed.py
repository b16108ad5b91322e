from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.asked import Followed
from facilitation.fate import Fate
from facilitation.kinds import questions
from tests.kinds.questions import ask, close_and_show, html, mine, opened, state
from tests.rooms import Kept, afresh, submit


def followed(hall: Kept, by: str) -> list[Followed]:
    """What a person finds on "Von mir" of the questions that they supported."""
    part: Any = pictures.personal(hall, hall.person(by), "mine")["page.mine-followed"]
    return [it for _, it in part.content]


def page(hall: Kept, by: str) -> str:
    """That part as it is drawn."""
    return str(drawn(pictures.personal(hall, hall.person(by), "mine"))["page.mine-followed"])


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_whoever_supported_a_question_reads_its_answer_among_their_own(names: str) -> None:
    hall = opened(names=names)
    ref = ask(hall, "ada")
    submit(hall, "ben", "qa", "support", question=ref)
    assert followed(hall, "ben") == []

    submit(hall, "mo", "qa", "answer", question=ref, text="Am 1. Oktober.", answerer="Leitung Amt 33")

    assert followed(hall, "ben") == [Followed(ref, "Wann?", Fate("answered", "Am 1. Oktober.", "Leitung Amt 33"))]
    assert [it in page(hall, "ben") for it in ("Sie haben mitgefragt", "Am 1. Oktober.", "33", "mündlich")] == [
        1,
        1,
        1,
        0,
    ]
    assert followed(hall, "cem") == followed(hall, "ada") == []
    assert "Sie haben mitgefragt" not in page(hall, "cem")


def test_an_answer_given_aloud_and_an_end_are_told_too_and_what_is_taken_back_is_not() -> None:
    hall = opened()
    aloud, later, dropped, other = (ask(hall, "ada", text) for text in ("eins", "zwei", "drei", "vier"))
    for ref in (aloud, later, dropped, other):
        submit(hall, "ben", "qa", "support", question=ref)
    submit(hall, "mo", "qa", "answer", question=aloud)
    submit(hall, "mo", "qa", "settle", question=later, end="in_writing", owner="Amt 11", due="2026-10-01")
    submit(hall, "mo", "qa", "settle", question=dropped, end="dropped", reason="nicht zuständig")
    submit(hall, "mo", "qa", "settle", question=other, owner="Amt 11")

    assert [(it.ref, it.fate) for it in followed(hall, "ben")] == [
        (aloud, Fate("answered")),
        (later, Fate("in_writing", who="Amt 11", due="2026-10-01")),
        (dropped, Fate("dropped", "nicht zuständig")),
        (other, Fate("open", who="Amt 11")),
    ]
    words = ("mündlich beantwortet", "Amt 11", "bis 1. Oktober", "nicht zuständig")
    assert [word for word in words if word not in page(hall, "ben")] == []

    submit(hall, "ben", "qa", "unsupport", question=aloud)
    submit(hall, "mo", "qa", "hide", ref=later, reason="kein Beitrag")
    assert [it.ref for it in followed(hall, "ben")] == [dropped, other]


def test_support_of_a_question_that_was_merged_is_told_of_the_one_that_stands_for_it_once() -> None:
    hall = opened()
    first, second = ask(hall, "ada", "eins"), ask(hall, "cem", "zwei")
    submit(hall, "ben", "qa", "support", question=second)
    submit(hall, "mo", "qa", "answer", question=second, text="Ja.")
    submit(hall, "mo", "qa", "merge", question=second, into=first)
    assert followed(hall, "ben") == []

    submit(hall, "mo", "qa", "answer", question=first, text="Nein.")

    assert [(it.ref, it.fate.text) for it in followed(hall, "ben")] == [(first, "Nein.")]


def test_support_of_ones_own_question_is_told_once_where_it_was_asked() -> None:
    hall = opened(own_support=True)
    ref = ask(hall, "ada", anonymous=True)
    submit(hall, "ada", "qa", "support", question=ref)
    submit(hall, "mo", "qa", "answer", question=ref, text="Bald.")
    assert followed(hall, "ada") == []


def test_nobody_is_told_any_more_once_it_is_forgotten_who_supported() -> None:
    hall = opened(names="anonymous")
    ref = ask(hall, "ada")
    submit(hall, "ben", "qa", "support", question=ref)
    submit(hall, "mo", "qa", "answer", question=ref, text="Bald.")
    assert len(followed(hall, "ben")) == 1

    close_and_show(hall)

    assert followed(hall, "ben") == followed(afresh(hall), "ben") == []
    assert [word for name, word in mine(hall, "ben")["marks"] if "supported" in word] == []


def test_the_question_itself_says_so_to_those_who_supported_it_as_soon_as_it_is_settled() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "ben", "qa", "support", question=ref)
    assert "Sie haben mitgefragt." not in html(hall)[f"question-{ref}"]

    submit(hall, "mo", "qa", "settle", question=ref, end="in_writing")
    assert "q__told" in html(hall)[f"question-{ref}"]
    submit(hall, "mo", "qa", "answer", question=ref, text="Bald.")
    assert "q__told" in html(hall)[f"question-{ref}"]
    assert (f"question-{ref}", "supported") in mine(hall, "ben")["marks"]


def test_what_its_author_takes_back_changes_the_screens_of_those_for_and_against_it() -> None:
    hall = opened(opposable=True)
    head, part = ask(hall, "ada", "eins"), ask(hall, "cem", "zwei")
    submit(hall, "ben", "qa", "support", question=part)
    submit(hall, "ben", "qa", "oppose", question=head)
    submit(hall, "mo", "qa", "merge", question=part, into=head)

    withdrawn, split = submit(hall, "ada", "qa", "withdraw", question=head)

    assert questions.concerned(state(hall), withdrawn) == ["ben"]
    assert hall.touched(split) == {"ada", "ben", "cem"}
    (asked,) = submit(hall, "cem", "qa", "ask", text="drei")
    assert questions.concerned(state(hall), asked) == []
