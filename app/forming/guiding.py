"""The guide of a group to print (Leitfaden): one sheet for whoever leads a group, all of them for the desk."""

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.beside import Here, here, page
from app.house import House
from facilitation import pictures
from facilitation.groups.guide import Leg, guide
from facilitation.groups.lead import Members, members
from facilitation.groups.plates import Table, table
from facilitation.groups.team import leader
from facilitation.kinds import groups
from facilitation.screen import Audience


class Sheet(NamedTuple):
    """What whoever leads a group holds in hand."""

    table: Table
    leaders: tuple[str, ...]
    legs: tuple[Leg, ...]
    members: Members


class Guides:
    """The route /w/CODE/ACTIVITY.guide."""

    def __init__(self, house: House) -> None:
        self.house = house

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/{activity}.guide", self.guide)]

    async def guide(self, request: Request) -> Response:
        """The sheets of all groups for the desk; for a person that of the group they lead, 403 where there is none."""
        there = await here(self.house, request, groups)
        state, seat = there.activity.state, there.seat
        mine = state.leads(seat.person)
        if seat.place != "desk" and not mine:
            raise HTTPException(403)
        sheets = [_sheet(there, group) for group in (state.apart if seat.place == "desk" else [mine])]
        config = there.activity.config
        return page("pages/guide.html", there, sheets=sheets, minutes=config.minutes, points=config.points)


def _sheet(there: Here, group: str) -> Sheet:
    state, look = there.activity.state, pictures.look(there.room, there.activity, Audience.FACILITATOR)
    leaders = tuple(leader(look, person) for person in state.leaders(group))
    return Sheet(table(state, look, group), leaders, guide(state), members(state, look, group))
