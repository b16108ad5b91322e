"""One SQLModel commit per vote behind python-socketio, safe on disk (WAL, FULL) before it is acknowledged."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory
from typing import Any

import socketio
import uvicorn
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

sio, writer = socketio.AsyncServer(async_mode="asgi"), ThreadPoolExecutor(1)


class Ballot(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    by: str
    choice: str


def keep(engine: Engine, by: str, choice: str) -> None:
    with Session(engine) as session:
        session.add(Ballot(by=by, choice=choice))
        session.commit()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        on = create_engine(f"sqlite:///{folder}/votes.db")
        event.listen(on, "connect", lambda c, _: c.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"))
        SQLModel.metadata.create_all(on)

        async def vote(sid: str, data: dict[str, Any]) -> dict[str, Any]:
            await asyncio.get_running_loop().run_in_executor(writer, keep, on, sid, data["choice"])
            return {"ok": True}

        sio.on("vote", vote)
        uvicorn.run(socketio.ASGIApp(sio), port=int(sys.argv[1]), log_level="warning")
