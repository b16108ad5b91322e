"""In which order questions stand, and what people may do with their own and against others."""

from typing import Any

import pytest

from facilitation import pictures
from facilitation.orders import disputed, likely_share
from facilitation.screen import Audience, Slot
from tests.kinds.questions import ask, figures, html, mine, opened, own, refusal, state, view
from tests.rooms import Kept, afresh, submit

ADDRESSEES = [{"id": "ob", "title": "Oberbürgermeisterin"}, {"id": "dez-2", "title": "Dezernat II"}]


def support(hall: Kept, ref: str, *people: str) -> None:
    for person in people:
        submit(hall, person, "qa", "support", question=ref)


def order(hall: Kept, choice: str = "") -> list[str]:
    listed: Slot = view(hall, choice=choice)["questions-open"]
    return [part.removeprefix("question-") for part in listed]


# ── orders ──


def test_each_person_may_look_at_the_questions_in_another_order() -> None:
    hall = opened()
    old, new = ask(hall, "ada", "eins"), ask(hall, "ada", "zwei")
    support(hall, old, "ben")

    assert (order(hall), order(hall, "support"), order(hall, "newest")) == ([old, new], [old, new], [new, old])


def test_what_nobody_offers_changes_nothing() -> None:
    hall = opened()
    refs = [ask(hall, "ada", "eins"), ask(hall, "ada", "zwei")]

    assert order(hall, "disputed") == order(hall, "label-x") == refs


def test_the_desk_says_in_which_order_all_others_see_them() -> None:
    hall = opened()
    old, new = ask(hall, "ada", "eins"), ask(hall, "ada", "zwei")

    submit(hall, "mo", "qa", "sort", order="newest")

    assert (order(hall), order(hall, "support")) == ([new, old], [old, new])
    listed = view(hall, Audience.STAGE)["stage-list"].questions
    assert [it.said.ref for it in listed] == [new, old]
    assert view(hall)["orders"].chosen == "newest"
    assert state(hall) == state(afresh(hall))


def test_the_best_are_those_that_most_wanted_who_could_so_that_a_late_one_has_its_chance() -> None:
    hall = opened()
    early = ask(hall, "ada", "früh")
    support(hall, early, "ben", "cem")
    other = ask(hall, "ada", "anderes")
    support(hall, other, "mo")
    late = ask(hall, "ada", "spät")
    support(hall, late, "ben", "cem")

    assert order(hall) == [early, late, other]
    assert order(hall, "best") == [late, early, other]  # two of two since then, not two of three


def test_a_small_number_is_mistrusted() -> None:
    assert likely_share(0, 0) == 0
    assert likely_share(1, 1) < likely_share(9, 10) < likely_share(90, 100) < 0.9


def test_disputed_is_what_many_want_and_as_many_do_not() -> None:
    assert disputed(0, 0) == disputed(9, 0) == 0
    assert disputed(5, 5) > disputed(2, 2) > disputed(9, 1) > 0


def test_a_person_is_for_a_question_or_against_it_and_may_take_back_either() -> None:
    hall = opened(opposable=True)
    ref = ask(hall, "ada")

    def said() -> tuple[int, int, Any]:
        asked = view(hall)[f"question-{ref}"]
        return asked.support, asked.against, mine(hall, "ben")["marks"]

    submit(hall, "ben", "qa", "oppose", question=ref)
    assert said() == (0, 1, ((f"question-{ref}", "opposed"),))
    assert refusal(hall, "ben", "oppose", question=ref) == "questions.already_voted"
    submit(hall, "ben", "qa", "support", question=ref)
    assert said() == (1, 0, ((f"question-{ref}", "supported"),))
    submit(hall, "ben", "qa", "oppose", question=ref)
    submit(hall, "ben", "qa", "unoppose", question=ref)
    assert said() == (0, 0, ())


def test_disputed_questions_come_first_where_one_may_be_against_them() -> None:
    hall = opened(opposable=True)
    liked, torn = ask(hall, "ada", "beliebt"), ask(hall, "ada", "umstritten")
    support(hall, liked, "ben", "cem")
    support(hall, torn, "ben")
    submit(hall, "cem", "qa", "oppose", question=torn)

    assert order(hall, "disputed") == [torn, liked]
    assert figures(hall)["opposed"] == {torn: 1}
    assert "dagegen" in html(hall)[f"question-{torn}"]


def test_nobody_is_against_a_question_where_the_settings_do_not_say_so() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    assert refusal(hall, "ben", "oppose", question=ref) == "questions.invalid"
    assert "dagegen" not in html(hall)[f"question-{ref}"]
    assert "opposed" not in figures(hall)


@pytest.mark.parametrize(
    "page, there",
    [
        ("questions", True),
        ("questions/newest", True),
        ("questions/label-geld", True),
        ("questions/disputed", False),
        ("questions/label-x", False),
        ("stream/newest", False),
        ("anderswo", False),
    ],
)
def test_a_page_may_be_looked_at_in_the_ways_that_something_on_it_offers(page: str, there: bool) -> None:  # noqa: FBT001
    hall = opened(labels=[{"id": "geld", "title": "Geld"}])

    assert pictures.is_page(hall, page) is there


# ── one's own ──


def test_a_question_goes_to_an_addressee_or_to_whoever_is_on_the_podium() -> None:
    hall = opened(addressees=ADDRESSEES)
    ref, other = ask(hall, "ada", to="ob"), ask(hall, "ben")

    parts = view(hall)
    assert [parts[f"question-{it}"].to for it in (ref, other)] == ["Oberbürgermeisterin", ""]
    assert refusal(hall, "ada", "ask", text="Wann?", to="papst") == "questions.invalid"
    assert "an <bdi" in html(hall, Audience.STAGE, ref)["stage-one"]


@pytest.mark.parametrize("anonymous", [False, True])
def test_ones_own_question_is_withdrawn_from_every_screen_but_ones_own(anonymous: bool) -> None:  # noqa: FBT001
    hall = opened()
    ref = ask(hall, "ada", anonymous=anonymous)

    entry = submit(hall, "ada", "qa", "withdraw", question=ref)[-1]

    assert (entry.by == "ada") is not anonymous
    assert (order(hall), own(hall, "ada")) == ([], [("Wann?", "withdrawn", "")])
    assert figures(hall)["visible"] == 0
    assert refusal(hall, "ada", "withdraw", question=ref) == "questions.invalid"
    assert state(hall) == state(afresh(hall))


def test_nobody_withdraws_the_question_of_somebody_else_or_one_that_is_none() -> None:
    hall = opened()
    ref = ask(hall, "ada", anonymous=True)

    assert refusal(hall, "ben", "withdraw", question=ref) == "questions.forbidden"
    assert refusal(hall, "ben", "withdraw", question="AT2-0009") == "questions.invalid"


def test_what_was_merged_into_a_withdrawn_question_stands_for_itself_again() -> None:
    hall = opened()
    head, same = ask(hall, "ada"), ask(hall, "ben")
    submit(hall, "mo", "qa", "merge", question=same, into=head)

    submit(hall, "ada", "qa", "withdraw", question=head)

    assert order(hall) == [same]
    assert state(hall) == state(afresh(hall))


def test_only_so_many_questions_of_a_person_are_open_at_a_time() -> None:
    hall = opened(most_open=2)
    first = ask(hall, "ada")
    second = ask(hall, "ada", anonymous=True)
    assert mine(hall, "ada")["mine-ask"].left == 0
    assert mine(hall, "ben")["mine-ask"].left == 2

    assert refusal(hall, "ada", "ask", text="Noch eine?") == "questions.over_limit"
    submit(hall, "mo", "qa", "answer", question=first)
    submit(hall, "ada", "qa", "withdraw", question=second)
    ask(hall, "ada")
    ask(hall, "ada")
    ask(hall, "ben")
    assert refusal(hall, "ada", "ask", text="Noch eine?") == "questions.over_limit"


def test_staff_asks_for_others_and_has_no_limit() -> None:
    hall = opened(most_open=1)

    assert len({ask(hall, "mo"), ask(hall, "mo")}) == 2
