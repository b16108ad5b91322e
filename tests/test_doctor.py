from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import text

from app import database
from app.operating import doctor
from app.operating.doctor import Finding, Level
from app.settings import Settings
from app.store import Store
from tests import real
from tests.installation import cli, filled

__all__ = ["filled"]

SECRET_KEY = token_hex(32)


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
    assert bad["Schlüssel"] == (
        "Schlüssel: fehlt oder ist nicht brauchbar "
        "(RATSCHLAG_SECRET is too short: 4 characters, at least 32 are needed)."
    )
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
    assert broken.stdout.startswith("Fehler   Schlüssel: fehlt oder ist nicht brauchbar (RATSCHLAG_SECRET is too short")
    assert (unreadable.returncode, unreadable.stderr) == (1, "")
    assert unreadable.stdout.startswith("Fehler   Einstellungen: nicht brauchbar (RATSCHLAG_URL is not valid")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "Fehler" not in sound.stdout
