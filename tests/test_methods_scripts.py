"""What was added while the day ran goes out with the script, and comes in again; hints of others do not disturb."""

import asyncio
from pathlib import Path

from app.scripts.verifying import recorded, verify
from app.store import Store
from facilitation.kinds import poll
from facilitation.walls.phases import Phase
from tests.days import day
from tests.scripts import exported, imported, other, script, store
from tests.test_methods_pages import alike, taken
from tests.town import copied, opened

__all__ = ["other", "store"]


async def test_an_export_keeps_what_was_added_and_plays_it_again(tmp_path: Path, other: Store) -> None:
    async with opened(copied(tmp_path)) as town:
        await taken(town, "methods/kartenabfrage", place="end")
        await taken(town, "methods/ein-punkt-frage", place="end")
        await town.did("mo", "agenda", "advance", step="kartenabfrage-1")
        await town.did("ada", "kartenabfrage-wand", "write", column="cards", text="Mehr Mut")
        for number in range(2, 6):
            await town.did("mo", "agenda", "advance", step=f"kartenabfrage-{number}")
        await taken(town, "activity", title="Und jetzt?", what="skala", options="", names="named")
        await town.did("mo", "skala", "open")
        await town.did("ada", "skala", "vote", value=7)
        live = await alike(town)
        out = exported(town.app.store, 1, tmp_path)

    again, _ = await asyncio.to_thread(imported, other, out)
    room = recorded(other, again)[0]
    assert room.agenda.steps == live.agenda.steps
    assert list(room.activities) == list(live.activities)
    added = ("kartenabfrage-wand", "ein-punkt-frage-anfang", "ein-punkt-frage-schluss", "skala")
    assert [room.activities[id].config for id in added] == [live.activities[id].config for id in added]
    assert room.activities["kartenabfrage-wand"].state.stand.phase is Phase.DECIDE
    assert room.activities["skala"].figures()["by_value"]["7"] == 1
    assert verify(other, again, script(out)) == ([], {})


def test_what_others_say_under_the_names_of_ours_is_a_hint(store: Store) -> None:
    told = day()
    told["agenda"][0] |= {"phase": 2, "opens": "10:00", "instruction": ["laut"]}
    hints = {"seen": 7, "quorum": "alle", "proposals": {}}
    told["activities"] = [it | (hints if it["type"] == "poll" else {}) for it in told["activities"]]
    workshop, _ = imported(store, told)
    room = recorded(store, workshop)[0]
    first = room.agenda.steps[0]
    assert (first.phase, first.opens, first.instruction) == ("", False, "")
    assert {it.config.seen for it in room.activities.values() if it.kind is poll} == {"shown"}
