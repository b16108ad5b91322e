"""The composition root: where store, clerk, house, sockets and pages are put together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app import api, papers, similar, timers
from app.assets import build
from app.carrying import Carrying
from app.clerk import Clerk
from app.doors import Doors, failed
from app.feeds import Feeds
from app.forming.guiding import Guides
from app.forming.pages import Forming
from app.health import Health
from app.hints import Hints
from app.house import House
from app.identity import Cookies
from app.methods.library import library
from app.methods.pages import Methods
from app.methods.spot import Spot
from app.office import Office
from app.pages import Pages
from app.process import settle
from app.projection import forget, prepare, stand_at
from app.security import Guarded
from app.settings import Settings
from app.static import static
from app.store import Store
from app.uploads import Uploads
from app.walls import Walls
from facilitation.record import Entry
from realtime.allowance import Allowance
from realtime.doorbell import Bell, RedisBell
from realtime.live import Live

SOCKETS = "/socket.io"


class Application:
    """One process of Ratschlag as an ASGI application: sockets beside pages."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self.store = Store(settings.database)
        self.clerk = Clerk(self.store, on_fold=self._folded)
        cookies = Cookies(secret, https=settings.url.startswith("https://"))
        self.house = House(self.clerk, secret, cookies, build())
        rate = settings.allowance / 60  # per second
        each = Allowance(burst=max(20, rate), rate=rate)
        together = Allowance(burst=1000 * rate, rate=500 * rate)
        self.live = Live(self.house, [settings.url], each=each, together=together)
        self.doorbell = RedisBell(settings.redis_url) if settings.redis_url else Bell()
        self.doorbell.listen(self.clerk.catch_up)
        self.clerk.ring = self.doorbell.ring
        health = Health(self.store, build(), lambda: self.doorbell.slow, lambda: sum(self.live.crowd.here.values()))
        stand_at(settings.url)
        self._thresholds = settings.thresholds
        uploads = Uploads(self.house, self.live, secret)
        pages = Pages(self.house, self.live, uploads)
        routes = [
            *pages.screens(),
            *Doors(self.clerk, secret, cookies).routes(),
            *Office(self.house, cookies, secret, settings.url).routes(),
            *uploads.routes(),
            *Walls(self.house).routes(),
            *Hints(self.house).routes(),
            *Feeds(self.house, secret, settings.url).routes(),
            *Carrying(self.house).routes(),
            *Forming(self.house).routes(),
            *Guides(self.house).routes(),
            *Methods(self.house, library(settings.data_dir / "methods")).routes(),
            *Spot(pages).routes(),
            *pages.commands(),
            *health.routes(),
            *papers.routes(),
            *api.routes(),
            Route("/static/{name}", static),
        ]
        failures = dict.fromkeys((403, 404, 500), failed)
        site = Starlette(routes=routes, exception_handlers=failures, lifespan=self._lifespan)
        self.pages: ASGIApp = Guarded(site, settings.url, settings.frame_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sockets = scope["type"] == "websocket" and scope["path"].startswith(SOCKETS)
        await (self.live if sockets else self.pages)(scope, receive, send)  # type: ignore[arg-type]  # both are ASGI

    def _folded(self, workshop: int, touched: set[str] | None, entries: Sequence[Entry]) -> None:
        if "record.redacted" in [entry.type for entry in entries]:
            forget()
            similar.forget()
            self.house.forget(workshop)
        self.live.stir(workshop, touched)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        prepare()
        settle(self._thresholds)
        work = (self.live.run(), timers.run(self.clerk), self.doorbell.run())
        tasks = [asyncio.create_task(each) for each in work]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.clerk.close()
        self.store.close()
