import asyncio
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from app import database
from app.clerk import Clerk
from app.database import Schema
from app.operating import copying, doctor, dump, retention
from app.operating.doctor import Finding, Level
from app.operating.dump import Damaged
from app.preparing import Planned, prepare
from app.settings import Settings, WrongUse
from app.store import PERSON, WORKSHOP, Store
from app.tables import Workshop
from facilitation.record import Envelope, Person, Role
from tests import real
from tests.records import PEOPLE, SECRET, WALL, add_workshop, begin, command, vote
from tests.records import prepare as records

SECRET_KEY = token_hex(32)


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
async def filled(tmp_path: Path) -> str:
    """A SQLite database with a workshop in which something was said, openly and under a veil."""
    url = sqlite(tmp_path / "filled.db")
    await asyncio.to_thread(records, url)
    await _speak(url)
    return url


async def _speak(url: str) -> None:
    store = Store(url)
    clerk = Clerk(store)
    await begin(clerk, SECRET, WALL)
    for person in PEOPLE[:7]:
        await clerk.submit(vote(person, "rot", SECRET))
    await clerk.submit(command("p01", WALL, "write", column="neu", text="Bürgerbüro „Ämter“ \u2028 🌳"))
    await clerk.close()
    store.close()


def contents(url: str, file: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every row of a database, as a backup of it says."""
    copying.backup(url, file)
    return list(dump.rows(file))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def cli(*args: object, **settings: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")}
    env |= {f"RATSCHLAG_{name}": value for name, value in settings.items()}
    program = Path(sys.executable).with_name("ratschlag")
    return subprocess.run([program, *map(str, args)], env=env, capture_output=True, text=True, check=False)


# ── backup and restore ──


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


# ── doctor ──


def findings(tmp_path: Path, **settings: Any) -> dict[str, Finding]:
    """What the doctor says, by its first word; the server that the address names is not running."""
    known = Settings(
        data_dir=settings.pop("data_dir", tmp_path),
        secret=settings.pop("secret", SECRET_KEY),
        url=settings.pop("url", f"http://127.0.0.1:{real.free_port()}"),
        **settings,
    )
    return {finding.sentence.partition(":")[0]: finding for finding in doctor.findings(known)}


async def test_the_doctor_finds_nothing_wrong_with_a_sound_installation(filled: str, tmp_path: Path) -> None:
    found = findings(tmp_path, database_url=filled)

    assert {name: finding.level for name, finding in found.items()} == {
        "Schlüssel": Level.GOOD,
        "Datenordner": Level.GOOD,
        "Speicherplatz": Level.GOOD,
        "Tabellen": Level.GOOD,
        "Datenbank": Level.GOOD,
        "Datenbankdatei": Level.GOOD,
        "Uhr": Level.GOOD,
        "Inhalt": Level.GOOD,
        "Redis": Level.GOOD,
        "Dateien für den Browser": Level.GOOD,
        "Adresse": Level.NOTE,
        "Server": Level.NOTE,
    }
    assert found["Inhalt"].sentence == "Inhalt: 1 Veranstaltung."


def test_the_doctor_asks_the_real_servers(tmp_path: Path, postgres: real.Postgres, redis: real.Redis) -> None:
    url = postgres.database()
    database.upgrade(url)

    found = findings(tmp_path, database_url=url, redis_url=redis.url)

    assert found["Datenbank"] == Finding(
        Level.GOOD, "Datenbank: PostgreSQL ist erreichbar und schreibt auf die Platte, bevor es bestätigt."
    )
    assert found["Redis"].level is Level.GOOD
    assert found["Uhr"].level is Level.GOOD


def test_the_doctor_names_what_is_broken(tmp_path: Path) -> None:
    nobody = real.free_port()
    found = findings(
        tmp_path,
        secret="kurz",
        data_dir=Path("/proc"),
        database_url=f"postgresql+psycopg://nobody@127.0.0.1:{nobody}/none",
        redis_url=f"redis://127.0.0.1:{nobody}/0",
    )

    bad = {name: finding.sentence for name, finding in found.items() if finding.level is Level.BAD}
    assert set(bad) - {"Datenordner", "Speicherplatz"} == {"Schlüssel", "Datenbank", "Redis"}
    assert bad["Schlüssel"] == "Schlüssel: RATSCHLAG_SECRET ist zu kurz: mindestens 32 Zeichen, hier sind es 4."
    assert bad["Datenbank"].startswith("Datenbank: PostgreSQL ist nicht erreichbar oder nicht sicher: ")
    assert bad["Redis"].startswith("Redis: antwortet nicht (")


async def test_the_doctor_sees_a_newer_database_and_a_clock_that_went_back(filled: str, tmp_path: Path) -> None:
    with closing(Store(filled)) as store, database.writing(store.engine) as on:
        on.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        on.execute(text("UPDATE entry SET made = '2199-01-01 00:00:00.000000' WHERE at = 3"))

    found = findings(tmp_path, database_url=filled)

    assert found["Tabellen"] == Finding(
        Level.BAD, "Tabellen: gehören zu einer neueren Fassung von Ratschlag; bitte diese installieren."
    )
    assert found["Uhr"] == Finding(
        Level.BAD, "Uhr: Der letzte Eintrag ist von 01.01.2199 00:00 UTC, also aus der Zukunft."
    )


def test_the_doctor_ends_with_one_when_something_is_broken(tmp_path: Path) -> None:
    broken = cli("doctor", DATA_DIR=str(tmp_path), SECRET="kurz")
    unreadable = cli("doctor", DATA_DIR=str(tmp_path), SECRET=SECRET_KEY, URL="nirgends")
    sound = cli("doctor", DATA_DIR=str(tmp_path), SECRET=SECRET_KEY, URL=f"http://127.0.0.1:{real.free_port()}")

    assert (broken.returncode, broken.stderr) == (1, "")
    assert broken.stdout.startswith("Fehler   Schlüssel: RATSCHLAG_SECRET ist zu kurz")
    assert (unreadable.returncode, unreadable.stderr) == (1, "")
    assert unreadable.stdout.startswith("Fehler   Einstellungen: RATSCHLAG_URL passt nicht")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "Fehler" not in sound.stdout


# ── retention ──


async def _days(store: Store) -> Clerk:
    """One workshop that was ended, and one whose planned end is long ago."""
    clerk = Clerk(store)
    long_ago = datetime(2020, 6, 4, tzinfo=UTC)
    people = [
        Person("mo", Role.FACILITATOR, "Moderation"),
        Person("ada", Role.PARTICIPANT, "Leitung Amt 10", unit="amt-10", division="I"),
        Person("ben", Role.PARTICIPANT, "Leitung Amt 20", unit="amt-20", division="II"),
    ]
    for code, prefix in (("100001", "A"), ("100002", "B")):
        row = Workshop(code=code, prefix=prefix, title=f"Tag {prefix}", starts=long_ago, ends=long_ago)
        id = prepare(store, row, people, [Planned("wand", "wall", "Wand", {"names": "named"})])
        await _do(clerk, id, "ada", "roster", "join")
        await _do(clerk, id, "mo", "wand", "open")
        await _do(clerk, id, "ada", "wand", "write", column="cards", text="Worte")
    await _do(clerk, 1, "mo", "agenda", "end", confirmed=True)
    return clerk


async def _do(clerk: Clerk, workshop: int, by: str, activity: str, command: str, **data: Any) -> None:
    await clerk.submit(Envelope(token_hex(16), workshop, by, activity, command, data, device=by))


async def test_time_counts_from_the_command_that_ends_or_from_the_import_and_never_from_the_plan(
    database_url: str,
) -> None:
    database.upgrade(database_url)
    now, day = datetime.now(UTC), timedelta(days=1)
    with closing(Store(database_url)) as store:
        await (await _days(store)).close()

        assert [it.code for it in retention.old(store, now + 9 * day, 10)] == []
        assert [(it.code, it.people) for it in retention.old(store, now + 11 * day, 10)] == [
            ("100001", ("ada", "ben", "mo"))
        ]
        with database.writing(store.engine) as on:
            on.execute(update(WORKSHOP).where(WORKSHOP.c.id == 1).values(created=now + 5 * day))
        assert retention.old(store, now + 11 * day, 10) == []


async def test_whoever_is_detached_leaves_words_and_counts(database_url: str) -> None:
    database.upgrade(database_url)
    with closing(Store(database_url)) as store:
        clerk = await _days(store)

        await retention.detach(store, retention.old(store, datetime.now(UTC) + timedelta(days=1), 0))

        await clerk.catch_up_all()
        room = await clerk.room(1)
        assert (room.roster.people, len(room.activities["wand"].contributions)) == ({}, 1)
        assert len((await clerk.room(2)).roster.people) == 3
        with store.reading() as on:
            settings = on.execute(select(WORKSHOP.c.settings).where(WORKSHOP.c.id == 1)).scalar_one()
        assert settings["detached"] == {
            "people": 3,
            "units": 2,
            "by_role": {"participant": 2, "facilitator": 1},
            "by_division": {"I": 1, "II": 1},
        }
        assert retention.wipe(store)
        await clerk.close()


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("ratschlag.db*"))


async def test_purge_deletes_rows_and_what_was_left_of_them_in_the_files(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "ratschlag.db")
    database.upgrade(url)
    with closing(Store(url)) as store:
        await (await _days(store)).close()
        _silence(store)
    assert _files(tmp_path).count(b"Tag A") == 1

    asked = cli("purge", "--days", 0, "--whole", "--dry-run", DATABASE_URL=url)
    done = cli("purge", "--days", 0, "--whole", DATABASE_URL=url)
    again = cli("purge", "--days", 0, "--whole", DATABASE_URL=url)

    today = f"{datetime.now(UTC):%d.%m.%Y}"
    assert asked.stdout == done.stdout == f"100001 Tag A, beendet am {today}: wird gelöscht\n"
    assert again.stdout == "Keine Veranstaltung ist seit mehr als 0 Tagen beendet.\n"
    assert _files(tmp_path).count(b"Tag A") == 0
    with closing(Store(url)) as store, store.reading() as on:
        assert on.execute(select(WORKSHOP.c.code)).scalars().all() == ["100002"]
        assert on.execute(select(func.count()).select_from(PERSON)).scalar_one() == 3


def _silence(store: Store) -> None:
    """Everything from the log into the file itself."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as on:
        on.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


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
