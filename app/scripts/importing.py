"""Bringing a day in: its structure and its people become a workshop, in one transaction."""

import secrets
from dataclasses import asdict
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from app import database
from app.scripts import pictures, structure
from app.scripts.format import Script
from app.store import ACTIVITY, PERSON, WORKSHOP, Store
from app.tokens import link
from facilitation.record import Data, Role
from facilitation.room import Room
from realtime.seat import Seat


class Made(NamedTuple):
    """A workshop that was just made of a script."""

    id: int
    code: str
    title: str


def make(store: Store, script: Script) -> Made:
    """The structure and the people of a script as a new workshop, all or nothing; ScriptError changes nothing."""
    activities, people = structure.activities(script), structure.people(script)
    structure.check_sealed(script)
    with database.writing(store.engine) as on:
        taken = {row.code for row in on.execute(select(WORKSHOP.c.code))}
        code = next(free for _ in range(1000) if (free := f"{secrets.randbelow(900_000) + 100_000}") not in taken)
        wanted = insert(WORKSHOP).values(_workshop(script, code, _prefix(on, script))).returning(WORKSHOP.c.id)
        id = on.execute(wanted).scalar_one()
        on.execute(insert(PERSON), [{"workshop_id": id} | asdict(person) for person in people])
        rows = [
            {"workshop_id": id, "id": one.id, "position": n, "kind": kind.name, "title": one.title, "config": config}
            for n, (one, kind, config) in enumerate(activities)
        ]
        if rows:
            on.execute(insert(ACTIVITY), rows)
        pictures.keep(on, id, script.uploads)
    return Made(id, code, script.title)


def _workshop(script: Script, code: str, prefix: str) -> Data:
    organisation = script.organisation
    settings = {
        "steps": [step.model_dump(mode="json") for step in structure.steps(script)],
        "divisions": [division.model_dump(mode="json") for division in organisation.dezernate],
        "units": [unit.model_dump(mode="json") for unit in organisation.units],
    }
    return {
        "code": code,
        "prefix": prefix,
        "title": script.title,
        "starts": script.start,
        "ends": script.end,
        "timezone": script.timezone,
        "language": script.language,
        "place": script.place,
        "organisation": organisation.name,
        "settings": settings,
        "imported_from": script.id,
    }


def _prefix(on: Connection, script: Script) -> str:
    """The prefix that the script brings if it is free, else one of its title."""
    taken = {row.prefix for row in on.execute(select(WORKSHOP.c.prefix))}
    return script.prefix if script.prefix and script.prefix not in taken else structure.prefix(script.title, taken)


def room(store: Store, workshop: int) -> Room:
    """A workshop that is there, as it was prepared."""
    found = store.room(workshop)
    if found is None:
        raise LookupError(workshop)
    return found


def links(store: Store, workshop: int, url: str, secret: str) -> dict[str, str]:
    """The ways into a workshop: for everybody with the code, for those who run it, for the big screen."""
    prepared = room(store, workshop)
    staff = [person for person in prepared.roster.people.values() if person.role.is_staff]
    chief = min(staff, key=lambda person: person.role is not Role.ORGANISER)
    return {
        "join": f"{url}/j/{prepared.workshop.code}",
        "desk": link(url, secret, Seat(workshop, chief.id, "desk", "", chief.version)),
        "stage": link(url, secret, Seat(workshop, "", "stage", "", prepared.workshop.stage_version)),
    }
