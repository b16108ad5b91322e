"""Putting a workshop down as rows, before anybody enters: for programs of ours that make one up."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import NamedTuple

from sqlalchemy import insert

from app import database, tables
from app.store import ACTIVITY, PERSON, WORKSHOP, Store
from facilitation.kinds import KINDS
from facilitation.record import Data, Person


class Planned(NamedTuple):
    """An activity that is to be prepared; `id` is its slug."""

    id: str
    kind: str
    title: str
    config: Data


def prepare(store: Store, workshop: tables.Workshop, people: Iterable[Person], activities: Iterable[Planned]) -> int:
    """The id of a new workshop with these people and activities, all or nothing; the store's tables must be there."""
    rows = [
        tables.Activity(workshop_id=0, position=position, **planned._asdict()).model_dump(exclude={"workshop_id"})
        for position, planned in enumerate(activities)
    ]
    for row in rows:
        KINDS[row["kind"]].Config.model_validate(row["config"])
    with database.writing(store.engine) as on:
        values = workshop.model_dump(exclude={"id"})
        id: int = on.execute(insert(WORKSHOP).values(values).returning(WORKSHOP.c.id)).scalar_one()
        on.execute(insert(PERSON), [{"workshop_id": id} | asdict(person) for person in people])
        on.execute(insert(ACTIVITY), [{"workshop_id": id} | row for row in rows])
    return id
