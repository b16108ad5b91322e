"""Bringing the story into a database, as a workshop that goes through the clerk like every other."""

import asyncio
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from app import database, tables
from app.batch import Receipt
from app.clerk import Clerk
from app.demo import plan, town
from app.demo.spaces import ACTIVITIES
from app.demo.story import MINUTES, story
from app.preparing import prepare
from app.store import Store
from facilitation.record import Envelope

CODE, PREFIX, ORIGIN = "204713", "AT1", "demo"


def seed(url: str) -> None:
    """Make the tables and the demo's day, which began more than two hours ago, in an empty database."""
    database.upgrade(url)
    store = Store(url)
    try:
        asyncio.run(_seed(store))
    finally:
        store.close()


async def _seed(store: Store) -> None:
    began = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=MINUTES)
    steps = plan.steps(began)
    workshop = tables.Workshop(
        code=CODE,
        prefix=PREFIX,
        title=plan.TITLE,
        starts=began,
        ends=steps[-1].ends,
        place="Rathaus, Großer Saal, und an 80 Schreibtischen",
        organisation=town.NAME,
        settings={
            "steps": [step.model_dump(mode="json") for step in steps],
            "divisions": town.divisions(),
            "units": town.units(),
        },
        imported_from=ORIGIN,
    )
    people = [*town.STAFF, *town.people(), *town.ROOMS]
    id = prepare(store, workshop, people, ACTIVITIES)
    clerk = Clerk(store)
    await _tell(clerk, id, began)
    await clerk.close()


async def _tell(clerk: Clerk, workshop: int, began: datetime) -> None:
    """Act after act; only one that names another waits for its reference, so many are recorded at once."""
    told: dict[str, asyncio.Task[Receipt]] = {}
    async with asyncio.TaskGroup() as tasks:
        for act in story(began.date()):
            data = {key: await _meant(value, told) for key, value in act.data.items()}
            envelope = Envelope(token_hex(16), workshop, act.by, act.activity, act.command, data, device=f"{act.by}-1")
            task = tasks.create_task(clerk.submit(envelope, when=began + timedelta(minutes=act.minute)))
            told |= {act.name: task} if act.name else {}


async def _meant(value: Any, told: dict[str, asyncio.Task[Receipt]]) -> Any:
    """A value of an act, each name in it replaced by the reference."""
    if isinstance(value, list):
        return [await _meant(it, told) for it in value]
    if isinstance(value, str) and value.startswith("@"):
        return (await told[value[1:]]).ref
    return value
