"""What operators look at: /healthz in human words, /metrics for Prometheus."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import database
from app.store import WORKSHOP, Store

PATIENCE = 3.0  # seconds that the writer may take to answer


class Health:
    """Asks the database as a writer in the writer's thread: a reader may live while nothing can be saved any more."""

    def __init__(self, store: Store, build: str, slow: Callable[[], bool], here: Callable[[], int]) -> None:
        self.store, self.build, self.slow = store, build, slow
        self._file = _file(store)
        self.registry = CollectorRegistry()
        gauge = Gauge("ratschlag_connected_people", "People with an open page", registry=self.registry)
        gauge.set_function(here)
        bell = Gauge("ratschlag_doorbell_slow", "1 while Redis is away", registry=self.registry)
        bell.set_function(lambda: float(slow()))

    def routes(self) -> list[Route]:
        return [Route("/healthz", self.healthz), Route("/metrics", self.metrics)]

    async def healthz(self, _request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.store.run(self._ask)
        except TimeoutError:
            return JSONResponse({"status": "down", "reason": "the writer does not answer", "build": self.build}, 503)
        except Exception as failure:  # noqa: BLE001  # whatever is wrong with the database is the answer
            reason = f"the database does not answer: {type(failure).__name__}"
            return JSONResponse({"status": "down", "reason": reason, "build": self.build}, 503)
        return JSONResponse({"status": "ok", "build": self.build} | ({"doorbell": "slow"} if self.slow() else {}))

    def _ask(self) -> None:
        if _file(self.store) != self._file:
            raise FileNotFoundError("the file of the database is gone or another one: what is saved would be lost")
        with database.writing(self.store.engine) as connection:
            connection.execute(select(WORKSHOP.c.id).limit(1))

    async def metrics(self, _request: Request) -> Response:
        return Response(generate_latest(self.registry), media_type="text/plain; version=0.0.4")


def _file(store: Store) -> tuple[int, int] | None:
    """Which file the database is, if it is one: SQLite goes on writing into a file that was deleted."""
    with suppress(OSError):
        if store.engine.dialect.name == "sqlite":
            found = Path(str(store.engine.url.database)).stat()
            return found.st_dev, found.st_ino
    return None
