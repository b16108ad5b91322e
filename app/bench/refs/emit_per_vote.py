"""python-socketio the obvious way: every vote is counted and the new result is emitted to everybody at once."""

import sys
import time
from collections import Counter
from typing import Any

import socketio
import uvicorn

sio = socketio.AsyncServer(async_mode="asgi")
tally: Counter[str] = Counter()


async def connect(sid: str, _environ: dict[str, Any]) -> None:
    await sio.enter_room(sid, "hall")


async def vote(_sid: str, data: dict[str, Any]) -> dict[str, Any]:
    tally[data["choice"]] += 1
    await sio.emit("state", {"t": time.monotonic_ns(), "tally": tally}, room="hall")
    return {"ok": True}


if __name__ == "__main__":
    sio.on("connect", connect)
    sio.on("vote", vote)
    uvicorn.run(socketio.ASGIApp(sio), port=int(sys.argv[1]), log_level="warning")
