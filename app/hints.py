"""Hints while somebody types: cards of a wall, or answers of a poll, that say much the same.  They stop nobody."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import similar
from app.beside import Here, here
from app.house import House
from facilitation import pictures, tallying
from facilitation.kinds import poll, wall
from facilitation.record import Data
from facilitation.screen import Audience
from facilitation.walls import phone
from realtime.allowance import Allowance

LONGEST = 2_000  # code points of a text that is compared


class Hints:
    """The route /w/CODE/ACTIVITY.similar."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._asking = Allowance(burst=5, rate=1)

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/{activity}.similar", self.similar)]

    async def similar(self, request: Request) -> Response:
        """What is like a `text` that somebody types, or like a `card` that the desk sorts."""
        there = await here(self.house, request, wall, poll)
        if wait := self._asking.wait((there.seat.workshop, there.seat.person), time.monotonic()):
            return JSONResponse({"retry_after_ms": wait}, 429)
        seen = _cards(there) if there.activity.kind is wall else _options(there)
        own = request.query_params.get("card", "")
        text = seen[own]["text"] if own in seen else request.query_params.get("text", "")[:LONGEST]
        others = [(key, it["text"]) for key, it in seen.items() if key != own]
        found = await asyncio.to_thread(similar.similar, text, others)
        return JSONResponse({"similar": [seen[like.ref] for like in found]})


def _cards(there: Here) -> dict[str, Data]:
    """The cards that everybody may see, each with its island."""
    state, look = there.activity.state, pictures.look(there.room, there.activity, Audience.PLENARY)
    titles = {island.ref: island.title for island in state.islands.values()}
    seen = (card for cards in phone.visible_by_place(state, look).values() for card in cards)
    return {it.ref: {"ref": it.ref, "text": it.text, "island": titles.get(it.island, "")} for it in seen}


def _options(there: Here) -> dict[str, Data]:
    """The answers on the paper of whoever may add one: what waits for the desk is not among them."""
    state, look = there.activity.state, pictures.look(there.room, there.activity, Audience.PLENARY)
    actor = there.activity.actor(there.room.roster.people[there.seat.person])
    if not look.open or not actor.eligible or state.config.proposals == "no":
        return {}
    return {option.id: {"text": option.label} for option in tallying.offered(state, look)}
