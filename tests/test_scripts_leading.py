"""Who leads groups, what they say and what belongs to groups goes out and comes in again; every row says its group."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from app.scripts import sheets
from app.scripts.reading import ScriptError
from app.scripts.results import results
from app.scripts.verifying import recorded
from app.store import Store
from tests.scripts import exported, imported, longer, other, store

__all__ = ["other", "store"]

GUIDE = [{"title": "Ankommen", "minutes": 5, "say": ["Wer sind wir?"]}]
ROOMS: list[dict[str, Any]] = [
    {"id": "t1", "title": "Tisch 1", "facilitator": "p03", "activities": ["eigene"]},
    {"id": "t2", "title": "Tisch 2"},
]
OPTIONS = [{"id": "ja", "label": "Ja"}, {"id": "nein", "label": "Nein"}]
ADDED: list[dict[str, Any]] = [
    {"id": "kg", "type": "breakout", "title": "Runde 1", "rooms": ROOMS, "guide": GUIDE},
    {"id": "eigene", "type": "wall", "title": "Wand am Tisch", "anonymous": False},
    {
        "id": "spontan",
        "type": "poll",
        "title": "Weiter?",
        "kind": "single",
        "options": OPTIONS,
        "seen": "closed",
    },
]
WORKED: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("s01", "kg", "breakout_assign", {"rooms": {"t1": ["p01", "p02"]}}, "accepted"),
    ("s01", "kg", "breakout_start", {}, "accepted"),
    ("p01", "kg", "group_brief", {"text": "Darf ich?"}, "forbidden"),
    ("p01", "eigene", "open", {}, "forbidden"),
    ("p03", "eigene", "open", {}, "accepted"),
    ("p01", "kg", "group_lead", {"room": "t1"}, "accepted"),
    ("p01", "kg", "group_brief", {"text": "Nur wir"}, "accepted"),
    ("p04", "kg", "group_lead", {"room": "t1"}, "not_member"),
    ("p04", "eigene", "idea", {"column": "cards", "text": "Fremd"}, "not_member"),
    ("p02", "eigene", "idea", {"entity": "i1", "column": "cards", "text": "Mehr Mut"}, "accepted"),
    ("p01", "kg", "group_aside", {"entity": "a1", "room": "t1", "text": "Streit"}, "accepted"),
    ("p01", "kg", "group_aside", {"entity": "a2", "room": "t1", "text": "Gut", "released": True}, "accepted"),
    ("p01", "kg", "group_release", {"entity": "a1", "room": "t1"}, "accepted"),
    ("p01", "kg", "group_release", {"entity": "a1", "room": "t1", "released": False}, "accepted"),
    ("s01", "kg", "group_furnish", {"room": "t1", "activity": "spontan"}, "accepted"),
    ("p01", "spontan", "open", {}, "accepted"),
    ("p02", "spontan", "vote", {"choice": "ja"}, "accepted"),
    ("p04", "spontan", "vote", {"choice": "ja"}, "not_member"),
    ("p01", "spontan", "close", {}, "accepted"),
    ("p01", "kg", "group_lead", {"room": "t1", "leads": False}, "accepted"),
    ("p01", "eigene", "close", {}, "forbidden"),
    ("s01", "kg", "group_furnish", {"activity": "spontan"}, "accepted"),
    ("s01", "kg", "group_furnish", {"room": "t1", "activity": "spontan"}, "accepted"),
]


def extended() -> dict[str, Any]:
    """The day with a round of groups, a wall and a poll more."""
    return longer(ADDED, ((actor, kind, target, data) for actor, target, kind, data, _ in WORKED))


def test_everything_that_those_who_lead_do_is_judged(store: Store) -> None:
    _, outcomes = imported(store, extended())
    assert [outcomes[f"b{n:03d}"] for n in range(1, len(WORKED) + 1)] == [word for *_, word in WORKED]


def test_it_goes_out_and_comes_in_again(store: Store, other: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    first = exported(store, workshop, tmp_path)
    again, _ = imported(other, first)
    second = exported(other, again, tmp_path)

    room, entries, refusals = recorded(store, workshop)
    copy, its_entries, its_refusals = recorded(other, again)
    assert results(copy, its_entries, its_refusals) == results(room, entries, refusals)
    assert copy.activities["kg"].config == room.activities["kg"].config
    ours, theirs = (it.activities["kg"].state.leading for it in (room, copy))
    assert (
        (theirs.led, theirs.belongings)
        == (ours.led, ours.belongings)
        == (
            {"p03": "t1"},
            {"eigene": "t1", "spontan": "t1"},
        )
    )
    assert theirs == ours
    assert [it.get("data") for it in second["stream"]] == [it.get("data") for it in first["stream"]]


def test_a_guide_that_is_none_is_told(store: Store) -> None:
    whole = extended()
    whole["activities"][-3] = ADDED[0] | {"guide": [{"title": "Ankommen", "minutes": 0}]}
    with pytest.raises(ScriptError, match=r"activity kg: guide\.0\.minutes is not valid"):
        imported(store, whole)


def test_every_row_of_a_group_says_its_group_and_round(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    room = recorded(store, workshop)[0]
    table = list(csv.DictReader(io.StringIO(sheets.combined(room).decode("utf-8-sig")), delimiter=";"))
    told = {(row["Baustein"], row["Kleingruppe"], row["Runde"]) for row in table if row["Kleingruppe"]}
    assert told == {("kg", "Tisch 1", "Runde 1"), ("eigene", "Tisch 1", "Runde 1"), ("spontan", "Tisch 1", "Runde 1")}
    written = sheets.combined(room).decode("utf-8-sig")
    assert ["Nur wir" in written, "Streit" in written, "Gut" in written] == [False, False, True]

    bundle = exported(store, workshop, tmp_path, "json")
    rows = {it["id"]: it["rows"] for it in bundle["activities"]}
    assert {(row["group"], row["round"]) for id in ("kg", "eigene", "spontan") for row in rows[id]} == {
        ("Tisch 1", "Runde 1")
    }
