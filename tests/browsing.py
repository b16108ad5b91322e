"""The day in browsers without scripts: a phone, a desk, and the buttons of their forms."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from realtime.seat import Seat
from tests.controls import Form
from tests.town import CODE, WALL, Town, copied, opened, seat

BEN = Seat(1, "ben", "person", "d", 1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


@pytest.fixture
async def ada(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with town.browser(seat("participant")) as browser:
        yield browser


@pytest.fixture
async def desk(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with town.browser(seat("facilitator")) as browser:
        yield browser


def address(name: str, place: str = "") -> str:
    """What stands beside the wall."""
    return f"/w/{CODE}/{WALL}.{name}" + (f"?place={place}" if place else "")


async def page(browser: httpx2.AsyncClient, name: str) -> str:
    answer = await browser.get(f"/w/{CODE}/{name}")
    assert answer.status_code == 200
    return answer.text


async def send(browser: httpx2.AsyncClient, sent: Form, **said: str) -> httpx2.Response:
    """Press the button of a form."""
    return await browser.post(f"/w/{CODE}/{sent.action}", data=sent.filled(**said))
