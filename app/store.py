"""The store: workshops as rows, their record as numbered entries.  One thread writes; readers are free and short.

An entry, once written, stays.  Only `append` makes something unreadable, in the transaction of the entry that says so.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection, Row, Table, bindparam, delete, func, insert, select, update

from app import database, tables
from app.hand import Hand
from facilitation.activity import Activity
from facilitation.agenda import Agenda, Step
from facilitation.kinds import KINDS
from facilitation.record import Data, Entry, Person, Role, blanked
from facilitation.room import Room, Workshop
from facilitation.roster import Roster

P = ParamSpec("P")
T = TypeVar("T")


WORKSHOP, PERSON, ACTIVITY, ENTRY, REFUSAL, VEIL, UPLOAD = (
    tables.metadata.tables[name] for name in ("workshop", "person", "activity", "entry", "refusal", "veil", "upload")
)

PATIENCE = 5.0  # seconds
UNTIMED = datetime(1970, 1, 1, tzinfo=UTC)  # of an entry whose veil knows when it was made

_UNDER_ITS_VEIL = (VEIL.c.workshop_id == ENTRY.c.workshop_id) & (VEIL.c.at == ENTRY.c.at)
_ENTRIES = select(
    ENTRY.c.at,
    ENTRY.c.activity,
    ENTRY.c.type,
    func.coalesce(VEIL.c.by, ENTRY.c.by),
    ENTRY.c.data,
    func.coalesce(VEIL.c.made, ENTRY.c.made),
    ENTRY.c.command,
    ENTRY.c.part,
    func.coalesce(VEIL.c.digest, ENTRY.c.digest),
    VEIL.c.data,
).select_from(ENTRY.outerjoin(VEIL, _UNDER_ITS_VEIL))

# The statements of each batch are built once: building one costs three times what SQLite takes to answer it.
_LOCK = select(WORKSHOP.c.id).where(WORKSHOP.c.id == bindparam("workshop")).with_for_update()
_READ_ON = _ENTRIES.where(ENTRY.c.workshop_id == bindparam("workshop"), ENTRY.c.at > bindparam("after")).order_by(
    ENTRY.c.at
)
_HEADS = (
    select(ENTRY.c.workshop_id, func.max(ENTRY.c.at))
    .where(ENTRY.c.workshop_id.in_(bindparam("workshops", expanding=True)))
    .group_by(ENTRY.c.workshop_id)
)
_PEOPLE = (
    select(*(PERSON.c[own.name] for own in fields(Person)))
    .where(PERSON.c.workshop_id == bindparam("workshop"))
    .order_by(PERSON.c.id)
)
_INTO_REFUSAL = insert(REFUSAL)


class Refusal(NamedTuple):
    """A final no on record.  `command` is the id, `name` what was wished; no `by` where that would lead back."""

    by: str | None
    command: str
    activity: str
    name: str
    code: str
    values: Data
    digest: str
    made: datetime


_REFUSALS = (
    select(*(REFUSAL.c[field] for field in Refusal._fields))
    .where(REFUSAL.c.workshop_id == bindparam("workshop"))
    .order_by(REFUSAL.c.id)
)
_REFUSED = select(REFUSAL.c.command).where(REFUSAL.c.workshop_id == bindparam("workshop"))
_REFUSALS_OF = _REFUSALS.where(REFUSAL.c.command.in_(bindparam("commands", expanding=True)))


class Mark(NamedTuple):
    """Where a transaction stands among all writers: whether another one came between shows without a question."""

    connection: object
    version: int  # changes with each commit on any other connection, in whatever process
    turn: int  # of writing into this workshop on this connection

    def follows(self, before: "Mark | None") -> bool:
        """Whether nobody wrote into this workshop between that transaction and this one."""
        return before is not None and self == before._replace(turn=before.turn + 1)


class Store:
    def __init__(self, url: str) -> None:
        self.engine = database.engine(url)
        self._writes = database.engine(url)
        self._hand = database.Writer(self._writes)  # for the writer's thread
        self._into_entry, self._into_veil = (
            database.Into(table, columns, self._writes.dialect)
            for table, columns in ((ENTRY, ENTRY.c.keys()), (VEIL, VEIL.c.keys()))
        )
        self._turns: Counter[int] = Counter()
        self._snapshots = database.snapshots(self.engine)
        self._thread = Hand("writer")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `work` in the one thread that writes."""
        return await self._thread.do(work, *args, **kwargs)

    def close(self) -> None:
        self._thread.close()
        self._hand.close()
        for engine in (self.engine, self._writes):
            _let_return(engine.pool)
            engine.dispose()

    @contextmanager
    def writing(self, workshop_id: int) -> Iterator[Connection]:
        """A transaction in which nobody else, in whatever process, writes into this workshop."""
        with self._hand.writing() as connection:
            self._turns[workshop_id] += 1
            if connection.dialect.name != "sqlite":  # there a writer has the whole database
                connection.execute(_LOCK, {"workshop": workshop_id})
            yield connection

    def mark(self, workshop_id: int, on: Connection) -> Mark | None:
        """The mark of a transaction that `writing` began; None where the database cannot tell."""
        if on.dialect.name != "sqlite":
            return None
        driver: Any = on.connection.driver_connection
        (version,) = driver.execute("PRAGMA data_version").fetchone()
        return Mark(driver, version, self._turns[workshop_id])

    # ── reading: on a connection of its own, or in a transaction that is already open ──

    def workshop(self, workshop_id: int, on: Connection | None = None) -> Workshop | None:
        with self.reading(on) as connection:
            return _workshop(connection.execute(select(WORKSHOP).where(WORKSHOP.c.id == workshop_id)).first())

    def workshop_by_code(self, code: str) -> Workshop | None:
        with self.reading() as connection:
            return _workshop(connection.execute(select(WORKSHOP).where(WORKSHOP.c.code == code)).first())

    def room(self, workshop_id: int, on: Connection | None = None) -> Room | None:
        """The workshop as it was prepared, nothing folded yet."""
        with self.reading(on) as connection:
            row = connection.execute(select(WORKSHOP).where(WORKSHOP.c.id == workshop_id)).first()
            workshop = _workshop(row)
            if row is None or workshop is None:
                return None
            people = connection.execute(_PEOPLE, {"workshop": workshop_id})
            activities = connection.execute(_of(ACTIVITY, workshop_id).order_by(ACTIVITY.c.position))
            return Room(
                workshop,
                Roster({person.id: person for person in map(_person, people)}),
                Agenda(tuple(Step.model_validate(step) for step in row.settings.get("steps", ()))),
                {activity.id: activity for activity in map(_activity, activities)},
            )

    def entries(self, workshop_id: int, after: int = 0, on: Connection | None = None) -> list[Entry]:
        """The record from number `after` + 1 on, veiled parts as long as there is a veil."""
        with self.reading(on) as connection:
            return [Entry(*row) for row in connection.execute(_READ_ON, {"workshop": workshop_id, "after": after})]

    def refusals(
        self, workshop_id: int, commands: Sequence[str] | None = None, on: Connection | None = None
    ) -> list[Refusal]:
        """What was refused for good, in order; of these commands, or of all."""
        wanted = _REFUSALS if commands is None else _REFUSALS_OF
        with self.reading(on) as connection:
            rows = connection.execute(wanted, {"workshop": workshop_id, "commands": commands})
            return [Refusal(*row) for row in rows]

    def refused(self, workshop_id: int, on: Connection) -> set[str]:
        """The ids of the commands that were refused for good."""
        return set(on.scalars(_REFUSED, {"workshop": workshop_id}))

    def head(self, workshop_ids: Iterable[int]) -> dict[int, int]:
        """The number of the last entry of each workshop that has any."""
        with self.reading() as connection:
            rows = connection.execute(_HEADS, {"workshops": list(workshop_ids)})
            return {workshop_id: at for workshop_id, at in rows}  # noqa: C416  # a row is no tuple to mypy

    @contextmanager
    def reading(self, on: Connection | None = None) -> Iterator[Connection]:
        with nullcontext(on) if on is not None else closing(self._snapshots.connect()) as connection:
            yield connection

    # ── writing: in a transaction that `writing` began ──

    def append(self, on: Connection, workshop_id: int, entries: list[Entry], refusals: list[Refusal]) -> None:
        """Insert numbered entries and final refusals, then make unreadable what the entries say."""
        key = {"workshop_id": workshop_id}
        if entries:
            self._into_entry(on, [key | _entry_row(entry) for entry in entries])
        if veils := [key | _veil_row(entry) for entry in entries if entry.veil is not None]:
            self._into_veil(on, veils)
        if refusals:
            on.execute(_INTO_REFUSAL, [key | refusal._asdict() for refusal in refusals])
        for entry in entries:
            if entry.blank:
                _blank_words(on, workshop_id, entry.blank)
            if entry.unveils:
                _lift_veil(on, workshop_id, entry)


def _let_return(pool: Any) -> None:
    """Wait a while for who still reads in a thread: what comes back after the pool is gone is never closed."""
    until = time.monotonic() + PATIENCE
    while pool.checkedout() and time.monotonic() < until:
        time.sleep(0.005)


def _of(table: Table, workshop_id: int) -> Any:
    return select(table).where(table.c.workshop_id == workshop_id)


def _workshop(row: Row[Any] | None) -> Workshop | None:
    if row is None:
        return None
    return Workshop(**{own.name: getattr(row, own.name) for own in fields(Workshop)})


def _person(row: Row[Any]) -> Person:
    own: Sequence[Any] = tuple(row)
    return Person(own[0], Role(own[1]), *own[2:])


def _activity(row: Row[Any]) -> Activity:
    kind = KINDS[row.kind]
    config = kind.Config.model_validate(row.config)
    return Activity(row.id, kind, row.title, config, kind.begin(config))


def _entry_row(entry: Entry) -> Data:
    """The row that stays.

    What leads back to a person never stands in it: what is overwritten lies in the file of a large table for a while.
    """
    bare = entry.veil is None
    return {
        "at": entry.at,
        "activity": entry.activity,
        "type": entry.type,
        "by": entry.by if bare else None,
        "data": entry.data,
        "made": entry.made if bare else UNTIMED,
        "command": entry.command,
        "part": entry.part,
        "digest": entry.digest if bare else "",
    }


def _veil_row(entry: Entry) -> Data:
    own = {"at": entry.at, "activity": entry.activity, "by": entry.by, "data": entry.veil}
    return own | {"made": entry.made, "digest": entry.digest}


def _blank_words(on: Connection, workshop_id: int, ats: Sequence[int]) -> None:
    """Take words and pictures out of these entries, and the digests by which somebody could check a guess at them."""
    for table in (ENTRY, VEIL):
        these = (table.c.workshop_id == workshop_id) & table.c.at.in_(ats)
        for at, data in on.execute(select(table.c.at, table.c.data).where(these)).all():
            if image := data.get("image"):
                on.execute(delete(UPLOAD).where(UPLOAD.c.workshop_id == workshop_id, UPLOAD.c.id == image))
            this = (table.c.workshop_id == workshop_id) & (table.c.at == at)
            on.execute(update(table).where(this).values(data=blanked(data)))
    commands = select(ENTRY.c.command).where(ENTRY.c.workshop_id == workshop_id, ENTRY.c.at.in_(ats))
    spoken = (ENTRY.c.workshop_id == workshop_id) & ENTRY.c.command.in_(commands.scalar_subquery())
    on.execute(update(ENTRY).where(spoken).values(digest=""))
    parts = select(ENTRY.c.at).where(spoken).scalar_subquery()
    on.execute(update(VEIL).where(VEIL.c.workshop_id == workshop_id, VEIL.c.at.in_(parts)).values(digest=""))


def _lift_veil(on: Connection, workshop_id: int, by: Entry) -> None:
    """Delete who sent what in an activity before the entry `by`, and what could be compared with a guess."""
    veils = (VEIL.c.workshop_id == workshop_id) & (VEIL.c.activity == by.activity) & (VEIL.c.at < by.at)
    last = select(ENTRY.c.type, ENTRY.c.made).where(
        ENTRY.c.workshop_id == workshop_id,
        ENTRY.c.activity == by.activity,
        ENTRY.c.type.in_(["activity.opened", "activity.closed"]),
        ENTRY.c.at < by.at,
    )
    row = on.execute(last.order_by(ENTRY.c.at.desc()).limit(1)).first()
    closing_time = row.made if row and row.type == "activity.closed" else by.made
    veiled = (ENTRY.c.workshop_id == workshop_id) & ENTRY.c.at.in_(select(VEIL.c.at).where(veils).scalar_subquery())
    on.execute(update(ENTRY).where(veiled).values(digest="", made=closing_time))
    refused = (REFUSAL.c.workshop_id == workshop_id) & (REFUSAL.c.activity == by.activity)
    on.execute(update(REFUSAL).where(refused).values(digest=""))
    on.execute(delete(VEIL).where(veils))
