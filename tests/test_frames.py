"""The frames that go past uvicorn are those that uvicorn would send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.frames import FRAME, Framed
from realtime.line import SHORTCUT
from tests.realtime.hall import until

TEXTS = ["", "ä", "x" * 125, "x" * 126, "x" * 65_535, "x" * 65_536]
GOODBYE = {"type": "websocket.close", "code": 1008, "reason": "zu"}


def telling(
    protocol: type[WebSocketsSansIOProtocol], messages: list[dict[str, Any]]
) -> AbstractAsyncContextManager[str]:
    """A server that tells everybody who comes the same messages, text by the shortcut where there is one."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        write = scope["extensions"].get(SHORTCUT, {}).get("write")
        await receive()
        await send({"type": "websocket.accept"})
        for message in messages:
            if not (write and "text" in message and write(message)):
                await send(message)
        await receive()

    return served(app, protocol)


@asynccontextmanager
async def served(app: Any, protocol: type[WebSocketsSansIOProtocol]) -> AsyncIterator[str]:
    """The address of an ASGI application that speaks to whoever comes."""
    config = uvicorn.Config(
        app, port=0, lifespan="off", log_level="error", ws=protocol, ws_per_message_deflate=False, ws_max_size=100
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield f"ws://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def heard(client: ClientConnection) -> list[str | bytes]:
    """Everything until the server says goodbye."""
    said = []
    with suppress(ConnectionClosed):
        async for word in client:
            said.append(word)  # noqa: PERF401  # what came before the goodbye counts
    return [*said, f"{client.close_code} {client.close_reason}"]


@pytest.mark.parametrize("protocol", [WebSocketsSansIOProtocol, Framed])
async def test_whatever_is_sent_arrives_as_by_uvicorn_alone(protocol: type[WebSocketsSansIOProtocol]) -> None:
    messages = [{"type": "websocket.send", "text": text} for text in TEXTS]
    messages.insert(1, {"type": "websocket.send", "bytes": b"\x00"})

    async with telling(protocol, [*messages, GOODBYE]) as url, connect(url, max_size=None) as client:
        assert await heard(client) == [TEXTS[0], b"\x00", *TEXTS[1:], "1008 zu"]


async def test_a_message_to_many_is_made_a_frame_once() -> None:
    message = {"type": "websocket.send", "text": "an alle"}

    async with telling(Framed, [message, GOODBYE]) as url:
        async with connect(url) as first:
            assert await heard(first) == ["an alle", "1008 zu"]
        message |= {"text": "nicht gesendet"}
        async with connect(url) as second:
            assert await heard(second) == ["an alle", "1008 zu"]
    assert message[FRAME] == b"\x81\x07an alle"


async def test_whoever_reads_late_gets_all_of_it_in_order() -> None:
    """What the kernel does not take at once, in the middle of a frame too, comes after it and before what follows."""
    words = [str(number % 10) * 100_000 for number in range(200)] + [str(number) for number in range(1000)]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        write = scope["extensions"][SHORTCUT]["write"]
        await receive()
        await send({"type": "websocket.accept"})
        waited = False
        for word in words:  # until it waits nobody else has a turn, so nobody reads
            message = {"type": "websocket.send", "text": word}
            if not write(message):
                waited = True
                await send(message)
        await send(GOODBYE | {"reason": f"waited: {waited}"})
        await receive()

    async with served(app, Framed) as url, connect(url, max_size=None) as client:
        assert await heard(client) == [*words, "1008 waited: True"]
