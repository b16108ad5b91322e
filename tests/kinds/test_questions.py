import pytest
from markupsafe import escape
from pydantic import ValidationError

from facilitation.comments import MOST
from facilitation.kinds import questions
from facilitation.record import Refused
from facilitation.screen import Audience, Marks, Slot
from tests.kinds.questions import (
    ask,
    close_and_show,
    comment,
    desk_item,
    figures,
    html,
    mine,
    opened,
    own,
    refusal,
    state,
    view,
)
from tests.rooms import afresh, envelope, send, submit

HOSTILE = [
    '=HYPERLINK("x";"y")',
    "<script>alert(1)</script>",
    "{{ 7*7 }} %s %n '; DROP TABLE entry; --",
    "  zwei Leerzeichen davor, Tab dahinter\t",
    "\nZeile\r\nZeile\n",
    "Protokoll\u202efdp.exe",
    "Cafe\u0301",
    "ver\u00adsteckt\u200b",
    "👩🏽‍🚒",
    "null",
    "x" * 250,
]


# ── asking ──


def test_a_question_is_for_everybody_at_once_where_none_needs_approval() -> None:
    hall = opened()

    ref = ask(hall, "ada", "Wann kommt die Vereinbarung?")

    said = view(hall)[f"question-{ref}"].said
    assert (said.ref, said.text, said.author, said.anonymous) == (
        "AT2-0001",
        "Wann kommt die Vereinbarung?",
        "Leitung Amt 10",
        False,
    )
    assert own(hall, "ada") == [("Wann kommt die Vereinbarung?", "visible", "")]
    assert own(hall, "ben") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_is_kept_exactly_as_it_came_and_drawn_only_escaped(text: str) -> None:
    hall = opened()

    ref = ask(hall, "ada", text)

    assert state(hall).questions[ref].text == text
    assert f'<bdi dir="auto">{escape(text)}</bdi>' in html(hall)[f"question-{ref}"]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060\ufeff\u00ad", "Null\x00zeichen"])
def test_what_nobody_could_see_is_neither_a_question_nor_a_comment_nor_an_answer(text: str) -> None:
    hall = opened()
    ref = ask(hall, "ada")

    refusals = [
        refusal(hall, "ada", "ask", text=text),
        refusal(hall, "ada", "comment", on=ref, text=text),
        refusal(hall, "mo", "answer", question=ref, text=text),
    ]

    assert refusals == ["command.invalid"] * 3


def test_a_question_may_be_as_long_as_the_settings_say_counted_in_code_points() -> None:
    hall = opened(max_length=3)
    ref = ask(hall, "ada", "👩🏽‍")

    assert state(hall).questions[ref].text == "👩🏽‍"
    with pytest.raises(Refused) as refused:
        ask(hall, "ada", "👩🏽‍🚒")
    assert (refused.value.code, refused.value.values) == ("questions.too_long", {"most": 3})


def test_a_question_sent_twice_is_asked_once_even_if_another_one_came_between() -> None:
    hall = opened()
    sent = envelope(hall, "ada", "qa", "ask", text="Wann?")
    send(hall, sent)
    ask(hall, "ada", "Nein: wo?")

    assert send(hall, sent) == []
    assert [question.text for question in state(hall).questions.values()] == ["Wann?", "Nein: wo?"]


def test_nothing_is_asked_supported_or_commented_while_it_is_not_open() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "close")

    refusals = {
        refusal(hall, "ben", "ask", text="Und wo?"),
        refusal(hall, "ben", "support", question=ref),
        refusal(hall, "ben", "unsupport", question=ref),
        refusal(hall, "ben", "comment", on=ref, text=""),
    }

    assert refusals == {"questions.not_open"}
    assert f"reply-{ref}" not in view(hall)


def test_who_never_joined_asks_nothing() -> None:
    assert refusal(opened(), "eva", "ask", text="Wann?") == "roster.not_joined"


def test_the_length_of_a_question_stays_within_reason() -> None:
    with pytest.raises(ValidationError):
        questions.Config(max_length=0)


# ── with a name or without ──


def test_one_question_is_asked_anonymously_among_named_ones() -> None:
    hall = opened()
    named, anonymous = ask(hall, "ada", "Mit Namen"), ask(hall, "ada", "Ohne Namen", anonymous=True)

    on_phones = {ref: view(hall)[f"question-{ref}"].said.author for ref in (named, anonymous)}
    on_the_desk = {ref: desk_item(hall, ref).said.author for ref in (named, anonymous)}
    assert on_phones == on_the_desk == {named: "Leitung Amt 10", anonymous: ""}
    assert [entry.by for entry in hall.record if "ref" in entry.data and entry.by == "ada"] == ["ada"]
    assert [text for text, *_ in own(hall, "ada")] == ["Ohne Namen", "Mit Namen"]
    assert own(hall, "ben") == []


def test_an_anonymous_question_is_refused_rather_than_published_with_a_name() -> None:
    hall = opened(anonymous_allowed=False)

    with pytest.raises(Refused) as refused:
        ask(hall, "ada", anonymous=True)

    assert (refused.value.code, refused.value.values) == ("questions.invalid", {"why": "named_only"})
    assert figures(hall)["questions"] == 0


def test_where_everything_is_anonymous_nobody_needs_to_ask_for_it() -> None:
    hall = opened(names="anonymous", anonymous_allowed=False, own_support=True)
    ref = ask(hall, "ada", anonymous=True)
    comment(hall, "ada", ref)
    submit(hall, "ada", "qa", "support", question=ref)

    written = [entry for entry in hall.record if entry.type.startswith("questions.")]
    assert [(entry.by == "ada", entry.veil is not None) for entry in written] == [(False, True)] * 3
    assert "Leitung" not in str([view(hall, audience) for audience in Audience])
    assert [text for text, *_ in own(hall, "ada")] == ["Das frage ich mich auch.", "Wann?"]


def test_names_that_only_staff_may_see_stand_on_the_desk_alone() -> None:
    hall = opened(names="moderators")
    ref = ask(hall, "ada")

    assert view(hall)[f"question-{ref}"].said.author == ""
    assert desk_item(hall, ref).said.author == "Leitung Amt 10"


# ── support ──


def test_a_person_supports_a_question_once_takes_it_back_and_may_again() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    submit(hall, "ben", "qa", "support", question=ref)
    assert refusal(hall, "ben", "support", question=ref) == "questions.already_voted"
    submit(hall, "ben", "qa", "unsupport", question=ref)
    assert figures(hall)["upvotes"] == {ref: 0}

    submit(hall, "ben", "qa", "support", question=ref)
    assert figures(hall)["upvotes"] == {ref: 1}


def test_support_sent_twice_counts_once_and_a_repeat_does_not_undo_a_change_of_mind() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    sent = envelope(hall, "ben", "qa", "support", question=ref)
    send(hall, sent)
    submit(hall, "ben", "qa", "unsupport", question=ref)

    assert send(hall, sent) == []
    assert figures(hall)["upvotes_total"] == 0


@pytest.mark.parametrize("anonymous", [False, True])
def test_ones_own_question_is_not_supported_not_even_one_that_was_asked_anonymously(anonymous: bool) -> None:  # noqa: FBT001
    hall = opened()
    ref = ask(hall, "ada", anonymous=anonymous)

    assert refusal(hall, "ada", "support", question=ref) == "questions.own"
    assert figures(hall)["upvotes_total"] == 0


def test_ones_own_question_is_supported_where_the_settings_say_so_and_what_was_never_given_is_taken_back() -> None:
    hall = opened(own_support=True)
    ref = ask(hall, "ada")

    submit(hall, "ada", "qa", "support", question=ref)
    submit(hall, "ben", "qa", "unsupport", question=ref)

    assert figures(hall)["upvotes"] == {ref: 1}


def test_a_question_that_does_not_exist_is_not_supported_commented_approved_or_answered() -> None:
    hall = opened()

    refusals = {
        refusal(hall, "ada", "support", question="AT2-0009"),
        refusal(hall, "ada", "unsupport", question="AT2-0009"),
        refusal(hall, "ada", "comment", on="AT2-0009", text="x" * (MOST + 1)),
        refusal(hall, "mo", "approve", question="AT2-0009"),
        refusal(hall, "mo", "answer", question="AT2-0009", text="Bald."),
    }

    assert refusals == {"questions.invalid"}


def test_questions_stand_by_support_and_among_equals_the_oldest_first() -> None:
    hall = opened()
    first, second, third = (ask(hall, "ada", text) for text in ("eins", "zwei", "drei"))
    submit(hall, "ben", "qa", "support", question=third)

    assert view(hall)["questions-open"] == Slot(f"question-{ref}" for ref in (third, first, second))
    assert view(hall)["list-open"] == questions.Tab("open", 3)


def test_marks_say_what_is_ones_own_and_what_one_supports_one_mark_for_each_part() -> None:
    hall = opened(own_support=True)
    mine_, other = ask(hall, "ada"), ask(hall, "ben")
    said = comment(hall, "ada", other)
    submit(hall, "ada", "qa", "support", question=mine_)
    submit(hall, "ada", "qa", "support", question=other)

    assert mine(hall, "ada")["marks"] == Marks(
        (
            (f"comment-{said}", "own"),
            (f"question-{mine_}", "own supported"),
            (f"question-{other}", "supported"),
        )
    )
    assert mine(hall, "cem")["marks"] == Marks()


# ── comments ──


def test_comments_stand_below_their_question_oldest_first_each_with_its_own_number() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    first, second = comment(hall, "ben", ref, "eins"), comment(hall, "cem", ref, "zwei")

    parts = view(hall)
    assert parts[f"below-{ref}"] == Slot((f"comment-{first}", f"comment-{second}", f"reply-{ref}"))
    assert [parts[f"comment-{it}"].text for it in (first, second)] == ["eins", "zwei"]
    assert figures(hall)["comments"] == 2


def test_a_comment_has_an_end() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    assert refusal(hall, "ben", "comment", on=ref, text="x" * (MOST + 1)) == "comment.too_long"


# ── sealing ──


def test_sealed_questions_keep_text_and_numbers_lose_everybody_and_load_as_they_were() -> None:
    hall = opened(names="anonymous", own_support=True)
    ref = ask(hall, "ada")
    comment(hall, "ada", ref)
    for by in ("ada", "ben", "cem"):
        submit(hall, by, "qa", "support", question=ref)
    submit(hall, "cem", "qa", "unsupport", question=ref)
    before = figures(hall)
    assert (before["upvotes"], len(own(hall, "ada"))) == ({ref: 2}, 2)

    close_and_show(hall)

    assert state(hall) == state(afresh(hall))
    assert figures(hall) == figures(afresh(hall)) == before
    assert own(hall, "ada") == []
    assert mine(hall, "ben")["marks"] == Marks()


def test_an_anonymous_question_among_named_ones_loads_without_its_author_once_the_veil_is_gone() -> None:
    hall = opened()
    anonymous, named = ask(hall, "ada", anonymous=True), ask(hall, "ada")
    submit(hall, "ben", "qa", "support", question=anonymous)
    comment(hall, "ben", anonymous)
    closed = submit(hall, "mo", "qa", "close")[0]
    gone = {"unveils": True, "figures": figures(hall)}
    sealed = closed._replace(at=hall.at + 1, type="activity.sealed", data=gone, command="5ea1")

    hall.fold(sealed)
    hall.record.append(sealed)

    assert state(hall) == state(afresh(hall))
    authors = [(question.author, state(hall).support(question)) for question in state(hall).questions.values()]
    assert authors == [(None, 1), ("ada", 0)]
    assert [text for text, *_ in own(hall, "ben")] == ["Das frage ich mich auch."]
    assert [it.item.said.ref for it in mine(hall, "ada")["mine-written"]] == [named]


def test_a_live_room_and_one_loaded_from_its_record_are_the_same() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada")
    ask(hall, "ben", anonymous=True)
    submit(hall, "cem", "qa", "support", question=ref)
    comment(hall, "cem", ref)
    submit(hall, "mo", "qa", "approve", question=ref)
    submit(hall, "mo", "qa", "answer", question=ref, text="Morgen.")

    assert state(hall) == state(afresh(hall))
