"""Cleaning the files of what was deleted from the tables: a screen says "versiegelt" only after that.

SQLite overwrites what is deleted (`secure_delete`), but its write-ahead log keeps the old pages until a checkpoint
truncates it.  PostgreSQL keeps old rows in the table's file until the table is written anew.  Both must wait for
readers that still see the past, so cleaning may fail and is tried again.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.database import PATIENCE

BALLOTS = ("veil",)
PICTURES = ("upload",)
WORDS = (*BALLOTS, "entry", *PICTURES)
BRIEFLY = 200  # milliseconds that cleaning waits for readers: commands wait behind it


def clean(engine: Engine, tables: Sequence[str]) -> bool:
    """Whether no file of the database holds what was deleted from these tables, or blanked in them, any more.

    For the writer's thread, outside a transaction.
    """
    if engine.dialect.name == "sqlite":
        return _truncated(engine)
    return all(_rewritten(engine, table) for table in tables)


def _truncated(engine: Engine) -> bool:
    connection = engine.raw_connection()
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout={BRIEFLY}")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
    finally:
        connection.close()
    return not busy


def _rewritten(engine: Engine, table: str) -> bool:
    """Write the table anew.  Rows that somebody's old snapshot still sees are carried over: then it was in vain."""
    kept: list[int] = []

    def note(diagnostic: Any) -> None:
        # The detail begins, in whatever language, with the number of dead rows that could not be removed.
        if number := re.match(r"\D*(\d+)", diagnostic.message_detail or ""):
            kept.append(int(number[1]))

    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver: Any = connection.connection.driver_connection
            connection.exec_driver_sql(f"SET lock_timeout = {BRIEFLY}")
            driver.add_notice_handler(note)
            try:
                connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {table}")
            finally:
                driver.remove_notice_handler(note)
                connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE}")
    except OperationalError:
        return False
    return kept != [] and not any(kept)
