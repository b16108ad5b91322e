"""A poll that whoever leads a group makes on the spot: added beside the agenda, given to the group, opened at once."""

import hashlib
import secrets

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from app.house import is_id
from app.methods.adding import add
from app.methods.adopting import Addition, addition
from app.methods.pages import checked
from app.methods.single import OFFERS
from app.pages import Pages
from app.refilling import Fields
from app.texts import sentence
from facilitation.record import CLOCK, Data, Envelope, Refused
from facilitation.room import Room
from facilitation.screen import Audience
from realtime.seat import Seat, Watch

MOST = 20  # what belongs to one group
OURS = {"seen": "closed"}  # the group sees the result as soon as it is closed


class Spot:
    """The route under /w/CODE/ROUND.poll."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.house = pages, pages.house

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/{activity}.poll", self.poll, methods=["POST"])]

    async def poll(self, request: Request) -> Response:
        """Yes, no, abstention; or one of several lines."""
        form = await request.form(max_files=0)
        fields = [(name, str(value)) for name, value in form.multi_items()]
        said = {name: value.replace("\r\n", "\n") for name, value in fields}
        within, group = request.path_params["activity"], said.get("group", "")
        seat = await self._leading(request, within, group)
        if self.pages.live.allowance(seat):
            return await self._refused(request, seat, Refused("again"), fields)
        try:
            await self._made(seat, within, group, said, request.query_params.get("once", ""))
        except ValidationError:
            return await self._refused(request, seat, Refused("method.invalid", why="settings"), fields)
        except Refused as refused:
            return await self._refused(request, seat, refused, fields)
        return RedirectResponse(f"/w/{request.path_params['code']}/now", 303)

    async def _refused(self, request: Request, seat: Seat, why: Refused, fields: Fields) -> Response:
        return await self.pages.refused(request, seat, "now", sentence(why), fields, 422)

    async def _leading(self, request: Request, within: str, group: str) -> Seat:
        """The seat of whoever leads this group now, which is whoever may watch its space so; 403 for everybody else."""
        seat = await self.house.seat(request, "person")
        watch = await self.house.admit(seat, "now") if seat else None
        if seat is None or watch != Watch(seat.workshop, Audience.FACILITATOR, f"now/{within}/{group}"):
            raise HTTPException(403)
        return seat

    async def _made(self, seat: Seat, within: str, group: str, said: Data, once: str) -> None:
        form = checked({"title": said.get("title", ""), "options": said.get("options", "")})
        if not form.title:
            raise Refused("method.invalid", why="title")
        offer = OFFERS["auswahl" if form.options else "ja-nein"]
        method, wish = offer.method(form.options, form.minutes), form.wish._replace(names="named")

        def thought(room: Room) -> Addition:
            if list(room.activities[within].state.leading.belongings.values()).count(group) >= MOST:
                raise Refused("groups.invalid", why="enough", most=MOST)
            made = addition(room, method, wish, "beside")
            return made._replace(activities=tuple(it._replace(config=it.config | OURS) for it in made.activities))

        id = once if is_id(once) else secrets.token_hex(16)
        added = await add(self.house.clerk, seat.workshop, thought, by=seat.person, id=id)
        if added:
            await self._begun(seat, within, group, added.activities[0].id, id)

    async def _begun(self, seat: Seat, within: str, group: str, poll: str, id: str) -> None:
        """Giving things to groups is for staff alone: this is done by the house itself, once it is known who asks."""
        given = {"group": group, "activity": poll}
        for by, activity, command, data in ((CLOCK.id, within, "furnish", given), (seat.person, poll, "open", {})):
            own = hashlib.blake2b(f"{id} {command}".encode(), digest_size=16).hexdigest()
            await self.house.clerk.submit(Envelope(own, seat.workshop, by, activity, command, data, seat.device))
