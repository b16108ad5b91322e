"""An installation with something in it, and its command line, for tests of those who run it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.clerk import Clerk
from app.store import Store
from tests.records import PEOPLE, SECRET, WALL, begin, command, prepare, vote


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
async def filled(tmp_path: Path) -> str:
    """A SQLite database with a workshop in which something was said, openly and under a veil."""
    url = sqlite(tmp_path / "filled.db")
    await asyncio.to_thread(prepare, url)
    await _speak(url)
    return url


async def _speak(url: str) -> None:
    store = Store(url)
    clerk = Clerk(store)
    await begin(clerk, SECRET, WALL)
    for person in PEOPLE[:7]:
        await clerk.submit(vote(person, "rot", SECRET))
    await clerk.submit(command("p01", WALL, "write", column="neu", text="Bürgerbüro „Ämter“ \u2028 🌳"))
    await clerk.close()
    store.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def cli(*args: object, **settings: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")}
    env |= {f"RATSCHLAG_{name}": value for name, value in settings.items()}
    program = Path(sys.executable).with_name("ratschlag")
    return subprocess.run([program, *map(str, args)], env=env, capture_output=True, text=True, check=False)
