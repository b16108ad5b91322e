"""Clients on bare sockets: websocket frames, and Engine.IO 4 with Socket.IO 5 in them, as much as the generator needs.

They look for a number in the raw bytes instead of reading JSON, so that a generator stays lighter than any server.
"""

import asyncio
import base64
import os
import re
import struct
import time
from collections.abc import Callable
from typing import cast

from app.bench.ledger import Ledger

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
Answered = Callable[[bytes], None]  # is called with the JSON of an acknowledgement


class Lost(Exception):
    """A client did not come in, and why."""


class Websocket(asyncio.Protocol):
    """A websocket client.  What it hears goes into the ledger, numbered by the key `counts`."""

    transport: asyncio.Transport

    def __init__(self, ledger: Ledger, path: str, counts: re.Pattern[bytes], cookie: str = "") -> None:
        self.ledger, self.counts = ledger, counts
        self.path, self.cookie = path, cookie
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.upgraded = self.leaving = False
        self.number = 0  # of the update heard last
        self.whole = True  # no change is missing in what was heard
        self.renewed = 0.0  # when it was given a whole picture last
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            f"GET {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *([f"Cookie: {self.cookie}"] if self.cookie else []),
        )
        self.transport.write("\r\n".join((*lines, "", "")).encode())

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(Lost(f"closed before it was ready: {exc}"))
        elif not self.leaving:
            self.ledger.lost += 1

    def leave(self) -> None:
        """Go as a browser goes that closes the page."""
        self.leaving = True
        self.frame(b"\x03\xe9", CLOSE)
        self.transport.close()

    def frame(self, payload: bytes, opcode: int = TEXT) -> None:
        if self.transport.is_closing():
            return
        # A client must mask; a mask of zeros is valid and costs no XOR.
        size, first = len(payload), 0x80 | opcode
        if size < 126:
            head = bytes((first, 0x80 | size))
        elif size < 65_536:
            head = struct.pack("!BBH", first, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", first, 0x80 | 127, size)
        self.transport.write(head + b"\0\0\0\0" + payload)

    def data_received(self, data: bytes) -> None:
        if self.rest:
            data, self.rest = self.rest + data, b""
        at = 0
        if not self.upgraded:
            at = self._upgrade(data)
        while found := _frame(data, at):
            opcode, start, at = found
            self._heard(opcode, data[start:at])
        self.rest = data[at:]

    def _upgrade(self, data: bytes) -> int:
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self._refused(data[: data.find(b"\r\n")])
            return len(data)
        self.upgraded = True
        self.opened()
        return end + 4

    def _refused(self, why: bytes) -> None:
        if not self.ready.done():
            self.ready.set_exception(Lost(why.decode("utf-8", "replace")))
        self.leaving = True
        self.transport.abort()

    def _heard(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self.said(payload)
        elif opcode == PING:
            self.frame(payload, PONG)
        elif opcode == CLOSE:
            self.transport.close()

    def opened(self) -> None:
        self.ready.set_result(None)

    def said(self, words: bytes) -> None:
        if self.take(words):
            self.ledger.hear(self.number, len(words))

    def take(self, words: bytes) -> bool:
        """Take in an update; one that continues another than the last leaves a hole until a whole one comes."""
        found = self.counts.search(words)
        if found is None:
            return False
        since = found.groupdict().get("since")
        self.whole = since is None or (self.whole and int(since) == self.number)
        self.renewed = time.monotonic() if since is None else self.renewed
        self.number = int(found["at"])
        return True

    def say(self, _event: str, data: str, answered: Answered | None = None) -> None:
        """Say something; here nobody answers."""
        del answered
        self.frame(data.encode())


class SocketIO(Websocket):
    """A Socket.IO client in the main namespace.  `watched` is the event that counts."""

    def __init__(self, ledger: Ledger, counts: re.Pattern[bytes], watched: str, auth: str, cookie: str) -> None:
        super().__init__(ledger, "/socket.io/?EIO=4&transport=websocket", counts, cookie)
        self.watched, self.auth = f'42["{watched}",'.encode(), auth
        self.questions: dict[int, Answered] = {}
        self.asked = 0

    def opened(self) -> None:
        """Wait for Engine.IO's own greeting."""

    def said(self, words: bytes) -> None:
        if words.startswith(self.watched):
            super().said(words)
        elif words.startswith(b"43"):
            number, _, answer = words[2:].partition(b"[")
            self.questions.pop(int(number))(answer)
        elif words == b"2":
            self.frame(b"3")
        elif words.startswith(b"40"):
            self.ready.set_result(None)
        elif words.startswith(b"0"):
            self.frame(f"40{self.auth}".encode())
        elif words.startswith(b"44"):
            self._refused(words)

    def say(self, event: str, data: str, answered: Answered | None = None) -> None:
        """Emit an event; `answered` is called with the acknowledgement."""
        number = ""
        if answered:
            self.asked += 1
            self.questions[self.asked] = answered
            number = str(self.asked)
        self.frame(f'42{number}["{event}",{data}]'.encode())

    async def ask(self, event: str, data: str) -> bytes:
        """Emit an event and wait for its acknowledgement."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.say(event, data, answer.set_result)
        return await answer

    def vote(self, event: str, data: str, then: Callable[[], None] | None = None) -> None:
        """Say something whose acknowledgement counts in the ledger."""
        began = time.monotonic()
        self.ledger.asked += 1

        def answered(answer: bytes) -> None:
            self.ledger.acknowledge(began, accepted=b'"ok":true' in answer)
            if then:
                then()

        self.say(event, data, answered)


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Opcode, start and end of the frame that begins at `at`; None while it is not complete."""
    if len(data) - at < 2:
        return None
    size, start = data[at + 1] & 127, at + 2
    if size >= 126:
        start += 2 if size == 126 else 8
        if len(data) < start:
            return None
        size = int.from_bytes(data[at + 2 : start], "big")
    return (data[at] & 15, start, start + size) if len(data) >= start + size else None
