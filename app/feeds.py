"""The feed of a blog (RSS), for programs that gather news and show no cookie.

Its address is a person's own and opens nothing but this feed; revoking their link closes it.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import format_datetime
from itertools import groupby
from operator import itemgetter
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

MOST = 100  # posts or weeks in a feed
WEEKLY = "weekly"  # asks for one item a week
WEEK = timedelta(days=7)
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML


class News(NamedTuple):
    """A post or a week as it stands in a feed; `made` in the format of the feed, "" where it is not known any more."""

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
        address = f"{self._of(request)}/{found.activity.id}.rss?key={key}"
        return page("pages/feed.html", found, address=address, weekly=f"{address}&{WEEKLY}=1")

    async def feed(self, request: Request) -> Response:
        """The posts that everybody may read, newest first, one by one or week by week, to whoever has the key."""
        workshop = await self.house.workshop(request.path_params["code"])
        seat = feed_reader(self.secret, request.query_params.get("key", ""), request.path_params["activity"])
        if workshop is None or seat is None or seat.workshop != workshop:
            raise HTTPException(404 if workshop is None else 403)
        found = await there(self.house, request, seat, stream)
        told = weeks(found, datetime.now(UTC)) if WEEKLY in request.query_params else news(found)
        values = {"title": found.activity.title, "workshop": found.room.workshop.title, "news": told}
        xml = environment.get_template("pages/feed.xml").render(values | {"address": f"{self._of(request)}/stream"})
        return Response(_UNFIT.sub("", xml), media_type="application/rss+xml")

    def _of(self, request: Request) -> str:
        return f"{self.url}/w/{request.path_params['code']}"


def news(found: Here) -> list[News]:
    """What everybody may read, newest first."""
    return [_news(it) for it in _posts(found)[:MOST]]


def weeks(found: Here, now: datetime) -> list[News]:
    """The same week by week (Wochenüberblick), the latest first; a week is told when it is over, and then stays."""
    zone = found.room.workshop.zone
    dated = [(_monday(it.said.made, zone), it) for it in _posts(found) if it.said.made]
    by_week = groupby(dated, key=itemgetter(0))
    told = [_week(monday, [it for _, it in those], zone) for monday, those in by_week if monday < _monday(now, zone)]
    return told[:MOST]


def _posts(found: Here) -> list[stream.Shown]:
    look = pictures.look(found.room, found.activity, Audience.PLENARY)
    return [content for name, content in stream.view(found.activity.state, look).items() if name.startswith("post-")]


def _news(it: stream.Shown) -> News:
    corrected = [f"Berichtigt: {note.reason or 'geschwärzt'}" for note in it.corrections]
    text = "\n\n".join([it.said.text, *corrected]).strip()
    return News(it.said.ref, _title(it), text, _author(it), it.topics, _date(it.said.made))


def _week(monday: date, posts: list[stream.Shown], zone: tzinfo) -> News:
    year, number, _ = monday.isocalendar()
    title = f"Woche {number}/{year}: {'ein Beitrag' if len(posts) == 1 else f'{len(posts)} Beiträge'}"
    lines = (" – ".join(filter(None, (_title(it), _author(it)))) for it in posts)
    over = datetime.combine(monday + WEEK, time(), zone)
    return News(f"{year}-W{number:02}", title, "\n".join(lines), "", (), _date(over))


def _monday(moment: datetime, zone: tzinfo) -> date:
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _title(it: stream.Shown) -> str:
    return it.title or "geschwärzt"


def _author(it: stream.Shown) -> str:
    return "Redaktion" if it.editorial else it.said.author


def _date(made: datetime | None) -> str:
    return format_datetime(made) if made else ""
