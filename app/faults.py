"""A TCP proxy that does to a server's clients what networks, city proxies and phones do.

All draws follow from the seed and the number of the connection. `counts` says which faults really happened:
a test of a fault that did not happen proves nothing.
"""

import asyncio
import random
import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, Self

PIECE = 65_536  # bytes
HEAD_END = b"\r\n\r\n"
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
RESET = struct.pack("ii", 1, 0)  # SO_LINGER for no seconds: closing sends a reset


@dataclass(frozen=True, slots=True)
class Faults:
    latency: tuple[float, float] = (0, 0)  # seconds, least and most, per piece; what comes meanwhile waits
    held: float = 0  # seconds that answers are gathered, to be passed on in one piece
    cut_after: int | None = None  # bytes, both ways together, after which a connection is reset
    deaf: bool = False  # answers get lost; a connection that lost one stays deaf
    upgrade: Literal["passed", "refused", "hung", "swallowed"] = "passed"  # of websockets; for HTTP servers only


CLEAR = Faults()


@dataclass(eq=False)
class _Link:
    number: int
    ends: list[StreamWriter]
    passed: int = 0  # bytes
    lossy: set[str] = field(default_factory=set)  # the ways, up or down, on which nothing arrives any more

    def reset(self) -> None:
        for end in self.ends:
            with suppress(OSError):  # it is closed already
                end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.transport.abort()


class Proxy:
    """`async with Proxy(port, faults, seed=1) as proxy` stands on `proxy.port` in front of the server on `port`.

    `target` and `faults` may be set at any time; faults hold from the next piece, of upgrades from the next connection.
    """

    def __init__(self, target: int, faults: Faults = CLEAR, *, seed: int) -> None:
        self.target, self.faults, self.seed = target, faults, seed
        self.port = 0
        self.counts: Counter[str] = Counter()
        self._links: dict[_Link, asyncio.Task[None] | None] = {}

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        tasks = [task for task in self._links.values() if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    def cut(self) -> None:
        """Reset every connection that is open now."""
        for link in self._links:
            self._cut(link)

    def _cut(self, link: _Link) -> None:
        self.counts["cut"] += not link.ends[0].is_closing()
        link.reset()

    async def _accepted(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.counts["connection"] += 1
        link = _Link(self.counts["connection"], [writer])
        self._links[link] = asyncio.current_task()
        try:
            with suppress(asyncio.CancelledError):  # the proxy ends; asyncio's streams would complain about it
                await self._joined(link, reader, writer)
        except* (OSError, EOFError):  # one end is gone: the other learns it at once
            link.reset()
        finally:
            del self._links[link]
            for end in link.ends:
                end.close()

    async def _joined(self, link: _Link, reader: StreamReader, writer: StreamWriter) -> None:
        fault = self.faults.upgrade
        head = b"" if fault == "passed" else await reader.readuntil(HEAD_END)
        if b"\r\nupgrade: websocket\r\n" in head.lower():
            self.counts[fault] += 1
            if fault == "refused":
                writer.write(FORBIDDEN)
                await writer.drain()
                return
            if fault == "hung":
                await reader.read()
                return
            link.lossy = {"up", "down"}
        answers, server = await asyncio.open_connection("127.0.0.1", self.target)
        link.ends.append(server)
        server.write(head)
        if link.lossy:
            writer.write(await answers.readuntil(HEAD_END))
        async with asyncio.TaskGroup() as ways:
            ways.create_task(self._pumped("up", link, reader, server))
            ways.create_task(self._pumped("down", link, answers, writer))

    async def _pumped(self, way: str, link: _Link, reader: StreamReader, writer: StreamWriter) -> None:
        draws = random.Random(f"{self.seed} {link.number} {way}")  # noqa: S311 -- repeatable, not secret
        while piece := await reader.read(PIECE):
            if way == "down" and self.faults.held:
                piece += await _gathered(reader, self.faults.held)
            await asyncio.sleep(draws.uniform(*self.faults.latency))
            if way == "down" and self.faults.deaf:
                link.lossy.add(way)
            if way in link.lossy:
                self.counts["lost"] += 1
                continue
            limit = self.faults.cut_after
            if limit is not None and link.passed + len(piece) >= limit:
                writer.write(piece[: max(0, limit - link.passed)])
                self._cut(link)
                return
            link.passed += len(piece)
            writer.write(piece)
            await writer.drain()
        if way not in link.lossy and not writer.is_closing():
            writer.write_eof()


async def _gathered(reader: StreamReader, seconds: float) -> bytes:
    pieces: list[bytes] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while piece := await reader.read(PIECE):
                pieces.append(piece)
    return b"".join(pieces)
