"""uvicorn's websocket, with a way past its `send` for text: made a frame once for all whom it goes to.

It leans on how uvicorn and its transports are built inside, so a test holds it to what uvicorn itself would send.
"""

import asyncio
import os
from collections import deque
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from realtime.line import SHORTCUT

FRAME = "frame"  # where a message keeps its frame for the next one that it is sent to
FULL = 65_536  # bytes that wait in a transport when asyncio tells who writes to pause


class Framed(WebSocketsSansIOProtocol):
    """For a server without extensions such as compression, where the frame is the same for everybody.

    Without TLS too: a proxy does that, and the shortcut would go past it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue = Inbox()  # type: ignore[assignment]  # what uvicorn asks of its queue

    async def run_asgi(self) -> None:
        self.scope["extensions"][SHORTCUT] = {"write": Shortcut(self.transport)}
        await super().run_asgi()


class Inbox:
    """What came in, for the one task that reads it.  A queue for many readers does twenty calls for each message."""

    __slots__ = ("_messages", "_something")

    def __init__(self) -> None:
        self._messages: deque[Any] = deque()
        self._something: asyncio.Future[None] | None = None  # the reader waits for it

    def put_nowait(self, message: Any) -> None:
        self._messages.append(message)
        if self._something and not self._something.done():
            self._something.set_result(None)

    def empty(self) -> bool:
        return not self._messages

    async def get(self) -> Any:
        if not self._messages:
            self._something = asyncio.get_running_loop().create_future()
            await self._something
        return self._messages.popleft()


class Shortcut:
    """Writes text to one open websocket.  A small object: with a thousand of them memory is slower than code."""

    __slots__ = ("_descriptor", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._descriptor: int = transport.get_extra_info("socket").fileno()

    def __call__(self, message: dict[str, Any]) -> bool:
        """Whether it is written; False where somebody who does not read has to be waited for."""
        waits = self._transport.get_write_buffer_size()
        if waits > FULL:
            return False
        frame, sent = message.get(FRAME) or _framed(message), 0
        # Nothing overtakes what waits, and the number of what is closing may be somebody else's already.
        if not (waits or self._transport.is_closing()):
            try:
                sent = os.write(self._descriptor, frame)
            except OSError:  # the transport will be told the same, and deals with it
                sent = 0
        if sent < len(frame):
            self._transport.write(frame[sent:])
        return True


def _framed(message: dict[str, Any]) -> bytes:
    frame: bytes = Frame(Opcode.TEXT, message["text"].encode()).serialize(mask=False)
    message[FRAME] = frame
    return frame
