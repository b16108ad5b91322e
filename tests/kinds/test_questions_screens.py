from facilitation.podium import Counts
from facilitation.screen import Audience, Marks, Slot
from tests.kinds.questions import ask, comment, desk_item, figures, html, mine, opened, own, refusal, rows, state, view
from tests.rooms import afresh, submit

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
    assert (asked.answer.text, asked.answer.made, asked.answer.later) == ("Am 1. Oktober.", later.made, False)
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


# ── hidden and redacted ──


def test_a_hidden_question_is_gone_for_all_but_the_desk_and_its_author_learns_why() -> None:
    hall = opened()
    ref = ask(hall, "ada", "Unfug")
    comment(hall, "ben", ref, "Ebenfalls Unfug")
    assert "Unfug" in str(view(hall))

    submit(hall, "mo", "qa", "hide", ref=ref, reason="kein Beitrag.")

    assert "Unfug" not in str([view(hall), view(hall, Audience.STAGE, ref), rows(hall, Audience.PLENARY)])
    assert mine(hall, "ada")["marks"] == mine(hall, "ben")["marks"] == Marks()
    assert own(hall, "ada") == [("Unfug", "hidden", "kein Beitrag.")]
    assert desk_item(hall, ref).reason == "kein Beitrag."
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
    assert (question.text, question.answer and question.answer.text) == ("", "")
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
    assert parts["inbox"] == Counts("qa", questions=3, waiting=2, answered=0)
