"""python-socketio with a beat: votes are counted and acknowledged, the result is emitted ten times a second.

It keeps nothing: no rules, no database.  So it is also the bare rate of acknowledged votes.
"""

import asyncio
import sys
import time
from collections import Counter
from typing import Any

import socketio
import uvicorn

sio, tally = socketio.AsyncServer(async_mode="asgi"), Counter[str]()


async def join(sid: str, _data: dict[str, Any]) -> dict[str, Any]:
    await sio.enter_room(sid, "hall")
    return {"ok": True}


async def vote(_sid: str, data: dict[str, Any]) -> dict[str, Any]:
    tally[data["choice"]] += 1
    return {"ok": True}


async def beat(told: int = 0) -> None:
    while True:
        await asyncio.sleep(0.1)
        if (total := tally.total()) != told:
            told = total
            await sio.emit("state", {"t": time.monotonic_ns(), "tally": tally}, room="hall")


if __name__ == "__main__":
    sio.on("join", join)
    sio.on("vote", vote)
    app = socketio.ASGIApp(sio, on_startup=lambda: sio.start_background_task(beat))
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
