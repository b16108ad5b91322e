import asyncio
import gzip
import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from app import database
from app.clerk import Clerk
from app.database import Schema
from app.operating import copying, dump
from app.operating.dump import Damaged
from app.settings import WrongUse
from app.store import WORKSHOP, Store
from app.tables import Workshop
from tests.installation import cli, filled, names, sqlite
from tests.records import PEOPLE, SECRET, WALL, add_workshop, command, vote

__all__ = ["filled"]


def contents(url: str, file: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every row of a database, as a backup of it says."""
    copying.backup(url, file)
    return list(dump.rows(file))


async def test_a_backup_under_load_holds_everything_that_was_acknowledged_before_it(
    filled: str, tmp_path: Path
) -> None:
    store = Store(filled)
    clerk = Clerk(store)
    acknowledged, over = 0, asyncio.Event()

    async def write(person: str) -> None:
        nonlocal acknowledged
        while not over.is_set():
            await clerk.submit(command(person, WALL, "write", column="neu", text=f"Karte {acknowledged}"))
            acknowledged += 1

    writers = [asyncio.create_task(write(person)) for person in PEOPLE]
    await asyncio.sleep(0.3)
    before = acknowledged
    counts = await asyncio.to_thread(copying.backup, filled, tmp_path / "copy")
    after = acknowledged
    over.set()
    await asyncio.gather(*writers)
    await clerk.close()
    store.close()

    restored = sqlite(tmp_path / "restored.db")
    assert copying.restore(restored, tmp_path / "copy", replace=False) == counts
    with closing(Store(restored)) as copy:
        entries = copy.entries(1)
    assert [entry.at for entry in entries] == list(range(1, len(entries) + 1))
    cards = sum(entry.type == "wall.written" for entry in entries) - 1
    assert 0 < before <= cards
    assert after > before


async def test_what_is_restored_is_what_was_there_whatever_the_database(
    filled: str, database_url: str, tmp_path: Path
) -> None:
    original = contents(filled, tmp_path / "original")

    copying.restore(database_url, tmp_path / "original", replace=False)

    assert contents(database_url, tmp_path / "again") == original
    back = sqlite(tmp_path / "back.db")
    copying.restore(back, tmp_path / "again", replace=False)
    assert contents(back, tmp_path / "third") == original


async def test_a_restored_workshop_goes_on(filled: str, database_url: str, tmp_path: Path) -> None:
    copying.backup(filled, tmp_path / "copy")
    copying.restore(database_url, tmp_path / "copy", replace=False)
    store = Store(database_url)
    clerk = Clerk(store)

    await clerk.submit(vote(PEOPLE[0], "blau", SECRET))

    assert (await clerk.room(1)).activities[SECRET].figures()["by_option"] == {"rot": 6, "blau": 1}
    moment = datetime.now(UTC)
    with database.writing(store.engine) as on:
        row = Workshop(code="999999", prefix="NEU", title="Neu", starts=moment, ends=moment).model_dump(exclude={"id"})
        assert on.execute(insert(WORKSHOP).values(row).returning(WORKSHOP.c.id)).scalar_one() == 2
    await clerk.close()
    store.close()


def _repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(old, new, 1))


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "its end is missing": lambda data: data[:-40],
    "half of it is missing": lambda data: data[: len(data) // 2],
    "a bit fell over": lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
    "it is empty": lambda data: data[:0],
    "it is something else": lambda data: b"SQLite format 3\x00" + data,
    "the seal is missing": lambda data: gzip.compress(
        gzip.decompress(data)[: gzip.decompress(data).rindex(b'{"rows"')]
    ),
    "a word was changed": lambda data: _repacked(data, b'"wall.written"', b'"wall.edited"'),
    "a row was added": lambda data: _repacked(data, b'{"rows"', b'["entry",{}]\n{"rows"'),
    "a line is no row": lambda data: _repacked(data, b'{"rows"', b'[["entry"],{}]\n{"rows"'),
    "there is more behind its end": lambda data: gzip.compress(gzip.decompress(data) + b"[]"),
}


@pytest.mark.parametrize("harm", HARMS)
async def test_a_damaged_backup_is_refused_and_nothing_is_touched(filled: str, tmp_path: Path, harm: str) -> None:
    copy, target = tmp_path / "copy", tmp_path / "target.db"
    copying.backup(filled, copy)
    whole = copy.read_bytes()
    copy.write_bytes(HARMS[harm](whole))
    assert copy.read_bytes() != whole

    with pytest.raises(Damaged):
        copying.restore(sqlite(target), copy, replace=True)

    assert not target.exists()


async def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_touched(filled: str, tmp_path: Path) -> None:
    dump.write(tmp_path / "newer", dump.Head("9999", "2030-01-01T00:00:00+00:00"), [])
    before = contents(filled, tmp_path / "before")

    with pytest.raises(WrongUse, match="newer Ratschlag"):
        copying.restore(filled, tmp_path / "newer", replace=True)

    assert contents(filled, tmp_path / "after") == before


async def test_a_database_with_something_in_it_is_replaced_only_when_told(filled: str, tmp_path: Path) -> None:
    original = contents(filled, tmp_path / "copy")
    with closing(Store(filled)) as store, database.writing(store.engine) as on:
        add_workshop(on, 2, "111111", "XX")

    with pytest.raises(WrongUse, match="not empty"):
        copying.restore(filled, tmp_path / "copy", replace=False)
    copying.restore(filled, tmp_path / "copy", replace=True)

    assert contents(filled, tmp_path / "again") == original


async def test_a_backup_overwrites_no_file_and_is_for_its_owner_alone(filled: str, tmp_path: Path) -> None:
    copy, before = tmp_path / "copy", names(tmp_path)
    copying.backup(filled, copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WrongUse, match="exists already"):
        copying.backup(filled, copy)
    assert names(tmp_path) == before | {"copy"}


async def test_a_damaged_database_is_not_copied_as_if_it_were_whole(filled: str, tmp_path: Path) -> None:
    path = tmp_path / "filled.db"
    with closing(Store(filled)) as store, store.engine.connect() as on:
        root = on.execute(text("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_refusal_workshop_id_command'"))
        page, size = root.scalar_one(), on.execute(text("PRAGMA page_size")).scalar_one()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    with pytest.raises(Exception, match=r"damaged|malformed"):
        copying.backup(filled, tmp_path / "copy")

    assert not (tmp_path / "copy").exists()


async def test_the_commands_say_in_german_what_was_done_and_in_one_line_what_was_wrong(
    filled: str, tmp_path: Path
) -> None:
    copy, settings = tmp_path / "copy", {"DATABASE_URL": sqlite(tmp_path / "new.db")}

    made = cli("backup", copy, DATABASE_URL=filled)
    restored = cli("restore", copy, **settings)
    refused = cli("restore", copy, **settings)

    assert (made.returncode, made.stderr, made.stdout.splitlines()[0]) == (
        0,
        "",
        f"Gesichert: {copy}, 1 Veranstaltung, 31 Einträge.",
    )
    assert (restored.returncode, restored.stdout) == (0, "Zurückgespielt: 1 Veranstaltung, 31 Einträge.\n")
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        2,
        "",
        "ratschlag: the database is not empty: say --replace if everything in it may be replaced\n",
    )


def test_migrate_makes_the_tables_once(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "new.db")

    assert cli("migrate", DATABASE_URL=url).stdout == "Die Tabellen sind auf dem Stand dieser Fassung.\n"
    assert cli("migrate", DATABASE_URL=url).stdout == "Nichts zu tun.\n"
    assert database.schema(url) is Schema.CURRENT


def test_a_backup_says_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "copy"

    dump.write(file, dump.Head("0001", "2026-11-20T12:00:00+00:00"), [("person", {"id": "p1"})])

    head, row, seal = map(json.loads, gzip.decompress(file.read_bytes()).splitlines())
    assert (head["format"], head["version"], head["schema"], head["notice"]) == (
        "ratschlag-backup",
        1,
        "0001",
        "Vollständige Kopie mit Personen und allem, was sie gesagt haben: nur für die Organisation.",
    )
    assert (row, seal["rows"]) == (["person", {"id": "p1"}], {"person": 1})
