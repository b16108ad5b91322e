"""The feed of a blog (RSS), for programs that gather news and show no cookie.

Its address is a person's own and opens nothing but this feed; revoking their link closes it.
"""

import re
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.beside import Here, here, page, there
from app.house import House
from app.projection import environment
from app.tokens import feed_key, feed_reader
from facilitation import pictures
from facilitation.kinds import stream
from facilitation.screen import Audience

MOST = 100  # posts in a feed
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML


class News(NamedTuple):
    """A post as it stands in a feed; `made` in the format of the feed, "" where it is not known any more."""

    ref: str
    title: str
    text: str
    author: str
    topics: tuple[str, ...]
    made: str


class Feeds:
    """The routes under /w/CODE/ACTIVITY; `url` is the public address of the installation."""

    def __init__(self, house: House, secret: str, url: str) -> None:
        self.house, self.secret, self.url = house, secret, url

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/{activity}.feed", self.address), Route("/w/{code}/{activity}.rss", self.feed)]

    async def address(self, request: Request) -> Response:
        """Where somebody finds their own feed."""
        found = await here(self.house, request, stream)
        key = feed_key(self.secret, found.seat, found.activity.id)
        return page("pages/feed.html", found, address=f"{self._of(request)}/{found.activity.id}.rss?key={key}")

    async def feed(self, request: Request) -> Response:
        """The posts that everybody may read, newest first, to whoever has the key."""
        workshop = await self.house.workshop(request.path_params["code"])
        seat = feed_reader(self.secret, request.query_params.get("key", ""), request.path_params["activity"])
        if workshop is None or seat is None or seat.workshop != workshop:
            raise HTTPException(404 if workshop is None else 403)
        found = await there(self.house, request, seat, stream)
        values = {"title": found.activity.title, "workshop": found.room.workshop.title, "news": news(found)}
        xml = environment.get_template("pages/feed.xml").render(values | {"address": f"{self._of(request)}/stream"})
        return Response(_UNFIT.sub("", xml), media_type="application/rss+xml")

    def _of(self, request: Request) -> str:
        return f"{self.url}/w/{request.path_params['code']}"


def news(found: Here) -> list[News]:
    """What everybody may read, newest first."""
    look = pictures.look(found.room, found.activity, Audience.PLENARY)
    shown = (content for name, content in stream.view(found.activity.state, look).items() if name.startswith("post-"))
    return [_news(it) for it in list(shown)[:MOST]]


def _news(it: stream.Shown) -> News:
    corrected = [f"Berichtigt: {note.reason or 'geschwärzt'}" for note in it.corrections]
    text = "\n\n".join([it.said.text, *corrected]).strip()
    author = "Redaktion" if it.editorial else it.said.author
    return News(it.said.ref, it.title or "geschwärzt", text, author, it.topics, _date(it.said.made))


def _date(made: datetime | None) -> str:
    return format_datetime(made) if made else ""
