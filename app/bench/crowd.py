"""A crowd of clients at one server: it comes in, says things, and goes."""

import asyncio
import contextlib
import json
import random
import re
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from app.bench.ledger import Ledger
from app.bench.wire import Lost, SocketIO, Websocket

IN_FLIGHT = 64  # clients that come in at the same time, at most
PATIENCE = 60.0  # seconds for one of them to come in
LITTLE = 4096  # bytes that the socket of a sleeping phone takes in

Said = tuple[str, str]  # an event and its data as JSON; $id, $choice and $own are filled in


@dataclass(frozen=True)
class Speech:
    """What a server is spoken to with; everything a client needs to know about it."""

    socketio: bool = True
    watched: str = "state"  # the event that counts
    counts: str = r'"t":(?P<at>\d+)'  # what numbers an update; `since`, where it continues another
    update: Said = ("update", "{}")  # what makes one update for everybody
    vote: Said = ("vote", '{"choice":"$choice"}')
    join: str = ""  # what is asked before a client sees anything
    page: str = ""  # what a browser loads first
    identities: str = ""  # a file with one JSON object for each client: {"auth": …, "cookie": …, "own": …, "page": …}

    def json(self) -> dict[str, object]:
        return asdict(self)


class Crowd:
    """`size` clients of a server on `port`; the last `sleeping` of them stop reading once they are in."""

    def __init__(self, port: int, size: int, speech: Speech, sleeping: int = 0) -> None:
        self.port, self.size, self.speech, self.sleeping = port, size, speech, sleeping
        self.ledger = Ledger()
        self.clients: list[Websocket] = []
        lines = Path(speech.identities).read_text().splitlines() if speech.identities else []
        self.identities = [json.loads(line) for line in lines[:size]] or [
            dict.fromkeys(("auth", "cookie", "own", "page"), "")
        ] * size
        self._counts = re.compile(speech.counts.encode())

    @property
    def watchers(self) -> int:
        return self.size - self.sleeping

    @property
    def voters(self) -> list[SocketIO]:
        return [client for client in self.clients if isinstance(client, SocketIO)]

    async def come(self) -> Self:
        """Let all come in as fast as the server lets them; Lost or TimeoutError if one cannot."""
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def one(index: int) -> Websocket:
            async with gate, asyncio.timeout(PATIENCE):
                return await self._one(index)

        self.clients = list(await asyncio.gather(*map(one, range(self.size))))
        return self

    async def go(self) -> None:
        for client in self.clients:
            client.leave()
        self.clients = []
        await asyncio.sleep(0.1)

    async def _one(self, index: int) -> Websocket:
        if self.speech.page:
            await self.load(index)
        sleeps = index >= self.watchers
        client = self._client(index)
        await asyncio.get_running_loop().create_connection(lambda: client, sock=await self._connected(sleeps=sleeps))
        await client.ready
        if self.speech.join and isinstance(client, SocketIO):
            answer = await client.ask("join", self.speech.join.replace("$page", self.identities[index]["page"]))
            if b'"ok":true' not in answer[:100]:
                raise Lost(answer[:200].decode("utf-8", "replace"))
            client.take(answer)
        if sleeps:
            client.transport.pause_reading()
        return client

    def _client(self, index: int) -> Websocket:
        if not self.speech.socketio:
            return Websocket(self.ledger, "/", self._counts)
        own = self.identities[index]
        auth = json.dumps(own["auth"]) if own["auth"] else ""
        return SocketIO(self.ledger, self._counts, self.speech.watched, auth, own["cookie"])

    async def _connected(self, *, sleeps: bool) -> socket.socket:
        made = socket.socket()
        made.setblocking(False)  # noqa: FBT003  # its own signature
        if sleeps:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    async def load(self, index: int) -> None:
        """Load the page as a browser does first, on a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.page_request(index, "close"))
        answer = await reader.read()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        if b" 200 " not in answer[:20]:
            raise Lost(f"{self.speech.page}: {answer[:300]!r}")

    def filled(self, index: int, said: Said) -> Said:
        """An event with an id and a choice of its own, about what is this client's own."""
        event, data = filled(said)
        return event, data.replace("$own", self.identities[index]["own"])

    def page_request(self, index: int, connection: str) -> bytes:
        cookie = self.identities[index]["cookie"]
        lines = (
            f"GET {self.speech.page} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Connection: {connection}",
            f"Cookie: {cookie}",
        )
        return "\r\n".join((*lines, "", "")).encode()


def filled(said: Said) -> Said:
    """An event with an id and a choice of its own."""
    event, data = said
    id, choice = f"{random.getrandbits(128):032x}", f"o{random.randint(1, 4)}"  # noqa: S311  # no secrets
    return event, data.replace("$id", id).replace("$choice", choice)
