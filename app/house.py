"""The house behind the sockets and the pages: who may watch what, what they see, and what becomes of commands."""

import asyncio
import re
import secrets
import time
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser

from app.clerk import Clerk
from app.identity import Cookies
from app.projection import Painted, Parts, drawn
from app.texts import sentence
from app.tokens import read
from facilitation import desk, pictures, staging
from facilitation.record import Envelope, Refused
from facilitation.room import Room, Workshop
from facilitation.screen import Audience
from realtime.seat import Seat, Watch

RETRYABLE = {"busy"}
_ID = re.compile("[0-9a-f]{32}")
_AUDIENCES = {"desk": Audience.DESK, "stage": Audience.STAGE}


class House:
    """What realtime is handed from above: it knows rooms, rights and drawings, and no sockets."""

    def __init__(self, clerk: Clerk, secret: str, cookies: Cookies, build: str) -> None:
        self.clerk, self.secret, self.cookies, self.build = clerk, secret, cookies, build
        self._codes: dict[str, int] = {}
        self._asked: dict[str, asyncio.Future[Workshop | None]] = {}  # codes that the database is being asked for
        self._painted: WeakValueDictionary[Watch, Painted] = WeakValueDictionary()  # as long as a channel holds it
        # workshop -> the entry of which everybody's own parts are kept, and those: a page is drawn, then its socket
        # joins, then perhaps a whole hall comes back at once, and meanwhile nothing has happened
        self._mine: dict[int, tuple[int, dict[tuple[str, str], Parts]]] = {}

    def who(self, environ: Mapping[str, Any], auth: Mapping[str, Any] | None) -> Seat | None:
        """The seat that a cookie or a token proves; asks no database.  None if a page of somebody else calls."""
        match auth:
            case {"token": str(token)}:
                return read(self.secret, token)
            case {"workshop": str(workshop), "place": str(place)} if workshop.isdecimal():
                browser = self.cookies.browser(cookie_parser(str(environ.get("HTTP_COOKIE", ""))))
                seat = browser.seat(int(workshop), place)
                named = auth["person"] if auth and "person" in auth else None
                return seat if seat and named in (None, seat.person) else None
        return None

    async def workshop(self, code: str) -> int | None:
        """The id behind a code; a code is never given to another workshop, so it is asked for once."""
        if code not in self._codes:
            if (asked := self._asked.get(code)) is None:  # nor twice at once where a whole hall comes in
                looking = asyncio.to_thread(self.clerk.store.workshop_by_code, code)
                asked = self._asked[code] = asyncio.ensure_future(looking)
                asked.add_done_callback(lambda _: self._asked.pop(code))
            if found := await asyncio.shield(asked):
                self._codes[code] = found.id
        return self._codes.get(code)

    async def seat(self, request: Request, place: str) -> Seat | None:
        """The seat of a request: a browser shows its cookie, a program without one a token.  404 without a workshop."""
        workshop = await self.workshop(request.path_params["code"])
        if workshop is None:
            raise HTTPException(404)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            seat = self.who({}, {"token": token})
            return seat if seat and (seat.workshop, seat.place) == (workshop, place) else None
        return self.cookies.of(request).seat(workshop, place)

    def sentence(self, code: str) -> str:
        """What the screen says to a refusal that no room has decided."""
        return sentence(Refused(code))

    async def admit(self, seat: Seat, page: str) -> Watch | None:
        """Which channel a seat may watch on a page.  Watching is a permission, and it is checked here only."""
        try:
            room = await self.clerk.room(seat.workshop)
        except Refused as refusal:
            if refusal.code == "workshop.unknown":
                return None
            raise
        return allowed(room, seat, page)

    async def paint(self, watch: Watch) -> tuple[int, Parts]:
        """The picture of a channel, and the entry it is a picture of.  Only what changed is drawn."""
        room = await self.clerk.room(watch.workshop)
        painted = self._painted[watch] = drawn(picture(room, watch), self._painted.get(watch))
        return room.at, painted

    async def mine(self, seat: Seat, page: str) -> Parts:
        """What only this person sees of a page."""
        if seat.place != "person":
            return {}
        room = await self.clerk.room(seat.workshop)
        at, parts = self._mine.get(room.workshop.id, (None, {}))
        if at != room.at:
            parts = {}
            self._mine[room.workshop.id] = room.at, parts
        if (whose := (seat.person, page)) not in parts:
            parts[whose] = _mine(room, seat.person, page)
        return parts[whose]

    def forget(self, workshop: int) -> None:
        """Drop what is kept of people's parts: after a redaction nothing may be shown from memory."""
        self._mine.pop(workshop, None)

    async def submit(self, seat: Seat, message: Mapping[str, Any]) -> dict[str, Any]:
        """The receipt of a command as it arrives on a wire, whatever it is."""
        try:
            envelope = enveloped(seat, message)
            _check_seat(await self.clerk.room(seat.workshop), seat)
            receipt = await self.clerk.submit(envelope)
        except Refused as refusal:
            wait = {"retry_after_ms": 500 + secrets.randbelow(1000)} if refusal.outcome in RETRYABLE else {}
            again = {"again": True} if refusal.values.get("again") else {}
            return {"ok": False, "code": refusal.code, "sentence": sentence(refusal)} | wait | again
        answer: dict[str, Any] = {"ok": True, "made": receipt.made.isoformat()}
        return answer | ({"ref": receipt.ref} if receipt.ref else {}) | ({"again": True} if receipt.again else {})

    @staticmethod
    def now() -> int:
        """The server's clock in epoch milliseconds, for countdowns."""
        return int(time.time() * 1000)


def acts(room: Room, seat: Seat) -> bool:
    """Whether a person may still act by this seat: they are on the roster, and their link was not revoked since."""
    person = room.roster.people.get(seat.person)
    return person is not None and person.version == seat.version


def allowed(room: Room, seat: Seat, page: str) -> Watch | None:
    """The channel of `page` for `seat`, None where the seat has no right to it."""
    if seat.place == "stage":
        return Watch(seat.workshop, Audience.STAGE, "stage") if seat.version == room.workshop.stage_version else None
    if not acts(room, seat):
        return None
    person = room.roster.people[seat.person]
    if seat.place == "desk":
        name, _, focus = page.partition("/")
        known = name == "desk" and focus in ("", *room.activities)
        return Watch(seat.workshop, Audience.DESK, page) if person.role.is_staff and known else None
    if not pictures.is_page(room, page) or not (room.roster.has_joined(person.id) or room.roster.waits(person.id)):
        return None
    audience = room.audience(person)
    if page == "now" and audience is Audience.PLENARY and (space := room.space(person)):
        audience = Audience.FACILITATOR if space.led else Audience.GROUP
        return Watch(seat.workshop, audience, f"now/{space.round.id}/{space.group}")
    return Watch(seat.workshop, audience, page)


def _mine(room: Room, id: str, page: str) -> Parts:
    person = room.person(id)
    return {} if room.audience(person) is Audience.LOBBY else drawn(pictures.personal(room, person, page))


def picture(room: Room, watch: Watch) -> pictures.Picture:
    match watch.audience:
        case Audience.STAGE:
            return staging.stage(room)
        case Audience.DESK:
            return desk.desk(room, focus=watch.page.partition("/")[2])
        case Audience.LOBBY:
            return pictures.lobby(room)
        case Audience.GROUP | Audience.FACILITATOR:
            return pictures.group(room, watch.page, watch.audience)
    return pictures.plenary(room, watch.page)


def enveloped(seat: Seat, message: Mapping[str, Any]) -> Envelope:
    """A message from a wire as an envelope; Refused where it is none."""
    match message:
        case {"id": str(id), "activity": str(activity), "command": str(command), "data": dict(data)} if is_id(id):
            return Envelope(id, seat.workshop, seat.person, activity, command, data, seat.device)
    raise Refused("command.invalid", why="malformed")


def is_id(id: str) -> bool:
    return _ID.fullmatch(id) is not None


def _check_seat(room: Room, seat: Seat) -> None:
    """A revoked link acts no more; somebody unknown may knock and is refused by the room."""
    person = room.roster.people.get(seat.person)
    if seat.place == "stage" or (person and person.version != seat.version):
        raise Refused("command.forbidden")
