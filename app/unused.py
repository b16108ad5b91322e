"""Pictures that nothing names: sent ahead of a contribution that was refused, or that never came.

They go by themselves, but after days: the outbox of a phone that sleeps over a long weekend still holds the
contribution that will name its picture, and a picture that is sent again counts anew.

When a picture was sent in an anonymous activity nobody may know, and the moment in a script may be years ago.  So the
age is not counted from there: the row notes on which day the picture was first found unused, and forgets it when
something names it.  Whoever has the files learns a day, and only of pictures that belong to no contribution.
"""

import asyncio
import re
from datetime import datetime, timedelta

from sqlalchemy import Connection, Text, cast, delete, select, update

from app.cleaning import PICTURES, clean
from app.store import ACTIVITY, ENTRY, UPLOAD, VEIL, WORKSHOP, Store

KEPT = timedelta(days=7)
CLEANING_PAUSE = 0.5  # seconds before the files are cleaned again

NAMING = (
    (ENTRY.c.data, ENTRY.c.workshop_id),
    (VEIL.c.data, VEIL.c.workshop_id),
    (ACTIVITY.c.config, ACTIVITY.c.workshop_id),
    (WORKSHOP.c.settings, WORKSHOP.c.id),
)
ID = re.compile("[0-9a-f]{32}")


async def sweep(store: Store, now: datetime) -> None:
    """Note which pictures nothing names, delete those that nothing named for a week, and clean the files of them."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    workshops = await asyncio.to_thread(_pictured, store)
    if any([await store.run(_sweep, store, workshop, today) for workshop in workshops]):
        await _cleaned(store)


async def _cleaned(store: Store) -> None:
    while True:
        if await store.run(clean, store.engine, PICTURES):
            return
        await asyncio.sleep(CLEANING_PAUSE)


def _pictured(store: Store) -> list[int]:
    with store.reading() as on:
        return list(on.scalars(select(UPLOAD.c.workshop_id).distinct()))


def _sweep(store: Store, workshop: int, today: datetime) -> bool:
    """Whether the files hold something now that the tables do not."""
    here = UPLOAD.c.workshop_id == workshop
    with store.writing(workshop) as on:
        since = {row.id: row.unused for row in on.execute(select(UPLOAD.c.id, UPLOAD.c.unused).where(here))}
        unused = since.keys() - _named(on, workshop)
        found = [id for id in unused if since[id] is None]
        used = [id for id in since.keys() - unused if since[id] is not None]
        gone = [id for id in unused if since[id] is not None and since[id] < today - KEPT]
        for ids, day in ((found, today), (used, None)):
            if ids:
                on.execute(update(UPLOAD).where(here, UPLOAD.c.id.in_(ids)).values(unused=day))
        if gone:
            on.execute(delete(UPLOAD).where(here, UPLOAD.c.id.in_(gone)))
    return bool(used or gone)


def _named(on: Connection, workshop: int) -> set[str]:
    """The ids in everything that may name a picture; rather one too many than one too few."""
    ids: set[str] = set()
    for column, of in NAMING:
        said = cast(column, Text)
        for text in on.scalars(select(said).where(of == workshop, said.contains('"image"'))):
            ids.update(ID.findall(text))
    return ids
