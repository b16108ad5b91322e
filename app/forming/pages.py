"""The desk's page to form groups (Kleingruppen bilden): choose a way, look at the proposal, change it, publish it.

Everything on it works without a script.  What takes a moment is worked out in a thread of its own, one at a time.
"""

import asyncio
import secrets
from collections.abc import Mapping
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlencode

from pydantic import ValidationError
from sqlalchemy import Connection, update
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app.forming.choice import SWITCHES, Choice, again
from app.forming.hall import following, hall
from app.forming.lists import Wrong, read
from app.forming.showing import shown
from app.forming.ways import proposed
from app.house import House, is_id
from app.projection import environment
from app.store import PERSON
from app.texts import sentence
from facilitation.activity import Activity
from facilitation.groups.settings import Group
from facilitation.kinds import groups
from facilitation.record import Data, Envelope, Refused, Role
from facilitation.room import Room
from realtime.seat import Seat

LARGEST_LIST = 60_000  # bytes of a file
COMMANDS = ("shift", "unshift", "equip", "access", "discard", "publish")
WORDS = ("title", "topic", "task", "material")
PLANNED = (*WORDS, "place", "link", "facilitator", "host")  # what is said of a group
NEED = "need"  # says of somebody on the roster that they need a room without barriers, or no more


class Here(NamedTuple):
    """The desk that looks, its room, and the round that it forms groups for."""

    seat: Seat
    room: Room
    activity: Activity

    @property
    def organises(self) -> bool:
        return self.room.roster.people[self.seat.person].role is Role.ORGANISER


class Forming:
    """The route under /w/CODE/groups."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._working = asyncio.Lock()

    def routes(self) -> list[Route]:
        return [Route("/w/{code}/groups/{activity}", self.form, methods=["GET", "POST"])]

    async def form(self, request: Request) -> Response:
        here = await self._here(request)
        if request.method != "POST":
            asked = request.query_params
            return _page(here, _usual(here), asked=asked)
        async with request.form(max_files=1) as said:
            choice, problem = _usual(here), None
            try:
                if said.get("do") == NEED:
                    await self._need(here, said)
                elif said.get("do") in COMMANDS:
                    await self._did(here, said)
                else:
                    choice = await _chosen(said)
                    await self._propose(here, choice, str(said.get("once", "")))
            except Refused as refused:
                problem = refused
        if problem:
            return _page(here, choice, problem, said=said)
        return RedirectResponse(_next(here, said), 303)

    async def _propose(self, here: Here, choice: Choice, once: str) -> None:
        """Work a proposal out and put it on record: once for each page that was sent."""
        async with self._working:
            if once in here.room.heard:
                return
            data = await asyncio.to_thread(proposed, choice, hall(here.room, here.activity, choice))
        await self._submit(here, "propose", data, once)

    async def _did(self, here: Here, said: FormData) -> None:
        once, data = str(said.get("once", "")), _data(said)
        await self._submit(here, str(said["do"]), data, once)
        if said["do"] == "equip" and "following" in said:
            for later in following(here.room, here.activity, data["group"]):
                alike = {name: value for name, value in data.items() if name not in WORDS}
                own = _own(later.state.groups[data["group"]])
                id = blake2b(f"{once} {later.id}".encode(), digest_size=16).hexdigest()
                await self._submit(here._replace(activity=later), "equip", alike | own, id)

    async def _need(self, here: Here, said: FormData) -> None:
        """Note it in the row of a person, where it goes with them; 403 for whoever is not the organiser."""
        who, needed, once = str(said.get("person", "")), "needed" in said, str(said.get("once", ""))
        if not here.organises:
            raise HTTPException(403)
        if who not in here.room.roster.people:
            raise Refused("roster.invalid", why="unknown_person")

        def write(on: Connection) -> None:
            changed = update(PERSON).values(barrier_free=needed)
            on.execute(changed.where(PERSON.c.workshop_id == here.seat.workshop, PERSON.c.id == who))

        id = once if is_id(once) else secrets.token_hex(16)
        await self.house.clerk.changed(here.seat.workshop, "roster.changed", [who], write, by=here.seat.person, id=id)

    async def _submit(self, here: Here, command: str, data: Data, once: str) -> None:
        id, seat = once if is_id(once) else secrets.token_hex(16), here.seat
        sent = Envelope(id, seat.workshop, seat.person, here.activity.id, command, data, seat.device)
        await self.house.clerk.submit(sent)

    async def _here(self, request: Request) -> Here:
        """The desk of a request; 403 for whoever has none."""
        seat = await self.house.seat(request, "desk")
        if seat is None or await self.house.admit(seat, "desk") is None:
            raise HTTPException(403)
        room = await self.house.clerk.room(seat.workshop)
        activity = room.activities.get(request.path_params["activity"])
        if activity is None or activity.kind.name != groups.name:
            raise HTTPException(404)
        return Here(seat, room, activity)


def _usual(here: Here) -> Choice:
    """What stands in the form at first: what the proposal was made by, else what suits most days."""
    proposal = here.activity.state.forming.proposal
    roster = here.room.roster
    if proposal:
        return again(proposal, roster.people, {person.id for person in roster.here})
    return Choice(number=len(here.activity.state.groups))


async def _chosen(said: FormData) -> Choice:
    """What somebody chose; Refused where it does not do."""
    plain = {name: said[name] for name in ("way", "count", "number", "divisions", "seed") if said.get(name)}
    listed = await _listed(said)
    try:
        return Choice.model_validate({**plain, **{name: name in said for name in SWITCHES}, "list": listed})
    except ValidationError:
        raise Refused("command.invalid", why="malformed") from None


async def _listed(said: FormData) -> str:
    """The list as it was typed, or as a file brings it."""
    file = said.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return str(said.get("list", "")).replace("\r\n", "\n")
    content = await file.read(LARGEST_LIST + 1)
    try:
        if len(content) <= LARGEST_LIST and "\0" not in (text := content.decode("utf-8-sig")):
            return text.replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    raise Refused("groups.invalid", why="file")


def _data(said: FormData) -> Data:
    """What a command says."""
    match said["do"]:
        case "shift":
            return {"person": str(said.get("person", "")), "group": str(said.get("group", ""))}
        case "unshift":
            return {"step": _number(str(said.get("step", "")))}
        case "equip":
            kept = {name: str(said[name]).replace("\r\n", "\n").strip() for name in PLANNED if said.get(name)}
            many = str(said.get("capacity", ""))
            capacity = {"capacity": _number(many)} if many else {}
            return {"group": str(said.get("group", "")), **{it: text for it, text in kept.items() if text}, **capacity}
        case "access":
            return {"groups": [str(group) for group in said.getlist("groups")]}
    return {}


def _own(group: Group) -> Data:
    """What a group is called and does in its own round."""
    return {name: getattr(group, name) for name in WORDS if getattr(group, name)}


def _number(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) < 9 else text


def _next(here: Here, said: FormData) -> str:
    """Where it goes on: with the desk, or here; after a change by hand where its consequence is told.

    Whoever dragged somebody looks at the board, which tells it too.
    """
    home, id = f"/w/{here.room.workshop.code}", quote(here.activity.id, safe="")
    match said.get("do"):
        case "publish":
            return f"{home}/desk?activity={id}"
        case "shift" | "unshift" if not said.get("board"):
            return f"{home}/groups/{id}?{urlencode({'person': str(said.get('person', ''))})}#umsetzen"
        case "equip":
            return f"{home}/groups/{id}?{urlencode({'group': str(said.get('group', '')), 'saved': 1})}#gruppe"
        case "access" | "need":
            return f"{home}/groups/{id}?rooms=1#raeume"
    return f"{home}/groups/{id}"


def _wrong(here: Here, choice: Choice, problem: Refused | None) -> list[Wrong]:
    """What is wrong with the lines of a list."""
    if problem is None or problem.values.get("why") != "lines":
        return []
    most = 2 if choice.way == "choice" else 1
    return read(choice.list, here.room.roster.people, list(here.activity.state.groups.values()), most).wrong


def _page(
    here: Here,
    choice: Choice,
    problem: Refused | None = None,
    *,
    asked: Mapping[str, str] = MappingProxyType({}),
    said: FormData | None = None,
) -> Response:
    """The page, with what was asked of it, or what somebody said that did not do."""
    planned = _planned(here, asked.get("group", ""), said)
    values: Mapping[str, object] = {
        "title": "Kleingruppen bilden",
        "workshop": here.room.workshop,
        "activity": here.activity,
        "said": choice,
        "once": {do: secrets.token_hex(16) for do in ("propose", NEED, *COMMANDS)},
        "error": sentence(problem) if problem else "",
        "people": sorted(here.room.roster.people.values(), key=lambda it: it.label.casefold()),
        "organises": here.organises,
        "rooms": bool(asked.get("rooms")),
        "planned": planned,
        "following": bool(following(here.room, here.activity, str(planned.get("id", "")))),
        "saved": bool(asked.get("saved")),
        "wrong": _wrong(here, choice, problem),
        **shown(here.room, here.activity, asked.get("person", ""), asked.get("wanted", ""))._asdict(),
    }
    html = environment.get_template("pages/forming.html").render(**values)
    return HTMLResponse(html, 422 if problem else 200, headers={"Cache-Control": "no-store"})


def _planned(here: Here, group: str, said: FormData | None) -> Mapping[str, object]:
    """What stands in the form of a group: what is planned for it, or what somebody said."""
    if said is not None and said.get("do") == "equip":
        return {"id": said.get("group", ""), **{name: said.get(name, "") for name in (*PLANNED, "capacity")}}
    known: Group | None = here.activity.state.groups.get(group)
    return known._asdict() if known else {}
