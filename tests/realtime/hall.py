"""A small town hall for the tests of realtime: one workshop with a poll, in memory, served on a free port.

It is a real house: a Room decides and folds, and who may watch what is asked of it. Only the drawing is plain.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import uvicorn

from app.frames import Framed
from facilitation import pictures
from facilitation.activity import Activity
from facilitation.agenda import Agenda
from facilitation.form import Option
from facilitation.kinds import poll
from facilitation.record import Envelope, Person, Refused, Role
from facilitation.room import Room, Workshop
from facilitation.roster import Roster
from facilitation.screen import Audience, Slot, View
from realtime.live import Live
from realtime.seat import Message, Picture, Seat, Watch

DAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
POLL = "poll-stimmung"
NOW = Watch(1, Audience.PLENARY, "now")
DESK = Watch(1, Audience.DESK, "desk")

App = Callable[[Any, Any, Any], Awaitable[None]]


def token(person: str, place: str = "person", device: str = "phone") -> Message:
    """What a socket of this person says when it connects; the hall believes everybody."""
    return {"person": person, "place": place, "device": device}


def seat(person: str) -> Seat:
    """Where a person with a phone sits."""
    return Seat(1, person, "person", "phone", 1)


def command(name: str, activity: str = POLL, **data: object) -> Message:
    return {"id": secrets.token_hex(16), "activity": activity, "command": name, "data": data}


class Hall:
    build = "b1"

    def __init__(self, people: int = 5) -> None:
        roster = Roster({f"p{i}": Person(f"p{i}", Role.PARTICIPANT, f"Person {i}") for i in range(people)})
        roster.people["mo"] = Person("mo", Role.FACILITATOR, "Moderation")
        options = [Option("ja", "Ja"), Option("nein", "Nein")]
        config = poll.Config(form="single", settings={"options": options}, names="named")
        activity = Activity(POLL, poll, "Wie ist die Stimmung?", config, poll.begin(config))
        self.room = Room(Workshop(1, "482731", "AT", "Werkstatt", DAY, DAY), roster, Agenda(()), {POLL: activity})
        self.live: Live
        self.ballast = ""  # stands in each picture of the plenary
        self.broken: set[object] = set()  # pages, or words, that raise
        self.paintings = 0
        self.painting: Callable[[Watch], Awaitable[None]] | None = None  # happens while a picture is painted
        self.drawing: Callable[[], Awaitable[None]] | None = None  # happens while personal parts are drawn
        for name in roster.people:
            self.act(name, command("join", "roster", client="phone", via="code"), device="phone")
        self.act("mo", command("open"))

    def act(self, person: str, message: Message, device: str = "") -> Message:
        """Decide and fold at once; the receipt."""
        envelope = Envelope(
            message["id"], 1, person, message["activity"], message["command"], message["data"], device, DAY
        )
        try:
            entries = self.room.decide(envelope)
        except Refused as refused:
            return {"ok": False, "code": refused.code, "sentence": self.sentence(refused.code)}
        for entry in entries:
            self.room.fold(entry)
            if hasattr(self, "live"):
                # whoever is let in is touched as well
                everybody = entry.type == "roster.admitted"
                self.live.stir(1, None if everybody else self.room.touched(entry))
        return {"ok": True, "made": DAY.isoformat()}

    def vote(self, person: str, choice: str = "ja") -> None:
        assert self.act(person, command("vote", choice=choice))["ok"]

    def _break(self, *what: object) -> None:
        if self.broken & set(what):
            raise RuntimeError(f"broken for the test: {what}")

    # ── what realtime is handed ──────────────────────────────────────────────────────────────────────────────────

    def who(self, environ: Message, auth: Message | None) -> Seat | None:  # noqa: ARG002 -- only the token counts
        self._break("who")
        if auth is None or auth.get("person", "") not in {*self.room.roster.people, ""}:
            return None
        return Seat(1, auth["person"], auth["place"], auth["device"], 1)

    def sentence(self, code: str) -> str:
        return f"Das ging nicht: {code}."

    async def admit(self, seat: Seat, page: str) -> Watch | None:
        self._break("admit")
        if seat.place == "stage":
            return Watch(1, Audience.STAGE, "stage") if page == "stage" else None
        person = self.room.person(seat.person)
        if page == "desk":
            return DESK if person.role.is_staff else None
        return Watch(1, self.room.audience(person), page) if page in {"now", "stream"} else None

    async def submit(self, seat: Seat, message: Message) -> Message:
        self._break("submit")
        return self.act(seat.person, message, seat.device)

    async def paint(self, watch: Watch) -> tuple[int, Picture]:
        self.paintings += 1
        at, picture = self.room.at, self.picture(watch)
        if self.painting:
            await self.painting(watch)
        self._break(watch.page, watch.audience)
        return at, picture

    def picture(self, watch: Watch) -> Picture:
        """The true picture."""
        if watch.audience is Audience.LOBBY:
            return {"": ["wait"], "wait": "<p>Bitte warten</p>"}
        if watch.page == "stream":
            return {"": ["quiet"], "quiet": "<p>Hier ist noch nichts</p>"}
        activity = self.room.activities[POLL]
        look = pictures.look(self.room, activity, watch.audience)
        drawn = _drawn(activity.kind.view(activity.state, look))
        return drawn | {"ballast": self.ballast + str(self.room.at)} if self.ballast else drawn

    async def mine(self, seat: Seat, page: str) -> Picture:  # noqa: ARG002 -- the same on each page
        if self.drawing:
            await self.drawing()
        self._break("mine")
        if not seat.person:
            return {}
        activity = self.room.activities[POLL]
        look = pictures.look(self.room, activity, Audience.PLENARY)
        actor = activity.actor(self.room.person(seat.person))
        return _drawn(activity.kind.mine(activity.state, actor, look))


def _drawn(view: View) -> Picture:
    return {name: list(part) if isinstance(part, Slot) else f"<div>{part}</div>" for name, part in view.items()}


@asynccontextmanager
async def served(
    hall: Hall, *, origins: Iterable[str] = (), app: App | None = None, ws: Any = Framed, **settings: Any
) -> AsyncIterator[str]:
    """Serve a hall on a free port; the URL. `app` stands in for Live where a test asks for something else."""
    hall.live = Live(hall, origins, **settings)
    config = uvicorn.Config(app or hall.live, port=0, lifespan="off", log_level="error", ws=ws, ws_max_size=65_536)
    server = uvicorn.Server(config)
    running = [asyncio.create_task(server.serve()), asyncio.create_task(hall.live.run())]
    await until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running[0]
        running[1].cancel()
        with suppress(asyncio.CancelledError):
            await running[1]


async def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 -- anything may make it so
            await asyncio.sleep(0.005)
