"""A Socket.IO client as small as our protocol allows, for programs of ours that play people: demo and selftest.

It keeps what a screen keeps, a number and a picture.  An answer that does not come is the caller's to judge.
"""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from app.assets import build

Message = dict[str, Any]
PICTURED = ("join", "resync")  # what is answered with a picture


class Lost(Exception):
    """The connection is gone, or was never made."""


@dataclass(slots=True)
class Screen:
    """What somebody sees; it outlives connections."""

    at: int | None = None
    parts: dict[str, str | list[str]] = field(default_factory=dict)

    def take(self, patch: Mapping[str, Any]) -> bool:
        """Apply a patch; False if something is missing in between."""
        if patch["since"] is None:
            self.parts = {}
        elif patch["since"] != self.at:
            return False
        self.parts.update(patch["parts"])
        for name in [name for name, part in patch["parts"].items() if part is None]:
            del self.parts[name]
        self.at = patch["at"]
        return True


class Caller:
    """A connection that watches a page.  Made by `call`, ended by `hang_up` or by whoever cuts it."""

    def __init__(self, socket: ClientConnection, screen: Screen) -> None:
        self.screen = screen
        self.over = asyncio.Event()
        self._socket = socket
        self._numbers = count()
        self._waiting: dict[int, tuple[bool, asyncio.Future[Message]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def call(cls, url: str, token: str, page: str, screen: Screen, patience: float) -> Self:
        """Connect to the server at `url` with a signed seat and join; Lost if that fails or takes too long."""
        try:
            async with asyncio.timeout(patience):
                socket = await connect(
                    f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket",
                    compression=None,
                    proxy=None,  # the server is on this machine
                    ping_interval=None,  # Engine.IO has its own
                    max_size=None,
                    close_timeout=1,
                )
        except (OSError, TimeoutError, WebSocketException) as error:
            raise Lost(str(error)) from error
        caller = cls(socket, screen)
        try:
            async with asyncio.timeout(patience):
                await caller._greet(token)
                await caller._join(page, patience)
        except (OSError, TimeoutError, WebSocketException, Lost) as error:
            await caller.hang_up()
            raise Lost(str(error)) from error
        return caller

    async def _greet(self, token: str) -> None:
        await self._socket.recv()  # Engine.IO's own greeting
        await self._socket.send("40" + json.dumps({"token": token}))
        answer = await self._socket.recv()
        if not str(answer).startswith("40"):
            raise Lost(f"refused: {answer!r}")
        self._begin(self._hear())

    async def _join(self, page: str, patience: float) -> None:
        answer = await self.ask("join", {"page": page, "at": self.screen.at, "build": build()}, patience)
        if not answer["ok"]:
            raise Lost(f"refused: {answer}")

    async def ask(self, event: str, message: Message, patience: float) -> Message:
        """The answer to a message; Lost if the connection is, TimeoutError if none comes in time."""
        if self.over.is_set():
            raise Lost("the connection is over")
        number = next(self._numbers)
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[number] = event in PICTURED, answer
        try:
            async with asyncio.timeout(patience):  # `wait_for` would lose being cancelled when the answer is just there
                await self._socket.send(f"42{number}{json.dumps([event, message])}")
                return await answer
        except (OSError, WebSocketException) as error:
            raise Lost(str(error)) from error
        finally:
            self._waiting.pop(number, None)

    async def hang_up(self) -> None:
        """Go at once, without a word."""
        self._socket.transport.abort()
        self._end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hear(self) -> None:
        try:
            async for words in self._socket:
                await self._heard(str(words))
        except (OSError, WebSocketException):
            pass  # cut
        finally:
            self._end()

    async def _heard(self, words: str) -> None:
        if words == "2":
            await self._socket.send("3")
        elif words.startswith("42"):
            event, message = json.loads(words[2:])
            if event == "patch" and not self.screen.take(message) and not any(it for it, _ in self._waiting.values()):
                self._begin(self._resync())
        elif words.startswith("43"):
            number, _, answers = words[2:].partition("[")
            self._answered(int(number), json.loads(f"[{answers}")[0])

    def _answered(self, number: int, answer: Message) -> None:
        """A picture is taken in here and not where it was asked for: the next patch may be right behind it."""
        pictured, waiting = self._waiting.get(number, (False, None))
        if waiting is None or waiting.done():
            return
        if pictured and answer["ok"]:
            self.screen.take(answer)
        waiting.set_result(answer)

    async def _resync(self) -> None:
        with suppress(Lost, TimeoutError):
            await self.ask("resync", {"at": self.screen.at}, patience=10)

    def _end(self) -> None:
        self.over.set()
        for _, answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Lost("cut"))
                answer.exception()  # seen: whoever has not finished sending learns it there, and asks no more
