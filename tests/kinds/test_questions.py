from dataclasses import replace
from typing import Any

import pytest
from markupsafe import escape
from pydantic import ValidationError

from app.projection import drawn
from facilitation import pictures
from facilitation.comments import MOST
from facilitation.kinds import questions
from facilitation.record import Refused
from facilitation.screen import Audience, Marks, Slot
from tests.rooms import Kept, activity, afresh, envelope, room, send, submit

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


def opened(**config: Any) -> Kept:
    """A room with open questions, with names and without approval unless `config` says otherwise."""
    hall = room(activity(questions, "qa", **config))
    submit(hall, "mo", "qa", "open")
    return hall


def ask(hall: Kept, by: str, text: str = "Wann?", **data: Any) -> str:
    """The reference of a new question."""
    ref: str = submit(hall, by, "qa", "ask", text=text, **data)[-1].data["ref"]
    return ref


def comment(hall: Kept, by: str, on: str, text: str = "Das frage ich mich auch.") -> str:
    ref: str = submit(hall, by, "qa", "comment", on=on, text=text)[-1].data["ref"]
    return ref


def refusal(hall: Kept, by: str, command: str, **data: Any) -> str:
    with pytest.raises(Refused) as refused:
        submit(hall, by, "qa", command, **data)
    return refused.value.code


def state(hall: Kept) -> questions.State:
    kept: questions.State = hall.activities["qa"].state
    return kept


def view(hall: Kept, audience: Audience = Audience.PLENARY, item: str = "") -> dict[str, Any]:
    qa = hall.activities["qa"]
    return questions.view(qa.state, pictures.look(hall, qa, audience, "question", item))


def html(hall: Kept, audience: Audience = Audience.PLENARY, item: str = "") -> dict[str, str]:
    """What is drawn for an audience, part by part."""
    framed = pictures.framed(hall.activities["qa"], "", view(hall, audience, item))[0]
    return {name.removeprefix("qa."): str(part) for name, part in drawn(framed).items()}


def mine(hall: Kept, by: str) -> dict[str, Any]:
    qa = hall.activities["qa"]
    return questions.mine(qa.state, qa.actor(hall.roster.people[by]), pictures.look(hall, qa, Audience.PLENARY))


def own(hall: Kept, by: str) -> list[tuple[str, str, str]]:
    """Text, state and reason of what a person finds among their own, the latest first."""
    return [(item.said.text, item.status, item.reason) for item in mine(hall, by)["mine-written"]]


def rows(hall: Kept, audience: Audience) -> list[dict[str, Any]]:
    qa = hall.activities["qa"]
    return list(questions.rows(qa.state, pictures.look(hall, qa, audience)))


def figures(hall: Kept) -> dict[str, Any]:
    return hall.activities["qa"].figures()


def close_and_show(hall: Kept) -> None:
    submit(hall, "mo", "qa", "close")
    submit(hall, "mo", "qa", "show", view="result")


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

    for audience in (Audience.PLENARY, Audience.DESK):
        parts = view(hall, audience)
        kind = "item" if audience is Audience.DESK else "question"
        authors = {ref: parts[f"{kind}-{ref}"].said.author for ref in (named, anonymous)}
        assert authors == {named: "Leitung Amt 10", anonymous: ""}
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
    hall = opened(names="anonymous", anonymous_allowed=False)
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
    assert view(hall, Audience.DESK)[f"item-{ref}"].said.author == "Leitung Amt 10"


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


def test_ones_own_question_may_be_supported_and_what_was_never_given_be_taken_back() -> None:
    hall = opened()
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

    assert view(hall)["questions"] == Slot(f"question-{ref}" for ref in (third, first, second))
    assert view(hall)["list"] == 3


def test_marks_say_what_is_ones_own_and_what_one_supports_one_mark_for_each_part() -> None:
    hall = opened()
    mine_, other = ask(hall, "ada"), ask(hall, "ben")
    said = comment(hall, "ada", other)
    submit(hall, "ada", "qa", "support", question=mine_)
    submit(hall, "ada", "qa", "support", question=other)

    assert mine(hall, "ada")["marks"] == Marks(
        (
            (f"question-{mine_}", "own supported"),
            (f"comment-{said}", "own"),
            (f"question-{other}", "supported"),
        )
    )
    assert mine(hall, "cem")["marks"] == Marks()


# ── approval and answers ──


def test_a_question_that_waits_is_seen_by_its_author_and_the_desk_only() -> None:
    hall = opened(premoderated=True)
    secret = "Wer hat das entschieden?"
    ref = ask(hall, "ada", secret)
    comment(hall, "ben", ref, "Dazu ein Wort")
    submit(hall, "ben", "qa", "support", question=ref)

    shown = str([html(hall), html(hall, Audience.STAGE), html(hall, Audience.STAGE, ref), mine(hall, "cem")])
    assert [word for word in (secret, "Dazu ein Wort", ref) if word in shown] == []
    assert rows(hall, Audience.PLENARY) == []

    assert own(hall, "ada") == [(secret, "waiting", "")]
    assert secret in html(hall, Audience.DESK)[f"item-{ref}"]
    assert [row["status"] for row in rows(hall, Audience.DESK)] == ["waiting", "visible"]


def test_an_approved_question_is_for_everybody_with_the_support_it_already_had() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada")
    submit(hall, "ben", "qa", "support", question=ref)
    assert figures(hall)["visible"] == 0

    submit(hall, "mo", "qa", "approve", question=ref)

    assert view(hall)[f"question-{ref}"].support == 1
    assert own(hall, "ada") == [("Wann?", "approved", "")]
    assert figures(hall)["visible"] == 1


def test_only_staff_approves_and_answers() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada")

    assert refusal(hall, "ada", "approve", question=ref) == "command.forbidden"
    assert refusal(hall, "ada", "answer", question=ref, text="Morgen.") == "command.forbidden"


def test_an_answer_stands_with_its_question_and_a_later_one_replaces_it() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "answer", question=ref, text="Bald.")

    later = submit(hall, "mo", "qa", "answer", question=ref, text="Am 1. Oktober.")[0]

    asked = view(hall)[f"question-{ref}"]
    assert (asked.answer, asked.answered) == ("Am 1. Oktober.", later.made)
    assert own(hall, "ada") == [("Wann?", "answered", "")]
    assert figures(hall)["answered"] == 1


def test_what_was_answered_aloud_is_answered_without_words() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    submit(hall, "mo", "qa", "answer", question=ref)

    assert "mündlich beantwortet" in html(hall)[f"question-{ref}"]
    assert figures(hall)["answered"] == 1


def test_an_answer_has_an_end() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    assert refusal(hall, "mo", "answer", question=ref, text="x" * 10_001) == "questions.too_long"


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


# ── hidden and redacted ──


def test_a_hidden_question_is_gone_for_all_but_the_desk_and_its_author_learns_why() -> None:
    hall = opened()
    ref = ask(hall, "ada", "Unfug")
    comment(hall, "ben", ref, "Ebenfalls Unfug")
    assert "Unfug" in str(view(hall))

    submit(hall, "mo", "qa", "hide", ref=ref, reason="kein Beitrag")

    assert "Unfug" not in str([view(hall), view(hall, Audience.STAGE, ref), rows(hall, Audience.PLENARY)])
    assert mine(hall, "ada")["marks"] == mine(hall, "ben")["marks"] == Marks()
    assert own(hall, "ada") == [("Unfug", "hidden", "kein Beitrag")]
    assert view(hall, Audience.DESK)[f"item-{ref}"].reason == "kein Beitrag"
    sentence = 'ausgeblendet: <bdi dir="auto">kein Beitrag</bdi>. Bleibt im Protokoll vermerkt.'
    assert sentence in html(hall, Audience.DESK)[f"item-{ref}"]
    assert (figures(hall)["questions"], figures(hall)["visible"]) == (1, 0)

    submit(hall, "mo", "qa", "restore", ref=ref)
    assert figures(hall)["visible"] == 1


def test_a_hidden_comment_leaves_its_question_where_it_is() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    said = comment(hall, "ben", ref, "Unfug")

    submit(hall, "mo", "qa", "hide", ref=said, reason="kein Beitrag")

    assert view(hall)[f"below-{ref}"] == Slot((f"reply-{ref}",))
    assert own(hall, "ben") == [("Unfug", "hidden", "kein Beitrag")]
    assert mine(hall, "ben")["marks"] == Marks()
    assert [row["ref"] for row in rows(hall, Audience.PLENARY)] == [ref]
    assert figures(hall)["comments"] == 1


def test_a_redacted_question_keeps_its_place_and_loses_its_words_and_those_of_its_answer() -> None:
    hall = opened()
    ref = ask(hall, "ada", "Ein Name")
    submit(hall, "mo", "qa", "answer", question=ref, text="Derselbe Name")

    submit(hall, "mo", "qa", "redact", ref=ref, reason="Name einer Person")

    question = state(afresh(hall)).questions[ref]
    assert (question.text, question.answer, bool(question.answered)) == ("", "", True)
    assert "geschwärzt" in html(afresh(hall))[f"question-{ref}"]


# ── the stage and the desk ──


def test_the_stage_shows_exactly_one_question_with_its_place_among_all() -> None:
    hall = opened()
    first, second = ask(hall, "ada", "eins"), ask(hall, "ben", "zwei")
    submit(hall, "cem", "qa", "support", question=second)

    parts = view(hall, Audience.STAGE, first)

    one = parts["stage-one"]
    assert parts[""] == Slot(("stage-one",))
    assert ([asked.said.text for asked in one.questions], one.number, one.of) == (["eins"], 2, 2)


def test_the_stage_shows_the_five_most_supported_where_no_question_is_asked_for() -> None:
    hall = opened()
    refs = [ask(hall, "ada", f"Frage {n}") for n in range(6)]
    submit(hall, "ben", "qa", "support", question=refs[5])

    shown = view(hall, Audience.STAGE)["stage-list"]

    assert [asked.said.ref for asked in shown.questions] == [refs[5], *refs[:4]]
    assert shown.of == 6


def test_the_desk_has_what_waits_on_top_then_the_latest() -> None:
    hall = opened(premoderated=True)
    early, approved = ask(hall, "ada"), ask(hall, "ben")
    submit(hall, "mo", "qa", "approve", question=approved)
    said, late = comment(hall, "cem", approved), ask(hall, "cem")

    parts = view(hall, Audience.DESK)

    assert parts["items"] == Slot(f"item-{ref}" for ref in (late, early, said, approved))
    assert parts["inbox"] == questions.Counts("qa", questions=3, waiting=2, answered=0)


# ── sealing ──


def test_sealed_questions_keep_text_and_numbers_lose_everybody_and_load_as_they_were() -> None:
    hall = opened(names="anonymous")
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
    sealed = replace(closed, at=hall.at + 1, type="activity.sealed", data=gone, command="5ea1")

    hall.fold(sealed)
    hall.record.append(sealed)

    assert state(hall) == state(afresh(hall))
    authors = [(question.author, question.support) for question in state(hall).questions.values()]
    assert authors == [(None, 1), ("ada", 0)]
    assert [text for text, *_ in own(hall, "ben")] == ["Das frage ich mich auch."]
    assert [item.said.ref for item in mine(hall, "ada")["mine-written"]] == [named]


def test_a_live_room_and_one_loaded_from_its_record_are_the_same() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada")
    ask(hall, "ben", anonymous=True)
    submit(hall, "cem", "qa", "support", question=ref)
    comment(hall, "cem", ref)
    submit(hall, "mo", "qa", "approve", question=ref)
    submit(hall, "mo", "qa", "answer", question=ref, text="Morgen.")

    assert state(hall) == state(afresh(hall))
