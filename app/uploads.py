"""Pictures that people send (Bilder): kept in the database beside what speaks of them, shown to all in the workshop.

A picture is named by its content under our secret: nobody can guess the name, and what is sent twice is kept once.
Contributions and settings name it (`image`) and say in words what is on it (`alt`); `draw.image` draws it.
"""

import asyncio
import hmac
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import imaging
from app.house import House, acts
from app.imaging import Picture
from app.store import UPLOAD
from app.texts import sentence
from facilitation.record import Refused
from facilitation.room import Room
from facilitation.screen import Audience
from realtime.live import Live
from realtime.seat import Seat

PLACES = {"person": "now", "desk": "desk", "stage": "stage"}  # place -> a page that one sees there
MOST_PICTURES = 500  # in a workshop: its script must still be readable
AT_ONCE = 2  # pictures that are encoded at the same time: each may need 200 MB for a moment
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",  # another picture has another name
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Fields = list[tuple[str, str]]


class Uploads:
    """Takes pictures and gives them out."""

    def __init__(self, house: House, live: Live, secret: str) -> None:
        self.house, self.live, self._key = house, live, secret.encode()
        self._encoding = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        return [
            Route("/w/{code}/bild", self.receive, methods=["POST"]),
            Route("/w/{code}/bild/{id}", self.give),
        ]

    async def give(self, request: Request) -> Response:
        """A picture for whoever may see the workshop, in whatever place; for all others there is none."""
        for place, page in PLACES.items():
            seat = await self.house.seat(request, place)
            watch = await self.house.admit(seat, page) if seat else None
            if watch and watch.audience is not Audience.LOBBY:
                picture = await asyncio.to_thread(self._kept, watch.workshop, request.path_params["id"])
                if picture:
                    return Response(picture.bytes, media_type=picture.type, headers=HEADERS)
        raise HTTPException(404)

    async def receive(self, request: Request) -> Response:
        """A picture that the browser sends ahead of the command that will name it: {"ok": true, "id": …}."""
        seat = await self.house.seat(request, request.query_params.get("place", "person"))
        if seat is None:
            return self._refusal(Refused("roster.not_joined"), 403)
        if refusal := self.live.allowance(seat):
            return JSONResponse(refusal, 422)
        _, file = await sent(request)
        try:
            return JSONResponse(
                {"ok": True, "id": await self.take(seat, request.query_params.get("activity", ""), file)}
            )
        except Refused as refused:
            return self._refusal(refused, 422)

    def _refusal(self, refused: Refused, status: int) -> Response:
        return JSONResponse({"ok": False, "code": refused.code, "sentence": sentence(refused)}, status)

    async def take(self, seat: Seat, activity: str, file: bytes) -> str:
        """Keep the picture in a file that somebody sends for `activity`; its id.  Refused if they or it must not."""
        room = await self.house.clerk.room(seat.workshop)
        _check_sender(room, seat)
        async with self._encoding:
            picture = await asyncio.to_thread(imaging.encoded, file)
        id = hmac.digest(self._key, b"upload %d " % seat.workshop + picture.bytes, "sha256").hex()[:32]
        named = room.activity(activity).names != "anonymous"
        by, made = (seat.person, datetime.now(UTC)) if named else (None, None)  # else they would lead back
        row = {"workshop_id": seat.workshop, "id": id, "by": by, "made": made} | picture._asdict()
        await self.house.clerk.store.run(self._keep, row)
        return id

    def _keep(self, row: dict[str, object]) -> None:
        here = UPLOAD.c.workshop_id == row["workshop_id"]
        with self.house.clerk.store.writing(int(str(row["workshop_id"]))) as on:
            again = update(UPLOAD).where(here, UPLOAD.c.id == row["id"]).values(unused=None)
            if on.execute(again).rowcount:
                return
            if on.execute(select(func.count()).where(here)).scalar_one() >= MOST_PICTURES:
                raise Refused("upload.over_limit", most=MOST_PICTURES)
            on.execute(insert(UPLOAD).values(row))

    def _kept(self, workshop: int, id: str) -> Picture | None:
        wanted = select(*(UPLOAD.c[field] for field in Picture._fields)).where(
            UPLOAD.c.workshop_id == workshop, UPLOAD.c.id == id
        )
        with self.house.clerk.store.reading() as on:
            row = on.execute(wanted).first()
            return Picture(*row) if row else None


def _check_sender(room: Room, seat: Seat) -> None:
    """Those who run the workshop and those who have joined may send pictures."""
    if not acts(room, seat):
        raise Refused("command.forbidden")
    if not (room.roster.people[seat.person].role.is_staff or room.roster.has_joined(seat.person)):
        raise Refused("roster.not_joined")


async def sent(request: Request) -> tuple[Fields, bytes]:
    """The fields of a form, and the content of the one file that it may carry; b"" without one."""
    async with request.form(max_files=1) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        files = [value for _, value in form.multi_items() if not isinstance(value, str)]
        return fields, await files[0].read() if files else b""


def named(fields: Fields, image: str) -> Fields:
    """The fields of a form with the picture that came with it named among them."""
    return [*((name, value) for name, value in fields if name != "image"), ("image", image)]
