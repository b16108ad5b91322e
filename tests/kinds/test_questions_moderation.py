"""What staff does with questions: rejects, mends, labels, merges, answers, settles."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from facilitation.approval import Rejection
from facilitation.asked import Given
from facilitation.kinds import questions
from facilitation.qa import Settled
from facilitation.screen import Audience, Slot
from tests.kinds.questions import (
    ask,
    close_and_show,
    comment,
    desk_item,
    figures,
    html,
    html_mine,
    mine,
    opened,
    own,
    refusal,
    rows,
    state,
    view,
)
from tests.rooms import afresh, envelope, send, submit

LABELS = [{"id": "geld", "title": "Geld"}, {"id": "it", "title": "IT & <mehr>"}]

# ── rejected, with a reason and a log ──


def test_a_rejected_question_is_seen_by_its_author_and_the_desk_only_and_both_read_why() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada", "Wer ist hier der Dümmste?")

    submit(hall, "mo", "qa", "reject", ref=ref, reason="Das verletzt jemanden.")

    assert own(hall, "ada") == [("Wer ist hier der Dümmste?", "rejected", "Das verletzt jemanden.")]
    assert desk_item(hall, ref).reason == "Das verletzt jemanden."
    assert "Dümmste" not in str([html(hall), html(hall, Audience.STAGE), rows(hall, Audience.PLENARY)])
    assert (figures(hall)["visible"], questions.withheld(state(hall), ref)) == (0, True)


def test_everybody_reads_the_rules_and_what_they_kept_back_without_its_words() -> None:
    hall = opened(premoderated=True, rules="Eine Frage, ein Satz.")
    ref = ask(hall, "ada", "Geheimnis")

    made = submit(hall, "mo", "qa", "reject", ref=ref, reason="keine Frage")[0].made

    rules = view(hall)["rules"]
    assert (rules.text, rules.log) == ("Eine Frage, ein Satz.", (Rejection(ref, "keine Frage", "mo", made),))
    drawn = html(hall)["rules"]
    assert [word in drawn for word in ("Eine Frage, ein Satz.", ref, "keine Frage", "Geheimnis")] == [
        True,
        True,
        True,
        False,
    ]
    assert "keine Frage" in html(hall, Audience.DESK)["log"]


def test_what_was_rejected_may_be_approved_after_all_and_stays_in_the_log() -> None:
    hall = opened(premoderated=True)
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "reject", ref=ref, reason="keine Frage")

    submit(hall, "mo", "qa", "approve", question=ref)

    assert own(hall, "ada") == [("Wann?", "approved", "")]
    assert [it.ref for it in view(hall)["rules"].log] == [ref]
    assert state(hall) == state(afresh(hall))


def test_a_question_may_be_rejected_too_where_none_needs_approval() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    submit(hall, "mo", "qa", "reject", ref=ref, reason="keine Frage")

    assert view(hall)["questions-open"] == Slot()


# ── the spelling ──


def test_a_mended_question_says_so_and_its_author_and_the_desk_keep_the_words_as_they_came() -> None:
    hall = opened()
    ref = ask(hall, "ada", "Wan komt die Vereinbarung")
    submit(hall, "mo", "qa", "mend", question=ref, text="Wann kommt die Vereinbarung")

    submit(hall, "mo", "qa", "mend", question=ref, text="Wann kommt die Vereinbarung?")

    asked, item = view(hall)[f"question-{ref}"], desk_item(hall, ref)
    assert (asked.said.text, asked.mended) == ("Wann kommt die Vereinbarung?", True)
    assert (item.said.text, item.original) == ("Wann kommt die Vereinbarung?", "Wan komt die Vereinbarung")
    assert "Wan komt die Vereinbarung" in html_mine(hall, "ada")
    assert "Wan komt" not in str(html(hall))


def test_redacting_a_mended_question_takes_both_wordings() -> None:
    hall = opened()
    ref = ask(hall, "ada", "Ein Nahme")
    submit(hall, "mo", "qa", "mend", question=ref, text="Ein Name")

    submit(hall, "mo", "qa", "redact", ref=ref, reason="Name einer Person")

    question = state(afresh(hall)).questions[ref]
    assert (question.text, question.original) == ("", "")


# ── labels and the shortlist ──


def test_questions_are_put_under_labels_and_everybody_may_look_at_one_label_alone() -> None:
    hall = opened(labels=LABELS)
    money, other = ask(hall, "ada", "Was kostet das?"), ask(hall, "ben", "Wann?")
    submit(hall, "mo", "qa", "tag", ref=money, labels=["geld"])

    assert view(hall)[f"question-{money}"].labels == ("Geld",)
    assert view(hall, choice="label-geld")["questions-open"] == Slot((f"question-{money}",))
    assert view(hall, choice="label-it")["questions-open"] == Slot()
    assert view(hall)["questions-open"] == Slot((f"question-{money}", f"question-{other}"))


def test_an_unknown_label_is_refused() -> None:
    hall = opened(labels=LABELS)

    assert refusal(hall, "mo", "tag", ref=ask(hall, "ada"), labels=["geld", "luft"]) == "label.invalid"
    assert refusal(hall, "mo", "tag", ref="AT2-0009", labels=[]) == "questions.invalid"


def test_labels_can_be_told_apart() -> None:
    with pytest.raises(ValidationError):
        questions.Config.model_validate({"labels": [LABELS[0], LABELS[0]]})


def test_the_podium_has_a_list_of_all_one_of_the_shortlist_and_one_for_each_label() -> None:
    hall = opened(labels=LABELS)
    first, second, done = (ask(hall, "ada", text) for text in ("eins", "zwei", "drei"))
    submit(hall, "mo", "qa", "tag", ref=first, labels=["geld"])
    submit(hall, "mo", "qa", "shortlist", question=second, chosen=True)
    submit(hall, "mo", "qa", "answer", question=done)

    sheets = view(hall, Audience.DESK)["desk-podium"].sheets

    assert [(sheet.title, sheet.view, [line.ref for line in sheet.lines]) for sheet in sheets] == [
        ("Alle offenen Fragen", "question", [first, second]),
        ("Vorauswahl", "shortlist", [second]),
        ("Geld", "label-geld", [first]),
    ]


def test_each_of_these_lists_can_stand_on_the_stage() -> None:
    hall = opened(labels=LABELS)
    first, second = ask(hall, "ada", "eins"), ask(hall, "ada", "zwei")
    submit(hall, "mo", "qa", "tag", ref=first, labels=["geld"])
    submit(hall, "mo", "qa", "shortlist", question=second, chosen=True)

    shown = {
        what: view(hall, Audience.STAGE, what=what)["stage-list"] for what in ("question", "label-geld", "shortlist")
    }
    assert {what: (it.title, [one.said.ref for one in it.questions]) for what, it in shown.items()} == {
        "question": ("qa", [first, second]),
        "label-geld": ("Geld", [first]),
        "shortlist": ("qa", [second]),
    }
    submit(hall, "mo", "qa", "shortlist", question=second, chosen=False)
    assert view(hall, Audience.STAGE, what="shortlist")["stage-list"].questions == ()


# ── merged ──


def test_merged_questions_stand_as_one_with_all_authors_and_each_supporter_once() -> None:
    hall = opened()
    head, same = ask(hall, "ada", "Wann?"), ask(hall, "ben", "Zu welchem Termin?")
    submit(hall, "cem", "qa", "support", question=head)
    submit(hall, "cem", "qa", "support", question=same)
    submit(hall, "mo", "qa", "support", question=same)

    submit(hall, "mo", "qa", "merge", question=same, into=head)

    asked = view(hall)[f"question-{head}"]
    assert view(hall)["questions-open"] == Slot((f"question-{head}",))
    assert (asked.support, [(said.ref, said.author) for said in asked.others]) == (2, [(same, "Leitung Amt 20")])
    assert own(hall, "ben") == [("Zu welchem Termin?", "visible", "")]
    assert mine(hall, "ben")["marks"] == ((f"question-{head}", "own"),)
    assert figures(hall)["upvotes"] == {head: 1, same: 2}
    assert figures(hall)["merged"] == {head: 2}


def test_merging_can_be_undone() -> None:
    hall = opened()
    head, same = ask(hall, "ada"), ask(hall, "ben")
    submit(hall, "cem", "qa", "support", question=same)
    before = view(hall)
    submit(hall, "mo", "qa", "merge", question=same, into=head)
    assert view(hall) != before

    submit(hall, "mo", "qa", "split", question=same)

    assert view(hall) == before
    assert "merged" not in figures(hall)


def test_what_is_merged_with_a_merged_question_becomes_part_of_the_same() -> None:
    hall = opened()
    first, second, third = (ask(hall, by) for by in ("ada", "ben", "cem"))
    submit(hall, "mo", "qa", "merge", question=third, into=second)

    submit(hall, "mo", "qa", "merge", question=second, into=first)

    assert [said.ref for said in view(hall)[f"question-{first}"].others] == [second, third]
    submit(hall, "mo", "qa", "split", question=second)
    assert [said.ref for said in view(hall)[f"question-{first}"].others] == [third]


def test_whoever_supports_one_of_several_that_are_merged_supports_and_takes_back_them_all() -> None:
    hall = opened()
    head, same = ask(hall, "ada"), ask(hall, "ben")
    submit(hall, "cem", "qa", "support", question=same)
    submit(hall, "mo", "qa", "merge", question=same, into=head)

    assert refusal(hall, "cem", "support", question=head) == "questions.already_voted"
    assert refusal(hall, "ben", "support", question=head) == "questions.own"
    submit(hall, "cem", "qa", "unsupport", question=same)
    assert view(hall)[f"question-{head}"].support == 0


def test_comments_on_all_that_are_merged_stand_below_the_one() -> None:
    hall = opened()
    head, same = ask(hall, "ada"), ask(hall, "ben")
    late = comment(hall, "cem", head)
    early = comment(hall, "cem", same)
    submit(hall, "mo", "qa", "merge", question=same, into=head)

    assert view(hall)[f"below-{head}"] == Slot((f"comment-{late}", f"comment-{early}", f"reply-{head}"))


def test_a_question_that_waits_stays_unread_also_as_part_of_another() -> None:
    hall = opened(premoderated=True)
    head, same = ask(hall, "ada"), ask(hall, "ben", "Geheimnis")
    submit(hall, "mo", "qa", "approve", question=head)

    submit(hall, "mo", "qa", "merge", question=same, into=head)

    assert "Geheimnis" not in str(html(hall))


def test_what_cannot_be_merged_or_taken_apart_is_refused() -> None:
    hall = opened()
    head, same, other = (ask(hall, "ada") for _ in range(3))
    submit(hall, "mo", "qa", "merge", question=same, into=head)

    assert {
        refusal(hall, "mo", "merge", question=head, into=head),
        refusal(hall, "mo", "merge", question=same, into=other),
        refusal(hall, "mo", "merge", question=other, into=same),
        refusal(hall, "mo", "merge", question=other, into="AT2-0009"),
        refusal(hall, "mo", "split", question=other),
    } == {"questions.invalid"}
    assert refusal(hall, "ada", "merge", question=other, into=head) == "command.forbidden"


def test_sealing_keeps_how_many_supported_what_was_merged_and_merges_no_more() -> None:
    hall = opened(names="anonymous", opposable=True)
    head, same = ask(hall, "ada"), ask(hall, "ben")
    for ref in (head, same):
        submit(hall, "cem", "qa", "support", question=ref)
    submit(hall, "mo", "qa", "oppose", question=head)
    submit(hall, "mo", "qa", "merge", question=same, into=head)
    before = figures(hall)
    assert (before["merged"], before["opposed"]) == ({head: 1}, {head: 1})

    close_and_show(hall)

    assert figures(hall) == before
    assert state(hall) == state(afresh(hall))
    assert refusal(hall, "mo", "split", question=same) == "questions.sealed"
    assert view(hall, Audience.DESK)["desk-podium"].alike == ()


# ── answers and what becomes of the others ──


def test_an_answer_names_who_gave_it() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    made = submit(hall, "mo", "qa", "answer", question=ref, text="Am 1. Oktober.", answerer="Amt 11")[0].made

    assert view(hall)[f"question-{ref}"].answer == Given("Am 1. Oktober.", "Amt 11", made, later=False)
    assert "beantwortet um" in html(hall)[f"question-{ref}"]
    assert refusal(hall, "mo", "answer", question=ref, text="x", answerer="x" * 201) == "questions.too_long"


def test_an_answer_on_another_day_says_the_day_also_after_it_is_closed() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "close")
    sent = envelope(hall, "mo", "qa", "answer", question=ref, text="Ja.", answerer="Amt 11")

    send(hall, sent._replace(when=sent.when + timedelta(days=3)))

    assert "beantwortet am 7. Juni, <bdi" in html(hall)[f"question-{ref}"]


def test_answered_questions_and_those_that_are_dropped_are_lists_of_their_own() -> None:
    hall = opened()
    still, answered, dropped = (ask(hall, "ada", text) for text in ("eins", "zwei", "drei"))
    assert [tab.id for tab in view(hall)["tabs"]] == ["open"]

    submit(hall, "mo", "qa", "answer", question=answered)
    submit(hall, "mo", "qa", "settle", question=dropped, end="dropped", reason="gehört nicht hierher")

    parts = view(hall)
    assert parts["tabs"] == tuple(questions.Tab(id, 1) for id in ("open", "answered", "archive"))
    assert [parts[f"questions-{id}"] for id in ("open", "answered", "archive")] == [
        Slot((f"question-{ref}",)) for ref in (still, answered, dropped)
    ]
    assert "wird nicht weiterverfolgt: <bdi" in html(hall)[f"question-{dropped}"]


def test_a_question_that_nobody_answered_has_somebody_who_sees_to_it_by_a_day() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "close")

    submit(hall, "mo", "qa", "settle", question=ref, end="in_writing", owner="Amt 11", due="2020-11-30")

    (row,) = rows(hall, Audience.DESK)
    assert (row["status"], row["owner"], row["due"]) == ("in_writing", "Amt 11", "2020-11-30")
    assert own(hall, "ada") == [("Wann?", "in_writing", "")]
    assert (
        'wird schriftlich beantwortet · <bdi dir="auto">Amt 11</bdi> · bis 30. November'
        in html(hall)[f"question-{ref}"]
    )
    (sheet,) = view(hall, Audience.DESK)["desk-podium"].sheets
    assert sheet.lines[0].settled == Settled("in_writing", "", "Amt 11", "2020-11-30")


def test_a_wrong_answer_is_taken_back_by_saying_what_becomes_of_the_question() -> None:
    hall = opened()
    ref = ask(hall, "ada")
    submit(hall, "mo", "qa", "answer", question=ref)

    submit(hall, "mo", "qa", "settle", question=ref)

    assert (figures(hall)["answered"], own(hall, "ada")) == (0, [("Wann?", "visible", "")])


def test_nothing_is_dropped_without_a_reason_and_no_day_is_invented() -> None:
    hall = opened()
    ref = ask(hall, "ada")

    assert [
        refusal(hall, "mo", "settle", question=ref, end="dropped", reason=" "),
        refusal(hall, "mo", "settle", question=ref, due="2020-02-30"),
        refusal(hall, "mo", "settle", question=ref, end="vergessen"),
        refusal(hall, "mo", "settle", question=ref, owner="x" * 201),
    ] == ["questions.invalid", "command.invalid", "command.invalid", "questions.too_long"]


# ── the one that is being answered ──


def test_the_question_on_the_stage_is_being_answered_and_the_one_before_it_goes_back_by_itself() -> None:
    hall = opened()
    first, second = ask(hall, "ada", "eins"), ask(hall, "ben", "zwei")

    def words() -> list[str]:
        return [view(hall)[f"question-{ref}"].status for ref in (first, second)]

    submit(hall, "mo", "qa", "show", view="question", item=first)
    assert words() == ["answering", "visible"]
    assert own(hall, "ada") == [("eins", "answering", "")]
    submit(hall, "mo", "qa", "show", view="question", item=second)
    assert words() == ["visible", "answering"]
    submit(hall, "mo", "qa", "answer", question=second)
    assert words() == ["visible", "answered"]
    submit(hall, "mo", "stage", "show", view="join_qr")
    assert words() == ["visible", "answered"]


def test_the_stage_lists_what_is_open_and_the_answered_ones_only_where_nothing_else_is_left() -> None:
    hall = opened()
    answered, still = ask(hall, "ada"), ask(hall, "ben")
    submit(hall, "mo", "qa", "answer", question=answered)

    def listed() -> list[str]:
        return [it.said.ref for it in view(hall, Audience.STAGE)["stage-list"].questions]

    assert listed() == [still]
    submit(hall, "mo", "qa", "answer", question=still)
    assert listed() == [answered, still]
