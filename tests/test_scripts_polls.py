"""Polls of every form go out and come in again: words, options that people added, and sealed results."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.clerk import Clerk
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from facilitation.record import Data, Envelope
from tests.days import day
from tests.forms.examples import PAPERS
from tests.play import Play
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]

PEOPLE = [f"p{n:02d}" for n in range(1, 7)]


def polls(names: str) -> list[Data]:
    """One poll of each form, as a script writes it."""
    more = {"names": names, "revote": True, "ballot_unit": "person"}
    return [
        {"id": f"a-{form}", "type": "poll", "kind": form, "title": f"Abfrage {form}"} | paper.settings | more
        for form, paper in PAPERS.items()
    ]


async def played(store: Store, workshop: int, names: str) -> None:
    """Everybody answers everything, some of it twice and some of it wrong; at last all results are shown."""
    clerk = Clerk(store)
    ids = iter(range(10**6))

    async def did(by: str, activity: str, command: str, **data: Any) -> str:
        sent = Envelope(
            f"{names:x<10}".encode().hex()[:12] + f"{next(ids):020x}", workshop, by, activity, command, data
        )
        return (await clerk.submit(sent)).ref

    rng = Random(7)  # noqa: S311  # repeatable, not secret
    play = Play("poll", rng, await clerk.room(workshop))
    await did("s01", "wand", "open")
    card = await did("p01", "wand", "write", column="neu", text="Von der Wand")
    for form, paper in PAPERS.items():
        await did("s01", f"a-{form}", "open")
        for person in [*PEOPLE, "p03"]:
            await asyncio.gather(did(person, f"a-{form}", "vote", **paper.ballot(play)), return_exceptions=True)
    await did("s01", "a-single", "adopt", sources=[card])
    await did("p02", "a-single", "vote", choice=card)
    await did("s01", "a-wordcloud", "ban", word="Unfug")
    await did("s01", "a-number", "reveal")
    for form in PAPERS:
        await did("s01", f"a-{form}", "close")
        await did("s01", f"a-{form}", "show", view="result")
    await clerk.close()


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_polls_of_every_form_exported_and_imported_again_are_the_same(
    store: Store, other: Store, tmp_path: Path, names: str
) -> None:
    planned = day()
    workshop, _ = imported(store, planned | {"activities": [*planned["activities"], *polls(names)]})
    asyncio.run(played(store, workshop, names))
    out = exported(store, workshop, tmp_path)
    again, outcomes = imported(other, out)

    judged = {action["id"]: action.get("outcome", "accepted") for action in out["stream"]}
    assert {id: (word, judged[id]) for id, word in outcomes.items() if word != judged[id]} == {}
    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    texts = {answer.text for answer in words(store, workshop)}
    assert {answer.text for answer in words(other, again)} == texts != set()


def words(store: Store, workshop: int) -> list[Any]:
    """Everything that was written on ballots."""
    room, _, _ = recorded(store, workshop)
    return [answer for form in PAPERS for answer in room.activities[f"a-{form}"].state.box.answers.values()]


def test_an_answer_of_ones_own_comes_in_as_it_was_written(store: Store, other: Store, tmp_path: Path) -> None:
    options = [{"id": "tee", "label": "Tee"}, {"id": "sonst", "label": "Sonstiges"}]
    asked = {"id": "wahl", "type": "poll", "kind": "single", "title": "Was trinken Sie?", "options": options}
    planned = day()
    workshop, _ = imported(
        store, planned | {"activities": [*planned["activities"], asked | {"other": "sonst", "names": "named"}]}
    )
    asyncio.run(chosen(store, workshop))
    again, _ = imported(other, exported(store, workshop, tmp_path))
    answers = recorded(other, again)[0].activities["wahl"].state.box.answers.values()
    assert [answer.text for answer in answers] == ["Kaffee"]


async def chosen(store: Store, workshop: int) -> None:
    clerk = Clerk(store)
    wishes = (("s01", "open", {}), ("p01", "vote", {"choice": "sonst", "other": "Kaffee"}), ("s01", "close", {}))
    for number, (by, command, data) in enumerate(wishes):
        await clerk.submit(Envelope(f"{number:032x}", workshop, by, "wahl", command, data))
    await clerk.close()
