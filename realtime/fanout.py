"""Sending to many: the only place that sends broadcasts.

What goes out is encoded once and pushed down each client's own line, a quarter of the CPU of `emit`. Whoever is not
free is skipped and not waited for, so that one sleeping phone stops nobody.
"""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import socketio
from engineio import packet as engine
from socketio import packet

from realtime.guard import Packet
from realtime.line import Asgi, Line

if TYPE_CHECKING:
    from realtime.crowd import Client


class Frame(Asgi):
    """An event on its way out, as a server takes it; `data` is JSON data, or Raw."""

    def __init__(self, event: str, data: Any) -> None:
        self.event, self.data = event, data
        text = engine.Packet(engine.MESSAGE, Packet(packet.EVENT, [event, data]).encode()).encode()
        super().__init__(type="websocket.send", text=text)


class Detour:
    """The way to a client whose server shows no `asgi.send`: through `emit` and its queues, which keep the order."""

    def __init__(self, sio: socketio.AsyncServer, sid: str) -> None:
        self.joined = self.drawing = False
        self._sio, self._sid = sio, sid
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def free(self) -> bool:
        return not self.drawing

    def push(self, frame: Frame) -> None:
        self._do(self._sio.emit(frame.event, frame.data, to=self._sid))

    def close(self, _reason: str) -> None:
        self._do(self._sio.disconnect(self._sid))

    def _do(self, something: Any) -> None:
        task = asyncio.ensure_future(something)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def way(sio: socketio.AsyncServer, sid: str, environ: Asgi) -> Line | Detour:
    """The way out to a new client: its own line, where Engine.IO shows that it was handed one."""
    door = environ.get("asgi.send")
    return door if isinstance(door, Line) else Detour(sio, sid)


def fan_out(clients: Iterable["Client"], frame: Frame) -> list["Client"]:
    """Send to all who are free; return those who were not."""
    skipped = []
    for client in clients:
        if client.way.free:
            client.way.push(frame)
        else:
            skipped.append(client)
    return skipped
