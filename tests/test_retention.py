from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select, update

from app import database
from app.clerk import Clerk
from app.operating import retention
from app.preparing import Planned, prepare
from app.store import PERSON, WORKSHOP, Store
from app.tables import Workshop
from facilitation.record import Envelope, Person, Role
from tests.installation import cli, sqlite


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
