"""Surveys go out as a kind of their own and come in again: ballots, words and sealed results."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.clerk import Clerk
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from facilitation.form import Answer
from facilitation.record import Data, Envelope
from tests.days import day
from tests.forms.examples import PAPERS
from tests.kinds.survey_example import QUESTIONS
from tests.play import Play
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]

PEOPLE = [f"p{n:02d}" for n in range(1, 8)]


def with_survey(names: str) -> Data:
    planned = day()
    survey = {"id": "bogen", "type": "survey", "title": "Bogen", "questions": QUESTIONS, "names": names}
    return planned | {"activities": [*planned["activities"], survey]}


async def played(store: Store, workshop: int, names: str) -> None:
    """Everybody answers some questions, some twice and some wrongly; at last the result is shown.

    Where it is anonymous nobody takes words back: an export knows nothing of them, and numbers would move up.
    """
    clerk = Clerk(store)
    ids = iter(range(10**6))

    async def did(by: str, command: str, **data: Any) -> None:
        id = f"{names:x<10}".encode().hex()[:12] + f"{next(ids):020x}"
        await clerk.submit(Envelope(id, workshop, by, "bogen", command, data))

    play = Play("survey", Random(7), await clerk.room(workshop))  # noqa: S311  # repeatable, not secret
    await did("s01", "open")
    await did("p01", "submit", answers={"single": {"choice": "rot"}, "open": {"texts": ["Mein Wort", "Noch eines"]}})
    for person in [*PEOPLE, *([] if names == "anonymous" else ["p03"])]:
        ballots = {form: paper.ballot(play) for form, paper in PAPERS.items() if play.rng.random() < 0.4}
        must = {"single": {"choice": "rot"}, "open": {"texts": [play.words() + "!", play.words() + "?"]}}
        await asyncio.gather(did(person, "submit", answers=ballots | must), return_exceptions=True)
    await did("s01", "close")
    await did("s01", "show", view="result", item="open")
    await clerk.close()


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_a_survey_exported_and_imported_again_is_the_same(
    store: Store, other: Store, tmp_path: Path, names: str
) -> None:
    workshop, _ = imported(store, with_survey(names))
    asyncio.run(played(store, workshop, names))
    out = exported(store, workshop, tmp_path)
    again, outcomes = imported(other, out)

    judged = {action["id"]: action.get("outcome", "accepted") for action in out["stream"]}
    assert {id: (word, judged[id]) for id, word in outcomes.items() if word != judged[id]} == {}
    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    kept = [(answer.ref, answer.text) for answer in words(store, workshop)]
    assert [(answer.ref, answer.text) for answer in words(other, again)] == kept != []


def words(store: Store, workshop: int) -> list[Answer]:
    boxes = recorded(store, workshop)[0].activities["bogen"].state.boxes.values()
    return sorted(answer for box in boxes for answer in box.answers.values())


def test_what_everybody_answered_stands_in_an_export_of_a_survey_with_names(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, with_survey("named"))
    asyncio.run(played(store, workshop, "named"))
    submitted = [it for it in exported(store, workshop, tmp_path)["stream"] if it["kind"] == "survey_submit"]

    first = {"single": {"choice": "rot"}, "open": {"texts": ["Mein Wort", "Noch eines"]}}
    assert (submitted[0]["actor"], submitted[0]["data"]) == ("p01", {"answers": first})
