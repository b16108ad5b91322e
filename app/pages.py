"""The pages of a workshop: phone, desk and stage, each drawn from the same channel as its socket.

The same pages work by plain requests: forms are posted, and pictures are asked for every two seconds.
"""

import hashlib
import json
import re
import secrets
from typing import Any, cast
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app import composition
from app.fields import decoded
from app.house import House, is_id
from app.projection import Parts, environment
from app.refilling import Fields, refilled
from app.texts import sentence
from app.uploads import Uploads, named, sent
from facilitation.forms import FORMS
from facilitation.plenum import PAGES
from facilitation.record import WORDS, Refused
from facilitation.screen import Audience
from realtime.channel import Channel
from realtime.guard import MOST_DEPTH, depth
from realtime.live import Live
from realtime.seat import Message, Seat, Watch

STRANGER = "identity"
ONCE = 'once=once"'  # ends the address of every plain form; what people wrote has no such quotation mark
NOTICES = "<div data-notices>"
NAMES = re.compile(r"[^\[\]:]+")  # what the name of a field is made of
SPOKEN = (WORDS - {"image"}) | {field for form in FORMS.values() for field in form.worded}
WHOSE = 'data-person=""'  # among the attributes of the body: before it stands nothing that people wrote


class Screen(Convertor[str]):
    """The name of a page in an address."""

    regex = "|".join((*PAGES, "desk", "stage"))

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("screen", Screen())


class Pages:
    """The routes under /w/CODE."""

    def __init__(self, house: House, live: Live, uploads: Uploads) -> None:
        self.house, self.live, self.uploads = house, live, uploads
        self._pages: WeakKeyDictionary[Channel, tuple[int, str]] = WeakKeyDictionary()  # as drawn last, for everybody

    def screens(self) -> list[Route]:
        """What a whole hall asks for at once: the first to be tried."""
        return [
            Route("/w/{code}/{page:screen}", self.page),
            Route("/w/{code}/picture", self.picture),
            Route("/w/{code}", self.home),
        ]

    def commands(self) -> list[Route]:
        """Whatever is sent to an activity: the last to be tried, for some commands have a page of their own."""
        # One segment, like the pages: what is relative on a page stays so on the answer to its form.
        return [Route("/w/{code}/{activity}.{command}", self.do, methods=["POST"])]

    async def home(self, request: Request) -> Response:
        return RedirectResponse(f"/w/{request.path_params['code']}/now", 303)

    async def page(self, request: Request) -> Response:
        """A whole page, complete without a script."""
        await self.live.intake.enter()
        name = request.path_params["page"]
        asked = request.query_params if request.scope["query_string"] else {}  # as a rule there is none to parse
        chosen = asked.get("activity" if name == "desk" else "by", "")
        page = f"{name}/{chosen}" if chosen else name
        seat = await self.house.seat(request, name if name in ("desk", "stage") else "person")
        watch = await self.house.admit(seat, page) if seat else None
        if seat is None or watch is None:
            return RedirectResponse(f"/j/{request.path_params['code']}", 303)
        return HTMLResponse(await self._drawn(request, seat, watch, page))

    async def _drawn(self, request: Request, seat: Seat, watch: Watch, page: str) -> str:
        """The page of one person: the page of everybody with what is theirs."""
        channel = await self.live.channel(watch)
        at, html = self._pages.get(channel, (None, ""))
        if at != channel.at:
            zone = (await self.house.clerk.room(seat.workshop)).workshop.timezone
            html = _of_everybody(watch, channel.seen, self._root(request, seat, page, channel.at, zone))
            self._pages[channel] = channel.at, html
        html = html.replace(WHOSE, f'data-person="{escape(seat.person)}"', 1)
        if seat.place == "person":
            html = composition.laid_over(html, await self.house.mine(seat, page))
        where = {"once": secrets.token_hex(16), "page": page, "place": seat.place, "person": seat.person}
        return html.replace(ONCE, f'{escape(urlencode(where))}"')

    def _root(self, request: Request, seat: Seat, page: str, at: int, zone: str) -> Markup:
        """What the browser is to know of a page; whose it is, is put in for each person."""
        code = request.path_params["code"]
        return Markup(
            'data-workshop="{}" data-code="{}" data-page="{}" data-place="{}" data-person="" data-at="{}" '
            'data-zone="{}" data-build="{}" data-picture="/w/{}/picture?page={}&place={}"'
        ).format(seat.workshop, code, page, seat.place, at, zone, self.house.build, code, page, seat.place)

    async def picture(self, request: Request) -> Response:
        """What is missing since `at`, for those without a socket; 204 when nothing is."""
        await self.live.intake.enter()
        place, page = request.query_params.get("place", "person"), request.query_params.get("page", "now")
        seat = await self.house.seat(request, place)
        watch = await self.house.admit(seat, page) if seat else None
        if seat is None or watch is None:
            return JSONResponse({"ok": False, "code": "watch.forbidden"}, 403)
        if request.query_params.get("person", seat.person) != seat.person:
            return JSONResponse({"ok": False, "code": STRANGER}, 409)
        channel = await self.live.channel(watch)
        at = request.query_params.get("at", "")
        patch = channel.catch_up(int(at) if at.isdecimal() and len(at) < 18 else None)
        mine = await self.house.mine(seat, page)
        if patch is None and request.query_params.get("mine") == _hash(mine):
            return Response(status_code=204)
        body: dict[str, Any] = {"mine": mine, "hash": _hash(mine), "now": self.house.now(), "build": self.house.build}
        return JSONResponse(body | (patch or {"since": channel.at, "at": channel.at, "parts": {}}))

    async def do(self, request: Request) -> Response:
        """A command as a form or as JSON.  A plain form is answered with its page, or 422 and the sentence."""
        seat = await self.house.seat(request, request.query_params.get("place", "person"))
        if seat is None:
            return self._outside(request)
        plain = not request.headers.get("content-type", "").startswith("application/json")
        fields, file = await sent(request) if plain else ([], b"")
        page = request.query_params.get("page", "now" if seat.place == "person" else seat.place)
        if file and self.live.allowance(seat):
            return await self.refused(request, seat, page, self.house.sentence("again"), fields, 422)
        if file:
            try:
                fields = named(fields, await self.uploads.take(seat, request.path_params["activity"], file))
            except Refused as refused:
                return await self.refused(request, seat, page, sentence(refused), fields, 422)
        message = _message(request, decoded(fields), self.house.secret) if plain else await _json(request)
        message |= {"activity": request.path_params["activity"], "command": request.path_params["command"]}
        receipt = await self._receipt(request, seat, message)
        status = 200 if receipt["ok"] else 409 if receipt["code"] == STRANGER else 422
        if not plain or "application/json" in request.headers.get("accept", ""):
            mine = await self.house.mine(seat, page) if receipt["ok"] else {}
            return JSONResponse(receipt | ({"mine": mine} if mine else {}), status)
        if receipt["ok"]:
            return RedirectResponse(f"/w/{request.path_params['code']}/{_address(page)}", 303)
        why = self.house.sentence("again") if "retry_after_ms" in receipt else receipt["sentence"]
        return await self.refused(request, seat, page, why, fields, status)

    async def _receipt(self, request: Request, seat: Seat, message: Message) -> Message:
        """What becomes of a command.  What waits in a browser is sent by whoever wrote it, or by nobody."""
        if request.query_params.get("person", seat.person) != seat.person:
            return {"ok": False, "code": STRANGER, "sentence": self.house.sentence(STRANGER)}
        return self.live.allowance(seat) or await self.house.submit(seat, message)

    def _outside(self, request: Request) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            refusal = {"ok": False, "code": "roster.not_joined", "sentence": self.house.sentence("roster.not_joined")}
            return JSONResponse(refusal, 403)
        return RedirectResponse(f"/j/{request.path_params['code']}", 303)

    async def refused(self, request: Request, seat: Seat, page: str, why: str, fields: Fields, status: int) -> Response:
        """The page again, with the sentence on top and what was typed in its form, or where that is gone below."""
        watch = await self.house.admit(seat, page)
        if watch is None:
            return RedirectResponse(f"/j/{request.path_params['code']}", 303)
        html = await self._drawn(request, seat, watch, page)
        filled = refilled(html, request.url.path.rpartition("/")[2], fields)
        words = [text for name, text in fields if text and not filled and SPOKEN & set(NAMES.findall(name))]
        notice = _template("pages/refused.html").render(sentence=why, words=words)
        return HTMLResponse((filled or html).replace(NOTICES, NOTICES + notice, 1), status)


def _of_everybody(watch: Watch, parts: Parts, root: Markup) -> str:
    """A whole page without what is one person's: drawn once for each picture of its channel."""
    html: str
    match watch.audience:
        case Audience.STAGE:
            body = Markup(composition.composed(parts, "stage.stage"))  # noqa: S704  # our own macros
            html = _template("frame/stage.html").render(title="Leinwand", root=root, body=body)
        case Audience.DESK:
            html = _template("frame/desk.html").render(root=root, **_desk(parts))
        case _:
            html = _template("frame/phone.html").render(root=root, **_phone(parts, watch.page))
    return html


def _template(name: str) -> Any:
    return environment.get_template(name)


def _phone(parts: Parts, page: str) -> dict[str, Any]:
    top = composition.plain({key: parts[key] for key in ("page.name", "page.dayline")}, "page.")
    body = Markup(composition.composed(parts, "page.main"))  # noqa: S704  # our own macros
    name = page.partition("/")[0]
    areas = [(key, word, key == name) for key, word in PAGES.items()]
    return {"title": PAGES[name], "areas": areas, "body": body, **top}


def _desk(parts: Parts) -> dict[str, Any]:
    named = {key: Markup(composition.composed(parts, name)) for key, name in DESK_PARTS.items()}  # noqa: S704  # our own macros
    return {"title": "Regie", "areas": DESK_AREAS, "parts": named}


DESK_AREAS = [
    ("desk", "Regie", True),
    ("methods", "Methoden", False),
    ("people", "Personen", False),
    ("sheet", "Aushang", False),
]
DESK_PARTS = {
    **{key: f"desk.{key}" for key in ("name", "when", "run", "head", "console", "work", "hall", "incoming")},
    "live": "live.stage",
    "next": "next.stage",
}


def _address(page: str) -> str:
    """Where a page stands among the pages of its workshop; never anything outside them."""
    name, _, chosen = page.partition("/")
    if name not in (*PAGES, "desk"):
        return "now"
    return f"{name}?{urlencode({'activity' if name == 'desk' else 'by': chosen})}" if chosen else name


def _message(request: Request, data: dict[str, Any], secret: str) -> Message:
    """A plain form as a command: the same page and the same words are one command, however often they are sent.

    Its id stays on record, and the log of a proxy may hold the address: without the secret nobody tries ballots on it.
    """
    once = request.query_params.get("once", "")
    if not is_id(once):
        return {"id": secrets.token_hex(16), "data": data}
    words = json.dumps([once, request.url.path, data], sort_keys=True)
    made = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16, key=secret.encode()[:64])
    return {"id": made.hexdigest(), "data": data}


async def _json(request: Request) -> Message:
    """What a program says; nothing if it is no object that we would read from a socket."""
    try:
        message = await request.json()
    except (ValueError, RecursionError):
        return {}
    return cast("Message", message) if isinstance(message, dict) and depth(message) <= MOST_DEPTH else {}


def _hash(parts: Parts) -> str:
    return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=8).hexdigest()
