"""The desk's pages of methods: the list, one to take over, a single activity, and another round of a poll.

Everything on them works without a script.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app.house import House, is_id
from app.methods.adding import add
from app.methods.adopting import Addition, Place, Wish, addition, planned
from app.methods.format import FEW, Method
from app.methods.repeating import repetition
from app.methods.setting import ADDING, Setting
from app.methods.single import OFFERS
from app.projection import environment
from app.texts import sentence
from facilitation.kinds import poll
from facilitation.record import Refused
from facilitation.room import Room
from facilitation.texts import Text
from realtime.seat import Seat

SPAN = re.compile(r"(?P<name>\D*)(?P<first>\d{1,4}) bis (?P<last>\d{1,4})")
MOST_PARAGRAPHS = 100
Line = Annotated[Text, Field(max_length=200)]
MaybeText = Literal[""] | Annotated[Text, Field(max_length=500)]


class Form(BaseModel):
    """What one may say instead of the samples."""

    title: Literal[""] | Line = ""
    question: MaybeText = ""
    options: tuple[Line, ...] = ()
    paragraphs: Annotated[tuple[Annotated[Text, Field(max_length=20_000)], ...], Field(max_length=MOST_PARAGRAPHS)] = ()
    place: Place = "next"
    names: Literal["", "named", "moderators", "anonymous"] = ""
    minutes: Annotated[int, Field(ge=1, le=600)] = 5

    @property
    def wish(self) -> Wish:
        return Wish(self.title, self.question, self.options, self.paragraphs, self.names)


class Here(NamedTuple):
    """The desk that looks, and its room."""

    seat: Seat
    room: Room

    @property
    def adds(self) -> bool:
        return self.room.roster.people[self.seat.person].role in ADDING


class Methods:
    """The routes under /w/CODE/methods, /w/CODE/activity, and those of an activity's settings and its next round."""

    def __init__(self, house: House, methods: Mapping[str, Method]) -> None:
        self.house, self.methods = house, methods

    def routes(self) -> list[Route]:
        return [
            Route("/w/{code}/methods", self.all),
            Route("/w/{code}/methods/{method}", self.one, methods=["GET", "POST"]),
            Route("/w/{code}/activity", self.single, methods=["GET", "POST"]),
            Route("/w/{code}/{activity}.round", self.round, methods=["GET", "POST"]),
            Route("/w/{code}/{activity}.settings", Setting(self.house).settings, methods=["GET", "POST"]),
        ]

    async def all(self, request: Request) -> Response:
        """What there is to choose from, by the moment it is for."""
        here = await self._here(request)
        moments = [(moment, list(those)) for moment, those in groupby(self.methods.values(), lambda it: it.moment)]
        return _page("methods", here, {"title": "Methoden", "moments": moments})

    async def one(self, request: Request) -> Response:
        """A method to read and to take over."""
        method = self.methods.get(request.path_params["method"])
        here = await self._here(request, adding=request.method == "POST")
        if method is None:
            raise HTTPException(404)
        plan = planned(method, Wish(), (), here.room.workshop.starts)
        shown = {"title": method.title, "method": method, "plan": plan}
        if request.method != "POST":
            return _page("method", here, shown | {"said": _samples(method)})
        said = await _said(request)
        try:
            form = checked(said, method.most)
            await self._add(here, method, form, said.get("once", ""))
        except Refused as refused:
            return _page("method", here, shown | {"said": said}, sentence(refused))
        return RedirectResponse(f"/w/{here.room.workshop.code}/desk", 303)

    async def single(self, request: Request) -> Response:
        """One activity that nobody had planned."""
        here = await self._here(request, adding=request.method == "POST")
        groups = [(group, list(those)) for group, those in groupby(OFFERS.values(), lambda it: it.group)]
        shown = {"title": "Einzelner Baustein", "groups": groups}
        if request.method != "POST":
            return _page("method-single", here, shown | {"said": {}})
        said = await _said(request)
        try:
            added = await self._add_single(here, said)
        except Refused as refused:
            return _page("method-single", here, shown | {"said": said}, sentence(refused))
        return _focused(here, added, settings="settings" in said)

    async def round(self, request: Request) -> Response:
        """Another round of a poll."""
        here = await self._here(request, adding=request.method == "POST")
        before = here.room.activities.get(request.path_params["activity"])
        if before is None or before.kind is not poll:
            raise HTTPException(404)
        shown = {"title": "Neue Runde", "before": before}
        if request.method != "POST":
            return _page("method-round", here, shown | {"said": {"title": before.title}})
        said = await _said(request)
        try:
            form = checked({"place": "beside"} | said)
            title, minutes = form.title or before.title, form.minutes
            added = await self._added(
                here, lambda room: repetition(room, before.id, title, minutes, form.place), said.get("once", "")
            )
        except Refused as refused:
            return _page("method-round", here, shown | {"said": said}, sentence(refused))
        return _focused(here, added)

    async def _add_single(self, here: Here, said: dict[str, str]) -> Addition | None:
        form, offer = checked({"place": "beside"} | said), OFFERS.get(said.get("what", ""))
        if offer is None:
            raise Refused("command.invalid", why="malformed")
        if not form.title:
            raise Refused("method.invalid", why="title")
        if offer.lines == "must" and not form.options:
            raise Refused("method.invalid", why="lines")
        form = form.model_copy(update={"paragraphs": form.options})
        return await self._add(here, offer.method(form.options, form.minutes), form, said.get("once", ""))

    async def _add(self, here: Here, method: Method, form: Form, once: str) -> Addition | None:
        return await self._added(here, lambda room: addition(room, method, form.wish, form.place), once)

    async def _added(self, here: Here, thought: Callable[[Room], Addition], once: str) -> Addition | None:
        """Once for each page that was sent, however often; Refused where the settings do not hold."""
        id = once if is_id(once) else secrets.token_hex(16)
        try:
            return await add(self.house.clerk, here.seat.workshop, thought, by=here.seat.person, id=id)
        except ValidationError:
            raise Refused("method.invalid", why="settings") from None

    async def _here(self, request: Request, *, adding: bool = False) -> Here:
        """The desk of a request; 403 for whoever has none, or may only read."""
        seat = await self.house.seat(request, "desk")
        if seat is None or await self.house.admit(seat, "desk") is None:
            raise HTTPException(403)
        here = Here(seat, await self.house.clerk.room(seat.workshop))
        if adding and not here.adds:
            raise HTTPException(403)
        return here


def _focused(here: Here, added: Addition | None, *, settings: bool = False) -> Response:
    """To the desk, where what was added is in focus; or to its settings."""
    id = added.activities[0].id if added else ""
    place = f"{id}.settings" if id and settings else f"desk?activity={id}" if id else "desk"
    return RedirectResponse(f"/w/{here.room.workshop.code}/{place}", 303)


async def _said(request: Request) -> dict[str, str]:
    fields = await request.form(max_files=0)
    return {name: str(value).replace("\r\n", "\n") for name, value in fields.multi_items()}


def checked(said: Mapping[str, str], most: int = FEW) -> Form:
    """The fields of a form; Refused by the first that does not do.  A line that stands twice counts once.

    Where many lines may stand, for groups, „Paar 1 bis 60“ is sixty of them.
    """
    plain = {name: said[name].strip() for name in ("title", "question", "place", "names", "minutes") if said.get(name)}
    lines = (line.strip() for line in said.get("options", "").splitlines() if line.strip())
    options = dict.fromkeys(each for line in lines for each in (_counted(line, most) if most > FEW else [line]))
    if len(options) > most:
        raise Refused("method.too_many", most=most)
    paragraphs = [it.strip() for it in said.get("paragraphs", "").split("\n\n") if it.strip()]
    try:
        return Form.model_validate({**plain, "options": tuple(options), "paragraphs": tuple(paragraphs)})
    except ValidationError as errors:
        first = errors.errors(include_url=False, include_input=False)
        limits = [error["ctx"]["max_length"] for error in first if error["type"] in ("string_too_long", "too_long")]
        if limits:
            raise Refused("method.too_long", most=limits[0]) from None
        raise Refused("command.invalid", why="malformed") from None


def _counted(line: str, most: int) -> list[str]:
    """A line for each number that it spans; one too many is enough to be refused."""
    if not (found := SPAN.fullmatch(line)):
        return [line]
    name, first, last = found["name"], int(found["first"]), int(found["last"])
    return [f"{name}{number}" for number in range(first, min(last, first + most) + 1)] or [line]


def _samples(method: Method) -> dict[str, str]:
    """What stands in the form at first."""
    return {
        "title": method.title,
        "question": method.question,
        "options": "\n".join(method.options),
        "paragraphs": "\n\n".join(method.paragraphs),
    }


def _page(name: str, here: Here, values: Mapping[str, Any], error: str = "") -> Response:
    shown = {
        "workshop": here.room.workshop,
        "current": here.room.agenda.current,
        "adds": here.adds,
        "once": secrets.token_hex(16),
        "error": error,
    }
    html = environment.get_template(f"pages/{name}.html").render(**shown, **values)
    return HTMLResponse(html, 422 if error else 200, headers={"Cache-Control": "no-store"})
