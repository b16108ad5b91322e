"""Retention: after the time is over, who took part is detached from what was said, or everything is deleted.

Only a workshop that was ended by command is old: planned times expire nothing.  The time counts from the later of that
command and the making of the row, so that an imported day of years ago is not purged the night after its import.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import OperationalError

from app.cleaning import WORDS, clean
from app.clerk import Clerk
from app.store import ACTIVITY, ENTRY, PERSON, REFUSAL, UPLOAD, VEIL, WORKSHOP, Store

CHILDREN = (VEIL, REFUSAL, ENTRY, ACTIVITY, PERSON, UPLOAD)  # before the workshop's own row
CLEANING_SECONDS = 30.0  # for readers that still see the past to go away


@dataclass(frozen=True, slots=True)
class Old:
    """A workshop whose time is over; `people` are the rows that still say who took part."""

    id: int
    code: str
    title: str
    ended: datetime
    people: tuple[str, ...]


def old(store: Store, now: datetime, days: int) -> list[Old]:
    """The workshops that were over more than `days` days ago, the oldest first."""
    ended = (
        select(ENTRY.c.workshop_id, func.max(ENTRY.c.made).label("made"))
        .where(ENTRY.c.type == "workshop.ended")
        .group_by(ENTRY.c.workshop_id)
        .subquery()
    )
    found: list[Old] = []
    with store.reading() as on:
        rows = on.execute(select(WORKSHOP, ended.c.made).join(ended, ended.c.workshop_id == WORKSHOP.c.id)).all()
        for row in rows:
            since = max(row.made, row.created)
            if since <= now - timedelta(days=days):
                people = on.execute(
                    select(PERSON.c.id).where(PERSON.c.workshop_id == row.id).order_by(PERSON.c.id)
                ).scalars()
                found.append(Old(row.id, row.code, row.title, since, tuple(people)))
    return sorted(found, key=lambda it: it.ended)


async def detach(store: Store, workshops: Sequence[Old]) -> None:
    """Delete who took part; what was said stays, without anybody behind it, and so do counts by role and division."""
    clerk = Clerk(store)
    for workshop in workshops:
        if workshop.people:
            write = partial(_detach, workshop)
            await clerk.changed(workshop.id, "person.detached", workshop.people, write)
    await clerk.close()


def _detach(workshop: Old, on: Connection) -> None:
    these = (PERSON.c.workshop_id == workshop.id) & PERSON.c.id.in_(workshop.people)
    rows = on.execute(select(PERSON).where(these)).all()
    own = WORKSHOP.c.id == workshop.id
    settings = on.execute(select(WORKSHOP.c.settings).where(own)).scalar_one()
    counts = {
        "people": len(rows),
        "units": len({row.unit for row in rows if row.unit}),
        "by_role": Counter(row.role for row in rows),
        "by_division": Counter(row.division for row in rows if row.division),
    }
    on.execute(update(WORKSHOP).where(own).values(settings=settings | {"detached": counts}))
    on.execute(delete(PERSON).where(these))


def remove(store: Store, workshops: Sequence[Old]) -> None:
    """Delete these workshops with everything in them."""
    for workshop in workshops:
        with store.writing(workshop.id) as on:
            for table in CHILDREN:
                on.execute(delete(table).where(table.c.workshop_id == workshop.id))
            on.execute(delete(WORKSHOP).where(WORKSHOP.c.id == workshop.id))


def wipe(store: Store) -> bool:
    """Take out of the files what was deleted from the tables; False if somebody kept reading the past."""
    if store.engine.dialect.name == "postgresql":
        try:
            with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(table.name for table in (*CHILDREN, WORKSHOP))}")
        except OperationalError:  # locked for too long
            return False
        return True
    until = time.monotonic() + CLEANING_SECONDS
    while not clean(store.engine, WORDS):
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True
