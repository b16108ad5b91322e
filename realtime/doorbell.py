"""The doorbell: something happened in a workshop. It carries the workshop's number, who rings, and never content.

A ring may get lost or come twice; who hears it looks into the record, as everybody does every second in any case.
"""

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable
from secrets import token_hex

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from realtime.complaint import Complaints
from realtime.seat import Message

log = logging.getLogger("realtime")

CHANNEL = "ratschlag"
SILENCE_SECONDS = 2.0  # without a word from Redis, then it is asked; after as many more it is given up
LONGEST_PAUSE = 1.0  # seconds between two attempts to reach Redis

_RING = re.compile(rb"(?P<workshop>[1-9][0-9]{0,17})(?: (?P<name>[0-9a-f]{16}))?")


class Bell:
    """The doorbell of a process that is alone: there is nobody to ring for, and nobody rings."""

    slow = False  # whether rings of other processes may be late

    def listen(self, listener: Callable[[int], Awaitable[None]]) -> None:
        """Call `listener` with the number of a workshop when another process rings."""

    def ring(self, workshop: int) -> None:
        """Tell the other processes."""

    async def run(self) -> None:
        """Pass on rings until cancelled."""


class RedisBell(Bell):
    """The doorbell of several processes, through Redis. While Redis is away it is slow, and nothing is lost."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5, retry=Retry(NoBackoff(), 0))
        self._name = token_hex(8)  # who rings knows already what happened, and need not look
        self._listeners: list[Callable[[int], Awaitable[None]]] = []
        self._rung: set[int] = set()
        self._wake = asyncio.Event()
        self._complaints = Complaints()
        self._due: set[int] = set()
        self._call = asyncio.Event()
        self._hears: bool | None = None  # not asked yet
        self._rings = True

    @property
    def slow(self) -> bool:  # type: ignore[override]  # here it changes
        return not (self._hears and self._rings)

    def listen(self, listener: Callable[[int], Awaitable[None]]) -> None:
        self._listeners.append(listener)

    def ring(self, workshop: int) -> None:
        self._due.add(workshop)
        self._call.set()

    async def run(self) -> None:
        """Ring and listen until cancelled."""
        async with self._redis, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._passing_on())
            tasks.create_task(self._listening())
            tasks.create_task(self._ringing())

    async def _passing_on(self) -> None:
        """Many rings of one workshop are one."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._rung:
                workshop = self._rung.pop()
                for listener in self._listeners:
                    try:
                        await listener(workshop)
                    except Exception as error:  # noqa: BLE001 -- the next look catches up
                        self._complaints.note("answering the doorbell", error)

    async def _listening(self) -> None:
        pause = 0.05
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                if self._hears is not False:
                    log.warning("the doorbell is slow: %s", error)
                    pause = 0.05
                self._hears = False
            await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311 -- spreads attempts, hides nothing
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Listen until the connection breaks or falls silent."""
        async with self._redis.pubsub() as ear:
            await ear.subscribe(CHANNEL)
            asked = False
            while True:
                message = await ear.get_message(timeout=SILENCE_SECONDS)
                asked = await self._answered(ear, message, asked=asked)

    async def _answered(self, ear: PubSub, message: Message | None, *, asked: bool) -> bool:
        """Take in what Redis said; ask it if that was nothing. Whether it was asked now."""
        if message is None and asked:
            raise TimeoutError("no word from Redis")
        if message is None:
            await ear.ping()
            return True
        self._hears = True
        if self._due:  # what could not be rung while Redis was away
            self._call.set()
        ring = _RING.fullmatch(message["data"]) if message["type"] == "message" else None
        if ring and ring["name"] != self._name.encode():
            self._rung.add(int(ring["workshop"]))
            self._wake.set()
        return False

    async def _ringing(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            await self._ring_all()

    async def _ring_all(self) -> None:
        """What cannot be rung now is rung once Redis is heard again; meanwhile the others look every second."""
        while self._due:
            workshop = self._due.pop()
            try:
                await self._redis.publish(CHANNEL, f"{workshop} {self._name}")
                self._rings = True
            except (RedisError, OSError):
                self._due.add(workshop)
                self._rings = False
                return
