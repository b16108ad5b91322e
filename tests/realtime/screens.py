"""Clients for the tests of realtime: a screen that keeps the protocol, and a bare websocket that need not."""

import asyncio
import base64
import json
import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self
from urllib.parse import urlsplit

import socketio
from websockets.asyncio.client import ClientConnection, connect

from realtime.seat import Message, Parts
from tests.realtime.hall import token

PATH = "/socket.io/?EIO=4&transport=websocket"


class Screen:
    """A client as the protocol page describes it, reduced to what it keeps: a number and a picture."""

    def __init__(self, url: str, auth: Message, page: str = "now", *, loss: float = 0, seed: int = 0) -> None:
        self.url, self.auth, self.page = url, auth, page
        self.at: int | None = None
        self.parts: Parts = {}
        self.mine: Parts = {}
        self.here: list[tuple[int, float]] = []  # how many, and when that was told
        self.answer: Message = {}
        self.gaps = self.wholes = self.patches = self.lost = 0
        self.reloads: list[str] = []
        self.draws, self.loss = random.Random(seed), loss  # noqa: S311 -- repeatable, not secret
        self.sio = socketio.AsyncClient(reconnection=False)
        for name in ("patch", "mine", "presence", "reload"):
            self.sio.on(name, getattr(self, f"_{name}"))

    async def __aenter__(self) -> Self:
        await self.sio.connect(self.url, transports=["websocket"], auth=self.auth)
        await self.join()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.sio.disconnect()

    async def join(self, build: str = "b1") -> Message:
        self.answer = await self.sio.call("join", {"page": self.page, "at": self.at, "build": build}, timeout=20)
        if self.answer["ok"]:
            self.mine = self.answer["mine"]
            self._apply(self.answer)
        return self.answer

    async def resync(self) -> Message:
        answer: Message = await self.sio.call("resync", {"at": self.at}, timeout=20)
        self._apply(answer)
        return answer

    async def command(self, message: Message) -> Message:
        receipt: Message = await self.sio.call("command", message, timeout=20)
        self.mine = receipt.get("mine", self.mine)
        return receipt

    def _apply(self, patch: Message) -> None:
        if patch["since"] is None:
            self.parts = {}
            self.wholes += 1
        for name, part in patch["parts"].items():
            if part is None:
                del self.parts[name]
            else:
                self.parts[name] = part
        self.at = patch["at"]

    async def _patch(self, patch: Message) -> None:
        if self.draws.random() < self.loss:
            self.lost += 1
            return
        self.patches += 1
        if patch["since"] not in (None, self.at):
            self.gaps += 1
            await self.resync()
        else:
            self._apply(patch)

    async def _mine(self, message: Message) -> None:
        self.mine = message["parts"]

    async def _presence(self, message: Message) -> None:
        self.here.append((message["here"], time.monotonic()))

    async def _reload(self, message: Message) -> None:
        self.reloads.append(message["build"])


class Wire:
    """A bare websocket that speaks Engine.IO by hand."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, frame: str | bytes) -> None:
        await self.socket.send(frame)

    async def heard(self, start: str) -> str:
        """The next frame that begins so; others are dropped."""
        async with asyncio.timeout(5):
            while not (frame := str(await self.socket.recv())).startswith(start):
                pass
        return frame

    async def connect(self, auth: Message) -> None:
        await self.say("40" + json.dumps(auth))
        await self.heard("40")

    async def join(self, page: str = "now") -> Message:
        await self.say(f'421["join",{{"page":"{page}","at":null,"build":"b1"}}]')
        answer: list[Message] = json.loads((await self.heard("431"))[3:])
        return answer[0]

    async def closed(self) -> tuple[int, str]:
        """Code and reason with which the server closes."""
        async with asyncio.timeout(5):
            await self.socket.wait_closed()
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


@asynccontextmanager
async def wire(url: str, auth: Message | None = None, *, origin: str | None = None) -> AsyncIterator[Wire]:
    async with connect(url.replace("http", "ws") + PATH, origin=origin, ping_interval=None) as bare:  # type: ignore[arg-type]
        found = Wire(bare)
        await found.heard("0")
        if auth:
            await found.connect(auth)
        yield found


class Sleeper:
    """A phone that joins, then does not read any more until it wakes up."""

    def __init__(self, url: str, auth: Message | None = None) -> None:
        self.url, self.auth = url, auth or token("p4")
        self.socket = socket.socket()
        self.heard = b""

    async def __aenter__(self) -> Self:
        loop, address = asyncio.get_running_loop(), urlsplit(self.url)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self.socket.settimeout(0)
        await loop.sock_connect(self.socket, (address.hostname, address.port))
        key = base64.b64encode(b"sixteen bytes ok").decode()
        await loop.sock_sendall(
            self.socket,
            f"GET {PATH} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode(),
        )
        await self.hears(b"0{")
        await self.say("40" + json.dumps(self.auth))
        await self.hears(b"40{")
        await self.say('421["join",{"page":"now","at":null,"build":"b1"}]')
        await self.hears(b"431[")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.socket.close()

    async def say(self, text: str) -> None:
        data = text.encode()
        assert len(data) < 126
        head = bytes([0x81, 0x80 | len(data), 0, 0, 0, 0])
        await asyncio.get_running_loop().sock_sendall(self.socket, head + data)

    async def hears(self, words: bytes) -> None:
        """Read until these words came."""
        while words not in self.heard:
            await self.read()

    async def read(self) -> None:
        async with asyncio.timeout(5):
            self.heard += await asyncio.get_running_loop().sock_recv(self.socket, 65_536)

    async def patch(self, at: int) -> Message:
        """Read until the patch that leads there came in whole."""
        while not (found := [patch for name, patch in self.events() if name == "patch" and patch["at"] == at]):
            await self.read()
        return found[0]

    def events(self) -> list[tuple[str, Message]]:
        """The events in the frames that came in whole, in order."""
        found, rest = [], self.heard.partition(b"\r\n\r\n")[2]
        while len(rest) > 2:
            short = rest[1] & 0x7F
            start = {126: 4, 127: 10}.get(short, 2)
            length = int.from_bytes(rest[2:start]) if start > 2 else short
            frame, rest = rest[start : start + length], rest[start + length :]
            if len(frame) == length and frame.startswith(b"42["):
                name, message = json.loads(frame[2:])
                found.append((name, message))
        return found
