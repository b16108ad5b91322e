"""The pages around a wall: all its cards, cards like these, and cards that staff brings many at a time.

Everything on them works without a script; what is brought is sent card by card, as if somebody wrote each.
"""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app import seeds, similar
from app.house import House, is_id
from app.projection import environment
from app.texts import sentence
from app.uploads import sent
from facilitation import pictures
from facilitation.activity import Activity
from facilitation.kinds import wall
from facilitation.record import Data, Refused
from facilitation.room import Room
from facilitation.screen import Audience
from facilitation.walls import phone
from facilitation.walls.cards import Card
from facilitation.walls.notes import Note, note, scene
from facilitation.walls.settings import Column
from facilitation.walls.state import State
from realtime.allowance import Allowance
from realtime.seat import Seat

MOST = 500  # cards that are brought at once
LONGEST = 2_000  # code points of a text that is compared


class Here(NamedTuple):
    """A wall, and who looks at it."""

    room: Room
    wall: Activity
    seat: Seat

    @property
    def state(self) -> State:
        state: State = self.wall.state
        return state


class Walls:
    """The routes under /w/CODE/ACTIVITY."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._asking = Allowance(burst=5, rate=1)  # hints are asked for while somebody types

    def routes(self) -> list[Route]:
        return [
            Route("/w/{code}/{activity}.cards", self.cards),
            Route("/w/{code}/{activity}.similar", self.similar),
            Route("/w/{code}/{activity}.bring", self.bring, methods=["GET", "POST"]),
        ]

    async def cards(self, request: Request) -> Response:
        """All cards that everybody may see."""
        here = await self._here(request)
        look = pictures.look(here.room, here.wall, Audience.PLENARY)
        found = phone.visible_by_place(here.state, look)
        places: dict[Column, list[Note]] = {
            column: [note(here.state, card, look)._replace(giving=scene(here.state, look).giving) for card in cards]
            for column, cards in found.items()
        }
        return _page("pages/cards.html", here, places=places)

    async def similar(self, request: Request) -> Response:
        """Cards like a `text` that somebody types, or like a `card` that the desk sorts."""
        here = await self._here(request)
        if wait := self._asking.wait((here.seat.workshop, here.seat.person), time.monotonic()):
            return JSONResponse({"retry_after_ms": wait}, 429)
        look = pictures.look(here.room, here.wall, Audience.PLENARY)
        seen = {card.ref: card for cards in phone.visible_by_place(here.state, look).values() for card in cards}
        own = seen.get(request.query_params.get("card", ""))
        text = own.text if own else request.query_params.get("text", "")[:LONGEST]
        others = [(card.ref, card.text) for card in seen.values() if card is not own]
        found = await asyncio.to_thread(similar.similar, text, others)
        return JSONResponse({"similar": [_told(here.state, seen[like.ref]) for like in found]})

    async def bring(self, request: Request) -> Response:
        """Seeds from a list, and the cards of another wall."""
        here = await self._here(request, staff=True)
        if request.method != "POST":
            return _bring(here)
        fields, file = await sent(request)
        form, refused = dict(fields), []
        try:
            wishes = list(_adoptions(here, form) if "from" in form else _seeds(here, form, file))[:MOST]
        except Refused as flaw:
            return _bring(here, 422, flaw=sentence(flaw))
        for nth, (command, data) in enumerate(wishes):
            receipt = await self.house.submit(here.seat, _message(here, form.get("once", ""), nth, command, data))
            if not receipt["ok"]:
                refused.append((data, receipt["sentence"]))
        if refused:
            return _bring(here, 422, refused)
        return RedirectResponse(f"/w/{request.path_params['code']}/desk?activity={here.wall.id}", 303)

    async def _here(self, request: Request, *, staff: bool = False) -> Here:
        """The wall of a request and the seat that looks; 404 where there is none, 403 where it has no right."""
        place = "desk" if staff else request.query_params.get("place", "person")
        seat = await self.house.seat(request, place)
        watch = await self.house.admit(seat, "desk" if place == "desk" else "now") if seat else None
        if seat is None or watch is None or watch.audience in (Audience.LOBBY, Audience.STAGE):
            raise HTTPException(403)
        room = await self.house.clerk.room(seat.workshop)
        activity = room.activities.get(request.path_params["activity"])
        if activity is None or activity.kind is not wall:
            raise HTTPException(404)
        return Here(room, activity, seat)


def _told(state: State, card: Card) -> Data:
    island = state.islands.get(card.island)
    return {"ref": card.ref, "text": card.text, "island": island.title if island else ""}


def _others(here: Here) -> Iterator[tuple[Activity, int]]:
    """The other walls, and how many cards could be carried over from each."""
    for activity in here.room.activities.values():
        if activity.kind is wall and activity is not here.wall and (cards := _free(here, activity)):
            yield activity, len(cards)


def _free(here: Here, source: Activity) -> list[str]:
    """The cards of another wall that may be read by everybody and were not carried over to this one yet."""
    taken = set(here.wall.contributions)
    return [
        card.ref
        for card in source.state.cards.values()
        if card.stands
        and card.text
        and source.is_public(card.ref)
        and taken.isdisjoint(source.became.get(card.ref, ()))
    ]


def _adoptions(here: Here, form: Data) -> Iterator[tuple[str, Data]]:
    source = here.room.activities.get(form.get("from", ""))
    if source and source.kind is wall and source is not here.wall:
        for ref in _free(here, source):
            yield "adopt", {"column": form.get("column", ""), "sources": [ref]}


def _seeds(here: Here, form: Data, file: bytes) -> Iterator[tuple[str, Data]]:
    columns = {name: column.id for column in here.state.config.columns for name in (column.id, column.title)}
    column, text = form.get("column", ""), form.get("text", "")
    found = seeds.filed(file, columns, column) if file else seeds.pasted(text, columns, column)
    return (("seed", seed) for seed in found)


def _message(here: Here, once: str, nth: int, command: str, data: Data) -> Data:
    """The same page sent twice brings each card once."""
    words = f"{once if is_id(once) else secrets.token_hex(16)} {nth} {command} {data}"
    id = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return {"id": id, "activity": here.wall.id, "command": command, "data": data}


def _bring(here: Here, status: int = 200, refused: Sequence[tuple[Data, str]] = (), flaw: str = "") -> Response:
    return _page("pages/bring.html", here, status, others=list(_others(here)), refused=refused, flaw=flaw)


def _page(template: str, here: Here, status: int = 200, **values: Any) -> Response:
    shown = {
        "title": here.wall.title,
        "workshop": here.room.workshop,
        "wall": here.wall,
        "place": here.seat.place,
        "once": secrets.token_hex(16),
    }
    html = environment.get_template(template).render(**shown | values)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
