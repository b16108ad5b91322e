"""What happens without anybody's doing: due activities close, lost rings are made good, and unused pictures go."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NoReturn

from app.clerk import Clerk
from app.unused import sweep
from facilitation.activity import Activity
from facilitation.record import CLOCK, Envelope, Refused
from facilitation.room import Room

log = logging.getLogger(__name__)

TICK = 0.25  # seconds between two looks for what is due
LOOK = 1.0  # seconds between two looks at the record's end
SWEEP = 3600.0  # seconds between two looks for pictures that nothing names
SETTLED = 60.0  # seconds before the first of these: who starts a server has other worries


async def run(clerk: Clerk) -> NoReturn:
    """Keep time for the loaded rooms until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_every(TICK, lambda: close_due(clerk)))
        group.create_task(_every(LOOK, clerk.catch_up_all))
        group.create_task(_every(SWEEP, lambda: sweep(clerk.store, datetime.now(UTC)), first=SETTLED))
    raise AssertionError("all run until they are cancelled")


async def close_due(clerk: Clerk) -> None:
    """Submit the close of every activity whose time and grace are over."""
    now = datetime.now(UTC)
    for room in clerk.rooms:
        for envelope in due(room, now):
            try:
                await clerk.submit(envelope)
            except Refused as refused:
                log.info("%s was not closed by the clock: %s", envelope.activity, refused.code)


def due(room: Room, now: datetime) -> Iterator[Envelope]:
    """The closes that are due.  Their ids come from activity and deadline, so that several processes close once."""
    for activity in list(room.activities.values()):
        if activity.is_open and not activity.accepts(now):
            yield Envelope(_id(activity), room.workshop.id, CLOCK.id, activity.id, "close", {})


def _id(activity: Activity) -> str:
    return blake2b(f"close {activity.id} {activity.ends}".encode(), digest_size=16).hexdigest()


async def _every(seconds: float, work: Callable[[], Awaitable[None]], first: float = 0) -> NoReturn:
    await asyncio.sleep(first)
    while True:
        try:
            await work()
        except Exception:
            log.exception("a timer goes on after a failure")
        await asyncio.sleep(seconds)
