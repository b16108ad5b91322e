"""Who takes the disk away after an anonymous poll learns nothing from it, whatever else they know.

What they have and try stands in adversary.py.  Each way of leaking is also built in by hand, to see that it is found.
"""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import database, store
from app.batch import Batch
from app.clerk import Clerk
from app.scripts import files
from app.store import Store
from facilitation.record import Entry
from tests.adversary import (
    SECRETS,
    Day,
    Disk,
    built,
    findings,
    linked,
    lived,
    lying,
    revealed,
    secret,
    stands,
    until_sealed,
)
from tests.real import Postgres

EVERYTHING = {"a key", "a pseudonym", "a ballot", "the time of a ballot"}


def disk(url: str, request: pytest.FixtureRequest) -> Disk:
    return Disk(url, None if url.startswith("sqlite") else request.getfixturevalue("postgres"))


@asynccontextmanager
async def working(url: str) -> AsyncIterator[Clerk]:
    built(url)
    clerk = Clerk(Store(url))
    yield clerk
    await clerk.close()
    clerk.store.close()


async def afterwards(clerk: Clerk, disk: Disk) -> Day:
    """The day is over, and the desk says that everything is sealed."""
    day = await lived(clerk)
    disk.gather_statistics()
    await revealed(clerk)
    await until_sealed(clerk)
    return day


async def test_nothing_leads_back_to_anybody_once_the_desk_says_sealed_and_not_before(
    database_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clerk.CLEANING_PAUSE", 0.01)
    there = disk(database_url, request)
    async with working(database_url) as clerk:
        day = await lived(clerk)
        there.gather_statistics()
        assert lying(there, day) == EVERYTHING  # there is something to be found
        assert linked(there, day) >= {"by_what_it_says", "by_its_size"}

        with clerk.store.reading() as reader:  # a backup, a report: it sees the past until it is done
            reader.execute(text("SELECT * FROM workshop")).all()
            await revealed(clerk)
            assert stands(await clerk.room(1)) == ["sealing"] * len(SECRETS)
            assert "a ballot" in lying(there, day)
        await until_sealed(clerk)

        assert findings(there, day) == set()


async def test_refusals_of_anonymous_activities_hold_neither_ballot_nor_author(
    database_url: str, request: pytest.FixtureRequest
) -> None:
    there = disk(database_url, request)
    async with working(database_url) as clerk:
        day = await afterwards(clerk, there)

    refused = [it for it in day.attempts if it.activity in SECRETS and not it.accepted]
    rows = secret(there.rows("refusal"))
    assert len(rows) == len(refused) > 80
    assert {(row["by"], row["digest"]) for row in rows} == {(None, "")}
    said = [row["values"] if isinstance(row["values"], dict) else json.loads(row["values"]) for row in rows]
    assert {name for values in said for name in values} == {"why", "most", "question", "within"}


async def test_neither_the_log_nor_the_full_copy_of_the_organiser_names_anybody_behind_a_ballot(
    database_url: str, request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    there = disk(database_url, request)
    async with working(database_url) as clerk:
        with caplog.at_level("INFO"):
            await afterwards(clerk, there)
        files.write(clerk.store, 1, "script", tmp_path / "aus.json")

    stream = json.loads((tmp_path / "aus.json").read_text(encoding="utf-8"))["stream"]
    actors = {action["actor"] for action in stream if action.get("target") in SECRETS}
    assert actors == {"anonym", "mo", "uhr"}
    assert caplog.text == ""


# ── mistakes that must be found ─────────────────────────────────────────────────────────────────────────────────────


def the_veil_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(store, "_lift_veil", lambda *_: None)


def nothing_is_cleaned(patch: pytest.MonkeyPatch) -> None:
    """The log of SQLite is not truncated, the table of PostgreSQL not written anew."""
    patch.setattr("app.clerk.clean", lambda *_, **__: True)


def refusals_have_authors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "_is_anonymous", lambda *_: False)


def ballots_keep_their_time(patch: pytest.MonkeyPatch) -> None:
    """As long as they are open, in the table that stays: overwritten with the time of closing."""
    row = store._entry_row
    patch.setattr(store, "_entry_row", lambda entry: row(entry) | {"made": entry.made})


def ballots_stand_in_their_entry(patch: pytest.MonkeyPatch) -> None:
    row = store._entry_row

    def told(entry: Entry) -> dict[str, Any]:
        return row(entry) | ({"data": entry.full} if entry.type == "poll.voted" else {})

    patch.setattr(store, "_entry_row", told)


def ids_begin_with_the_ballot(patch: pytest.MonkeyPatch) -> None:
    row = store._entry_row

    def told(entry: Entry) -> dict[str, Any]:
        size = f"{len(entry.full.get('choice', '')):x}"[0]
        return row(entry) | ({"command": size + entry.command[1:]} if entry.type == "poll.voted" else {})

    patch.setattr(store, "_entry_row", told)


MISTAKES = [
    (the_veil_stays, {"a key", "a pseudonym", "a ballot", "by_what_it_says", "by_its_size"}, ["sqlite", "postgresql"]),
    (nothing_is_cleaned, {"a key", "a pseudonym", "a ballot"}, ["sqlite", "postgresql"]),
    (refusals_have_authors, {"a refusal"}, ["sqlite"]),
    (ballots_stand_in_their_entry, {"a ballot", "by_what_it_says", "by_its_size"}, ["sqlite"]),
    (ids_begin_with_the_ballot, {"by_its_id"}, ["sqlite"]),
]


@pytest.mark.parametrize(
    "database_url, mistake, leaks",
    [pytest.param(on, it, leaks, id=f"{on}-{it.__name__}") for it, leaks, where in MISTAKES for on in where],
    indirect=["database_url"],
)
async def test_a_mistake_is_found(
    database_url: str,
    mistake: Callable[[pytest.MonkeyPatch], None],
    leaks: set[str],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mistake(monkeypatch)
    there = disk(database_url, request)
    async with working(database_url) as clerk:
        day = await afterwards(clerk, there)
        assert findings(there, day) >= leaks


async def test_an_sqlite_that_does_not_overwrite_what_it_deletes_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SQLITE", {**database.SQLITE, "secure_delete": 0})
    there = Disk(f"sqlite:///{tmp_path / 'ratschlag.db'}", None)
    async with working(there.url) as clerk:
        day = await afterwards(clerk, there)
        assert findings(there, day) >= {"a ballot", "a pseudonym"}


@pytest.mark.parametrize("mistake", ["time", "samples"])
async def test_what_postgresql_keeps_beside_its_tables_is_found(
    mistake: str, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Disk(postgres.database(), postgres)
    if mistake == "time":
        ballots_keep_their_time(monkeypatch)
    async with working(there.url) as clerk:
        if mistake == "samples":
            with postgres.connected(there.name) as connection:
                connection.execute('ALTER TABLE veil ALTER COLUMN "by" SET STATISTICS 100')
        day = await afterwards(clerk, there)
        assert lying(there, day) == {"time": {"the time of a ballot"}, "samples": {"a pseudonym"}}[mistake]
