from typing import Any

import pytest
from markupsafe import escape
from pydantic import ValidationError

from facilitation.kinds import text
from facilitation.kinds.text import REASON, WORDING
from facilitation.screen import Audience
from tests.kinds.text_example import DOCUMENTS, VALUES
from tests.kinds.texts import (
    GOAL,
    WAY,
    close_and_show,
    comment,
    decide,
    figures,
    html,
    mine,
    opened,
    refusal,
    rows,
    state,
    suggest,
    view,
)
from tests.payloads import PAYLOADS
from tests.rooms import afresh, submit

HOSTILE = [*PAYLOADS[::20], '=HYPERLINK("x";"y")', "\nZeile\r\nZeile\n", "Protokoll\u202efdp.exe", "null", "x" * 250]


def paragraph(hall: object, id: str = "lb-1") -> dict[str, object]:
    found: dict[str, object] = figures(hall)["paragraphs"][id]  # type: ignore[arg-type]
    return found


# ── voting ──


def test_of_the_votes_of_a_person_the_last_counts_also_across_revisions() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt_nicht")
    submit(hall, "ben", "texte", "vote", paragraph="lb-1", value="traegt")
    decide(hall, suggest(hall, "cem"))

    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt")

    assert paragraph(hall)["votes"] == {"traegt": 2, "mit_aenderung": 0, "traegt_nicht": 0}
    assert paragraph(hall, "lb-2")["votes"] == {"traegt": 0, "mit_aenderung": 0, "traegt_nicht": 0}
    assert figures(hall)["voters"] == 2


def test_one_votes_on_paragraphs_that_are_there_with_the_values_of_the_settings() -> None:
    hall = opened(vote_values=VALUES)

    assert refusal(hall, "ada", "vote", paragraph="lb-9", value="traegt") == "text.invalid.unknown_paragraph"
    assert refusal(hall, "ada", "vote", paragraph="lb-1", value="traegt_nicht") == "text.invalid.unknown_value"
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="Widerspruch <i>")


def test_one_sees_ones_own_vote_again() -> None:
    hall = opened()
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="mit_aenderung")

    assert [mine(hall, by)["mine-vote-lb-1"].chosen for by in ("ada", "ben")] == ["mit_aenderung", ""]


# ── suggesting ──


def test_a_suggestion_changes_nothing_until_it_is_decided() -> None:
    hall = opened()

    ref = suggest(hall, "ada", "Wir sind für alle Menschen da.", reason="Klarer")

    proposed = view(hall)[f"suggestion-{ref}"]
    assert (proposed.old, proposed.said.text, proposed.reason) == (GOAL, "Wir sind für alle Menschen da.", "Klarer")
    assert (proposed.state, proposed.support, proposed.older, proposed.said.author) == (
        "open",
        0,
        False,
        "Leitung Amt 10",
    )
    assert paragraph(hall) == {
        "revision": 1,
        "votes": {"traegt": 0, "mit_aenderung": 0, "traegt_nicht": 0},
        "comments": 0,
        "suggestions": 1,
        "final_text": GOAL,
    }


def test_a_suggestion_is_written_against_a_revision_that_is_there() -> None:
    hall = opened()
    decide(hall, suggest(hall, "ada"))
    known = {"paragraph": "lb-1", "text": "Anders"}

    for base in (0, 3, -1):
        assert refusal(hall, "ben", "suggest", base_revision=base, **known) == "text.invalid.unknown_revision"
    assert refusal(hall, "ben", "suggest", paragraph="lb-9", text="Anders") == "text.invalid.unknown_paragraph"
    assert state(hall).suggestions[suggest(hall, "ben", base_revision=1)].base == 1
    assert state(hall).suggestions[suggest(hall, "ben")].base == 2


def test_a_suggestion_against_an_older_revision_says_so_until_it_is_decided() -> None:
    hall = opened()
    late = suggest(hall, "ada", "Wir sind für Menschen da.")

    decide(hall, suggest(hall, "ben", "Wir sind für Sie da."))

    proposed = view(hall)[f"suggestion-{late}"]
    assert (proposed.older, proposed.old) == (True, "Wir sind für Sie da.")
    decide(hall, late, "rejected")
    assert view(hall)[f"suggestion-{late}"].older is False


def test_texts_that_nobody_can_see_and_texts_without_end_are_refused() -> None:
    hall = opened()

    assert refusal(hall, "ada", "suggest", paragraph="lb-1", text=" \u200b") == "command.invalid.malformed"
    assert refusal(hall, "ada", "suggest", paragraph="lb-1", text="x" * (WORDING + 1)) == "text.too_long"
    assert refusal(hall, "ada", "suggest", paragraph="lb-1", text="x", reason="x" * (REASON + 1)) == "text.too_long"
    suggest(hall, "ada", "x" * WORDING, reason="")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_back_as_they_were_written_and_are_shown_as_text(words: str) -> None:
    hall = opened()
    ref = suggest(hall, "ada", words, reason=words)
    said = comment(hall, "ada", text=words)

    assert (state(hall).suggestions[ref].text, state(hall).suggestions[ref].reason) == (words, words)
    shown = html(hall)
    assert str(escape(words)) in shown[f"suggestion-{ref}"]
    assert str(escape(words)) in shown[f"comment-{said}"]
    decide(hall, ref, reason=words)
    assert figures(hall)["paragraphs"]["lb-1"]["final_text"] == words


# ── supporting ──


def test_everybody_supports_a_suggestion_once_and_the_most_supported_come_first() -> None:
    hall = opened()
    one, other = suggest(hall, "ada", "Eins"), suggest(hall, "ben", "Zwei")
    submit(hall, "cem", "texte", "support", suggestion=other)

    assert refusal(hall, "cem", "support", suggestion=other) == "text.already_voted"
    assert refusal(hall, "cem", "support", suggestion="AT2-0999") == "text.invalid.unknown_suggestion"
    assert figures(hall)["support"] == {one: 0, other: 1}
    assert [name for name in view(hall)["proposals-lb-1"] if name.startswith("suggestion-")] == [
        f"suggestion-{other}",
        f"suggestion-{one}",
    ]
    assert dict(mine(hall, "cem")["marks"]) == {f"suggestion-{other}": "supported"}
    assert dict(mine(hall, "ada")["marks"]) == {f"suggestion-{one}": "own"}


# ── deciding ──


def test_an_accepted_suggestion_is_the_next_revision_of_its_paragraph() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Wir sind für alle Menschen da.", reason="Klarer")

    decide(hall, ref, reason="Das trifft es")

    assert (paragraph(hall)["revision"], paragraph(hall)["final_text"]) == (2, "Wir sind für alle Menschen da.")
    assert (view(hall)["present-lb-1"].text, view(hall)["present-lb-1"].revision) == (
        "Wir sind für alle Menschen da.",
        2,
    )
    change = view(hall)["change-lb-1"]
    assert (change.old, change.new, change.reason, change.why) == (
        GOAL,
        "Wir sind für alle Menschen da.",
        "Klarer",
        "Das trifft es",
    )
    assert view(hall)["changed"] == ("change-lb-1",)
    assert paragraph(hall, "lb-2")["final_text"] == WAY


def test_staff_may_accept_a_suggestion_in_words_of_its_own() -> None:
    hall = opened()
    ref = suggest(hall, "ada")

    decide(hall, ref, wording="Wir sind für Menschen da.")

    assert paragraph(hall)["final_text"] == "Wir sind für Menschen da."
    assert (state(hall).suggestions[ref].changed, mine(hall, "ada")["mine-written"][0].changed) == (True, True)
    assert hall.activities["texte"].contributions[ref].text == "Wir sind für alle Menschen da."  # theirs stays theirs


def test_the_words_of_the_suggestion_are_no_words_of_its_own() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Genau so.")

    decide(hall, ref, wording="Genau so.")

    assert state(hall).suggestions[ref].changed is False


def test_what_is_rejected_or_deferred_leaves_the_text_as_it_is() -> None:
    hall = opened()
    rejected, deferred, undecided = (suggest(hall, by, f"Von {by}") for by in ("ada", "ben", "cem"))

    decide(hall, rejected, "rejected", reason="Passt nicht")
    decide(hall, deferred, "deferred")

    assert paragraph(hall)["revision"] == 1
    assert figures(hall)["suggestions_by_state"] == {"deferred": 1, "open": 1, "rejected": 1}
    assert [(it.state, it.why) for it in mine(hall, "ada")["mine-written"]] == [("rejected", "Passt nicht")]
    assert state(hall).suggestions[undecided].state == "open"
    assert "change-lb-1" not in view(hall)


def test_a_deferred_suggestion_may_be_accepted_later() -> None:
    hall = opened()
    ref = suggest(hall, "ada")
    decide(hall, ref, "deferred")

    decide(hall, ref)

    assert (paragraph(hall)["revision"], figures(hall)["suggestions_by_state"]) == (2, {"accepted": 1})


def test_only_staff_decides_and_only_what_was_suggested() -> None:
    hall = opened()
    ref = suggest(hall, "ada")
    known = {"suggestion": ref, "decision": "accepted"}

    assert refusal(hall, "ada", "decide", **known) == "command.forbidden"
    assert refusal(hall, "mo", "decide", **known | {"suggestion": "lb-1"}) == "text.invalid.unknown_suggestion"
    assert refusal(hall, "mo", "decide", **known | {"decision": "vielleicht"}) == "command.invalid.malformed"
    assert refusal(hall, "mo", "decide", wording="Anders", **known | {"decision": "rejected"}) == (
        "text.invalid.not_accepted"
    )
    assert refusal(hall, "mo", "decide", wording="x" * (WORDING + 1), **known) == "text.too_long"
    assert refusal(hall, "mo", "decide", reason="x" * (REASON + 1), **known) == "text.too_long"


# ── commenting ──


def test_one_comments_on_paragraphs() -> None:
    hall = opened()
    ref = comment(hall, "ada", "lb-2", "Und wann?")

    assert view(hall)["below-lb-2"] == (f"comment-{ref}", "reply-lb-2")
    assert (paragraph(hall)["comments"], paragraph(hall, "lb-2")["comments"], figures(hall)["comments"]) == (0, 1, 1)
    assert refusal(hall, "ada", "comment", on=suggest(hall, "ben"), text="Dazu") == "text.invalid.unknown_paragraph"


def test_while_it_is_closed_only_staff_goes_on() -> None:
    hall = opened()
    ref = suggest(hall, "ada")
    submit(hall, "mo", "texte", "close")

    for command, data in (
        ("vote", {"paragraph": "lb-1", "value": "traegt"}),
        ("suggest", {"paragraph": "lb-1", "text": "Anders"}),
        ("support", {"suggestion": ref}),
        ("comment", {"on": "lb-1", "text": "Dazu"}),
    ):
        assert refusal(hall, "ben", command, **data) == "text.not_open"
    decide(hall, ref)
    assert [name for name in view(hall) if name.startswith(("suggest-", "reply-"))] == []


# ── what is hidden, redacted or sealed ──


def test_where_an_accepted_suggestion_is_hidden_the_paragraph_reads_as_before() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Ein Name: Meyer")
    decide(hall, ref)

    submit(hall, "mo", "texte", "hide", ref=ref, reason="Ein Name")

    assert view(hall)["present-lb-1"] == text.Present(GOAL, 1)
    assert "Meyer" not in str(html(hall))
    assert paragraph(hall)["final_text"] == "Ein Name: Meyer"  # it counts as it was decided
    assert [row["hidden"] for row in rows(hall, Audience.DESK)] == ["Ein Name"]
    assert rows(hall, Audience.PLENARY) == []
    assert (mine(hall, "ada")["mine-written"][0].hidden, mine(hall, "ada")["marks"]) == ("Ein Name", ())


def test_a_redacted_suggestion_takes_its_words_out_of_the_text_and_those_of_the_decision_too() -> None:
    hall = opened()
    ref = suggest(hall, "ada", "Wir fragen Frau Meyer.", reason="Frau Meyer weiß es")
    decide(hall, ref, wording="Wir fragen immer Frau Meyer.", reason="Frau Meyer ist da")

    submit(hall, "mo", "texte", "redact", ref=ref, reason="Name")
    hall = afresh(hall)

    assert "Meyer" not in str([entry.data for entry in hall.record])
    assert paragraph(hall)["final_text"] == GOAL
    assert paragraph(hall)["revision"] == 2
    assert "Meyer" not in str([html(hall), html(hall, Audience.DESK), html(hall, Audience.STAGE, "gallery")])


def test_sealing_keeps_the_figures_and_forgets_who_it_was() -> None:
    hall = opened(names="anonymous")
    submit(hall, "ada", "texte", "vote", paragraph="lb-1", value="traegt")
    ref = suggest(hall, "ada", "Geheimes Wort")
    submit(hall, "ben", "texte", "support", suggestion=ref)
    comment(hall, "cem")
    decide(hall, ref)
    before = figures(hall)

    close_and_show(hall)

    assert figures(hall) == figures(afresh(hall)) == before
    assert state(hall) == state(afresh(hall))
    assert (state(hall).votes, state(hall).supporters, state(hall).suggestions[ref].author) == ({}, {}, None)
    assert (mine(hall, "ada")["mine-written"], mine(hall, "ada")["marks"]) == ((), ())
    sealed = next(entry for entry in hall.record if entry.type == "activity.sealed")
    assert "Geheimes Wort" not in str(sealed.data)  # words that are redacted later would stay there


def test_the_settings_tell_everything_apart() -> None:
    wrong: Any
    for wrong in (
        {"documents": [*DOCUMENTS, *DOCUMENTS]},
        {"documents": [*DOCUMENTS, DOCUMENTS[0] | {"id": "zwei"}]},
        {"vote_values": ["ja", "ja"]},
        {"vote_values": []},
    ):
        with pytest.raises(ValidationError):
            text.Config.model_validate(wrong)


def test_the_id_of_a_paragraph_fits_into_the_name_of_a_part() -> None:
    with pytest.raises(ValidationError):
        text.Config.model_validate({"documents": [["d", "", [['a"b', "", ""]]]]})
