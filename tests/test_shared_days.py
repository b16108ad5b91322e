"""Three whole days that belong to no repository: collected only where they lie beside this one."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app import database
from app.clerk import Clerk
from app.scripts.applying import apply
from app.scripts.format import Script
from app.scripts.importing import make
from app.scripts.reading import read
from app.scripts.verifying import verify
from app.store import Store
from tests import real
from tests.test_playing import ratschlag

DAYS = sorted((Path(__file__).resolve().parents[2] / "shared" / "events").glob("*.json"))


@pytest.fixture(scope="module")
def server() -> Iterator[real.Ratschlag]:
    with real.served({"RATSCHLAG_ALLOWANCE": "600"}) as server:
        yield server


def _compare(day: Path, tmp_path: Path) -> None:
    script = read(day)
    url = f"sqlite:///{tmp_path / 'ratschlag.db'}"
    database.upgrade(url)

    with closing(Store(url)) as store:
        made = make(store, script)
        outcomes = asyncio.run(_streamed(store, made.id, script))
        comparison = verify(store, made.id, script)

    assert comparison.differences == []
    assert sum(comparison.unsupported.values()) == [*outcomes.values()].count("unsupported")


if DAYS:

    @pytest.mark.parametrize("day", DAYS, ids=lambda path: path.stem)
    def test_a_shared_day_comes_to_what_it_expects(day: Path, tmp_path: Path) -> None:
        _compare(day, tmp_path)

    @pytest.mark.parametrize("day", DAYS, ids=lambda path: path.stem)
    def test_a_shared_day_played_live_comes_to_what_it_expects(day: Path, server: real.Ratschlag) -> None:
        _, made = ratschlag(server, "import", day)

        code, report = ratschlag(server, "play", day, "--code", made["code"], "--speed", "max")

        assert (code, report["unanswered"]) == (0, 0)
        assert ratschlag(server, "verify", made["code"], day)[1]["differences"] == []


async def _streamed(store: Store, workshop: int, script: Script) -> dict[str, str]:
    clerk = Clerk(store)
    outcomes = await apply(clerk, workshop, script)
    await clerk.close()
    return outcomes
