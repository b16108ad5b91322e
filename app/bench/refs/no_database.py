"""Ratschlag itself without a database: its rules, rooms, sockets and pictures, and a store that keeps nothing.

This is the honest reference for what durability costs: everything else is the same.  What the rules themselves cost
shows beside it, in the ratio to `emit_on_tick.py`, which only counts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app import asgi
from app.serving import serve
from app.store import Refusal, Store
from facilitation.record import Entry


class Forgetful(Store):
    """Workshops are read once, to have a room; after that no statement is sent."""

    @contextmanager
    def writing(self, workshop_id: int) -> Iterator[Any]:  # noqa: ARG002
        yield None

    def mark(self, *_: Any) -> None:
        return None

    def append(self, *_: Any) -> None:
        pass

    def refusals(self, *_: Any) -> list[Refusal]:
        return []

    def entries(self, workshop_id: int, after: int = 0, on: Any = None) -> list[Entry]:
        return [] if after else super().entries(workshop_id, 0, on)


if __name__ == "__main__":
    asgi.Store = Forgetful  # type: ignore[attr-defined]
    serve("127.0.0.1", int(sys.argv[1]), 1)
