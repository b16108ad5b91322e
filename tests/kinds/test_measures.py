from typing import Any

import pytest
from markupsafe import escape
from pydantic import ValidationError

from facilitation.kinds import measures
from facilitation.screen import Audience
from tests.kinds.agreed import agree, card, comment, figures, html, mine, opened, refusal, rows, state, update, view
from tests.kinds.measures_example import PRELOAD
from tests.payloads import PAYLOADS
from tests.rooms import afresh, submit

HOSTILE = [*PAYLOADS[::20], '=HYPERLINK("x";"y")', "\nZeile\r\nZeile\n", "Protokoll\u202efdp.exe", "null", "x" * 250]
DONE = {"status": "erledigt", "progress": 100, "text": "Fertig."}


# ── agreeing ──


def test_a_measure_begins_open_at_nought_percent_and_knows_where_it_comes_from() -> None:
    hall = opened()
    first, second = card(hall), card(hall, "Das sollten wir öfter machen")

    ref = agree(hall, due="2020-11-30", sources=[first, second], first_step="Umfrage in allen Ämtern")

    assert figures(hall) == {
        "count": 1,
        "by_status": {"offen": 1},
        "items": {
            ref: {
                "owner_unit": "amt-10",
                "status": "offen",
                "progress": 0,
                "due": "2020-11-30",
                "origin": 2,
                "updates": 0,
            }
        },
    }
    assert [it.text for it in view(hall)[f"measure-{ref}"].origins] == [
        "Aushilfe hat geklappt",
        "Das sollten wir öfter machen",
    ]
    assert hall.activities["wand"].became == {first: (ref,), second: (ref,)}


def test_a_measure_may_begin_in_statuses_of_its_own() -> None:
    hall = opened(statuses=["Idee", "Mandat"])

    ref = agree(hall)

    assert (state(hall).measures[ref].status, figures(hall)["by_status"]) == ("Idee", {"Idee": 1})


def test_only_staff_writes_measures_down_and_changes_them() -> None:
    hall = opened()
    ref = agree(hall)

    assert refusal(hall, "ada", "agree", title="Meins", owner_unit="amt-10") == "command.forbidden"
    assert refusal(hall, "ada", "amend", measure=ref, title="Meins") == "command.forbidden"


def test_a_measure_comes_from_what_was_said_each_named_once() -> None:
    hall = opened()
    ref = card(hall)

    assert refusal(hall, "mo", "agree", title="x", owner_unit="y", sources=[ref, ref]) == "lineage.invalid.repeated"
    assert refusal(hall, "mo", "agree", title="x", owner_unit="y", sources=["AT2-0999"]) == "lineage.invalid.unknown"


def test_a_measure_has_a_title_that_can_be_seen_and_ends() -> None:
    hall = opened()

    assert refusal(hall, "mo", "agree", title=" \u200b", owner_unit="amt-10") == "command.invalid.malformed"
    assert refusal(hall, "mo", "agree", title="x", owner_unit="") == "command.invalid.malformed"
    assert refusal(hall, "mo", "agree", title="x", owner_unit="y", due="morgen") == "command.invalid.malformed"
    for field, most in (("title", 500), ("description", 5_000), ("first_step", 500)):
        assert refusal(hall, "mo", "agree", **{"title": "x", "owner_unit": "y", field: "x" * (most + 1)}) == (
            "measures.too_long"
        )


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_back_as_they_were_written_and_are_shown_as_text(words: str) -> None:
    hall = opened()
    ref = agree(hall, words, description=words, first_step=words, owner_unit=words, helper_unit=words)
    said = update(hall, "mo", ref, text=words)

    measure = state(hall).measures[ref]
    assert {measure.title, measure.description, measure.first_step, measure.owner_unit, measure.helper_unit} == {words}
    shown = html(hall)
    assert shown[f"measure-{ref}"].count(str(escape(words))) == 5
    assert str(escape(words)) in shown[f"report-{said}"]
    html(hall, Audience.DESK)
    html(hall, Audience.STAGE)


# ── changing ──


def test_what_is_given_is_changed_and_the_rest_stays() -> None:
    hall = opened()
    one, other = card(hall), card(hall, "Noch eine")
    ref = agree(hall, first_step="Umfrage", due="2020-11-30", sources=[one])

    submit(hall, "mo", "zusagen", "amend", measure=ref, helper_unit="amt-20", first_step="", sources=[other, one])

    measure = state(hall).measures[ref]
    assert (measure.title, measure.first_step, measure.due) == ("Personalpool verstetigen", "", "2020-11-30")
    assert (measure.helper_unit, measure.sources) == ("amt-20", (one, other))
    assert hall.activities["wand"].became == {one: (ref,), other: (ref,)}
    assert refusal(hall, "mo", "amend", measure="AT2-0999", title="x") == "measures.invalid.unknown"


# ── how far it is ──


def test_staff_and_people_of_the_owning_unit_say_how_far_it_is() -> None:
    hall = opened()
    ref = agree(hall, owner_unit="amt-20", due="2020-11-30")

    update(hall, "ben", ref, progress=40, due="2020-12-24")
    update(hall, "dep", ref, "erledigt", progress=100)
    update(hall, "mo", ref, "gestoppt", progress=100)

    item = figures(hall)["items"][ref]
    assert (item["status"], item["progress"], item["due"], item["updates"]) == ("gestoppt", 100, "2020-12-24", 3)
    assert [(it.unit, it.status) for it in state(hall).reports[ref]] == [
        ("amt-20", "in_arbeit"),
        ("amt-20", "erledigt"),
        ("", "gestoppt"),
    ]


def test_nobody_else_does() -> None:
    hall = opened()
    ref = agree(hall, owner_unit="amt-20")

    for by in ("ada", "saal"):
        assert refusal(hall, by, "update", measure=ref, **DONE) == "measures.forbidden"
    assert refusal(hall, "ada", "update", measure=ref, **DONE | {"progress": 999}) == "measures.forbidden"
    assert refusal(hall, "ada", "update", measure="AT2-0999", **DONE) == "measures.invalid.unknown"


def test_a_status_and_a_percentage_are_of_those_that_there_are() -> None:
    hall = opened()
    ref = agree(hall)

    assert refusal(hall, "ada", "update", measure=ref, **DONE | {"status": "versandet"}) == (
        "measures.invalid.unknown_status"
    )
    for progress in (-1, 101):
        assert refusal(hall, "ada", "update", measure=ref, **DONE | {"progress": progress}) == (
            "measures.invalid.out_of_range"
        )
    assert refusal(hall, "ada", "update", measure=ref, **DONE | {"text": ""}) == "command.invalid.malformed"


def test_the_unit_goes_on_after_the_day_while_nobody_else_can() -> None:
    hall = opened()
    ref = agree(hall)
    submit(hall, "mo", "zusagen", "close")

    update(hall, "ada", ref)

    assert refusal(hall, "ben", "comment", on=ref, text="Und nun?") == "measures.not_open"
    assert refusal(hall, "ben", "volunteer", measure=ref, part="helper") == "measures.not_open"


# ── volunteering ──


def test_a_unit_volunteers_and_its_last_word_counts() -> None:
    hall = opened()
    ref = agree(hall)

    submit(hall, "ben", "zusagen", "volunteer", measure=ref, part="owner")
    submit(hall, "cem", "zusagen", "volunteer", measure=ref, part="helper")
    submit(hall, "dep", "zusagen", "volunteer", measure=ref, part="helper")
    assert view(hall)[f"measure-{ref}"].volunteers == (("amt-30", "helper"), ("amt-20", "helper"))
    assert [mine(hall, by)[f"mine-offer-{ref}"].part for by in ("ben", "ada")] == ["helper", "none"]

    submit(hall, "ben", "zusagen", "volunteer", measure=ref, part="none")
    assert state(hall).volunteers == {ref: {"amt-30": "helper"}}
    assert figures(hall)["items"][ref]["owner_unit"] == "amt-10"  # who is asked to do it is decided aloud


def test_who_speaks_for_no_unit_cannot_volunteer() -> None:
    hall = opened()
    ref = agree(hall)

    for by in ("saal", "mo"):
        assert refusal(hall, by, "volunteer", measure=ref, part="helper") == "measures.invalid.no_unit"
    assert refusal(hall, "ada", "volunteer", measure="AT2-0999", part="owner") == "measures.invalid.unknown"


# ── what was carried over ──


def test_measures_of_an_earlier_day_are_there_from_the_beginning() -> None:
    hall = opened(preload=PRELOAD)

    assert figures(hall)["items"]["m-001"] == {
        "owner_unit": "amt-10",
        "status": "in_arbeit",
        "progress": 40,
        "due": "2020-10-01",
        "origin": 2,
        "updates": 0,
    }
    update(hall, "ada", "m-001", "erledigt", progress=100)
    comment(hall, "ben", "m-001")
    submit(hall, "mo", "zusagen", "amend", measure="m-001", title="Neuer Titel")
    assert figures(hall)["by_status"] == {"erledigt": 1}
    assert [row["title"] for row in rows(hall, Audience.PLENARY)] == ["Neuer Titel"]


def test_an_unknown_status_of_an_earlier_day_is_the_first_one() -> None:
    hall = opened(preload=[PRELOAD[0] | {"status": "irgendwie", "due": None}])

    assert (state(hall).measures["m-001"].status, state(hall).measures["m-001"].due) == ("offen", "")


def test_the_settings_tell_everything_apart() -> None:
    wrong: Any
    for wrong in ({"statuses": ["offen", "offen"]}, {"statuses": []}, {"preload": [*PRELOAD, *PRELOAD]}):
        with pytest.raises(ValidationError):
            measures.Config.model_validate(wrong)


# ── what is hidden, redacted or anonymous ──


def test_a_hidden_measure_leaves_the_screens_of_everybody_and_counts() -> None:
    hall = opened()
    ref = agree(hall)

    submit(hall, "mo", "zusagen", "hide", ref=ref, reason="noch nicht reif")

    assert "Personalpool" not in str([html(hall), html(hall, Audience.STAGE), mine(hall, "ada")])
    assert "ausgeblendet: <bdi" in html(hall, Audience.DESK)[f"row-{ref}"]
    assert figures(hall)["count"] == 1
    assert rows(hall, Audience.PLENARY) == []
    assert rows(hall, Audience.DESK)[0]["hidden"] == "noch nicht reif"


def test_what_is_said_about_a_measure_is_hidden_by_itself() -> None:
    hall = opened()
    ref = agree(hall)
    said, remark = update(hall, "ada", ref, text="Frau Meyer macht das"), comment(hall, "ben", ref, "Frau Meyer fehlt")
    comment(hall, "ada", ref, "Die Zeit")
    assert dict(mine(hall, "ben")["marks"]) == {f"comment-{remark}": "own"}

    for each in (said, remark):
        submit(hall, "mo", "zusagen", "hide", ref=each, reason="Name")

    assert "Meyer" not in str(html(hall))
    assert html(hall, Audience.DESK)[f"item-{said}"].count("Meyer") == 1
    assert mine(hall, "ben")["marks"] == ()


def test_a_redacted_measure_loses_all_its_words() -> None:
    hall = opened()
    ref = agree(hall, "Frau Meyer", description="Frau Meyer", first_step="Frau Meyer")
    submit(hall, "mo", "zusagen", "amend", measure=ref, first_step="Doch Frau Meyer")

    submit(hall, "mo", "zusagen", "redact", ref=ref, reason="Name")
    hall = afresh(hall)

    assert "Meyer" not in str([entry.data for entry in hall.record])
    assert "geschwärzt" in html(hall)[f"measure-{ref}"]


def test_what_a_measure_comes_from_is_shown_only_to_whom_it_may_be_shown() -> None:
    hall = opened()
    ref = agree(hall, sources=[card(hall, "Über Frau Meyer")])

    submit(hall, "mo", "wand", "hide", ref=hall.activities["zusagen"].state.measures[ref].sources[0], reason="Name")

    assert "Meyer" not in str(html(hall))
    assert "Meyer" in html(hall, Audience.DESK)[f"row-{ref}"]
    assert figures(hall)["items"][ref]["origin"] == 1


def test_in_an_anonymous_activity_comments_are_anonymous_and_nobody_speaks_for_a_unit() -> None:
    hall = opened(names="anonymous")
    ref = agree(hall)
    comment(hall, "ada", ref)

    assert refusal(hall, "ada", "update", measure=ref, **DONE) == "measures.forbidden"
    assert refusal(hall, "ada", "volunteer", measure=ref, part="helper") == "measures.invalid.no_unit"
    assert mine(hall, "ada")["mine-own"] == ()
    assert f"mine-offer-{ref}" not in mine(hall, "ada")
    submit(hall, "mo", "zusagen", "close")
    submit(hall, "mo", "zusagen", "show", view="result")
    assert state(hall) == state(afresh(hall))
    assert [it.author for it in state(hall).remarks[ref]] == [None]
