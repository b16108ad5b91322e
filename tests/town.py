"""A day for the tests of pages, doors and rights: something of every kind is open, and one of everybody is there.

Workshop 1 is the day; workshop 2 is somebody else's, with people of the same ids in other roles.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import httpx2
import uvicorn
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from app import database, tables
from app.asgi import Application
from app.clerk import Clerk
from app.identity import Browser, Cookies
from app.imaging import encoded
from app.preparing import Planned, prepare
from app.security import Guarded
from app.settings import Settings
from app.store import UPLOAD, Store
from facilitation.record import Envelope, Person, Role
from realtime.seat import Seat
from tests.test_imaging import file

URL = "http://rathaus.test"
SECRET = "c0ffee" * 8
CODE, OTHER_CODE = "482731", "915364"
POLL, SCALE, MANY, UNITS, SECRET_POLL = "poll-stimmung", "poll-skala", "poll-mehr", "poll-amt", "poll-geheim"
WALL, GROUP, QUESTIONS, STREAM, LATER = "wand", "gruppe-3", "fragen", "blog", "poll-spaeter"
CHECKED = "blog-geprueft"  # where posts need approval
FLOOR, PULSE, DIGEST = "rede", "puls", "redaktion"
TEXT, MEASURES, SURVEY, GROUPS = "text", "zusagen", "bogen", "gruppen"
PICTURE = "0123456789abcdef" * 2
NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OPTIONS = {"options": [["rot", "Rot"], ["blau", "Blau"]]}
PROMPTS, TOPICS = [["p1", "Was war?"], ["p2", "Was wird?"]], [["geld", "Geld"]]
MEETING = "https://gespraech.test/1"
ADDING = {"proposals": "moderated"}
RIGHT = {"correct": ["rot"]}
QUIZ = "poll-quiz"
ASKED = [
    {"id": "q1", "title": "Was zuerst?", "form": "single", "settings": OPTIONS, "required": True},
    {"id": "q2", "title": "Wie zufrieden?", "form": "scale", "settings": {"min": 1, "max": 5}},
    {"id": "q3", "title": "Und sonst?", "form": "open", "settings": {"max_length": 200}},
]

PEOPLE = (
    Person("org", Role.ORGANISER, "Organisation"),
    Person("mo", Role.FACILITATOR, "Moderation"),
    Person("tec", Role.TECHNICIAN, "Technik"),
    Person("ada", Role.PARTICIPANT, "Leitung Amt 10", unit="amt-10", division="I", function="amtsleitung"),
    Person("ben", Role.PARTICIPANT, "Leitung Amt 20", unit="amt-20", division="II", function="amtsleitung"),
    Person("dep", Role.PARTICIPANT, "Vertretung Amt 20", unit="amt-20", deputy=True, deputy_for="ben"),
    Person("g-1", Role.PARTICIPANT, "Gast", function="gast", guest=True),
    Person("saal", Role.ROOM, "Ratssaal", headcount=12),
    Person("rev", Role.PARTICIPANT, "Leitung Amt 30", unit="amt-30", version=2),  # the first link was revoked
    Person("eva", Role.PARTICIPANT, "Leitung Amt 40", unit="amt-40"),  # invited, never came
    Person("wal", Role.PARTICIPANT, "Leitung Amt 50", unit="amt-50"),  # waits at the door
)
TABLES = [
    {"id": "t1", "title": "Tisch 1", "link": MEETING},
    {"id": "t2", "title": "Tisch 2", "task": "Nur für Tisch 2", "link": "https://gespraech.test/2"},
    *({"id": f"t{number}", "title": f"Tisch {number}"} for number in (3, 4)),
]
CRITERIA = {"criteria": [["nutzen", "Nutzen"], ["machbar", "Machbarkeit"]], "topics": TOPICS}
CAME = ("ada", "ben", "dep", "g-1", "saal", "rev")
ACTIVITIES = (
    Planned(POLL, "poll", "Wie ist die Stimmung?", {"form": "single", "names": "named", "settings": OPTIONS} | ADDING),
    Planned(SCALE, "poll", "Wie weit sind wir?", {"form": "scale", "settings": {"min": 1, "max": 5}}),
    Planned(MANY, "poll", "Was zuerst?", {"form": "multiple", "names": "moderators", "settings": OPTIONS}),
    Planned(UNITS, "poll", "Sind Sie dafür?", {"form": "single", "ballot_unit": "unit", "settings": OPTIONS}),
    Planned(SECRET_POLL, "poll", "Unter uns?", {"form": "single", "names": "anonymous", "settings": OPTIONS}),
    Planned(WALL, "wall", "Ideen", {"names": "named", "columns": [["neu", "Neu"], ["alt", "Bewährt"]], **CRITERIA}),
    Planned(GROUP, "wall", "Gruppe 3", {"names": "named"}),
    Planned(QUESTIONS, "questions", "Fragen", {"premoderated": True, "opposable": True, "labels": TOPICS}),
    Planned(STREAM, "stream", "Blog", {"prompts": PROMPTS, "topics": TOPICS}),
    Planned(CHECKED, "stream", "Blog der Ämter", {"premoderated": True}),
    Planned(QUIZ, "poll", "Was stimmt?", {"form": "single", "seen": "closed", "settings": OPTIONS | RIGHT}),
    Planned(LATER, "poll", "Später", {"form": "single", "settings": OPTIONS}),
    Planned(FLOOR, "speaking", "Fishbowl", {"seats": 11, "free_seats": 2}),
    Planned(PULSE, "pulse", "Wie geht es?", {}),
    Planned(DIGEST, "digest", "Redaktion", {"topics": [["mut", "Mut"]]}),
    Planned(TEXT, "text", "Leitbild", {"documents": [["leitbild", "Leitbild", [["lb-1", "Ziel", "Für alle da."]]]]}),
    Planned(MEASURES, "measures", "Zusagen", {}),
    Planned(GROUPS, "groups", "Kleingruppen", {"groups": TABLES, "mode": "self_select", "scribe": True}),
    Planned(SURVEY, "survey", "Rückmeldung", {"names": "named", "questions": ASKED}),
)
OPEN = (
    GROUPS,
    SURVEY,
    FLOOR,
    TEXT,
    MEASURES,
    PULSE,
    POLL,
    SCALE,
    MANY,
    UNITS,
    SECRET_POLL,
    WALL,
    QUESTIONS,
    STREAM,
    CHECKED,
)


def _step(id: str, hour: int, *activities: str, kind: str = "plenum") -> dict[str, Any]:
    starts = NINE + timedelta(hours=hour)
    times = {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=1)).isoformat()}
    return {"id": id, "title": id.capitalize(), "type": kind, "activities": activities} | times


STEPS = [_step("einlass", 0, kind="lobby"), _step("vormittag", 1, POLL, WALL), _step("ausklang", 2, LATER)]


def workshop(code: str, prefix: str, title: str, **settings: Any) -> tables.Workshop:
    return tables.Workshop(
        code=code, prefix=prefix, title=title, starts=NINE, ends=NINE + timedelta(hours=4), settings=settings
    )


def build(url: str) -> None:
    """Make the tables and the day."""
    database.upgrade(url)
    store = Store(url)
    with closing(store):
        one = prepare(store, workshop(CODE, "AT2", "Amtsleitungstag", steps=STEPS), PEOPLE, ACTIVITIES)
        elsewhere = [Person("ada", Role.ORGANISER, "Andere Organisation"), Person("zoe", Role.PARTICIPANT, "Zoë")]
        other = prepare(store, workshop(OTHER_CODE, "XX1", "Anderswo"), elsewhere, ACTIVITIES)
        assert (one, other) == (1, 2)
        asyncio.run(_happened(store))


async def _happened(store: Store) -> None:
    clerk = Clerk(store)

    async def did(by: str, activity: str, command: str, at: int = 1, **data: Any) -> str:
        sent = Envelope(token_hex(16), at, by, activity, command, data, device=f"device-{by}")
        return (await clerk.submit(sent)).ref

    for person in CAME:
        more = {"represents": "ben"} if person == "dep" else {}
        await did(person, "roster", "join", **more)
    await did("zoe", "roster", "join", at=2)
    for activity in OPEN:
        await did("mo", activity, "open")
        await did("ada", activity, "open", at=2)
    for person in (*CAME, "mo", "org", "tec"):
        await did(person, WALL, "write", column="neu", text=f"Karte von {person}")
    for person in (*CAME[:2], "g-1"):
        asked = await did(person, QUESTIONS, "ask", text=f"Frage von {person}")
        await did("mo", QUESTIONS, "approve", question=asked)
    await did("dep", QUESTIONS, "ask", text="Frage, die wartet")
    post = await did("ben", STREAM, "post", prompt="p1", title="Von ben", body="Wie es war.")
    await did("ada", STREAM, "comment", on=post, text="Kommentar von ada")
    for title in ("Noch zu prüfen", "Ebenso"):
        checked = await did("ben", CHECKED, "post", title=title, body="Wie es ist.")
    await did("mo", CHECKED, "approve", ref=checked)
    await did("mo", CHECKED, "lock", post=checked)
    for person in ("mo", "org", "tec"):
        await did(person, STREAM, "draft", prompt="p1", title=f"Entwurf von {person}", body="Was geschieht.")
        merged = await did(person, QUESTIONS, "ask", text=f"Dasselbe von {person}")
        await did("mo", QUESTIONS, "merge", question=merged, into=asked)
        await did(person, QUESTIONS, "ask", text=f"Noch eine von {person}")
    await did("mo", QUIZ, "open")
    await did("mo", QUIZ, "close")
    for colour in ("Grün", "Gelb", "Grau", "Lila"):
        await did("ben", POLL, "propose", text=colour)
    await _weighed(did)
    await _spoken(did)
    await _grouped(did)
    await did("ben", TEXT, "suggest", paragraph="lb-1", text="Für alle Menschen da.", reason="Klarer")
    await did("ben", TEXT, "comment", on="lb-1", text="Für wen genau?")
    agreed = await did("mo", MEASURES, "agree", title="Ein Leitbild", owner_unit="amt-10", due="2027-01-31")
    await did("dep", MEASURES, "comment", on=agreed, text="Die Zeit")
    await did("mo", MEASURES, "agree", title="Ein Probelauf", owner_unit="amt-20", due="2027-01-31")
    await did("org", "roster", "door", door="lobby")
    await did("wal", "roster", "join")
    await clerk.close()
    await store.run(_pictured, store)


def _pictured(store: Store) -> None:
    """Somebody has sent a picture."""
    with store.writing(1) as on:
        row = {"workshop_id": 1, "id": PICTURE, "by": "ada", "made": NINE}
        on.execute(insert(UPLOAD).values(row | encoded(file())._asdict()))


async def _weighed(did: Callable[..., Awaitable[str]]) -> None:
    """Of the cards some lie beneath another, one is on the shortlist, and dots can be laid."""
    seeds = [await did("mo", WALL, "seed", column="neu", text=f"Vorlage {number}") for number in range(5)]
    await did("mo", WALL, "island", title="Mut", cards=seeds[:1])
    await did("mo", WALL, "island", title="Zeit")
    await did("ada", WALL, "flag", card=seeds[0])
    await did("mo", WALL, "merge", card=seeds[0], cards=seeds[1:])
    await did("mo", WALL, "shortlist", cards=seeds[:1])
    await did("mo", WALL, "dots_open")


async def _spoken(did: Callable[..., Awaitable[str]]) -> None:
    """Some sit in the circle and want the floor; of three arguments one is being condensed and one is not pursued."""
    arguments = [await did("mo", FLOOR, "argue", list="argumente", text=f"Argument {n}") for n in range(3)]
    for person in ("ada", "dep", "g-1", "mo", "org", "tec"):
        await did("mo", FLOOR, "seat", person=person)
    for person in ("ada", "ben", "dep", "mo"):
        await did(person, FLOOR, "request")
    for words in ("Mehr Mut.", "Weniger Papier."):
        await did("mo", DIGEST, "condense", text=words)
    await did("mo", DIGEST, "claim", sources=arguments[1:2])
    await did("mo", DIGEST, "decline", sources=arguments[2:], reason="steht fest")
    await did("mo", FLOOR, "turn", person="dep")


async def _grouped(did: Callable[..., Awaitable[str]]) -> None:
    """Two work in groups, write, and call for help; the others look on.  For later there is a proposal."""
    await did("mo", GROUPS, "assign", groups={"t1": ["ada"], "t2": ["ben"]})
    for person, group in (("ada", "t1"), ("ben", "t2")):
        await did(person, GROUPS, "note", group=group, text=f"Notiz von {person}")
    await did("mo", GROUPS, "aside", group="t1", text="Anmerkung für das Team")
    await did("mo", GROUPS, "brief", text="Nur für die Moderationen")
    for _ in range(3):
        await did("ben", GROUPS, "help", group="t2", text="Wir hören niemanden.")
    results = [await did(by, GROUPS, "result", group=at, text="Ein Satz") for by, at in (("ada", "t1"), ("ben", "t2"))]
    await did("mo", GROUPS, "exhibit", open=True)
    for result in results:
        await did("saal", GROUPS, "comment", on=result, text="Wie genau?", aspect="question")
    await did("mo", GROUPS, "propose", groups={"t1": ["ada", "dep"], "t2": ["ben"]}, way="random")
    await did("mo", GROUPS, "shift", person="dep", group="t2")


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        file = Path(folder) / "town.db"
        thread.submit(build, f"sqlite:///{file}").result()  # a loop may be running here
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()


def copied(folder: Path) -> Path:
    """A new database with the day in it."""
    file = folder / f"town-{token_hex(4)}.db"
    file.write_bytes(_template())
    return file


# ── who knocks ──────────────────────────────────────────────────────────────────────────────────────────────────────

SEATS: dict[str, Seat | None] = {
    "stranger": None,
    "unknown": Seat(1, "nobody", "person", "d", 1),  # signed by us, on no roster
    "invited": Seat(1, "eva", "person", "d", 1),
    "waiting": Seat(1, "wal", "person", "d", 1),
    "participant": Seat(1, "ada", "person", "d", 1),
    "deputy": Seat(1, "dep", "person", "d", 1),
    "guest": Seat(1, "g-1", "person", "d", 1),
    "room": Seat(1, "saal", "person", "d", 1),
    "facilitator": Seat(1, "mo", "desk", "d", 1),
    "organiser": Seat(1, "org", "desk", "d", 1),
    "technician": Seat(1, "tec", "desk", "d", 1),
    "revoked": Seat(1, "rev", "person", "d", 1),
    "stage": Seat(1, "", "stage", "d", 1),
    "elsewhere": Seat(2, "zoe", "person", "d", 1),
    "other-desk": Seat(2, "ada", "desk", "d", 1),
}


def seat(role: str) -> Seat:
    """The seat of everybody but a stranger."""
    found = SEATS[role]
    assert found
    return found


def cookie(*seats: Seat | None, https: bool = False) -> dict[str, str]:
    """The cookie of a browser that has taken these seats; none for a browser without any."""
    taken = [seat for seat in seats if seat]
    if not taken:
        return {}
    browser = Browser(taken[0].device)
    for seat in taken:
        browser.take(seat)
    response = Cookies(SECRET, https=https).remember(Response(), browser)
    jar = SimpleCookie(response.headers["set-cookie"])
    return {name: morsel.value for name, morsel in jar.items()}


class Town(NamedTuple):
    app: Application
    file: Path

    def browser(self, *seats: Seat | None, **headers: str) -> httpx2.AsyncClient:
        """A browser on our own pages that has taken these seats; it follows no redirect by itself."""
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self.app),
            base_url=URL,
            cookies=cookie(*seats),
            headers={"Origin": URL} | headers,
        )

    @property
    def routes(self) -> list[Route]:
        """Every route of this build."""
        guarded = self.app.pages
        assert isinstance(guarded, Guarded)
        assert isinstance(guarded.app, Starlette)
        return [route for route in guarded.app.routes if isinstance(route, Route)]

    def rows(self) -> dict[str, list[Any]]:
        """Everything in the database but refusals."""
        with closing(sqlite3.connect(self.file)) as connection:
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608  # names of our own tables
                for (name,) in named
                if name != "refusal"
            }

    async def did(self, by: str, activity: str, command: str, /, **data: Any) -> str:
        """Something that happens meanwhile; the reference of what was written."""
        sent = Envelope(token_hex(16), 1, by, activity, command, data, device=f"device-{by}")
        return (await self.app.clerk.submit(sent)).ref

    async def revoke(self, person: str) -> None:
        """Revoke the personal link of somebody."""
        table = tables.metadata.tables["person"]

        def write(on: Any) -> None:
            on.execute(table.update().where(table.c.workshop_id == 1, table.c.id == person).values(version=9))

        await self.app.clerk.changed(1, "roster.changed", [person], write)


@asynccontextmanager
async def opened(file: Path, **settings: Any) -> AsyncIterator[Town]:
    """The application of a day, running, without a server around it."""
    app = Application(Settings(database_url=f"sqlite:///{file}", url=URL, **settings), SECRET)
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan", "state": {}}, heard.get, said.put))  # type: ignore[arg-type]
    await heard.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    try:
        yield Town(app, file)
    finally:
        await heard.put({"type": "lifespan.shutdown"})
        await life


@asynccontextmanager
async def listening(file: Path, **settings: Any) -> AsyncIterator[tuple[Town, str]]:
    """The same with a server around it, for sockets; and its address."""
    app = Application(Settings(database_url=f"sqlite:///{file}", url=URL, **settings), SECRET)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="websockets-sansio", lifespan="on"))
    running = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield Town(app, file), f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


async def until(happened: Callable[[], object], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110  # anything may make it so
            await asyncio.sleep(0.01)
