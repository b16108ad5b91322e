"""The ways in (Beitritt): code, guest, personal link, room device, and the links of desk and stage.

A link is opened by a button and never by looking at it: scanners of mail programs look at everything.
"""

import asyncio
import hashlib
import secrets
import time
import unicodedata
from typing import Any

from sqlalchemy import Connection, insert, select
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app import tables
from app.clerk import Clerk
from app.house import acts, allowed, is_id
from app.identity import Browser, Cookies
from app.projection import environment
from app.store import PERSON
from app.texts import sentence
from app.tokens import read
from facilitation.record import Data, Envelope, Person, Refused, Role
from facilitation.room import Room
from facilitation.roster import Door
from realtime.allowance import Allowance
from realtime.seat import Seat

NOTICE = "2026-11"  # version of the privacy notice above the button
LONGEST_NAME = 60
UNKNOWN = "Diesen Code gibt es nicht. Er steht auf der Leinwand und in Ihrer Einladung."
TOO_OFTEN = "Gerade wird oft ein falscher Code eingegeben. Bitte warten Sie eine Sekunde."
GUESTS = 200  # who come at once to one workshop through this process; a whole hall stands behind one address …
GUESTS_A_MINUTE = 120  # … and this many more each minute


class Guesses:
    """One wrong code a second for the whole server: a code is an address, but not one to be searched for."""

    def __init__(self) -> None:
        self._free = 0.0

    def wrong(self, now: float) -> bool:
        """Note a wrong guess; whether it came too soon after the last one."""
        soon = now < self._free
        self._free = max(self._free, now) + 1 if not soon else self._free
        return soon


class Doors:
    def __init__(self, clerk: Clerk, secret: str, cookies: Cookies) -> None:
        self.clerk, self.secret, self.cookies, self.guesses = clerk, secret, cookies, Guesses()
        self.guests = Allowance(burst=GUESTS, rate=GUESTS_A_MINUTE / 60)

    def routes(self) -> list[Route]:
        return [
            Route("/", self.code, methods=["GET", "POST"]),
            Route("/j/{code}", self.guest, methods=["GET", "POST"]),
            Route("/p/{token}", self.link, methods=["GET", "POST"]),
            Route("/w/{code}/sign-off", self.sign_off, methods=["POST"]),
        ]

    async def code(self, request: Request) -> Response:
        """The field for the code."""
        if request.method != "POST":
            return _page("pages/code.html", title="Mit Code teilnehmen", code="", error="")
        typed = "".join(str((await request.form(max_files=0)).get("code", "")).split())
        if not (typed.isdecimal() and typed.isascii() and len(typed) == 6):
            return _no_code(typed, _missing(typed))
        if await self._workshop(typed) is None:
            return self._unknown(typed, 422)
        return RedirectResponse(f"/j/{typed}", 303)

    async def _workshop(self, code: str) -> int | None:
        workshop = await asyncio.to_thread(self.clerk.store.workshop_by_code, code)
        return workshop.id if workshop else None

    def _unknown(self, code: str, status: int) -> Response:
        if self.guesses.wrong(time.monotonic()):
            return _no_code(code, TOO_OFTEN, 429)
        return _no_code(code, UNKNOWN, status)

    async def guest(self, request: Request) -> Response:
        """Joining by code or QR, without an account: a seat for a guest in this browser, and never a second one."""
        code, to = request.path_params["code"], request.query_params.get("to", "")
        workshop = await self._workshop(code)
        if workshop is None:
            return self._unknown(code[:8], 404)
        room = await self.clerk.room(workshop)
        page = room.activities[to].kind.page if to in room.activities else "now"  # never past the door
        browser = self.cookies.of(request)
        seat = browser.seat(workshop, "person")
        if seat and allowed(room, seat, page):
            return RedirectResponse(f"/w/{code}/{page}", 303)
        shown: Data = {"workshop": room.workshop, "title": "Teilnehmen", "error": "", "name": "", "to": to}
        shown["once"] = secrets.token_hex(16)
        if request.method != "POST":
            return _page("pages/guest.html", **shown)
        form = await request.form(max_files=0)
        shown["name"] = name = str(form.get("name", "")).strip()
        if len(name) > LONGEST_NAME:
            return _page("pages/guest.html", 422, **shown | {"error": f"Bitte höchstens {LONGEST_NAME} Zeichen."})
        try:
            seat = await self._guest(room, browser, _visible(name), str(form.get("once", "")))
            await self._join(seat, {"client": "phone", "via": "qr" if to else "code", "notice": NOTICE})
        except Refused as refusal:
            status = 429 if refusal.outcome == "crowded" else 422
            again = _page("pages/guest.html", status, **shown | {"error": sentence(refusal)})
            return self.cookies.remember(again, browser) if browser.seat(workshop, "person") else again
        return self.cookies.remember(RedirectResponse(f"/w/{code}/{page}", 303), browser)

    async def _guest(self, room: Room, browser: Browser, name: str, once: str) -> Seat:
        """The seat of a guest in this browser: the one it holds, else a new one, which it keeps though joining fail."""
        new = Seat(room.workshop.id, f"g-{_secret_of(once)}", "person", browser.device, 1)
        for seat in filter(None, (browser.seat(room.workshop.id, "person"), new)):
            if acts(room, seat):
                browser.take(seat)
                return seat
            if seat.person in room.roster.people and room.roster.people[seat.person].guest:
                raise Refused("roster.withdrawn")
        if room.roster.door is Door.CLOSED:
            raise Refused("roster.door_closed")
        if self.guests.wait(room.workshop.id, time.monotonic()):
            raise Refused("roster.crowded")
        await self._listed(new, name)
        browser.take(new)
        return new

    async def _listed(self, seat: Seat, name: str) -> None:
        """A row for somebody who comes without an invitation; the same one if the button was pressed twice."""
        row = tables.Person(
            workshop_id=seat.workshop,
            id=seat.person,
            role=Role.PARTICIPANT.value,
            label=name,
            function="gast",
            guest=True,
        )

        def write(on: Connection) -> None:
            known = select(PERSON.c.id).where(PERSON.c.workshop_id == row.workshop_id, PERSON.c.id == row.id)
            if on.execute(known).first() is None:
                on.execute(insert(PERSON), [row.model_dump()])

        await self.clerk.changed(seat.workshop, "roster.changed", [seat.person], write)

    async def sign_off(self, request: Request) -> Response:
        """Make this browser forget who sits at it.  Whether they are still here is not for it to say."""
        workshop = await self._workshop(request.path_params["code"])
        browser = self.cookies.of(request)
        seat = browser.seat(workshop, "person") if workshop else None
        if seat is None:
            return RedirectResponse("/", 303)
        browser.leave(seat)
        return self.cookies.remember(_page("pages/signed-off.html", title="Abgemeldet"), browser)

    async def _join(self, seat: Seat, data: Data) -> None:
        await self.clerk.submit(
            Envelope(secrets.token_hex(16), seat.workshop, seat.person, "roster", "join", data, seat.device)
        )

    async def link(self, request: Request) -> Response:
        """A personal link, or one to desk or stage.  GET asks, POST takes the seat."""
        seat = read(self.secret, request.path_params["token"])
        room = await self._room(seat.workshop) if seat else None
        if seat is None or room is None:
            return _page("pages/gone.html", 404, title="Link ungültig")
        person = room.roster.people.get(seat.person)
        if not (acts(room, seat) if seat.place == "person" else allowed(room, seat, seat.place)):
            return _page("pages/gone.html", 410, title="Link ungültig")
        shown = _shown(room, seat, person)
        if request.method != "POST":
            return _page("pages/link.html", **shown)
        browser = self.cookies.of(request)
        seat = seat._replace(device=browser.device)
        if seat.place == "person" and person:
            form = await request.form(max_files=0)
            if form.get("answer") == "no":
                return RedirectResponse("/", 303)
            try:
                await self._join(seat, _joining(person, form))
            except Refused as refusal:
                return _page("pages/link.html", 422, **shown | {"error": sentence(refusal)})
        browser.take(seat)
        page = "now" if seat.place == "person" else seat.place
        return self.cookies.remember(RedirectResponse(f"/w/{room.workshop.code}/{page}", 303), browser)

    async def _room(self, workshop: int) -> Room | None:
        try:
            return await self.clerk.room(workshop)
        except Refused as refusal:
            if refusal.code == "workshop.unknown":
                return None
            raise


def _visible(name: str) -> str:
    """A name as it can stand on screens; who gives none that can be seen is a guest."""
    plain = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).strip()
    return plain or "Gast"


def _secret_of(once: str) -> str:
    """What a guest is known by: the same for the same page, and nothing that anybody else could know."""
    return (
        hashlib.blake2b(once.encode("utf-8", "replace"), digest_size=6).hexdigest()
        if is_id(once)
        else secrets.token_hex(6)
    )


def _joining(person: Person, form: FormData) -> Data:
    """What somebody says by pressing one of the buttons of their personal link."""
    data: Data = {"client": "phone", "via": "link", "notice": NOTICE}
    if form.get("answer") == "represent" and person.deputy_for:
        data["represents"] = person.deputy_for
    if person.role is Role.ROOM:
        heads = str(form.get("headcount", ""))
        data |= {"client": "room", "headcount": int(heads) if heads.isdecimal() and len(heads) < 9 else 0}
    return data


def _no_code(typed: str, error: str, status: int = 422) -> Response:
    return _page("pages/code.html", status, title="Mit Code teilnehmen", code=typed, error=error)


def _shown(room: Room, seat: Seat, person: Person | None) -> dict[str, Any]:
    head = room.roster.people.get(person.deputy_for) if person and person.deputy_for else None
    return {
        "title": {"desk": "Regie", "stage": "Leinwand"}.get(seat.place, "Sind Sie das?"),
        "workshop": room.workshop,
        "place": seat.place,
        "person": person,
        "head": head,
        "error": "",
    }


def _missing(typed: str) -> str:
    missing = 6 - len(typed)
    if not typed.isdecimal() or missing < 1:
        return "Der Code besteht aus sechs Ziffern."
    return f"Der Code hat sechs Ziffern. {'Es fehlt eine.' if missing == 1 else f'Es fehlen {missing}.'}"


def _page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    html = environment.get_template(template).render(**values)
    return HTMLResponse(html, status)


TITLES = {403: "Nicht für Sie", 404: "Nicht gefunden"}


async def failed(_request: Request, error: Exception) -> Response:
    """A page that is not there, not yours, or broken, with the way back."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _page("pages/error.html", status, title=TITLES.get(status, "Störung"), failure=status)
