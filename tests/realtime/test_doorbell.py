import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from redis.asyncio import Redis

from realtime import doorbell
from realtime.doorbell import Bell, RedisBell
from tests import real
from tests.realtime.hall import until


@asynccontextmanager
async def running(bell: Bell) -> AsyncIterator[list[int]]:
    """Run a bell; what rang."""
    rang: list[int] = []

    async def heard(workshop: int) -> None:
        rang.append(workshop)

    bell.listen(heard)
    task = asyncio.create_task(bell.run())
    try:
        yield rang
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_process_that_is_alone_rings_for_nobody() -> None:
    bell = Bell()
    async with running(bell) as rang:
        bell.ring(7)
        await bell.run()

        assert (rang, bell.slow) == ([], False)


async def test_many_rings_are_one_and_a_broken_listener_stops_none(
    redis: real.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = RedisBell(redis.url), RedisBell(redis.url)

    async def broken(_workshop: int) -> None:
        raise ValueError

    theirs.listen(broken)
    async with running(ours), running(theirs) as rang:
        await until(lambda: not (ours.slow or theirs.slow))
        for _ in range(3):
            ours.ring(7)
        await until(lambda: rang)
        ours.ring(8)
        await until(lambda: rang == [7, 8])

        assert [record.getMessage() for record in caplog.records] == ["answering the doorbell is broken"]


async def test_nobody_hears_their_own_ring(redis: real.Redis) -> None:
    ours, theirs = RedisBell(redis.url), RedisBell(redis.url)
    async with running(ours) as heard, running(theirs) as rang:
        await until(lambda: not (ours.slow or theirs.slow))
        ours.ring(17)
        theirs.ring(18)
        await until(lambda: heard and rang)

        assert (heard, rang) == ([18], [17])


async def test_a_ring_reaches_the_other_processes(redis: real.Redis) -> None:
    ours, theirs = RedisBell(redis.url), RedisBell(redis.url)
    async with running(ours), running(theirs) as rang:
        await until(lambda: not (ours.slow or theirs.slow))
        ours.ring(17)
        await until(lambda: rang)

        assert rang == [17]


async def test_garbage_on_the_channel_is_ignored(redis: real.Redis) -> None:
    bell = RedisBell(redis.url)
    async with running(bell) as rang, Redis.from_url(redis.url) as stranger:
        await until(lambda: not bell.slow)
        garbage = [
            b"",
            b"0",
            b"-1",
            b"007",
            b" 7",
            b"7\n",
            b"1e3",
            b"\x80\x04N.",
            b'{"workshop":7}',
            b"9" * 19,
            b"7" * 10**6,
            b"7 ",
            b"7 x",
        ]
        for message in garbage:
            await stranger.publish(doorbell.CHANNEL, message)
        await stranger.publish(doorbell.CHANNEL, b"7")
        await until(lambda: rang)

        assert (rang, bell.slow) == ([7], False)


async def test_a_killed_redis_makes_the_bell_slow_and_what_was_to_ring_rings_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with real.redis() as redis:
        ours, theirs = RedisBell(redis.url), RedisBell(redis.url)
        async with running(ours), running(theirs) as rang:
            await until(lambda: not (ours.slow or theirs.slow))

            redis.kill()
            await until(lambda: ours.slow and theirs.slow)
            ours.ring(17)
            await asyncio.sleep(2)  # long enough for the longest pause
            await asyncio.to_thread(redis.start)
            await until(lambda: not (ours.slow or theirs.slow))  # though nobody rang again
            ours.ring(18)
            await until(lambda: 18 in rang)

            assert rang in ([18], [17, 18])  # the first one may come before the other listens again
            assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["the doorbell is slow"] * 2


async def test_a_redis_that_falls_silent_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "SILENCE_SECONDS", 0.4)
    with real.redis() as redis:
        bell = RedisBell(redis.url)
        async with running(bell) as rang:
            await until(lambda: not bell.slow)
            await asyncio.sleep(1)
            assert not bell.slow  # it was asked, and answered

            os.kill(redis.pid, signal.SIGSTOP)
            await until(lambda: bell.slow)
            os.kill(redis.pid, signal.SIGCONT)
            await until(lambda: not bell.slow)
            async with Redis.from_url(redis.url) as stranger:
                await stranger.publish(doorbell.CHANNEL, b"17")
            await until(lambda: rang)
