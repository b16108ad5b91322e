"""Backup and restore: all rows of all tables, from one moment, the same between SQLite and PostgreSQL."""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, DateTime, LargeBinary, MetaData, Table, delete, func, insert, select, text

from app import database
from app.database import Schema
from app.operating import dump, revisions
from app.operating.dump import Head
from app.settings import WrongUse

AT_ONCE = 500  # rows that are inserted together
VERSIONS = "alembic_version"  # the table that a restored database brings itself


def backup(url: str, file: Path) -> Counter[str]:
    """Copy everything into a file, while the server runs; how many rows of each table there were."""
    if file.exists():
        raise WrongUse(f"{file} exists already")
    on = database.engine(url)
    try:
        with database.snapshots(on).connect() as connection:
            schema = revisions.found(connection)
            if schema is None:
                raise WrongUse("the database is empty: there is nothing to back up")
            _check_integrity(connection)
            return dump.write(file, Head(schema, datetime.now(UTC).isoformat()), _rows(connection))
    finally:
        on.dispose()


def _check_integrity(connection: Connection) -> None:
    """A copy of a broken file would be taken for a safe one."""
    if connection.dialect.name == "sqlite":
        answer = connection.execute(text("PRAGMA integrity_check")).scalar_one()
        if answer != "ok":
            raise WrongUse(f"the database itself is damaged: {answer}")


def _tables(connection: Connection) -> list[Table]:
    """The tables as they really are, in the order in which their rows can be inserted."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSIONS]


def _rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in _tables(connection):
        order = [column for column in table.columns if column.primary_key]
        for row in connection.execute(select(table).order_by(*order), execution_options={"yield_per": AT_ONCE}):
            yield table.name, {name: _plain(value) for name, value in row._mapping.items()}  # noqa: SLF001  # public


def _plain(value: Any) -> Any:
    """A value as JSON; times are UTC, and SQLite does not say so."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value


def restore(url: str, file: Path, *, replace: bool) -> Counter[str]:
    """Put a backup into an empty database, or with `replace` in place of everything there; how many rows there were.

    WrongUse, and nothing touched, if the file is damaged or newer, or if the database must not take it.
    """
    head, counts = dump.check(file)
    if head.schema not in revisions.known():
        raise WrongUse(f"{file} was made by a newer Ratschlag (tables {head.schema}): upgrade first, then restore")
    _check_target(url, head, replace=replace)
    database.upgrade(url, head.schema)
    on = database.engine(url)
    try:
        with database.writing(on) as connection:
            _insert(connection, file)
    finally:
        on.dispose()
    database.upgrade(url)
    return counts


def _check_target(url: str, head: Head, *, replace: bool) -> None:
    state = database.schema(url)
    if state is Schema.EMPTY:
        return
    if state is Schema.AHEAD:
        raise WrongUse("the database belongs to a newer Ratschlag")
    on = database.engine(url)
    try:
        with on.connect() as connection:
            full = any(connection.execute(select(table).limit(1)).first() for table in _tables(connection))
            if full and not replace:
                raise WrongUse("the database is not empty: say --replace if everything in it may be replaced")
            if revisions.found(connection) != head.schema:
                raise WrongUse("the backup is of an older version: restore it into a new database without any tables")
    finally:
        on.dispose()


def _insert(connection: Connection, file: Path) -> None:
    tables = {table.name: table for table in _tables(connection)}
    for table in reversed(tables.values()):
        connection.execute(delete(table))
    for name, rows in groupby(dump.rows(file), itemgetter(0)):
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(tables[name]), [_typed(tables[name], row) for _, row in some])
    if connection.dialect.name == "postgresql":
        _count_on(connection, tables)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    """A value as this database wants it; SQLite says 0 and 1 where PostgreSQL says no and yes."""
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    return bool(value) if isinstance(kind, Boolean) else value


def _count_on(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL numbers new rows by a counter of its own: it goes on behind the rows that are there."""
    for table in tables.values():
        for column in table.primary_key:
            counter = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
            if counter:
                most = select(func.max(column)).scalar_subquery()
                connection.execute(select(func.setval(counter, func.coalesce(most, 1), most.is_not(None))))
