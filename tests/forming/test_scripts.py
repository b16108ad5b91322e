"""Preparing groups stays at home: of a proposal goes out what was published."""

import asyncio
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from app.clerk import Clerk
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from facilitation.record import Envelope, Refused
from tests.days import day
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]

ROUND = {"id": "kg", "type": "breakout", "title": "Runde 1", "rooms": [{"id": "t1", "title": "Tisch 1"}]}
PREPARED: list[tuple[str, dict[str, Any]]] = [
    ("publish", {}),
    ("propose", {"groups": {"t1": ["p01"]}, "way": "random"}),
    ("shift", {"person": "p02", "group": "t1"}),
    ("shift", {"person": "p02", "group": "t9"}),
    ("shift", {"person": "p03", "group": "t1"}),
    ("unshift", {"step": 2}),
    ("unshift", {"step": 2}),
    ("publish", {}),
    ("propose", {"groups": {"t9": []}, "way": "random"}),
    ("propose", {"groups": {"t1": ["p03"]}, "way": "random"}),
    ("discard", {}),
]


def test_what_was_published_goes_out_and_what_was_prepared_does_not(store: Store, other: Store, tmp_path: Path) -> None:
    whole = day()
    whole["activities"].append(ROUND)
    workshop, _ = imported(store, whole)

    async def prepared() -> None:
        clerk = Clerk(store)
        for command, data in PREPARED:
            with suppress(Refused):
                await clerk.submit(Envelope(token_hex(16), workshop, "s01", "kg", command, data))
        await clerk.close()

    asyncio.run(prepared())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    added = [(action["kind"], action["data"]) for action in out["stream"] if action.get("target") == "kg"]
    assert added == [("breakout_assign", {"rooms": {"t1": ["p01", "p02"]}})]
    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(store, workshop, script(out)) == verify(other, again, script(out)) == ([], {})


def test_who_needs_a_room_without_barriers_and_which_are_comes_back(store: Store, other: Store, tmp_path: Path) -> None:
    whole = day()
    whole["participants"][0]["barrier_free"] = True
    whole["activities"].append(ROUND | {"rooms": [{"id": "t1", "title": "Tisch 1", "barrier_free": True}]})
    out = exported(store, imported(store, whole)[0], tmp_path)
    assert [it.get("barrier_free", False) for it in out["participants"][:2]] == [True, False]
    room = recorded(other, imported(other, out)[0])[0]
    needing = [id for id, person in room.roster.people.items() if person.barrier_free]
    assert (needing, room.activities["kg"].state.groups["t1"].barrier_free) == ([whole["participants"][0]["id"]], True)
