"""One workshop on the running server, prepared as rows, and the browsers of those who take part in it.

Every test has a workshop of its own on the server that all share; between browsers and server stands a fault proxy.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import randbelow, token_hex
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app import tables
from app.faults import CLEAR
from app.preparing import Planned, prepare
from app.store import Store
from app.tokens import link
from facilitation.record import Person, Role
from realtime.seat import Seat
from tests import real
from tests.town import SECRET, cookie

QUESTION = "Was hat Ihr Amt am meisten durch die Krise getragen?"
LABELS = {
    "team": "Zusammenhalt im Team",
    "technik": "Technische Ausstattung",
    "klar": "Klare Entscheidungen",
    "spitze": "Vertrauen der Stadtspitze",
    "zeiten": "Flexible Arbeitszeiten",
    "humor": "Humor",
}
OPTIONS = {"options": list(LABELS.items())}
MOOD, CARRIED, FIRST, UNIT = "stimmung", "getragen", "zuerst", "je-amt"
WALL, QUESTIONS, STREAM = "wand", "fragen", "blog"
FLOOR, PULSE, DIGEST = "rede", "puls", "redaktion"
TEXT, MEASURES = "leitbild", "zusagen"
LISTS = [["heraus", "Herausforderungen"], ["loesung", "Lösungen"], ["bedenken", "Bedenken"], ["info", "Informationen"]]
PARAGRAPHS = [["lb-1", "Ziel", "Wir sind für alle da."], ["lb-2", "Weg", "Wir hören zu und entscheiden dann."]]
TOPICS = [["personal", "Personal"], ["digital", "Digitalisierung"]]
SCALE = {"min": 1, "max": 10, "ends": ["erschöpft", "voller Energie"]}
COLUMNS = [["mit", "Mitnehmen"], ["bei", "Beibehalten"], ["besser", "Besser machen"]]
ACTIVITIES = (
    Planned(MOOD, "poll", "Wie gehen Sie heute in den Tag?", {"form": "scale", "settings": SCALE}),
    Planned(CARRIED, "poll", QUESTION, {"form": "single", "settings": OPTIONS}),
    Planned(FIRST, "poll", "Was packen wir zuerst an?", {"form": "multiple", "names": "named", "settings": OPTIONS}),
    Planned(WALL, "wall", "Die drei Fragen", {"names": "named", "columns": COLUMNS}),
    Planned(QUESTIONS, "questions", "Fragen an die Vortragenden", {"premoderated": True}),
    Planned(STREAM, "stream", "Blog zum Amtsleitungstag", {"prompts": COLUMNS}),
    Planned(FLOOR, "speaking", "Was hält uns auf?", {"seats": 5, "free_seats": 1, "lists": LISTS}),
    Planned(PULSE, "pulse", "Wie ist das Tempo?", {}),
    Planned(DIGEST, "digest", "Was wir hören", {"topics": TOPICS}),
    Planned(TEXT, "text", "Leitbild", {"documents": [["leitbild", "Leitbild", PARAGRAPHS]]}),
    Planned(MEASURES, "measures", "Vereinbarungen des Tages", {}),
)
CROWD = tuple(f"amt-{number}" for number in range(11, 21))
PEOPLE = (
    Person("mo", Role.FACILITATOR, "Moderation"),
    Person("org", Role.ORGANISER, "Organisation"),
    Person("ada", Role.PARTICIPANT, "Amt 33, Bürgerdienste", unit="amt-33", division="I", function="leitung"),
    Person("ben", Role.PARTICIPANT, "Amt 20, Kämmerei", unit="amt-20", division="II", function="leitung"),
    Person("saal", Role.ROOM, "Ratssaal", headcount=12),
    *(Person(id, Role.PARTICIPANT, id.replace("amt-", "Amt ")) for id in CROWD),
)
NINE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # by the clock of Berlin
Programme = tuple[tuple[str, str, int, str, tuple[str, ...]], ...]  # id, title, minutes, type, activities
PROGRAMME: Programme = (
    ("einlass", "Ankommen, Technik", 30, "lobby", ()),
    ("impuls", "Impuls: Verwaltung im Krisenmodus", 20, "plenum", ()),
    ("abfragen", "Drei Abfragen", 15, "plenum", (MOOD, CARRIED, FIRST)),
    ("ideen", "Ideenwand", 30, "plenum", (WALL,)),
    ("schluss", "Vereinbarungen und Schluss", 25, "plenum", ()),
)


def steps(programme: Programme) -> Iterator[dict[str, Any]]:
    starts = NINE
    for id, title, minutes, kind, activities in programme:
        ends = starts + timedelta(minutes=minutes)
        times = {"starts": starts.isoformat(), "ends": ends.isoformat()}
        lead = "Leitung Amt 37, Feuerwehr" if id == "impuls" else ""
        yield {"id": id, "title": title, "type": kind, "activities": activities, "lead": lead} | times
        starts = ends


@dataclass
class Rathaus:
    """The server of all days here, behind a proxy that tests may tell to be bad."""

    server: real.Ratschlag
    proxied: real.Proxied
    store: Store
    programs: httpx2.Client  # for what is done beside the browsers

    @property
    def url(self) -> str:
        return self.proxied.url

    def prepared(
        self,
        activities: Sequence[Planned] = ACTIVITIES,
        people: Sequence[Person] = PEOPLE,
        programme: Programme = PROGRAMME,
    ) -> "Day":
        code, prefix = f"{randbelow(900_000) + 100_000}", token_hex(3).upper()
        workshop = tables.Workshop(
            code=code,
            prefix=prefix,
            title="Amtsleitungstag",
            organisation="Stadtverwaltung Beispielstadt am Strom",
            starts=NINE,
            ends=NINE + timedelta(hours=2),
            settings={"steps": list(steps(programme))},
        )
        return Day(self, prepare(self.store, workshop, people, activities), code, prefix)

    def gone(self) -> None:
        """Kill the server, as a power cut does."""
        self.server.kill()

    def back(self) -> None:
        """What a day broke, whole again for the next one."""
        self.proxied.proxy.faults = CLEAR
        if not self.server.running:
            self.server.start()


@contextmanager
def rathaus() -> Iterator[Rathaus]:
    with real.proxied(0) as proxied:
        env = {"RATSCHLAG_URL": proxied.url, "RATSCHLAG_SECRET": SECRET, "RATSCHLAG_ALLOWANCE": "6000"}
        with real.served(env) as server:
            proxied.proxy.target = server.port
            url = f"sqlite:///{server.folder / 'ratschlag.db'}"
            headers = {"Origin": proxied.url}
            with closing(Store(url)) as store, httpx2.Client(base_url=server.url, headers=headers) as programs:
                yield Rathaus(server, proxied, store, programs)


@dataclass
class Day:
    rathaus: Rathaus
    id: int
    code: str
    prefix: str

    def address(self, page: str = "now") -> str:
        return f"{self.rathaus.url}/w/{self.code}/{page}"

    def seat(self, person: str, place: str = "person") -> Seat:
        return Seat(self.id, person, place, f"device-{person}", 1)

    def link(self, person: str, place: str = "person") -> str:
        """The address in somebody's invitation, or of the desk or the stage."""
        return link(self.rathaus.url, SECRET, self.seat(person, place)._replace(device=""))

    # ── who sits at which browser ───────────────────────────────────────────────────────────────────────────────────

    def browser(self, chromium: Browser, *people: str, place: str = "person", **options: Any) -> BrowserContext:
        """A browser on a phone in which these people have sat down; the desk's and the stage's are larger."""
        width, height = {"person": (390, 844), "desk": (1440, 900), "stage": (1920, 1080)}[place]
        size = {"viewport": {"width": width, "height": height}}
        context: BrowserContext = chromium.new_context(**size | options)
        context.set_default_timeout(20_000)
        ((name, value),) = cookie(*(self.seat(person, place) for person in people)).items()
        context.add_cookies([{"name": name, "value": value, "url": self.rathaus.url}])
        return context

    def phone(self, chromium: Browser, person: str = "ada", page: str = "now", **options: Any) -> Page:
        """The phone of somebody who is in the workshop, on one of its pages and connected."""
        self.joined(person)
        return self.opened(self.browser(chromium, person, **options), page)

    def desk(self, chromium: Browser, activity: str = "", person: str = "mo", **options: Any) -> Page:
        page = f"desk?activity={activity}" if activity else "desk"
        return self.opened(self.browser(chromium, person, place="desk", **options), page)

    def stage(self, chromium: Browser, **options: Any) -> Page:
        return self.opened(self.browser(chromium, "", place="stage", **options), "stage")

    def opened(self, context: BrowserContext, page: str) -> Page:
        opened = context.new_page()
        opened.goto(self.address(page))
        connected(opened)
        return opened

    # ── what others do meanwhile ────────────────────────────────────────────────────────────────────────────────────

    def sent(self, by: str, to: str, **body: Any) -> httpx2.Response:
        """The answer to what somebody's program sends to a page of the workshop."""
        place = "desk" if by in ("mo", "org") else "person"
        client = self.rathaus.programs
        client.cookies = httpx2.Cookies(cookie(self.seat(by, place)))
        return client.post(f"/w/{self.code}/{to}", params={"place": place}, **body)

    def did(self, by: str, activity: str, command: str, /, **data: Any) -> str:
        """Something that somebody does elsewhere, once it is on record; the number of what they wrote."""
        answer = self.sent(by, f"{activity}.{command}", json={"id": token_hex(16), "data": data}).json()
        assert answer["ok"], answer
        return str(answer.get("ref", ""))

    def joined(self, *people: str) -> None:
        for person in people:
            self.did(person, "roster", "join")

    def opens(self, *activities: str) -> None:
        for activity in activities:
            self.did("mo", activity, "open")

    # ── what is on record ───────────────────────────────────────────────────────────────────────────────────────────

    def entries(self, kind: str) -> list[tuple[str | None, dict[str, Any]]]:
        """Who did it, and its data, veiled ones with what is under the veil: read from the rows, not from a room."""
        with closing(sqlite3.connect(self.rathaus.server.folder / "ratschlag.db")) as connection:
            rows = connection.execute(
                'SELECT coalesce(v."by", e."by"), e.data, v.data FROM entry e'
                " LEFT JOIN veil v ON v.workshop_id = e.workshop_id AND v.at = e.at"
                " WHERE e.workshop_id = ? AND e.type = ? ORDER BY e.at",
                (self.id, kind),
            ).fetchall()
        return [(by, json.loads(data) | json.loads(veil or "{}")) for by, data, veil in rows]

    def said(self, kind: str, key: str) -> list[Any]:
        """One value of each of these entries."""
        return [data[key] for _, data in self.entries(kind)]


def connected(page: Page, word: str = "verbunden", seconds: float = 20) -> None:
    """Wait until the page is connected, or as it says."""
    states = {"verbunden": "ok", "getrennt": "off", "eingeschränkt": "limited"}
    expect(page.locator("body")).to_have_attribute("data-connection", states[word], timeout=seconds * 1000)


def until(happened: Callable[[], object], seconds: float = 20) -> None:
    """Wait for what no page shows."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
