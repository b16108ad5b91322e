"""A workshop on a real database for tests of the record: twenty people, two polls and two walls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import closing
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.engine import Engine

from app import database
from app.batch import Receipt
from app.clerk import Clerk
from app.store import ACTIVITY, PERSON, WORKSHOP, Store
from facilitation.record import Entry, Envelope, Person, Refused, Role
from facilitation.room import Room, Workshop
from tests.rooms import NINE

Clerks = Callable[..., Clerk]
PEOPLE = [f"p{number:02d}" for number in range(20)]
HAND, SECRET, WALL, SECRET_WALL = "poll-hand", "poll-geheim", "wand", "wand-geheim"
_OPTIONS = {"options": [["rot", "Rot"], ["blau", "Blau"]]}
_COLUMNS = {"columns": [{"id": "neu", "title": "Neu"}]}
ACTIVITIES: Mapping[str, tuple[str, dict[str, Any]]] = {
    HAND: ("poll", {"form": "single", "names": "named", "settings": _OPTIONS}),
    SECRET: ("poll", {"form": "single", "names": "anonymous", "settings": _OPTIONS}),
    WALL: ("wall", _COLUMNS | {"names": "named"}),
    SECRET_WALL: ("wall", _COLUMNS | {"names": "anonymous"}),
}


def prepare(url: str) -> None:
    """Make the tables and workshop 1."""
    database.upgrade(url)
    store = Store(url)
    with closing(store), store.writing(1) as on:
        add_workshop(on, 1, "482731", "AT2")


def add_workshop(on: Connection, id: int, code: str, prefix: str) -> None:
    workshop = Workshop(id, code, prefix, "Amtsleitungstag", NINE, NINE)
    row = {name: getattr(workshop, name) for name in Workshop.__slots__}
    on.execute(insert(WORKSHOP).values(row | {"settings": {}, "imported_from": "", "created": NINE}))
    people = [Person(id, Role.PARTICIPANT, f"Leitung {id}", unit=f"amt-{id}") for id in PEOPLE]
    people += [Person("mo", Role.FACILITATOR, "Moderation")]
    on.execute(insert(PERSON), [person_row(id, person) for person in people])
    for position, (slug, (kind, config)) in enumerate(ACTIVITIES.items()):
        named = {"id": slug, "title": slug, "position": position, "kind": kind, "config": config}
        on.execute(insert(ACTIVITY).values(named | {"workshop_id": id}))


def person_row(workshop_id: int, person: Person) -> dict[str, Any]:
    return {"workshop_id": workshop_id} | {name: getattr(person, name) for name in Person.__slots__}


def command(by: str, activity: str, name: str, **data: Any) -> Envelope:
    """A command with an id of its own."""
    return Envelope(token_hex(16), 1, by, activity, name, data, device=by)


async def begin(clerk: Clerk, *activities: str) -> None:
    """Everybody joins, and these activities are open."""
    for person in PEOPLE:
        await clerk.submit(command(person, "roster", "join"))
    for activity in activities:
        await clerk.submit(command("mo", activity, "open"))


def vote(by: str, choice: str = "rot", activity: str = HAND) -> Envelope:
    return command(by, activity, "vote", choice=choice)


def votes(room: Room, activity: str = HAND) -> dict[str, int]:
    counted: dict[str, int] = room.activities[activity].figures()["by_option"]
    return counted


def entries(clerk: Clerk, kind: str) -> list[Entry]:
    """What is on record of one type, in order."""
    return [entry for entry in clerk.store.entries(1) if entry.type == kind]


def loaded(clerk: Clerk) -> Room:
    """The clerk's only room, as a screen would find it now."""
    (room,) = clerk.rooms
    return room


async def until(happened: Callable[[], object]) -> None:
    """Wait for what others do."""
    async with asyncio.timeout(20):
        while not happened():  # noqa: ASYNC110  # they do it on their own and tell nobody
            await asyncio.sleep(0.005)


@pytest.fixture
async def clerks(database_url: str) -> AsyncIterator[Clerks]:
    """Clerks on one new database: each with a store, a writer and rooms of its own, like another process."""
    await asyncio.to_thread(prepare, database_url)
    opened: list[Clerk] = []

    def another(**told: Any) -> Clerk:
        opened.append(Clerk(Store(database_url), **told))
        return opened[-1]

    yield another
    for clerk in opened:
        await clerk.close()
        clerk.store.close()


async def outcome(sent: Awaitable[Receipt]) -> str:
    """`accepted`, `again`, or the code of the refusal."""
    try:
        receipt = await sent
    except Refused as refused:
        return refused.code
    return "again" if receipt.again else "accepted"


def refusals(clerk: Clerk) -> list[tuple[str | None, str]]:
    """Who was refused for good, and how."""
    return [(refusal.by, refusal.code) for refusal in clerk.store.refusals(1)]


def kept(clerk: Clerk) -> list[int]:
    return [entry.at for entry in clerk.store.entries(1)]


class Fault:
    """A real fault of the database: while it is there, each commit with a ballot on it fails, at the commit itself."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.on_sqlite = engine.dialect.name == "sqlite"

    def begin(self) -> None:
        if self.on_sqlite:
            self._execute(
                "CREATE TABLE fault (missing INTEGER REFERENCES workshop (id) DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TRIGGER fault_now AFTER INSERT ON entry WHEN new.type = 'poll.voted' "
                "BEGIN INSERT INTO fault VALUES (-1); END",
            )
        else:
            self._execute(
                "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN IF new.type = 'poll.voted' THEN RAISE EXCEPTION 'fault'; END IF; RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER fault_now AFTER INSERT ON entry "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault()",
            )

    def end(self) -> None:
        if self.on_sqlite:
            self._execute("DROP TRIGGER fault_now", "DROP TABLE fault")
        else:
            self._execute("DROP TRIGGER fault_now ON entry", "DROP FUNCTION fault")

    def _execute(self, *statements: str) -> None:
        with database.writing(self.engine) as connection:
            for statement in statements:
                connection.execute(text(statement))
