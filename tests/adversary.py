"""Somebody who takes the disk away after the day, and everything they may know and try.

They know the people, the order in which they joined and voted, and every ballot that was perhaps cast.  They have all
bytes of the database's own files and all rows with their places in the file.  They have no key: the tests have it, to
look for what it made.  Not theirs are the logs that PostgreSQL writes ahead, backups taken while a poll was open, and
what somebody saw who watched people vote: of these the privacy text speaks.
"""

import asyncio
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from math import comb
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any, NamedTuple

from app import database, tables
from app.clerk import Clerk
from app.preparing import Planned, prepare
from app.store import Store
from facilitation import desk
from facilitation.activity import mask, seed
from facilitation.record import Data, Envelope, Person, Refused, Role
from facilitation.room import Room
from tests.real import Postgres
from tests.rooms import NINE

OPTIONS = [["ja", "Ja"], ["nein-danke", "Nein"], ["weiss-ich-noch-nicht", "Weiß nicht"]]
CHOICES = [id for id, _ in OPTIONS]
SINGLE = {"options": OPTIONS}
POLL, WORDS, WALL, SURVEY, NAMED = "poll-geheim", "worte-geheim", "wand-geheim", "bogen-geheim", "wand-offen"
SECRETS = (POLL, WORDS, WALL, SURVEY)
QUESTIONS = [
    {"id": "q1", "title": "Dafür?", "form": "single", "settings": SINGLE, "required": True},
    {"id": "q2", "title": "Warum?", "form": "open", "settings": {}},
]
COLUMNS = {"columns": [["neu", "Neu"]], "max_length": 80}
ACTIVITIES = (
    Planned(POLL, "poll", "Dafür?", {"form": "single", "names": "anonymous", "settings": SINGLE}),
    Planned(WORDS, "poll", "Was noch?", {"form": "open", "names": "anonymous", "settings": {"max_length": 60}}),
    Planned(WALL, "wall", "Ideen", COLUMNS | {"names": "anonymous", "dots": {"budget": 5, "max_per_target": 3}}),
    Planned(SURVEY, "survey", "Bogen", {"names": "anonymous", "questions": QUESTIONS}),
    Planned(NAMED, "wall", "Mit Namen", COLUMNS | {"names": "named"}),
)
PEOPLE = tuple(Person(f"p{n:02d}", Role.PARTICIPANT, f"Amt {n}", unit=f"amt-{n:02d}") for n in range(44))
LATE = 4  # people who join while others vote
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # of PostgreSQL's times


class Attempt(NamedTuple):
    """What somebody sent, and whether it was taken."""

    by: str
    activity: str
    command: str
    data: Data
    accepted: bool


class Day(NamedTuple):
    """What happened, in order, and what only the tests know of it."""

    attempts: list[Attempt]
    keys: dict[str, str]  # of the veils
    moments: list[datetime]  # when something was given anonymously

    @property
    def ballots(self) -> list[str]:
        """What was chosen in the poll, in the order of voting, changes included."""
        votes = (it for it in self.attempts if (it.activity, it.command) == (POLL, "vote") and it.accepted)
        return [it.data["choice"] for it in votes]


# ── the day ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def built(url: str) -> None:
    database.upgrade(url)
    day = tables.Workshop(code="482731", prefix="AT2", title="Amtsleitungstag", starts=NINE, ends=NINE)
    with closing(Store(url)) as store:
        prepare(store, day, [*PEOPLE, Person("mo", Role.FACILITATOR, "Moderation")], ACTIVITIES)


async def lived(clerk: Clerk, seed: int = 25) -> Day:
    """Everybody joins and votes in an order that is known; some change their mind, some are refused, some come late."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    attempts: list[Attempt] = []

    async def did(by: str, activity: str, command: str, id: str = "", **data: Any) -> str:
        sent = Envelope(id or f"{rng.getrandbits(128):032x}", 1, by, activity, command, data, device=by)
        try:
            receipt = await clerk.submit(sent)
        except Refused:
            attempts.append(Attempt(by, activity, command, data, accepted=False))
            return ""
        attempts.append(Attempt(by, activity, command, data, accepted=not receipt.again))
        return receipt.ref

    order = [person.id for person in PEOPLE]
    rng.shuffle(order)
    for person in order[:-LATE]:
        await did(person, "roster", "join")
    for activity in (*SECRETS, NAMED):
        await did("mo", activity, "open")
    await did("mo", WALL, "dots_open")
    cards = [await did(person, WALL, "write", column="neu", text=f"Karte {n}") for n, person in enumerate(order[:3])]
    voting = order[:-LATE]
    rng.shuffle(voting)
    for place, person in enumerate([*voting, *order[-LATE:]]):
        if person in order[-LATE:]:
            await did(person, "roster", "join")
        await _votes(did, rng, person, place, cards)
    keys = {activity: (await clerk.room(1)).activities[activity].key for activity in SECRETS}
    moments = [entry.made for entry in clerk.store.entries(1) if entry.veil is not None]
    await did("mo", WALL, "dots_close")
    for activity in SECRETS:
        await did("mo", activity, "close")
    for person in order[:5]:
        await did(person, POLL, "vote", choice="ja")
    return Day(attempts, keys, moments)


async def _votes(did: Callable[..., Any], rng: Random, person: str, place: int, cards: Sequence[str]) -> None:
    """What one person does: answers everything, every third changes it, every fourth is refused somewhere."""
    for change in range(2 if place % 3 == 0 else 1):
        choice = rng.choices(CHOICES, [5, 3, 2])[0]
        if place % 4 == 0:
            await did(person, POLL, "vote", choice="gibt-es-nicht")
            await did(person, WORDS, "vote", text=f"zu lang {place} " + 60 * "x")
            await did(person, SURVEY, "submit", answers={"q1": {"choice": f"falsch-{place}"}})
            await did(person, WALL, "dot", on=cards[0], dots=9)
        id = f"{rng.getrandbits(128):032x}"
        await did(person, POLL, "vote", id=id, choice=choice)
        if place % 5 == 0:
            await did(person, POLL, "vote", id=id, choice=choice)  # a repeat
            await did(person, POLL, "vote", id=id, choice="ja" if choice != "ja" else "nein-danke")  # no repeat
        await did(person, WORDS, "vote", text=f"Wort {place} {change}")
        answers: Data = {"q1": {"choice": choice}} | ({"q2": {"text": f"Grund {place}"}} if place % 2 else {})
        await did(person, SURVEY, "submit", answers=answers)
        await did(person, WALL, "dot", on=rng.choice(cards), dots=1)
    if place % 5 == 0:
        await did(person, NAMED, "write", column="neu", text=f"Offen von {person}")


async def revealed(clerk: Clerk) -> None:
    """The results are shown, which seals them."""
    for activity in SECRETS:
        await clerk.submit(Envelope(token_hex(16), 1, "mo", activity, "show", {"view": "result"}))


# ── what is taken away ──────────────────────────────────────────────────────────────────────────────────────────────


class Disk:
    """The files of a database, as they lie there."""

    def __init__(self, url: str, postgres: Postgres | None) -> None:
        self.url, self.postgres = url, postgres

    def bytes(self) -> bytes:
        if self.postgres is None:
            main = Path(self.url.removeprefix("sqlite:///"))
            return b"".join(file.read_bytes() for file in sorted(main.parent.glob(f"{main.name}*")))
        with self.postgres.connected(self.name) as connection:
            connection.execute("CHECKPOINT")
            (path,) = connection.execute("SELECT pg_relation_filepath('veil')").fetchone() or ("",)
        folder = (self.postgres.folder / "data" / str(path)).parent
        return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())

    def rows(self, table: str) -> list[Data]:
        """Every row with its place in the file: `rowid`, or `ctid` and `xmin`."""
        place = "rowid" if self.postgres is None else "ctid::text, xmin::text"
        query = f'SELECT {place}, * FROM "{table}" ORDER BY 1'  # noqa: S608  # our own tables
        if self.postgres is None:
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as on:
                cursor: Any = on.execute(query)
                return [dict(zip([it[0] for it in cursor.description], row, strict=True)) for row in cursor]
        with self.postgres.connected(self.name) as connection:
            cursor = connection.execute(query)
            return [dict(zip([it.name for it in cursor.description], row, strict=True)) for row in cursor]

    def ballots(self) -> list[Data]:
        """The rows of the ballots of one poll in their order, each with what is left of its veil."""
        veils = {row["at"]: row for row in self.rows("veil")}
        cast = (row for row in self.rows("entry") if (row["activity"], row["type"]) == (POLL, "poll.voted"))
        return [row | {"veil": veils.get(row["at"])} for row in sorted(cast, key=lambda row: row["at"])]

    def gather_statistics(self) -> None:
        """What a database notes about the values in its tables, as it does by itself when much has changed."""
        if self.postgres is not None:
            with self.postgres.connected(self.name) as connection:
                connection.execute("ANALYZE")

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]


# ── what is tried ───────────────────────────────────────────────────────────────────────────────────────────────────


def findings(disk: Disk, day: Day) -> set[str]:
    """Everything that leads from the disk back to a person or a ballot; empty is what was promised."""
    told = {"a refusal"} if any(map(_tells, secret(disk.rows("refusal")))) else set()
    return lying(disk, day) | told | {f"rows of {kind}" for kind in distinguishable(disk)} | linked(disk, day)


def lying(disk: Disk, day: Day) -> set[str]:
    """What of all that must be gone still lies on the disk."""
    taken = disk.bytes()
    return {what for what, signs in _signs(day) if any(sign in taken for sign in signs)}


def _signs(day: Day) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "a key", [key.encode() for key in day.keys.values()]
    yield "a pseudonym", _pseudonyms(day)
    yield "a ballot", [b'"choice": ', b'{"answers": ', b'"dots": 1}']
    yield "a digest", _digests(day)
    yield "the time of a ballot", [sign for moment in day.moments for sign in times(moment)]


def _pseudonyms(day: Day) -> Iterator[bytes]:
    """By the keys, which only the tests know, and by what anybody could take for one."""
    for activity, key in day.keys.items():
        for person in PEOPLE:
            yield from (mask(by, of).encode() for by in (key, activity) for of in (person.id, person.unit))
            yield seed(activity, person.id).encode()


def _digests(day: Day) -> Iterator[bytes]:
    """What anybody can compute from a person and a ballot, whether it was cast or not."""
    for it in day.attempts:
        if it.activity in SECRETS and it.by != "mo":
            yield Envelope("", 1, it.by, it.activity, it.command, it.data).digest().encode()
    for person in PEOPLE:
        for id in CHOICES:
            yield Envelope("", 1, person.id, POLL, "vote", {"choice": id}).digest().encode()


def times(moment: datetime) -> Iterator[bytes]:
    """As the databases write times."""
    yield moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f").encode()
    yield struct.pack("<q", round((moment - EPOCH).total_seconds() * 1_000_000))


def secret(rows: Iterable[Data]) -> list[Data]:
    return [row for row in rows if row["activity"] in SECRETS]


def _tells(refusal: Data) -> bool:
    """Whether a refusal says who wished something, or what; staff has no secrets here."""
    said = str(refusal["values"])
    return bool(refusal["by"] or refusal["digest"] or "gibt-es-nicht" in said or "falsch" in said or "zu lang" in said)


def distinguishable(disk: Disk) -> list[str]:
    """The types of entries that people made of which one row differs from another.

    All have a number, a place in the file, the random id of their command, and what everybody may read: their words.
    """
    free = {"at", "command", "part", "rowid", "ctid", "data"}
    looks: dict[str, set[str]] = {}
    for row in secret(disk.rows("entry")):
        if row["type"].split(".")[0] in ("poll", "wall", "survey") and not row["type"].startswith("wall.dots_"):
            seen = {name: value for name, value in row.items() if name not in free}
            looks.setdefault(f"{row['activity']} {row['type']}", set()).add(str(seen))
    return [kind for kind, those in looks.items() if len(those) > 1]


def linked(disk: Disk, day: Day) -> set[str]:
    """The ways of guessing that beat what most have chosen, where the order of voting lies beside the rows.

    Every other ballot is known to whoever guesses: its owner has told.
    """
    rows, choices = disk.ballots(), day.ballots
    assert len(rows) == len(choices)
    asked = range(1, len(rows), 2)
    by_most = sum(choices[n] == _most(choices) for n in asked)
    right = {way.__name__: sum(way(rows, choices, n) == choices[n] for n in asked) for way in WAYS}
    return {name for name, hits in right.items() if _chance(hits, len(asked), by_most / len(asked)) < UNLIKELY}


def _most(choices: Sequence[str]) -> str:
    return Counter(choices).most_common(1)[0][0]


def by_what_it_says(rows: Sequence[Data], choices: Sequence[str], n: int) -> str:
    said = str(rows[n])
    return next((id for id in CHOICES if f'"{id}"' in said or f"'{id}'" in said), _most(choices))


def by_its_id(rows: Sequence[Data], choices: Sequence[str], n: int) -> str:
    """As those chose whose ids begin alike."""
    alike = [choices[k] for k in range(0, len(rows), 2) if rows[k]["command"][0] == rows[n]["command"][0]]
    return _most(alike or choices)


def by_its_size(rows: Sequence[Data], choices: Sequence[str], n: int) -> str:
    """As those chose whose rows are as long, whatever number of digits their places in the file have."""
    alike = [choices[k] for k in range(0, len(rows), 2) if _size(rows[k]) == _size(rows[n])]
    return _most(alike or choices)


def _size(row: Data) -> int:
    return len(str(row["data"])) + len(str(row["veil"] and row["veil"]["data"]))


WAYS = (by_what_it_says, by_its_id, by_its_size)
UNLIKELY = 0.01


def _chance(hits: int, of: int, each: float) -> float:
    """How likely at least so many hits are by chance."""
    return sum(comb(of, k) * each**k * (1 - each) ** (of - k) for k in range(hits, of + 1))


async def until_sealed(clerk: Clerk) -> None:
    """Until the desk says so of everything."""
    async with asyncio.timeout(20):
        while set(stands(await clerk.room(1))) != {"sealed"}:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.01)


def stands(room: Room) -> list[str]:
    """How the desk says that each anonymous activity stands."""
    return [desk.state(room.activities[activity]) for activity in SECRETS]
