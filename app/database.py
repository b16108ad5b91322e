"""The database by its URL: SQLite in one file, or PostgreSQL through psycopg; and its upgrades.

"gespeichert" on a screen means that it survives a power cut.  So every new connection is asked whether the database
syncs to disk before it says that something is committed, and one that does not is not used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, insert, make_url
from sqlalchemy.exc import DBAPIError

PATIENCE = 5_000  # milliseconds somebody waits for a lock before the database says no

SQLITE: Mapping[str, Any] = {
    "busy_timeout": PATIENCE,
    "foreign_keys": 1,
    "journal_mode": "wal",
    "secure_delete": 1,  # what is deleted is overwritten
    "synchronous": 2,  # FULL
}
POSTGRESQL: Mapping[str, str] = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
BEGIN = "BEGIN IMMEDIATE"  # of a writer on SQLite
WRITES = "ratschlag_writes"  # execution option: this connection begins as a writer


def engine(url: str) -> Engine:
    """An engine whose connections are safe to write through; RuntimeError on connecting where they are not."""
    if make_url(url).get_backend_name() == "sqlite":
        made = create_engine(url, hide_parameters=True)  # what people wrote stands in no log
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    else:
        # It finds its way back when the server was restarted.
        made = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(made, "connect", _prepare_postgresql)
    return made


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    for name, value in SQLITE.items():
        connection.execute(f"PRAGMA {name}={value}")
        _check(name, value, connection.execute(f"PRAGMA {name}").fetchone()[0])


def _begin_sqlite(connection: Connection) -> None:
    # A reader that begins to write would be told "locked" at once, however patient it is: writers begin as writers.
    writes = connection.get_execution_options().get(WRITES, False)
    execute(connection, BEGIN if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute(f"SET lock_timeout = {PATIENCE}")
    for name, value in POSTGRESQL.items():
        _check(name, value, connection.execute(f"SHOW {name}").fetchone()[0])
    connection.commit()


def _check(name: str, wanted: object, found: object) -> None:
    if wanted != found:
        raise RuntimeError(f"the database is not safe: {name} is {found}, not {wanted}")


def execute(on: Connection, statement: str, rows: Sequence[Any] = ()) -> None:
    """Execute in the driver's own words, once for each of `rows` if there are any.  Errors are SQLAlchemy's.

    What SQLAlchemy keeps account of for each statement costs twenty times as much as SQLite's answer.
    """
    cursor = on.connection.cursor()
    try:
        if rows:
            cursor.executemany(statement, rows)
        else:
            cursor.execute(statement)
    except on.dialect.loaded_dbapi.Error as error:
        every = on.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(statement, None, error, every, hide_parameters=True, dialect=on.dialect) from error
    finally:
        cursor.close()


@contextmanager
def writing(on: Engine) -> Iterator[Connection]:
    """A transaction that writes: on SQLite the only one at a time.  Committed at the end, or nothing of it."""
    with on.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


class Writer:
    """The one connection that a store writes on.  It is kept: to take one from the pool costs as much as a vote.

    To SQLAlchemy all that is ever written on it is one transaction: each is begun and committed past it.
    """

    def __init__(self, on: Engine) -> None:
        self._engine = on
        self._kept: Connection | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As above.  Whatever goes wrong may have broken the connection: the next time it is another one."""
        try:
            connection = self._begun()
            yield connection
            execute(connection, "COMMIT")
        except BaseException:
            self.close()
            raise

    def _begun(self) -> Connection:
        if self._kept is None:
            self._kept = self._engine.connect().execution_options(**{WRITES: True})
            self._kept.begin()
        elif self._kept.dialect.name == "sqlite":  # with PostgreSQL the first statement begins
            execute(self._kept, BEGIN)
        return self._kept

    def close(self) -> None:
        """Give the connection back; what is not committed on it is undone."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


class Into:
    """Rows into a table.  The statement, and how each value is bound, is worked out once: for one vote that is half."""

    def __init__(self, table: Table, columns: Sequence[str], dialect: Dialect) -> None:
        compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
        self._statement, self._positional = str(compiled), dialect.positional
        self._order = itemgetter(*(compiled.positiontup or columns))
        bound = ((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in columns)
        self._bound = [(name, bind) for name, bind in bound if bind]

    def __call__(self, on: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        bound = [{**row, **{name: bind(row[name]) for name, bind in self._bound}} for row in rows]
        execute(on, self._statement, list(map(self._order, bound)) if self._positional else bound)


def snapshots(of: Engine) -> Engine:
    """The same database for reading: all that is read on one connection is from one moment."""
    return of if of.dialect.name == "sqlite" else of.execution_options(isolation_level="REPEATABLE READ")


class Schema(StrEnum):
    """How the tables of a database stand to this build."""

    EMPTY = "empty"
    BEHIND = "behind"  # an upgrade is needed
    CURRENT = "current"
    AHEAD = "ahead"  # made by a newer build: this one must not touch it


def schema(url: str) -> Schema:
    """Whether the database needs an upgrade."""
    on = engine(url)
    with on.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    on.dispose()
    scripts = ScriptDirectory.from_config(_config())
    if found is None:
        return Schema.EMPTY
    if found == scripts.get_current_head():
        return Schema.CURRENT
    return Schema.BEHIND if found in {script.revision for script in scripts.walk_revisions()} else Schema.AHEAD


def upgrade(url: str, to: str = "head") -> None:
    """Bring the tables up to this build or a revision, all or nothing; several processes may try at once."""
    on = engine(url)
    try:
        with on.connect().execution_options(**{WRITES: True}) as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        on.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
