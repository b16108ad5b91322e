"""Servers with a mistake that the selftest must find: `python tests/mutants.py MISTAKE PORT` instead of `serve`."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Any

from app.batch import Batch, Receipt
from app.clerk import Clerk
from app.serving import serve
from facilitation.record import Entry, Envelope, Fact
from facilitation.room import Room


def receipt_before_commit() -> None:
    """Whoever votes is told "gespeichert" some moments before it is: longer than any fault of the network lasts."""
    submit = Clerk.submit

    async def early(clerk: Clerk, envelope: Envelope, **options: Any) -> Receipt:
        if envelope.command != "vote":
            return await submit(clerk, envelope, **options)
        clerk._begin(late(clerk, envelope))
        return Receipt("", datetime.now(UTC))

    async def late(clerk: Clerk, envelope: Envelope) -> None:
        await asyncio.sleep(1.5)
        await submit(clerk, envelope)

    Clerk.submit = early  # type: ignore[method-assign]


def no_deduplication() -> None:
    """A command that comes again is decided and recorded again."""
    signed = Room._signed

    def once_more(room: Room, envelope: Envelope, facts: list[Fact]) -> list[Entry]:
        parts = room.at if envelope.id in room.heard else 0  # past the table's own safety net
        return [entry._replace(part=entry.part + parts) for entry in signed(room, envelope, facts)]

    Room._signed = once_more  # type: ignore[method-assign]
    Batch._repeated = lambda *_: None  # type: ignore[method-assign]


MISTAKES = {mistake.__name__: mistake for mistake in (receipt_before_commit, no_deduplication)}

if __name__ == "__main__":
    MISTAKES[sys.argv[1]]()
    serve("127.0.0.1", int(sys.argv[2]), 1)
