"""Pictures that nothing names go after a week, and until then say no more of an anonymous sender than a day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from app import database, timers, unused
from app.asgi import Application
from app.cleaning import clean
from app.imaging import encoded
from app.preparing import Planned, prepare
from app.settings import Settings
from app.store import ACTIVITY, UPLOAD, WORKSHOP, Store
from facilitation.record import Person, Role
from tests.adversary import Disk, times
from tests.test_imaging import file
from tests.town import CODE, OPTIONS, SECRET, URL, Town, seat, until, workshop

BLOG, SECRET_BLOG, POLL = "blog", "blog-geheim", "poll"
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    """A blog, an anonymous blog and a poll, and ada is there."""
    database.upgrade(database_url)
    app = Application(Settings(database_url=database_url, url=URL), SECRET)
    people = [Person("ada", Role.PARTICIPANT, "Leitung Amt 10"), Person("mo", Role.FACILITATOR, "Moderation")]
    planned = (
        Planned(BLOG, "stream", "Blog", {}),
        Planned(SECRET_BLOG, "stream", "Unter uns", {"names": "anonymous"}),
        Planned(POLL, "poll", "Welches?", {"form": "single", "settings": OPTIONS}),
    )
    prepare(app.store, workshop(CODE, "AT2", "Tag"), people, planned)
    here = Town(app, Path())
    await here.did("ada", "roster", "join")
    for activity in (BLOG, SECRET_BLOG):
        await here.did("mo", activity, "open")
    yield here
    await app.clerk.close()
    app.store.close()


async def sent(town: Town, size: int, activity: str = BLOG) -> str:
    """The id of a picture of its own for each size."""
    async with town.browser(seat("participant")) as browser:
        files = {"picture": ("x.png", file(size=(size, size)), "image/png")}
        answer = await browser.post(f"/w/{CODE}/bild", params={"activity": activity}, files=files)
    id: str = answer.json()["id"]
    return id


async def posted(town: Town, image: str, activity: str = BLOG) -> str:
    return await town.did("ada", activity, "post", title="Bild", body="Text", image=image, alt="Saal", consent=True)


def kept(store: Store) -> dict[str, Any]:
    """The day on which each picture was found unused."""
    with store.reading() as on:
        return {row.id: row.unused for row in on.execute(select(UPLOAD.c.id, UPLOAD.c.unused))}


async def test_what_nothing_names_goes_after_a_week_whoever_sent_it(town: Town) -> None:
    store = town.app.store
    ids = {await sent(town, 10), await sent(town, 11, SECRET_BLOG)}
    day = NOON.replace(hour=0)

    stages = []
    for later in (timedelta(0), 6 * DAY, 7 * DAY, 8 * DAY):
        await unused.sweep(store, NOON + later)
        stages.append(kept(store))

    assert stages == [dict.fromkeys(ids, day)] * 3 + [{}]


async def test_what_is_named_by_a_contribution_or_a_setting_stays(town: Town) -> None:
    store = town.app.store
    ids = [await sent(town, 10 + n) for n in range(5)]
    veiled = await sent(town, 20, SECRET_BLOG)
    await posted(town, ids[0])
    await posted(town, veiled, SECRET_BLOG)
    await town.did("mo", BLOG, "hide", ref=await posted(town, ids[1]), reason="Später")
    pin = {"form": "pin", "settings": {"image": ids[2], "alt": "Plan"}}
    with store.writing(1) as on:
        on.execute(update(ACTIVITY).where(ACTIVITY.c.id == POLL).values(config=pin))
        on.execute(update(WORKSHOP).values(settings={"steps": [], "cover": {"image": ids[3]}}))

    for later in (timedelta(0), 30 * DAY):
        await unused.sweep(store, NOON + later)

    assert kept(store) == dict.fromkeys([*ids[:4], veiled])


async def test_a_late_contribution_and_a_second_upload_begin_anew(town: Town) -> None:
    store = town.app.store
    late, again = await sent(town, 10), await sent(town, 11)
    await unused.sweep(store, NOON)

    await posted(town, late)
    assert await sent(town, 11) == again
    await unused.sweep(store, NOON + 8 * DAY)

    assert kept(store) == {late: None, again: NOON.replace(hour=0) + 8 * DAY}


async def test_a_picture_of_an_imported_day_is_not_older_than_its_import(town: Town) -> None:
    store, id = town.app.store, "ab" * 16
    row = {"workshop_id": 1, "id": id, "by": None, "made": datetime(2020, 6, 4, tzinfo=UTC)}
    with store.writing(1) as on:
        on.execute(insert(UPLOAD).values(row | encoded(file())._asdict()))

    await unused.sweep(store, NOON)

    assert list(kept(store)) == [id]


async def test_whoever_has_the_files_learns_no_time_of_an_anonymous_picture_and_nothing_of_one_that_is_gone(
    town: Town, database_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []
    monkeypatch.setattr(unused, "CLEANING_PAUSE", 0.01)
    monkeypatch.setattr(unused, "clean", lambda *of, **how: tries.append(clean(*of, **how)) or tries[-1])
    disk = Disk(database_url, None if database_url.startswith("sqlite") else request.getfixturevalue("postgres"))
    store = town.app.store
    used, lonely = await sent(town, 300, SECRET_BLOG), await sent(town, 301, SECRET_BLOG)
    await unused.sweep(store, NOON)
    found = disk.rows("upload")
    days = {row["unused"] if isinstance(row["unused"], str) else row["unused"].isoformat(" ") for row in found}
    assert {day[:19] for day in days} == {"2027-03-01 00:00:00"}
    assert {(row["by"], row["made"]) for row in found} == {(None, None)}
    signs = [*times(NOON.replace(hour=0)), bytes(next(row for row in found if row["id"] == lonely)["bytes"])]
    assert all(sign in disk.bytes() for sign in (lonely.encode(), signs[-1]))

    await posted(town, used, SECRET_BLOG)
    with store.reading() as reader:  # a backup: it sees the past until it is done
        reader.execute(text("SELECT * FROM upload")).all()
        sweeping = asyncio.create_task(unused.sweep(store, NOON + 8 * DAY))
        await until(lambda: tries)
        assert list(kept(store)) == [used]
        assert lonely.encode() in disk.bytes()
    await sweeping

    assert (tries[0], tries[-1]) == (False, True)
    assert kept(store) == {used: None}
    left = disk.bytes()
    assert [sign for sign in (lonely.encode(), *signs) if sign in left] == []


async def test_the_clock_sweeps(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "SETTLED", 0.01)
    id = await sent(town, 10)
    running = asyncio.create_task(timers.run(town.app.clerk))

    await until(lambda: kept(town.app.store)[id] is not None)

    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
