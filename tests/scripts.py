"""Stores, and whole days that go in and come out, for the tests of scripts."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import database
from app.clerk import Clerk
from app.scripts import files
from app.scripts.applying import apply
from app.scripts.importing import make
from app.scripts.reading import parsed
from app.store import Store
from facilitation.record import Data
from tests.days import day

Day = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(f"sqlite:///{tmp_path / 'first.db'}") as store:
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """The store of another installation."""
    with opened(f"sqlite:///{tmp_path / 'other.db'}") as store:
        yield store


@contextmanager
def opened(url: str) -> Iterator[Store]:
    database.upgrade(url)
    with closing(Store(url)) as store:
        yield store


def script(day: Day) -> Any:
    return parsed(json.dumps(day), "tag.json")


def longer(activities: Iterable[Day], actions: Iterable[tuple[str, str, str, Data]], *, seconds: int = 20) -> Day:
    """The day of all tests with more activities, and behind its end these actions: who, what, where, data."""
    whole = day()
    whole["activities"] += activities
    last = whole["stream"][-1]
    for n, (actor, kind, target, data) in enumerate(actions, 1):
        ts = datetime.fromisoformat(last["ts"]) + timedelta(seconds=seconds * n)
        head = {"seq": last["seq"] + n, "id": f"b{n:03d}", "key": f"kb{n:03d}", "ts": ts.isoformat()}
        whole["stream"].append(head | {"actor": actor, "kind": kind, "target": target, "data": data})
    return whole


def imported(store: Store, day: Day) -> tuple[int, dict[str, str]]:
    """The id of the workshop made of a day, and the outcomes of its actions."""
    read = script(day)
    made = make(store, read)

    async def streamed() -> dict[str, str]:
        clerk = Clerk(store)
        outcomes = await apply(clerk, made.id, read)
        await clerk.close()
        return outcomes

    return made.id, asyncio.run(streamed())


def exported(store: Store, workshop: int, tmp_path: Path, wanted: str = "script") -> Any:
    out = tmp_path / "aus.json"
    files.write(store, workshop, wanted, out)
    return json.loads(out.read_text(encoding="utf-8"))
