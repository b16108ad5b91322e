"""The tables of the record: what existed before the room (workshop, person, activity) and what happened in it.

An entry carries ids, never names.  What leads back to a person in an anonymous activity stands in `veil` alone,
so that sealing deletes rows and blanks nothing else.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKeyConstraint, Index, MetaData, UniqueConstraint, false
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from facilitation.record import Data

SQLModel.metadata.naming_convention = {  # so that a later revision can name on SQLite what it changes
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class Moment(TypeDecorator[datetime]):
    """An aware time, UTC on both sides; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)


class Workshop(SQLModel, table=True):
    """A Veranstaltung.  `settings` holds what was prepared and is no activity: `steps`, `divisions`, `units`."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=6)
    prefix: str = Field(unique=True)
    title: str
    starts: datetime = Field(sa_type=Moment)
    ends: datetime = Field(sa_type=Moment)
    timezone: str = "Europe/Berlin"
    language: str = "de"
    place: str = ""
    organisation: str = ""
    k: int = 5
    settings: Data = Field(default_factory=dict, sa_type=JSON)
    imported_from: str = ""  # the id that a script gave it
    created: datetime = Field(default_factory=_now, sa_type=Moment)
    stage_version: int = 1  # raised when the links to its stages are revoked


class Person(SQLModel, table=True):
    """Somebody on the roster, with the fields of `record.Person`.  Deleting the row detaches what they said."""

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    id: str = Field(primary_key=True)
    role: str
    label: str
    unit: str = ""
    division: str = ""
    function: str = ""
    deputy: bool = False
    deputy_for: str | None = None
    headcount: int = 0
    version: int = 1  # raised when the personal link is revoked
    guest: bool = False
    barrier_free: bool = Field(default=False, sa_column_kwargs={"server_default": false()})  # needs a room that is


class Activity(SQLModel, table=True):
    """An activity as it was prepared; `id` is its slug."""

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    id: str = Field(primary_key=True)
    position: int
    kind: str
    title: str
    config: Data = Field(default_factory=dict, sa_type=JSON)


class Entry(SQLModel, table=True):
    """A fact on record, numbered 1, 2, 3 … without holes in its workshop."""

    __table_args__ = (UniqueConstraint("workshop_id", "command", "part"),)

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    at: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    activity: str
    type: str
    by: str | None
    data: Data = Field(sa_type=JSON)
    made: datetime = Field(sa_type=Moment)
    command: str
    part: int
    digest: str


class Refusal(SQLModel, table=True):
    """A final no, remembered so that a repeat gets the same answer.  `command` is the id, `name` what was wished."""

    __table_args__ = (Index(None, "workshop_id", "command"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    by: str | None
    command: str
    activity: str
    name: str
    code: str
    values: Data = Field(sa_type=JSON)
    digest: str
    made: datetime = Field(sa_type=Moment)


class Veil(SQLModel, table=True):
    """Author (a pseudonym), ballot and time of an entry in an anonymous activity, until it is sealed.

    `made` and `digest` are missing where an activity was open while the tables were upgraded: its entries have them.
    """

    __table_args__ = (ForeignKeyConstraint(["workshop_id", "at"], ["entry.workshop_id", "entry.at"]),)

    workshop_id: int = Field(primary_key=True)
    at: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    activity: str
    by: str
    data: Data = Field(sa_type=JSON)
    made: datetime | None = Field(sa_type=Moment)
    digest: str | None


class Upload(SQLModel, table=True):
    """A picture that somebody sent.  What it is named in carries the words for it; redacting that deletes the row.

    Where it was sent anonymously there is no author and no time: together they would lead back to a person.
    """

    workshop_id: int = Field(primary_key=True, foreign_key="workshop.id")
    id: str = Field(primary_key=True, max_length=32)
    by: str | None
    made: datetime | None = Field(sa_type=Moment)
    unused: datetime | None = Field(sa_type=Moment)  # the day on which nothing named it, as long as nothing does
    type: str
    width: int
    height: int
    bytes: bytes
