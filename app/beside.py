"""Pages beside the live ones, about one activity: who asks for them, how they are drawn, what they send.

Everything on them works without a script; what is sent many at a time is sent one by one, as if somebody wrote each.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.house import House, is_id
from app.projection import environment
from facilitation.activity import Activity
from facilitation.kind import Kind
from facilitation.record import Data
from facilitation.room import Room
from facilitation.screen import Audience
from realtime.seat import Seat


class Here(NamedTuple):
    """An activity, and who looks at it."""

    room: Room
    activity: Activity
    seat: Seat


class Wish(NamedTuple):
    """A command on its way, and how the page calls what it is about."""

    activity: str
    command: str
    data: Data
    words: str


async def here(house: House, request: Request, *kinds: Kind, staff: bool = False) -> Here:
    """The activity of a request and the seat that looks; 404 where none is of these kinds, 403 without a right."""
    place = "desk" if staff else request.query_params.get("place", "person")
    seat = await house.seat(request, place)
    if seat is None:
        raise HTTPException(403)
    return await there(house, request, seat, *kinds)


async def there(house: House, request: Request, seat: Seat, *kinds: Kind) -> Here:
    """The same for somebody who proved this seat in another way."""
    watch = await house.admit(seat, "desk" if seat.place == "desk" else "now")
    if watch is None or watch.audience in (Audience.LOBBY, Audience.STAGE):
        raise HTTPException(403)
    room = await house.clerk.room(seat.workshop)
    activity = room.activities.get(request.path_params["activity"])
    if activity is None or activity.kind not in kinds:
        raise HTTPException(404)
    if not room.belonging.admits(room.roster.people[seat.person], activity):
        raise HTTPException(403)
    return Here(room, activity, seat)


async def sent(house: House, seat: Seat, once: str, wishes: Iterable[Wish]) -> list[tuple[str, str]]:
    """Send all of them; the words and the sentence of each that was refused.  A page sent twice does it once."""
    refused = []
    for nth, wish in enumerate(wishes):
        receipt = await house.submit(seat, _message(once, nth, wish))
        if not receipt["ok"]:
            refused.append((wish.words, receipt["sentence"]))
    return refused


def _message(once: str, nth: int, wish: Wish) -> Data:
    words = f"{once if is_id(once) else secrets.token_hex(16)} {nth} {wish.command} {wish.data}"
    id = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return {"id": id, "activity": wish.activity, "command": wish.command, "data": wish.data}


def page(template: str, here: Here, status: int = 200, **values: Any) -> Response:
    shown = {
        "title": here.activity.title,
        "workshop": here.room.workshop,
        "activity": here.activity,
        "place": here.seat.place,
        "once": secrets.token_hex(16),
    }
    html = environment.get_template(template).render(**shown | values)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
