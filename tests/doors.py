"""The day with an open door, and what is seen there, for the tests of the ways in."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from app.tokens import sign
from facilitation.record import Entry
from facilitation.roster import Presence
from realtime.seat import Seat
from tests.controls import form
from tests.town import CODE, SECRET, Town, copied, opened


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The day, with an open door."""
    async with opened(copied(tmp_path)) as it:
        await it.did("mo", "roster", "door", door="open")
        yield it


def joins(town: Town) -> list[Entry]:
    """Who joined since the day began, in order."""
    return [entry for entry in town.app.clerk.store.entries(1) if entry.type == "roster.joined"][7:]


def presence(town: Town, person: str) -> Presence:
    (room,) = town.app.clerk.rooms
    return room.roster.joined[person]


def link(person: str, place: str = "person", version: int = 1) -> str:
    return f"/p/{sign(SECRET, Seat(1, person, place, '', version))}"


def alert(answer: httpx2.Response) -> str:
    """What a page says is wrong with what was typed."""
    found = re.search(
        r'class="kern-error".*?class="kern-body">([^<]*)<|Das geht gerade nicht:</b> ([^<]*)<', answer.text
    )
    return (found[1] or found[2]) if found else ""


async def enter(browser: httpx2.AsyncClient, name: str = "") -> httpx2.Response:
    """Join with the code, as a browser does."""
    door = form((await browser.get(f"/j/{CODE}")).text, f"/j/{CODE}")
    return await browser.post(door.action, data=door.filled(name=name))
