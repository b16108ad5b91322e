"""python-socketio as its documentation shows it: whoever connects enters a room, an update is one emit to the room.

`t` is the moment right before the emit, on the clock that all processes of a machine share.
"""

import sys
import time
from typing import Any

import socketio
import uvicorn

sio = socketio.AsyncServer(async_mode="asgi")


async def connect(sid: str, _environ: dict[str, Any]) -> None:
    await sio.enter_room(sid, "hall")


async def update(_sid: str, data: dict[str, Any]) -> dict[str, Any]:
    await sio.emit("state", {"t": time.monotonic_ns(), **data}, room="hall")
    return {"ok": True}


if __name__ == "__main__":
    sio.on("connect", connect)
    sio.on("update", update)
    uvicorn.run(socketio.ASGIApp(sio), port=int(sys.argv[1]), log_level="warning")
