"""What a crowd does while it is measured.  Each play returns its figures; CPU and memory are the server's."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from app.bench.crowd import Crowd, filled
from app.bench.figures import Figures
from app.bench.usage import Usage, everybody, usage
from app.bench.wire import SocketIO

QUIET = 0.3  # seconds without a word after which everything has arrived
PATIENCE = 120.0  # seconds until a server is given up


class Stretch:
    """A stretch of time: what the server and the generator use in it."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.pids = pids
        self.began, self._all, self._clock, self._own = self.usage(), everybody(), time.monotonic(), time.process_time()

    def usage(self) -> Usage:
        return usage(self.pids)

    def over(self, shares: int) -> Figures:
        """What was used until now, altogether and for each of so many shares."""
        seconds, own = time.monotonic() - self._clock, time.process_time() - self._own
        cpu = self.usage().cpu - self.began.cpu
        return {
            "cpu_s": cpu,
            "cpu_us": cpu * 1e6 / max(shares, 1),
            "seconds": seconds,
            "generator_share": own / seconds,
            "others": (everybody() - self._all - cpu - own) / seconds,
        }


async def quiet(crowd: Crowd) -> None:
    """Wait until everything is answered and nobody hears anything any more."""
    until = time.monotonic() + PATIENCE
    while crowd.ledger.unanswered or time.monotonic() - crowd.ledger.last_heard < QUIET:
        if time.monotonic() > until:
            raise TimeoutError(f"{crowd.ledger.unanswered} questions unanswered")
        await asyncio.sleep(0.02)


async def fan_out(crowd: Crowd, pids: Sequence[int], updates: int, gap: float) -> Figures:
    """One client after the other makes an update, and everybody hears it.

    `memory_mb` is what grew meanwhile, `true` the share of the waking who end with the last picture, without a hole.

    The first update is not counted: it finds everything cold.
    """
    _update(crowd, crowd.watchers - 1)
    await quiet(crowd)
    crowd.ledger.forget()
    stretch, said, start = Stretch(pids), [], time.monotonic()
    for number in range(updates):
        await asyncio.sleep(start + number * gap - time.monotonic())
        said.append(time.monotonic())
        _update(crowd, number % crowd.watchers)
    await quiet(crowd)
    figures = crowd.ledger.figures(crowd.watchers, said) | stretch.over(crowd.ledger.messages)
    last, awake = max(crowd.ledger.updates), crowd.clients[: crowd.watchers]
    figures["true"] = sum(client.whole and client.number == last for client in awake) / len(awake)
    return figures | {"memory_mb": (stretch.usage().memory - stretch.began.memory) / 1024}


def _update(crowd: Crowd, index: int) -> None:
    client, (event, data) = crowd.clients[index], crowd.filled(index, crowd.speech.update)
    crowd.ledger.last_heard = time.monotonic()  # not before: it is quiet some time after this
    if isinstance(client, SocketIO):
        client.vote(event, data)
    else:
        client.say(event, data)


async def wave(crowd: Crowd, pids: Sequence[int], seconds: float) -> Figures:
    """Everybody votes once, spread over so many seconds in random order."""
    voters = crowd.voters
    random.shuffle(voters)
    crowd.ledger.forget()
    stretch, start = Stretch(pids), time.monotonic()
    for position, voter in enumerate(voters):
        if (pause := start + seconds * position / len(voters) - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        voter.vote(*filled(crowd.speech.vote))
    await quiet(crowd)
    return crowd.ledger.figures(crowd.watchers) | stretch.over(len(voters))


async def closed_loop(crowd: Crowd, pids: Sequence[int], seconds: float) -> Figures:
    """Everybody votes again as soon as the last vote is answered."""
    stretch, until = Stretch(pids), time.monotonic() + seconds
    for voter in crowd.voters:
        _again(crowd, voter, until)
    await asyncio.sleep(seconds)
    figures = stretch.over(len(crowd.ledger.acknowledged))
    figures["per_s"] = len(crowd.ledger.acknowledged) / figures["seconds"]
    await quiet(crowd)
    return figures | crowd.ledger.figures(crowd.watchers)


def _again(crowd: Crowd, voter: SocketIO, until: float) -> None:
    if time.monotonic() < until:
        voter.vote(*filled(crowd.speech.vote), lambda: _again(crowd, voter, until))


async def reconnects(crowd: Crowd, pids: Sequence[int], times: int) -> Figures:
    """All leave and come back, again and again; memory with all of them there, the first and the last time."""
    stretch = Stretch(pids)
    first = stretch.usage().memory
    for _ in range(times):
        await crowd.go()
        await crowd.come()
        await asyncio.sleep(0.5)
    last = stretch.usage().memory
    figures = {"first_mb": first / 1024, "last_mb": last / 1024, "growth": last / first}
    return figures | stretch.over(times * crowd.size)


class _Reader(asyncio.Protocol):
    """Loads the same page again and again on one connection."""

    transport: asyncio.Transport

    def __init__(self, request: bytes, done: Callable[[], None]) -> None:
        self.request, self.done, self.missing, self.head = request, done, 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.missing:
            head, end, data = (self.head + data).partition(b"\r\n\r\n")
            if not end:
                self.head = head
                return
            if b" 200 " not in head[:20]:
                raise ValueError(head[:200])
            self.head, self.missing = b"", int(head.lower().partition(b"content-length:")[2].split()[0])
        self.missing -= len(data)
        if not self.missing:
            self.done()
            self.transport.write(self.request)


async def pages(crowd: Crowd, pids: Sequence[int], parallel: int, seconds: float) -> Figures:
    """The page of the speech, loaded again and again on so many connections."""
    loaded = 0

    def done() -> None:
        nonlocal loaded
        loaded += 1

    await crowd.load(0)
    stretch = Stretch(pids)
    for index in range(parallel):
        reader = partial(_Reader, crowd.page_request(index, "keep-alive"), done)
        await asyncio.get_running_loop().create_connection(reader, "127.0.0.1", crowd.port)
    await asyncio.sleep(seconds)
    return stretch.over(loaded) | {"per_s": loaded / seconds}
