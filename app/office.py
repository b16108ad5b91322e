"""The organisers' papers (Büro): who is invited with which personal link, and sheets with QR codes to hang up."""

import csv
import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, update
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app.house import House
from app.identity import Cookies
from app.projection import environment
from app.scripts.sheets import harmless
from app.store import PERSON, WORKSHOP
from app.tokens import link
from facilitation.record import Person, Role
from facilitation.room import Room
from realtime.seat import Seat

STAGE = "stage"


class Invited(NamedTuple):
    """One line of the list: a person, their link, and how they stand to the door."""

    person: Person
    link: str
    state: str  # eingeladen, wartet, da, gegangen


class Office:
    """The pages of those who prepare.  Links of others are shown to the organisation only."""

    def __init__(self, house: House, cookies: Cookies, secret: str, url: str) -> None:
        self.house, self.cookies, self.secret, self.url = house, cookies, secret, url

    def routes(self) -> list[Route]:
        return [
            Route("/w/{code}/people", self.people),
            Route("/w/{code}/people/links.csv", self.links),
            Route("/w/{code}/people/revoke", self.revoke, methods=["POST"]),
            Route("/w/{code}/sheet", self.sheet),
            Route("/w/{code}/self", self.own),
        ]

    async def people(self, request: Request) -> Response:
        """Everybody on the roster with their link."""
        room = await self._room(request, Role.ORGANISER)
        return _page(
            "pages/people.html",
            title="Personen",
            workshop=room.workshop,
            invited=[self._invited(room, person) for person in room.roster.people.values()],
            stage=self._link(Seat(room.workshop.id, "", STAGE, "", room.workshop.stage_version)),
        )

    async def links(self, request: Request) -> Response:
        """The same for a serial letter, as German Excel opens it."""
        room = await self._room(request, Role.ORGANISER)
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
        writer.writerow(["Kennung", "Name", "Amt", "Dezernat", "Link"])
        for person, address, _ in (self._invited(room, person) for person in room.roster.people.values()):
            writer.writerow([*map(harmless, (person.id, person.label, person.unit, person.division)), address])
        name = f"links-{room.workshop.code}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(written.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)

    async def revoke(self, request: Request) -> Response:
        """Make a link worthless, and whoever sits there by it get up; a new one stands on the list at once."""
        room = await self._room(request, Role.ORGANISER)
        who, workshop = str((await request.form(max_files=0)).get("person", "")), room.workshop.id
        if who != STAGE and who not in room.roster.people:
            raise HTTPException(404)

        def write(on: Connection) -> None:
            if who == STAGE:
                raised = update(WORKSHOP).values(stage_version=WORKSHOP.c.stage_version + 1)
                on.execute(raised.where(WORKSHOP.c.id == workshop))
            else:
                raised = update(PERSON).values(version=PERSON.c.version + 1)
                on.execute(raised.where(PERSON.c.workshop_id == workshop, PERSON.c.id == who))

        await self.house.clerk.changed(workshop, "roster.changed", [who], write, by=(await self._seat(request)).person)
        return RedirectResponse(f"/w/{room.workshop.code}/people", 303)

    async def sheet(self, request: Request) -> Response:
        """A sheet to print: code and QR of the workshop, or of one activity."""
        room = await self._room(request, None)
        to = request.query_params.get("activity", "")
        if to and to not in room.activities:
            raise HTTPException(404)
        address = f"{self.url}/j/{room.workshop.code}" + (f"?to={to}" if to else "")
        shown = {"workshop": room.workshop, "heading": room.activities[to].title if to else "", "link": address}
        return _page("pages/sheet.html", title="Aushang", **shown)

    async def own(self, request: Request) -> Response:
        """From the desk to one's own page, by one's personal link: to the group that one leads, for one."""
        room, seat = await self._room(request, None), await self._seat(request)
        person = room.roster.people[seat.person]
        return RedirectResponse(self._link(Seat(room.workshop.id, person.id, "person", "", person.version)), 303)

    async def _seat(self, request: Request) -> Seat:
        workshop = await self.house.workshop(request.path_params["code"])
        seat = self.cookies.of(request).seat(workshop, "desk") if workshop else None
        if seat is None or await self.house.admit(seat, "desk") is None:
            raise HTTPException(403)
        return seat

    async def _room(self, request: Request, role: Role | None) -> Room:
        """The room of a desk; 403 for whoever has none, or not this role."""
        seat = await self._seat(request)
        room = await self.house.clerk.room(seat.workshop)
        if role and room.roster.people[seat.person].role is not role:
            raise HTTPException(403)
        return room

    def _invited(self, room: Room, person: Person) -> Invited:
        place = "desk" if person.role.is_staff else "person"
        presence = room.roster.joined.get(person.id)
        state = "eingeladen"
        if presence:
            state = "wartet" if presence.waiting else "da" if presence.here else "gegangen"
        return Invited(person, self._link(Seat(room.workshop.id, person.id, place, "", person.version)), state)

    def _link(self, seat: Seat) -> str:
        return link(self.url, self.secret, seat)


def _page(template: str, **values: Any) -> Response:
    shown: Mapping[str, Any] = values
    return HTMLResponse(environment.get_template(template).render(**shown), headers={"Cache-Control": "no-store"})
