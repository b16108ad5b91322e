"""One client's websocket, both ways, between the server's ASGI and Engine.IO.

Engine.IO reads and sends through it, the fan-out writes past Engine.IO's queue. So it knows when the client is free:
no send is unfinished and no answer is still on its way, which a patch could overtake.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any

from realtime import guard

Asgi = dict[str, Any]  # a message between server and application

JOIN_SECONDS = 10.0
_ANSWER = "43"  # how the frame of an acknowledgement begins


_rests: set[asyncio.Task[None]] = set()  # what is left of sends, kept until it is done


class Line:
    __slots__ = ("_deadline", "_idle", "_lost", "_owed", "_receive", "_send", "_unfinished", "drawing", "joined")

    def __init__(self, receive: Callable[[], Awaitable[Asgi]], send: Callable[[Asgi], Awaitable[None]]) -> None:
        self.joined = False  # a socket that nobody joins with is closed
        self.drawing = False  # an answer is being drawn that shows the state of a moment ago
        self._owed = 0  # answers that Engine.IO has not written yet
        self._unfinished = 0
        self._idle: asyncio.Future[None] | None = None  # somebody waits until everything is sent
        self._lost = False
        self._receive, self._send = receive, send
        self._deadline = asyncio.get_running_loop().time() + JOIN_SECONDS

    @property
    def free(self) -> bool:
        """Whether what is pushed now arrives at once, and in order."""
        return not (self._unfinished or self._owed or self.drawing or self._lost)

    async def __call__(self, message: Asgi) -> None:
        """What Engine.IO sends with."""
        self._begin()
        try:
            await self._send(message)
        finally:
            self._end()
            self._owed -= str(message.get("text")).startswith(_ANSWER)

    async def receive(self) -> Asgi:
        """The next message of the client that may pass. Whoever does not read is not read either."""
        if self.joined:
            message = await self._next()
        else:
            try:
                async with asyncio.timeout_at(self._deadline):
                    message = await self._next()
            except TimeoutError:
                return self._hung_up("nobody joined")
        if message["type"] == "websocket.receive" and not guard.passes(message.get("text")):
            return self._hung_up("only join, resync and command")
        return message

    async def _next(self) -> Asgi:
        while self._unfinished:
            self._idle = asyncio.get_running_loop().create_future()
            await self._idle
        return await self._receive()

    def answered(self) -> None:
        """Say that Engine.IO has been given an answer to write."""
        self.drawing = False
        self._owed += 1

    def push(self, message: Asgi) -> None:
        """Send past Engine.IO without waiting: the first step now, what is left over in a task."""
        try:
            step = self._send(message).__await__()
            waits = next(step)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 -- servers raise what they like when the client is gone
            self._lost = True  # Engine.IO notices too and says that it is disconnected
            return
        self._begin()
        rest = asyncio.ensure_future(self._finish(step, waits))
        _rests.add(rest)
        rest.add_done_callback(_rests.discard)

    def close(self, reason: str) -> None:
        self.push({"type": "websocket.close", "code": 1008, "reason": reason})

    def _hung_up(self, reason: str) -> Asgi:
        self.close(reason)
        return {"type": "websocket.disconnect", "code": 1008}

    async def _finish(self, step: Generator[Any, Any, None], waits: Any) -> None:
        try:
            await _resumed(step, waits)
        except Exception:  # noqa: BLE001 -- as in push
            self._lost = True
        finally:
            self._end()

    def _begin(self) -> None:
        self._unfinished += 1

    def _end(self) -> None:
        self._unfinished -= 1
        if not self._unfinished and self._idle and not self._idle.done():
            self._idle.set_result(None)


@coroutine
def _resumed(step: Generator[Any, Any, None], waits: Any) -> Generator[Any, Any, None]:
    """Wait for what the first step waited for, then do the other steps."""
    yield waits
    yield from step
