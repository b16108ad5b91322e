"""What a page weighs, and how its files are given out."""

import gzip
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from app.assets import DIST, asset
from facilitation.plenum import PAGES
from tests.town import CODE, OPEN, POLL, QUESTIONS, STREAM, TEXT, WALL, Town, copied, opened, seat


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


def weight(html: str) -> int:
    """Bytes on the wire: the page and what it links, compressed, without fonts."""
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html))
    assert linked
    return len(gzip.compress(html.encode(), 6)) + sum((DIST / f"{name}.gz").stat().st_size for name in linked)


async def weights(town: Town, role: str, names: Iterable[str]) -> list[int]:
    async with town.browser(seat(role)) as browser:
        return [weight((await browser.get(f"/w/{CODE}/{name}")).text) for name in names]


async def test_pages_weigh_little(town: Town) -> None:
    for activity in set(OPEN) - {POLL, WALL, TEXT, QUESTIONS, STREAM}:  # one click sets all screens: never is more open
        await town.did("mo", activity, "close")
    await town.did("mo", "agenda", "advance", step="ausklang")
    assert max(await weights(town, "participant", PAGES)) <= 60_000
    assert max(await weights(town, "facilitator", (f"desk?activity={activity}" for activity in OPEN))) <= 90_000
    assert max(await weights(town, "stage", ["stage"])) <= 80_000


# ── static files ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "accepts, encoding",
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=1.0", "br"), ("", None), ("abracadabra", None)],
)
async def test_a_static_file_comes_as_small_as_the_browser_takes_it_and_stays(
    town: Town, accepts: str, encoding: str | None
) -> None:
    async with town.browser() as browser:
        answer = await browser.get(asset("page.js"), headers={"Accept-Encoding": accepts})

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_what_has_no_hash_in_its_name_may_change(town: Town) -> None:
    async with town.browser() as browser:
        assert (await browser.get("/static/licenses.txt")).headers["cache-control"] == "public, max-age=86400"


OUTSIDE = [
    "..%2f..%2fpyproject.toml",
    "../../app/asgi.py",
    "%2e%2e/src/page.js",
    "..\\..\\x.js",
    "%2fetc%2fpasswd",
    "x%00.js",
]
OUTSIDE += ["manifest.json", "inputs.sha256", ".js", "page.js", "", "."]


@pytest.mark.parametrize("name", OUTSIDE)
async def test_no_other_file_can_be_reached(town: Town, name: str) -> None:
    async with town.browser() as browser:
        assert (await browser.get(f"/static/{name}")).status_code == 404
