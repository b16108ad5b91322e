"""Three whole days that belong to no repository: collected only where they lie beside this one."""

import asyncio
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

DAYS = sorted((Path(__file__).resolve().parents[2] / "shared" / "events").glob("*.json"))


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


async def _streamed(store: Store, workshop: int, script: Script) -> dict[str, str]:
    clerk = Clerk(store)
    outcomes = await apply(clerk, workshop, script)
    await clerk.close()
    return outcomes
