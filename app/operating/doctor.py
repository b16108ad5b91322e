"""Health in human words: what works, what deserves a look, what must be mended before the day."""

import json
import os
import shutil
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from redis import Redis, RedisError
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app import assets, database
from app.database import Schema
from app.settings import Settings, SettingsError
from app.store import ENTRY, WORKSHOP

SCARCE, TIGHT = 200, 1000  # megabytes free: too few, and few
APART = timedelta(minutes=1)  # that two clocks may differ


class Level(StrEnum):
    GOOD = "gut"
    NOTE = "Hinweis"
    BAD = "Fehler"


class Finding(NamedTuple):
    level: Level
    sentence: str


def findings(known: Settings) -> Iterator[Finding]:
    """Everything that can be seen of an installation from its settings; it changes nothing."""
    yield _secret(known)
    yield from _folder(known.data_dir)
    yield from _database(known)
    yield _redis(known.redis_url)
    yield _static()
    yield from _address(known.url)


def _good(sentence: str) -> Finding:
    return Finding(Level.GOOD, sentence)


def _note(sentence: str) -> Finding:
    return Finding(Level.NOTE, sentence)


def _bad(sentence: str) -> Finding:
    return Finding(Level.BAD, sentence)


def _secret(known: Settings) -> Finding:
    try:
        known.key()
    except SettingsError as error:
        return _bad(f"Schlüssel: fehlt oder ist nicht brauchbar ({error}).")
    return _good("Schlüssel: gesetzt und lang genug.")


def _folder(folder: Path) -> Iterator[Finding]:
    place = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not os.access(place, os.W_OK):
        yield _bad(f"Datenordner: In {place} darf Ratschlag nicht schreiben.")
        return
    yield _good(f"Datenordner: {folder} ist beschreibbar.")
    free = shutil.disk_usage(place).free // 1_000_000
    sentence = f"Speicherplatz: {free} MB frei."
    yield _bad(sentence) if free < SCARCE else _note(sentence) if free < TIGHT else _good(sentence)


def _database(known: Settings) -> Iterator[Finding]:
    name = "PostgreSQL" if known.kind_of_database == "postgresql" else "SQLite"
    try:
        if name == "SQLite" and not Path(known.database.removeprefix("sqlite:///")).exists():
            yield _note("Datenbank: Es gibt noch keine; `serve` legt sie an.")
            return
        yield _schema(database.schema(known.database))
        on = database.engine(known.database)
        try:
            with on.connect() as connection:
                yield _good(f"Datenbank: {name} ist erreichbar und schreibt auf die Platte, bevor es bestätigt.")
                yield from _content(connection)
        finally:
            on.dispose()
    except (SQLAlchemyError, RuntimeError) as error:
        yield _bad(f"Datenbank: {name} ist nicht erreichbar oder nicht sicher: {str(error).splitlines()[0]}")


def _schema(state: Schema) -> Finding:
    match state:
        case Schema.CURRENT:
            return _good("Tabellen: auf dem Stand dieser Fassung.")
        case Schema.AHEAD:
            return _bad("Tabellen: gehören zu einer neueren Fassung von Ratschlag; bitte diese installieren.")
        case Schema.BEHIND:
            return _note("Tabellen: brauchen eine Aktualisierung; `migrate` oder `serve` nimmt sie vor.")
    return _note("Tabellen: noch keine; `serve` legt sie an.")


def _content(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        answer = connection.execute(text("PRAGMA quick_check")).scalar_one()
        yield _good("Datenbankdatei: unversehrt.") if answer == "ok" else _bad(f"Datenbankdatei: beschädigt: {answer}")
    else:
        apart = abs(connection.execute(select(func.now())).scalar_one() - datetime.now(UTC))
        if apart > APART:
            yield _bad(f"Uhr: Sie weicht um {apart.seconds} Sekunden von der Uhr der Datenbank ab.")
            return
    if not connection.dialect.has_table(connection, ENTRY.name):
        return
    last = connection.execute(select(func.max(ENTRY.c.made))).scalar()
    if last and last > datetime.now(UTC) + APART:
        yield _bad(f"Uhr: Der letzte Eintrag ist von {last:%d.%m.%Y %H:%M} UTC, also aus der Zukunft.")
    else:
        yield _good(f"Uhr: {datetime.now(UTC):%d.%m.%Y %H:%M} UTC, kein Eintrag ist aus der Zukunft.")
    workshops = connection.execute(select(func.count()).select_from(WORKSHOP)).scalar_one()
    yield _good(f"Inhalt: {workshops} {'Veranstaltung' if workshops == 1 else 'Veranstaltungen'}.")


def _redis(url: str) -> Finding:
    if not url:
        return _good("Redis: nicht eingerichtet; für einen Prozess wird es nicht gebraucht.")
    try:
        with Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as redis:
            begun = time.monotonic()
            redis.ping()
            took = (time.monotonic() - begun) * 1000
    except (RedisError, OSError, ValueError) as error:
        return _bad(f"Redis: antwortet nicht ({error}); es geht nichts verloren, aber Bildschirme folgen später.")
    return _good(f"Redis: antwortet nach {took:.0f} ms.")


def _static() -> Finding:
    try:
        names = json.loads((assets.DIST / "manifest.json").read_text(encoding="utf-8"))
        missing = [name for key, name in names.items() if key != "build" and not (assets.DIST / name).is_file()]
    except (OSError, ValueError) as error:
        return _bad(f"Dateien für den Browser: fehlen ({error}); deploy/install baut sie.")
    if missing:
        return _bad(f"Dateien für den Browser: {len(missing)} fehlen; deploy/install baut sie.")
    return _good(f"Dateien für den Browser: Stand {names['build']}.")


def _address(url: str) -> Iterator[Finding]:
    parts = urlsplit(url)
    if parts.scheme == "https":
        yield _good(f"Adresse: {url}, verschlüsselt.")
    elif parts.hostname in ("127.0.0.1", "localhost", "::1"):
        yield _note(f"Adresse: {url} gilt nur auf diesem Rechner; für andere RATSCHLAG_URL setzen.")
    else:
        yield _note(f"Adresse: {url} ist unverschlüsselt; im offenen Netz bitte https.")
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310  # the operator's own
            build = json.load(answer)["build"]
    except OSError as error:
        yield _note(f"Server: Unter {url} antwortet gerade keiner ({error}).")
    except (ValueError, LookupError, TypeError):
        yield _bad(f"Server: Unter {url} antwortet etwas anderes als Ratschlag; der Port ist vergeben.")
    else:
        yield _good(f"Server: läuft und antwortet unter {url}, Stand {build}.")
