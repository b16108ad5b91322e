import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidStatus

from app import faults
from app.faults import Faults, Proxy

SHORT = 0.3  # seconds in which an answer would have come long ago


Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(conversation: Conversation) -> AsyncIterator[int]:
    """The port of a server that talks like this."""
    async with await asyncio.start_server(conversation, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
async def echo() -> AsyncIterator[int]:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while heard := await reader.read(1000):
            writer.write(heard)
        writer.close()

    async with listening(say) as port:
        yield port


@pytest.fixture
async def websocket_echo() -> AsyncIterator[int]:
    async def say(connection: ServerConnection) -> None:
        async for message in connection:
            await connection.send(message)

    async with serve(say, "127.0.0.1", 0) as server:
        yield next(iter(server.sockets)).getsockname()[1]


class Caller:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, words: bytes) -> None:
        self._writer.write(words)

    async def heard(self) -> bytes:
        return await self._reader.read(1000)

    async def hears_nothing(self) -> bool:
        try:
            await asyncio.wait_for(self.heard(), SHORT)
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def called(proxy: Proxy) -> AsyncIterator[Caller]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield Caller(reader, writer)
    finally:
        writer.transport.abort()


async def test_without_faults_everything_arrives_unchanged(echo: int) -> None:
    letter = bytes(range(256)) * 4_000
    async with Proxy(echo, seed=1) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(letter)
        writer.write_eof()
        assert await reader.read() == letter
        writer.close()
    assert proxy.counts == {"connection": 1}


async def test_latency_is_drawn_from_the_seed(echo: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = asyncio.sleep

    async def waits(seed: int) -> list[float]:
        waited: list[float] = []

        async def recorded(seconds: float) -> None:
            waited.append(seconds)
            await sleep(0)

        monkeypatch.setattr(asyncio, "sleep", recorded)
        async with Proxy(echo, Faults(latency=(0.2, 0.4)), seed=seed) as proxy, called(proxy) as caller:
            for _ in range(5):
                caller.say(b"hello")
                await caller.heard()
        monkeypatch.undo()
        return waited

    first = await waits(seed=1)
    assert len(first) == 10
    assert all(0.2 <= seconds <= 0.4 for seconds in first)
    assert await waits(seed=1) == first
    assert await waits(seed=2) != first


async def test_latency_delays_each_way(echo: int) -> None:
    async with Proxy(echo, Faults(latency=(0.1, 0.1)), seed=1) as proxy, called(proxy) as caller:
        asked = asyncio.get_running_loop().time()
        caller.say(b"hello")
        assert await caller.heard() == b"hello"
        assert asyncio.get_running_loop().time() - asked >= 0.2


async def test_a_cut_resets_every_connection_and_the_next_one_works(echo: int) -> None:
    async with Proxy(echo, seed=1) as proxy:
        async with called(proxy) as one, called(proxy) as other:
            for caller in (one, other):
                caller.say(b"hello")
                assert await caller.heard() == b"hello"
            proxy.cut()
            for caller in (one, other):
                with pytest.raises(ConnectionResetError):
                    await caller.heard()
        async with called(proxy) as third:
            third.say(b"hello")
            assert await third.heard() == b"hello"
    assert proxy.counts == {"connection": 3, "cut": 2}


async def test_a_connection_is_cut_after_so_many_bytes_of_both_ways(echo: int) -> None:
    loop = asyncio.get_running_loop()
    async with Proxy(echo, Faults(cut_after=8), seed=1) as proxy:
        with socket.socket() as caller:  # a stream of asyncio forgets at a reset what it has received
            caller.settimeout(0)
            await loop.sock_connect(caller, ("127.0.0.1", proxy.port))
            await loop.sock_sendall(caller, b"hello")
            assert await loop.sock_recv(caller, 1000) == b"hel"
            with pytest.raises(ConnectionResetError):
                await loop.sock_recv(caller, 1000)
    assert proxy.counts == {"connection": 1, "cut": 1}


async def test_in_a_one_way_black_hole_the_server_hears_and_its_answer_is_lost() -> None:
    heard = asyncio.Queue[bytes]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while words := await reader.read(1000):
            heard.put_nowait(words)
            writer.write(b"stored")
        writer.close()

    async with listening(answer) as port, Proxy(port, Faults(deaf=True), seed=1) as proxy:
        async with called(proxy) as caller:
            caller.say(b"store this")
            assert await heard.get() == b"store this"
            assert await caller.hears_nothing()
            proxy.faults = faults.CLEAR
            caller.say(b"and this")
            assert await heard.get() == b"and this"
            assert await caller.hears_nothing(), "a stream with a hole in it must not go on"
        async with called(proxy) as caller:
            caller.say(b"store this")
            assert await caller.heard() == b"stored"
    assert proxy.counts == {"connection": 2, "lost": 2}


async def test_a_buffering_proxy_passes_answers_on_in_one_piece() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for word in (b"one ", b"two ", b"three"):
            writer.write(word)
            await asyncio.sleep(0.05)
        await reader.read()
        writer.close()

    async with listening(answer) as port, Proxy(port, Faults(held=1), seed=1) as proxy, called(proxy) as caller:
        assert await caller.heard() == b"one two three"


async def test_a_refused_upgrade_is_answered_403_and_a_plain_request_passes(websocket_echo: int) -> None:
    async with Proxy(websocket_echo, Faults(upgrade="refused"), seed=1) as proxy:
        with pytest.raises(InvalidStatus) as refusal:
            await connect(f"ws://127.0.0.1:{proxy.port}")
        assert refusal.value.response.status_code == 403
        assert await plain_answer(proxy) == b"HTTP/1.1 426 Upgrade Required\r\n"
    assert proxy.counts == {"connection": 2, "refused": 1}


async def test_a_hung_upgrade_is_never_answered_and_a_plain_request_passes(websocket_echo: int) -> None:
    async with Proxy(websocket_echo, Faults(upgrade="hung"), seed=1) as proxy:
        with pytest.raises(TimeoutError):
            await connect(f"ws://127.0.0.1:{proxy.port}", open_timeout=SHORT)
        assert await plain_answer(proxy) == b"HTTP/1.1 426 Upgrade Required\r\n"
    assert proxy.counts == {"connection": 2, "hung": 1}


async def test_swallowed_frames_follow_an_upgrade_that_looked_well(websocket_echo: int) -> None:
    async with Proxy(websocket_echo, Faults(upgrade="swallowed"), seed=1) as proxy:
        connection = await connect(f"ws://127.0.0.1:{proxy.port}", close_timeout=0)
        await connection.send("hello")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(connection.recv(), SHORT)
        await connection.close()
        assert proxy.counts["lost"] >= 1

        proxy.faults = faults.CLEAR
        async with connect(f"ws://127.0.0.1:{proxy.port}") as connection:
            await connection.send("hello")
            assert await connection.recv() == "hello"


async def plain_answer(proxy: Proxy) -> bytes:
    async with called(proxy) as caller:
        caller.say(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return (await caller.heard()).splitlines(keepends=True)[0]


async def test_a_server_that_is_gone_resets_the_caller(echo: int) -> None:
    async with Proxy(echo, seed=1) as proxy:
        proxy.target = 1
        async with called(proxy) as caller:
            with pytest.raises(ConnectionResetError):
                await caller.heard()
    assert proxy.counts == {"connection": 1}


async def test_closing_the_proxy_ends_what_is_still_under_way(echo: int) -> None:
    async with Proxy(echo, Faults(latency=(60, 60)), seed=1) as proxy, called(proxy) as caller:
        caller.say(b"hello")
        assert await caller.hears_nothing()
