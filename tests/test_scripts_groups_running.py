"""What happens to groups while they run goes out and comes in again."""

from pathlib import Path
from typing import Any

from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.scripts import exported, imported, longer, other, script, store

__all__ = ["other", "store"]

ROOMS = [{"id": "t1", "title": "Tisch 1"}, *({"id": f"t{n}", "title": f"Tisch {n}", "capacity": 1} for n in (2, 3))]
ADDED = {"id": "kg", "type": "breakout", "title": "Runde 1", "rooms": ROOMS, "mode": "self_select"}
LATE = {"settles": True, "convened": True}
RAN: list[tuple[str, str, dict[str, Any], str]] = [
    ("p01", "group_wish", {"first": "t2", "second": "t1"}, "accepted"),
    ("p02", "group_wish", {"none": True}, "accepted"),
    ("s01", "breakout_assign", {"rooms": {"t1": ["p03"]}}, "accepted"),
    ("p01", "group_wish", {"first": "t1"}, "not_open"),
    ("s01", "group_settle", {}, "accepted"),
    ("s01", "breakout_start", {"minutes": 25}, "accepted"),
    ("p03", "breakout_enter", {"room": "t2"}, "accepted"),
    ("p03", "group_add", {"entity": "g", "title": "Radwege", "task": "Karte", "link": "https://a.example"}, "accepted"),
    ("p03", "note", {"entity": "n1", "room": "g4", "text": "Am Ring"}, "accepted"),
    ("s01", "hide", {"entity": "g", "reason": "ein Name"}, "accepted"),
    ("s01", "group_add", {"sources": ["n1"], "topic": "Wo?", "capacity": 2}, "accepted"),
    ("s01", "group_equip", {"room": "t1", "title": "Tisch 1", "material": "Blatt 4", "host": "p04"}, "accepted"),
    ("s01", "group_equip", {"room": "g5", "title": "Bänke", "topic": "Wo?", "task": "Zwei", "capacity": 3}, "accepted"),
    ("s01", "group_equip", {"room": "t9", "title": "Tisch 9"}, "invalid"),
    ("s01", "group_access", {"rooms": ["t1", "g5"]}, "accepted"),
    ("s01", "group_merge", {"room": "t2", "into": "g4"}, "accepted"),
    ("s01", "group_merge", {"room": "t2", "into": "t1"}, "invalid"),
    ("s01", "breakout_move", {"person": "p04", "room": "g5"}, "accepted"),
    ("s01", "group_split", {"room": "t2"}, "accepted"),
    ("s01", "group_split", {"room": "t2"}, "invalid"),
    ("s01", "group_merge", {"room": "t2", "into": "g4"}, "accepted"),
    ("s01", "group_pair", {}, "accepted"),
    ("s01", "group_split", {}, "accepted"),
    ("s01", "group_pair", {}, "accepted"),
    ("s01", "breakout_end", {"soft": True}, "accepted"),
    ("p03", "group_hold", {"room": "g4"}, "accepted"),
    ("s01", "breakout_end", {}, "accepted"),
    ("s01", "redact", {"entity": "g", "reason": "ein Name"}, "accepted"),
]


def extended() -> dict[str, Any]:
    """The day with a round of groups more."""
    return longer([ADDED | LATE], ((actor, kind, "kg", data) for actor, kind, data, _ in RAN), seconds=5)


def test_everything_that_happens_to_groups_is_judged_by_their_rules(store: Store) -> None:
    _, outcomes = imported(store, extended())
    assert [outcomes[f"b{n:03d}"] for n in range(1, len(RAN) + 1)] == [word for *_, word in RAN]


def test_an_export_imported_again_gives_the_same_record(store: Store, other: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(store, workshop, script(out)) == verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    first, second = (recorded(from_, id)[0].activities["kg"] for from_, id in ((store, workshop), (other, again)))
    assert (first.state, first.config) == (second.state, second.config)


def test_who_joins_late_sits_where_they_sat(store: Store, other: Store, tmp_path: Path) -> None:
    late = extended()
    last = late["stream"][-4]  # after the groups are paired
    head = {"seq": last["seq"] + 100, "id": "late", "key": "late", "ts": late["stream"][-1]["ts"]}
    joining = head | {"actor": "p09", "kind": "join", "data": {"client": "phone", "via": "code"}}
    late["stream"][-3:] = [joining | {"ts": last["ts"]}]
    workshop, outcomes = imported(store, late)
    assert outcomes["late"] == "accepted"
    again, _ = imported(other, exported(store, workshop, tmp_path))
    seats = [recorded(from_, id)[0].activities["kg"].state.seats for from_, id in ((store, workshop), (other, again))]
    assert seats[0] == seats[1]
    assert "p09" in seats[0]
