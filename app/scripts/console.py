"""What commands share: the store they work on, the workshop they mean, and a bar where somebody waits."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from app.settings import Settings
    from app.store import Store
    from facilitation.room import Workshop


def workshop(store: "Store", code: str) -> "Workshop":
    """The workshop with this code."""
    from app.settings import WrongUse

    found = store.workshop_by_code(code)
    if found is None:
        raise WrongUse(f"there is no workshop with the code {code}")
    return found


@contextmanager
def opened(known: "Settings") -> "Iterator[Store]":
    """The store of the installation, its tables up to date."""
    from app import database
    from app.settings import WrongUse
    from app.store import Store

    if not known.database_url:
        known.data_dir.mkdir(parents=True, exist_ok=True)
    match database.schema(known.database):
        case database.Schema.AHEAD:
            raise WrongUse("the database belongs to a newer Ratschlag: install that one")
        case database.Schema.EMPTY | database.Schema.BEHIND:
            database.upgrade(known.database)
    store = Store(known.database)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, silence elsewhere; to be called after each step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
