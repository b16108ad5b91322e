"""The database by its URL: made, upgraded, and refused where it is not safe."""

import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from app import database
from app.database import Schema
from app.store import ENTRY, VEIL, Store
from app.tables import metadata
from tests.records import prepare
from tests.rooms import NINE

ROW = {"workshop_id": 1, "at": 1, "activity": "poll", "type": "t", "by": None, "data": {}, "command": "c", "part": 0}


def test_upgrading_an_empty_database_makes_exactly_the_tables_of_the_code(database_url: str) -> None:
    database.upgrade(database_url)

    engine = database.engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_database_says_how_it_stands_to_this_build(database_url: str) -> None:
    stands = [database.schema(database_url)]
    database.upgrade(database_url)
    stands.append(database.schema(database_url))
    engine = database.engine(database_url)
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of-tomorrow'"))
    engine.dispose()
    stands.append(database.schema(database_url))

    assert stands == [Schema.EMPTY, Schema.CURRENT, Schema.AHEAD]


def test_several_processes_may_upgrade_at_once(database_url: str) -> None:
    upgrade = f"from app import database; database.upgrade({database_url!r})"
    processes = [subprocess.Popen([sys.executable, "-c", upgrade]) for _ in range(4)]

    assert [process.wait() for process in processes] == [0] * 4
    assert database.schema(database_url) is Schema.CURRENT


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("setting", ["off", "local"])
def test_a_postgresql_that_does_not_sync_before_it_commits_is_refused(database_url: str, setting: str) -> None:
    name = database_url.rpartition("/")[2]
    engine = database.engine(database_url)
    with database.writing(engine) as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = {setting}"))
    engine.dispose()

    with pytest.raises(RuntimeError, match=f"not safe: synchronous_commit is {setting}, not on"):
        database.schema(database_url)


def test_an_sqlite_that_is_lost_with_the_process_is_refused() -> None:
    with pytest.raises(RuntimeError, match="not safe: journal_mode is memory, not wal"):
        database.schema("sqlite://")


def test_a_transaction_is_written_whole_or_not_at_all(database_url: str) -> None:
    prepare(database_url)

    def half(connection: Connection) -> None:
        connection.execute(insert(ENTRY).values(ROW | {"made": NINE, "digest": ""}))
        raise InterruptedError

    with closing(Store(database_url)) as store:
        with pytest.raises(InterruptedError), store.writing(1) as connection:
            half(connection)

        assert store.entries(1) == []


def test_a_time_without_a_zone_is_no_time(database_url: str) -> None:
    prepare(database_url)
    naive = datetime.fromisoformat("2020-06-04T09:00:00")

    with closing(Store(database_url)) as store, pytest.raises(StatementError), store.writing(1) as connection:
        connection.execute(insert(ENTRY).values(ROW | {"made": naive, "digest": ""}))


def test_a_store_lets_whoever_still_reads_come_back_before_it_closes(database_url: str) -> None:
    store, reads = Store(database_url), threading.Event()
    order: list[str] = []

    def read() -> None:
        with store.reading():
            reads.set()
            time.sleep(0.1)
            order.append("read")

    reader = threading.Thread(target=read)
    reader.start()
    reads.wait()
    store.close()
    order.append("closed")
    reader.join()
    assert order == ["read", "closed"]


def test_what_fails_with_the_commit_is_not_written_and_the_next_transaction_is(database_url: str) -> None:
    prepare(database_url)
    veil = {"workshop_id": 1, "at": 7, "activity": "poll", "by": "p", "data": {}, "made": NINE, "digest": ""}

    def broken(connection: Connection) -> None:
        connection.execute(text(_late(connection)))
        connection.execute(insert(ENTRY).values(ROW | {"made": NINE, "digest": ""}))
        connection.execute(insert(VEIL).values(veil))  # under no entry: said when it is committed

    with closing(Store(database_url)) as store:
        with pytest.raises(IntegrityError), store.writing(1) as connection:
            broken(connection)
        with store.writing(1) as connection:
            connection.execute(insert(ENTRY).values(ROW | {"at": 2, "made": NINE, "digest": ""}))

        assert [entry.at for entry in store.entries(1)] == [2]


def _late(on: Connection) -> str:
    """What lets a broken reference pass until the commit."""
    if on.dialect.name == "sqlite":
        return "PRAGMA defer_foreign_keys=1"
    (name,) = [str(key["name"]) for key in inspect(on).get_foreign_keys("veil")]
    return f"ALTER TABLE veil ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED"
