"""One client's websocket, both ways, between the server's ASGI and Engine.IO.

Engine.IO reads and sends through it: connecting, leaving and the pulse. What a client says and what it is told pass by,
for the tasks and queues of Engine.IO cost more than a vote. So the line knows when the client is free: no send is
unfinished and no answer is being drawn, which a patch could overtake.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any

from realtime import guard

Asgi = dict[str, Any]  # a message between server and application
CLOSE = "websocket.close"

JOIN_SECONDS = 10.0
SHORTCUT = "ratschlag.shortcut"  # the extension of a server whose `write` writes a text at once, or says no


_rests: set[asyncio.Task[None]] = set()  # what is left of sends, kept until it is done


class Line:
    __slots__ = (
        *("_deadline", "_idle", "_lost", "_receive", "_send", "_shortcut", "_unfinished"),
        *("drawing", "hear", "joined"),
    )

    def __init__(
        self,
        receive: Callable[[], Awaitable[Asgi]],
        send: Callable[[Asgi], Awaitable[None]],
        shortcut: Callable[[Asgi], bool] | None = None,
    ) -> None:
        self.joined = False  # a socket that nobody joins with is closed
        self.drawing = False  # an answer is being drawn that shows the state of a moment ago
        self.hear: Callable[[str], Awaitable[None]] | None = None  # takes the events of a client that is known
        self._unfinished = 0
        self._idle: asyncio.Future[None] | None = None  # somebody waits until everything is sent
        self._lost = False
        self._receive, self._send, self._shortcut = receive, send, shortcut
        self._deadline = asyncio.get_running_loop().call_later(JOIN_SECONDS, self._expire)

    @property
    def free(self) -> bool:
        """Whether what is pushed now arrives at once, and in order."""
        return not (self._unfinished or self.drawing or self._lost)

    async def __call__(self, message: Asgi) -> None:
        """What Engine.IO sends with."""
        self._begin()
        if message["type"] == CLOSE:
            self._shortcut = None
        try:
            await self._send(message)
        finally:
            self._end()

    async def receive(self) -> Asgi:
        """The next message of the client for Engine.IO. Whoever does not read is not read either."""
        while True:
            message = await self._next()
            if message["type"] != "websocket.receive":
                return message
            text = message.get("text")
            if not guard.passes(text):
                self.close("only join, resync and command")
                return {"type": "websocket.disconnect", "code": 1008}
            if self.hear is None or not text.startswith(guard.EVENT):
                return message
            await self.hear(text)

    async def _next(self) -> Asgi:
        while self._unfinished:
            self._idle = asyncio.get_running_loop().create_future()
            await self._idle
        return await self._receive()

    def answer(self, number: int | None, text: str) -> None:
        """Send the acknowledgement of an event; `text` is JSON."""
        self.push({"type": "websocket.send", "text": f"{guard.ANSWER}{number}[{text}]"})

    def push(self, message: Asgi) -> None:
        """Send a text past Engine.IO without waiting: at once, or the first step now and what is left in a task."""
        try:
            if self._shortcut and not self._unfinished and self._shortcut(message):
                return
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
        self._deadline.cancel()
        self.hear = self._shortcut = None
        self.push({"type": CLOSE, "code": 1008, "reason": reason})

    def _expire(self) -> None:
        if not self.joined:
            self.close("nobody joined")

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
