"""What groups put on record goes out and comes in again."""

from pathlib import Path
from typing import Any

import pytest

from app.scripts import sheets
from app.scripts.reading import ScriptError
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.days import day
from tests.scripts import exported, imported, longer, other, script, store

__all__ = ["other", "store"]

ROOMS = [
    {"id": "t1", "title": "Tisch 1", "topic": "Mut", "task": "Drei Sätze", "link": "https://gespraech.example/1"},
    {"id": "t2", "title": "Tisch 2", "capacity": 9},
]
ADDED = {"id": "kg", "type": "breakout", "title": "Runde 1", "rooms": ROOMS, "minutes": 20, "mode": "assigned_new_mix"}
WORKED: list[tuple[str, str, dict[str, Any], str]] = [
    ("p01", "breakout_enter", {"room": "t1"}, "not_open"),
    ("s01", "breakout_assign", {"rooms": {"t1": ["p01", "p02"], "t2": ["p03"]}}, "accepted"),
    ("p01", "note", {"room": "t1", "text": "Zu früh"}, "not_open"),
    ("s01", "breakout_start", {"minutes": 25}, "accepted"),
    ("p01", "note", {"entity": "n1", "room": "t1", "text": "=1+1"}, "accepted"),
    ("p03", "note", {"entity": "n2", "room": "t1", "text": "Falsche Gruppe"}, "not_member"),
    ("p02", "note_rewrite", {"entity": "n1", "room": "t1", "text": "=1+2"}, "accepted"),
    ("p03", "note", {"entity": "n3", "room": "t2", "text": "Ein Name"}, "accepted"),
    ("s01", "hide", {"entity": "n3", "reason": "ein Name"}, "accepted"),
    ("p02", "help", {"entity": "h1", "room": "t1", "text": "Wir hören niemanden."}, "accepted"),
    ("s01", "help_take", {"entity": "h1"}, "accepted"),
    ("s02", "help_take", {"entity": "h1"}, "already_voted"),
    ("s01", "help_done", {"entity": "h1"}, "accepted"),
    ("s01", "breakout_extend", {"seconds": 120}, "accepted"),
    ("s01", "breakout_extend", {"seconds": 60, "room": "t2"}, "accepted"),
    ("s01", "breakout_move", {"person": "p03", "room": "t1"}, "accepted"),
    ("s01", "breakout_move", {"person": "p03", "room": "t9"}, "invalid"),
    ("p02", "breakout_leave", {}, "accepted"),
    ("s01", "group_tell", {"text": "Noch fünf Minuten"}, "accepted"),
    ("p01", "group_scribe", {"room": "t1"}, "accepted"),
    ("p01", "result", {"room": "t1", "text": "Erst so", "points": "a\nb"}, "accepted"),
    ("p01", "result", {"room": "t1", "text": "Dann so"}, "accepted"),
    ("p01", "group_ready", {"room": "t1"}, "accepted"),
    ("p01", "group_ready", {"room": "t1", "done": False}, "accepted"),
    ("s01", "breakout_end", {}, "accepted"),
    ("p02", "breakout_leave", {}, "not_open"),
    ("s01", "group_late", {"room": "t1"}, "accepted"),
    ("p01", "result", {"room": "t1", "text": "Nachgereicht", "points": "c"}, "accepted"),
]
FIGURES = {
    "assigned": {"t1": 2, "t2": 1},
    "final": {"t1": 2, "t2": 0},
    "notes": {"t1": 1, "t2": 1},
    "notes_total": 2,
    "results": 1,
    "rooms_without_result": ["t2"],
    "extended_seconds": 120,
    "help_calls": 1,
}


def extended(**more: Any) -> dict[str, Any]:
    """The day with a round of groups more."""
    return longer([ADDED | more], ((actor, kind, "kg", data) for actor, kind, data, _ in WORKED))


def test_everything_that_groups_do_is_judged_and_counted(store: Store) -> None:
    workshop, outcomes = imported(store, extended())
    found = results(*recorded(store, workshop))
    assert [outcomes[f"b{n:03d}"] for n in range(1, len(WORKED) + 1)] == [word for *_, word in WORKED]
    assert (found["breakouts"], len(found["hidden_other"])) == ({"kg": FIGURES}, 1 + len(hidden_of_the_day(store)))


def hidden_of_the_day(store: Store) -> list[str]:
    workshop, _ = imported(store, day() | {"id": "the-day-alone"})
    hidden: list[str] = results(*recorded(store, workshop))["hidden_other"]
    return hidden


def test_an_export_imported_again_gives_the_same_record(store: Store, other: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(store, workshop, script(out)) == verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    first, second = (recorded(from_, id)[0].activities["kg"] for from_, id in ((store, workshop), (other, again)))
    assert (first.state, first.config) == (second.state, second.config)


def test_every_note_and_result_stands_in_the_table_under_its_group_and_round(store: Store) -> None:
    workshop, _ = imported(store, extended())
    room = recorded(store, workshop)[0]
    lines = sheets.combined(room).decode("utf-8-sig").split("\r\n")
    mine = [line for line in lines if ";kg;Runde 1;" in f";{line}"]
    assert [("Tisch 1" in line, "Tisch 2" in line) for line in mine] == [(True, False), (True, False), (False, True)]
    assert "'=1+2" in mine[0]
    assert "ja" in mine[1].split(";")


@pytest.mark.parametrize("wrong", [{"mode": "wild"}, {"mode": 3}, {"rooms": []}, {"rooms": None}, {"anonymous": True}])
def test_groups_that_cannot_be_are_refused(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(ScriptError, match="activity kg"):
        imported(store, extended(**wrong))
