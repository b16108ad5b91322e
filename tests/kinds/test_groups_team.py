"""The channel of those who lead, and what they note on their groups."""

from typing import Any

import pytest

from facilitation.groups.leading import LONGEST
from facilitation.groups.team import Team
from facilitation.screen import Audience
from tests.kinds.led import working
from tests.kinds.tables import did, html, refusal, rows, space, state, view
from tests.rooms import Kept, submit


def lead(table: Kept, group: str = "eins") -> dict[str, Any]:
    return view(table, Audience.FACILITATOR, group=group)


# ── the channel ──


def test_a_message_is_read_by_those_who_lead_and_the_desk_and_by_nobody_else() -> None:
    table = working()
    did(table, "eva-lin", "brief", text="Bei uns fehlen drei")
    did(table, "mo", "brief", text="Wir schicken welche")
    for audience in (Audience.FACILITATOR, Audience.DESK):
        shown = html(table, view(table, audience, group="zwei"))
        assert ["Bei uns fehlen drei" in shown, "Wir schicken welche" in shown] == [True, True], audience
    for seen in (space(table), space(table, "zwei"), view(table), view(table, Audience.STAGE)):
        assert "fehlen" not in html(table, seen)


def test_a_message_says_who_it_is_from_the_newest_first() -> None:
    table = working()
    did(table, "eva-lin", "brief", text="Eins")
    did(table, "mo", "brief", text="Zwei")
    seen = lead(table, "zwei")
    messages = [seen[name] for name in seen["briefs"]]
    assert [(it.said.text, it.author, it.title) for it in messages] == [
        ("Zwei", "Moderation", ""),
        ("Eins", "Leitung Amt 60", "Gruppe 1"),
    ]


def test_only_staff_and_those_who_lead_speak_there() -> None:
    table = working()
    assert refusal(table, "ada", "brief", text="Hallo")[0] == "groups.forbidden"
    did(table, "ada", "lead", group="eins")
    did(table, "ada", "brief", text="Hallo")
    assert refusal(table, "ada", "brief", text="x" * (LONGEST + 1)) == ("groups.too_long", {"most": LONGEST})


def test_a_message_has_a_number_and_can_be_hidden_and_redacted() -> None:
    table = working()
    ref = did(table, "eva-lin", "brief", text="Herr Geheim stört")
    submit(table, "mo", "kg", "hide", ref=ref, reason="Ein Name")
    assert "Geheim" not in html(table, lead(table, "zwei"))
    assert "Geheim" in html(table, view(table, Audience.DESK))
    submit(table, "mo", "kg", "restore", ref=ref)
    [redacted] = submit(table, "mo", "kg", "redact", ref=ref, reason="Ein Name")
    assert redacted.blank == tuple(entry.at for entry in table.record if entry.type == "groups.briefed")


def test_no_file_holds_the_channel() -> None:
    table = working()
    did(table, "eva-lin", "brief", text="Nur für uns")
    assert rows(table) == rows(table, Audience.PLENARY) == []


# ── notes on a group ──


def test_a_note_is_for_the_team_until_it_is_released() -> None:
    table = working()
    ref = did(table, "eva-lin", "aside", group="eins", text="Streit um Punkt 3")
    assert "Streit" in html(table, lead(table))
    assert "Streit" in html(table, view(table, Audience.DESK))
    assert "Streit" not in html(table, space(table)) + html(table, lead(table, "zwei")) + html(table, view(table))
    assert rows(table) == []

    did(table, "eva-lin", "release", group="eins", aside=ref)
    assert "Streit" in html(table, space(table))
    assert "Streit" not in html(table, space(table, "zwei")) + html(table, view(table))
    note = {"ref": ref, "type": "Anmerkung der Moderation", "group": "Gruppe 1", "text": "Streit um Punkt 3"}
    assert rows(table) == [note | {"author": "Leitung Amt 60", "hidden": ""}]

    did(table, "mo", "release", group="eins", aside=ref, released=False)
    assert (rows(table), "Streit" in html(table, space(table))) == ([], False)


def test_a_note_may_be_released_at_once() -> None:
    table = working()
    did(table, "eva-lin", "aside", group="eins", text="Gut", released=True)
    assert [row["text"] for row in rows(table, Audience.PLENARY)] == ["Gut"]


def test_a_hidden_note_leaves_the_group_and_the_page_of_who_leads_it() -> None:
    table = working()
    ref = did(table, "eva-lin", "aside", group="eins", text="Streit", released=True)
    submit(table, "mo", "kg", "hide", ref=ref, reason="kein Beitrag")
    assert "Streit" not in html(table, space(table)) + html(table, lead(table))
    assert rows(table, Audience.PLENARY) == []


@pytest.mark.parametrize("by", ["ada", "dan"])
def test_only_staff_and_whoever_leads_this_group_notes_on_it(by: str) -> None:
    table = working()
    did(table, "dan", "lead", group="zwei")
    assert refusal(table, by, "aside", group="eins", text="Hm")[0] == "groups.forbidden"
    assert refusal(table, by, "release", group="eins", aside="AT2-0001")[0] == "groups.forbidden"


def test_no_note_is_released_that_is_not_of_this_group() -> None:
    table = working()
    ref = did(table, "mo", "aside", group="zwei", text="Läuft")
    for aside in (ref, "AT2-9999"):
        unknown = ("groups.invalid", {"why": "unknown_aside"})
        assert refusal(table, "eva-lin", "release", group="eins", aside=aside) == unknown
    assert refusal(table, "mo", "aside", group="keine", text="Hm") == ("groups.invalid", {"why": "unknown_group"})


def test_what_the_team_says_is_no_source_for_everybody() -> None:
    table = working()
    said = did(table, "mo", "brief", text="Nur wir"), did(table, "mo", "aside", group="eins", text="Wir", released=True)
    assert [table.sources[ref].public for ref in said] == [False, False]


def test_the_desk_counts_them() -> None:
    table = working()
    did(table, "mo", "brief", text="Eins")
    did(table, "mo", "aside", group="eins", text="Zwei")
    told = view(table, Audience.DESK)
    assert told["desk-team"] == Team((("eins", "Gruppe 1"), ("zwei", "Gruppe 2"), ("drei", "Gruppe 3")), 1, 1)
    assert [told[name].released for name in told["kept"]] == [False, None]


def test_who_led_a_group_is_named_though_their_row_is_gone() -> None:
    table = working()
    did(table, "eva-lin", "brief", text="Eins")
    del table.roster.people["eva-lin"]
    shown = [part for name, part in lead(table, "zwei").items() if name.startswith("brief-")]
    assert [it.author for it in shown] == [""]
    assert state(table).leaders("eins") == ["eva-lin"]
