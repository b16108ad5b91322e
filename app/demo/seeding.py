"""Bringing the story into a database, as a workshop that goes through the clerk like every other."""

import asyncio
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from app import database, tables
from app.clerk import Clerk
from app.demo import plan, town
from app.demo.story import MINUTES, Story
from app.preparing import prepare
from app.store import Store
from facilitation.record import Data, Envelope

CODE, PREFIX, ORIGIN = "204713", "AT1", "demo"


def seed(url: str) -> None:
    """Make the tables and the demo's day, which began 70 minutes ago, in an empty database."""
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
    id = prepare(store, workshop, people, plan.ACTIVITIES)
    clerk = Clerk(store)
    await _tell(clerk, id, began)
    await clerk.close()


async def _tell(clerk: Clerk, workshop: int, began: datetime) -> None:
    references: dict[str, str] = {}
    for act in Story():
        data = {key: _meant(value, references) for key, value in act.data.items()}
        envelope = Envelope(token_hex(16), workshop, act.by, act.activity, act.command, data, device=f"{act.by}-1")
        receipt = await clerk.submit(envelope, when=began + timedelta(minutes=act.minute))
        if act.name:
            references[act.name] = receipt.ref


def _meant(value: object, references: Data) -> object:
    """A value of an act, a name in it replaced by the reference."""
    return references[value[1:]] if isinstance(value, str) and value.startswith("@") else value
