"""The channels that exist, kept true by the beat.

A page load or a join opens a channel; one that nobody watches or asked for lately is dropped.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Container

from realtime.channel import Channel, Patch
from realtime.seat import Picture, Watch

KEPT_SECONDS = 30.0


class Channels:
    """`paint` draws a picture, `wake` calls for a beat."""

    def __init__(self, paint: Callable[[Watch], Awaitable[tuple[int, Picture]]], wake: Callable[[], None]) -> None:
        self._paint, self._wake = paint, wake
        self._channels: dict[Watch, Channel] = {}
        self._opening: dict[Watch, asyncio.Task[Channel]] = {}
        self._used: dict[Watch, float] = {}  # when a channel was last asked for
        self._stirs = 0
        self._painted = asyncio.Event()  # a new one after each painting

    def __len__(self) -> int:
        return len(self._channels)

    async def opened(self, watch: Watch) -> Channel:
        """The channel, painted once for all who ask while it does not exist. Raises what `paint` raises."""
        if watch not in self._channels:
            if watch not in self._opening:
                self._opening[watch] = asyncio.create_task(self._open(watch))
            await asyncio.shield(self._opening[watch])  # who asked first may go without taking it from the others
        self._used[watch] = time.monotonic()
        return self._channels[watch]

    async def fresh(self, watch: Watch) -> Channel:
        """The channel with everything that happened before this call, for pages: after at most one beat."""
        channel = await self.opened(watch)
        stirs = channel.stirs
        while channel.painted < stirs:
            await self._painted.wait()
        return channel

    def stir(self, workshop: int) -> None:
        """Say that the pictures of a workshop may have changed."""
        self._stirs += 1
        for watch, channel in self._channels.items():
            channel.stirs += watch.workshop == workshop

    @property
    def stale(self) -> list[Watch]:
        return [watch for watch, channel in self._channels.items() if channel.stale]

    async def painting(self, watch: Watch) -> Callable[[], Patch | None]:
        """Paint a channel anew. The step to the new picture is taken when the result is called."""
        channel = self._channels[watch]
        stirs = channel.stirs
        try:
            at, picture = await self._paint(watch)
        except Exception:
            channel.until = -1  # nobody knows
            self._show(channel, stirs)
            raise

        def step() -> Patch | None:
            self._show(channel, stirs)
            return channel.step(at, picture)

        return step

    def sweep(self, watched: Container[Watch], now: float) -> None:
        """Drop what nobody watches or asked for lately; `now` is monotonic."""
        for watch in list(self._channels):
            if watch not in watched and now - self._used[watch] > KEPT_SECONDS:
                del self._channels[watch], self._used[watch]

    async def _open(self, watch: Watch) -> Channel:
        try:
            stirs = self._stirs
            channel = Channel(*await self._paint(watch))
            if self._stirs != stirs:  # it may have missed something meanwhile
                channel.stirs = 1
                self._wake()
            self._channels[watch], self._used[watch] = channel, time.monotonic()
            return channel
        finally:
            del self._opening[watch]

    def _show(self, channel: Channel, stirs: int) -> None:
        channel.painted = stirs
        self._painted.set()
        self._painted = asyncio.Event()
