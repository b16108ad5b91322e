"""`emit_on_tick.py` with a memory: votes that wait are committed together, safe on disk, and then acknowledged."""

import asyncio
import sqlite3
import sys
from tempfile import NamedTemporaryFile

import socketio
import uvicorn

from app.bench.refs.emit_on_tick import beat, join, sio, tally

waiting: asyncio.Queue[tuple[dict[str, str], asyncio.Future[dict[str, bool]]]] = asyncio.Queue()


def commit(on: sqlite3.Connection, votes: list[dict[str, str]]) -> None:
    with on:
        on.executemany("INSERT INTO ballot VALUES (:choice)", votes)


async def keep(on: sqlite3.Connection) -> None:
    while batch := [await waiting.get(), *(waiting.get_nowait() for _ in range(waiting.qsize()))]:
        await asyncio.to_thread(commit, on, [data for data, _ in batch])
        for data, kept in batch:
            tally[data["choice"]] += 1
            kept.set_result({"ok": True})


async def vote(_sid: str, data: dict[str, str]) -> object:
    waiting.put_nowait((data, kept := asyncio.get_running_loop().create_future()))
    return await kept


if __name__ == "__main__":
    with NamedTemporaryFile() as file, sqlite3.connect(file.name, check_same_thread=False) as on:
        on.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE ballot (choice)")
        sio.on("join", join)
        sio.on("vote", vote)
        app = socketio.ASGIApp(sio, on_startup=lambda: [sio.start_background_task(*it) for it in ((beat,), (keep, on))])
        uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
