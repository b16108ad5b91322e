"""What operators see of a server, and strangers of what is not there."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from app import health
from app.assets import build
from tests import real
from tests.town import CODE, Town, copied, opened


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


async def test_health_is_told_in_words(town: Town) -> None:
    async with town.browser() as browser:
        healthz, metrics = await browser.get("/healthz"), await browser.get("/metrics")

    assert (healthz.status_code, healthz.json()) == (200, {"status": "ok", "build": build()})
    assert "ratschlag_connected_people 0.0" in metrics.text


@pytest.mark.parametrize("how", ["deleted", "replaced"])
async def test_a_server_whose_database_file_is_gone_is_not_healthy(town: Town, how: str) -> None:
    async with town.browser() as browser:
        assert (await browser.get("/healthz")).status_code == 200  # through a connection that stays open
        town.file.unlink()
        if how == "replaced":
            town.file.write_bytes(b"")
        answer = await browser.get("/healthz")
        metrics = await browser.get("/metrics")

    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["reason"].startswith("the database does not answer")
    assert metrics.status_code == 200


async def test_a_server_that_cannot_write_is_not_healthy(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    with closing(sqlite3.connect(town.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with town.browser() as browser:
            answer = await browser.get("/healthz")
        other.rollback()

    assert (answer.status_code, answer.json()["reason"]) == (503, "the writer does not answer")


async def test_a_server_whose_postgresql_is_gone_says_so_and_recovers() -> None:
    with (
        real.postgres() as server,
        real.served({"RATSCHLAG_DATABASE_URL": server.database()}) as ratschlag,
        httpx2.Client(base_url=ratschlag.url) as browser,
    ):
        server.kill()
        down = browser.get("/healthz")
        server.start()
        up = browser.get("/healthz")

    assert (down.status_code, down.json()["status"]) == (503, "down")
    assert up.status_code == 200


@pytest.mark.parametrize(
    "address", ["/j/915001", "/w/915001/now", "/w/915001/desk", "/nirgends", f"/w/{CODE}/nirgends"]
)
async def test_what_is_not_there_is_said_on_a_page_with_the_way_back(town: Town, address: str) -> None:
    async with town.browser() as browser:
        answer = await browser.get(address)

    assert answer.status_code == 404
    assert "Diesen Code gibt es nicht." in answer.text or "Diese Seite gibt es nicht" in answer.text
    assert 'href="/"' in answer.text
