"""A prepared workshop for the benchmark: so many people who have joined, and polls that are open."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from threading import Lock

from sqlalchemy import insert
from starlette.responses import Response

from app import database
from app.bench.forming import TABLES
from app.clerk import Clerk
from app.identity import Browser, Cookies
from app.store import ACTIVITY, PERSON, WORKSHOP, Store
from facilitation.record import Data, Envelope, Role
from realtime.seat import Seat

STAFF = "regie"
QUESTION, RESULT = "frage", "ergebnis"  # a poll as usual, and one whose shown result is very long
WALL = "wand"
DIGEST = "redaktion"  # where the desk alone, on its editing page, reads what it writes on the wall itself
GROUPS = "gruppen"  # formed while the usual poll is open
LONG = 10_000  # characters of each of its answers
CARD = {"column": "neu", "text": "Öffnungszeiten"}

_upgrading = Lock()  # Alembic keeps the upgrade at hand in a global


def prepared(url: str, workshop_id: int, people: int, activity: str = QUESTION, said: int = 0) -> dict[int, str]:
    """Put a workshop in which `activity` is open into the database at `url`, which may be empty or not.

    The last so many people have `said` something, the last one first; the references of what each said.
    """
    with _upgrading:
        database.upgrade(url)
    return asyncio.run(_prepared(url, workshop_id, people, activity, said))


async def _prepared(url: str, workshop_id: int, people: int, activity: str, said: int) -> dict[int, str]:
    store = Store(url)
    with store.writing(workshop_id) as on:
        on.execute(insert(WORKSHOP), [_workshop(workshop_id)])
        guests = [_person(workshop_id, f"p{n}", Role.PARTICIPANT) for n in range(people)]
        on.execute(insert(PERSON), [_person(workshop_id, STAFF, Role.ORGANISER), *guests])
        activities = [_poll(workshop_id, 1, QUESTION), _poll(workshop_id, 2, RESULT, LONG), _wall(workshop_id)]
        if activity == GROUPS:
            activities.append(_groups(workshop_id))
        if activity == DIGEST:
            activities.append(_digest(workshop_id))
        on.execute(insert(ACTIVITY), activities)
    clerk = Clerk(store)

    async def do(by: str, activity: str, command: str, **data: str) -> str:
        envelope = Envelope(token_hex(16), workshop_id, by, activity, command, data, device=by)
        return (await clerk.submit(envelope)).ref

    await asyncio.gather(*(do(f"p{n}", "roster", "join", client="phone", via="code") for n in range(people)))
    await do(STAFF, {GROUPS: QUESTION, DIGEST: WALL}.get(activity, activity), "open")
    if activity == RESULT:
        await do(STAFF, activity, "show", view="result")
    if activity == DIGEST:
        own = [await do(STAFF, WALL, "write", **CARD) for _ in range(said)]
        said_by = {people: own[-1]}
    else:
        speakers = range(people - 1, people - 1 - said, -1)
        says, words = ("write", CARD) if activity == WALL else ("vote", {"choice": "o1"})
        refs = await asyncio.gather(*(do(f"p{n}", activity, says, **words) for n in speakers))
        said_by = dict(zip(speakers, refs, strict=True))
    await clerk.close()
    store.close()
    return said_by


def _workshop(id: int) -> Data:
    now = datetime.now(UTC)
    return {
        "id": id,
        "code": code(id),
        "prefix": f"B{id}",
        "title": "Amtsleitungstag",
        "starts": now,
        "ends": now + timedelta(hours=8),
        "timezone": "Europe/Berlin",
        "language": "de",
        "place": "",
        "organisation": "",
        "k": 5,
        "settings": {},
        "imported_from": "",
        "created": now,
        "stage_version": 1,
    }


def _person(workshop_id: int, id: str, role: Role) -> Data:
    blank = {"division": "", "function": "", "deputy": False, "deputy_for": None, "headcount": 0, "guest": False}
    blank["barrier_free"] = False
    known = {"workshop_id": workshop_id, "id": id, "role": role.value, "label": f"Leitung {id}", "unit": f"amt-{id}"}
    return blank | known | {"version": 1}


def _poll(workshop_id: int, position: int, id: str, length: int = 0) -> Data:
    labels = ("Bürgerbüros", "Personal", "Digitale Akte", "Gebäude")
    options = [{"id": f"o{n}", "label": label.ljust(length, "·")} for n, label in enumerate(labels, 1)]
    config = {"form": "single", "settings": {"options": options}} | ({"names": "named"} if length else {})
    title = "Was gehen wir zuerst an?"
    return {
        "workshop_id": workshop_id,
        "id": id,
        "position": position,
        "kind": "poll",
        "title": title,
        "config": config,
    }


def _wall(workshop_id: int) -> Data:
    config = {"columns": [{"id": "neu", "title": "Neu"}], "names": "named"}
    head = {"workshop_id": workshop_id, "id": WALL, "position": 3, "kind": "wall"}
    return head | {"title": "Was fehlt?", "config": config}


def _groups(workshop_id: int) -> Data:
    config = {"groups": [[f"g{n}", f"Gruppe {n}"] for n in range(TABLES)]}
    head = {"workshop_id": workshop_id, "id": GROUPS, "position": 4, "kind": "groups"}
    return head | {"title": "Arbeit in Gruppen", "config": config}


def _digest(workshop_id: int) -> Data:
    head = {"workshop_id": workshop_id, "id": DIGEST, "position": 5, "kind": "digest"}
    return head | {"title": "Redaktion", "config": {}}


def code(workshop_id: int) -> str:
    return f"{100_000 + workshop_id}"


def identities(
    file: Path, secret: str, workshop_id: int, people: range, refs: Mapping[int, str], desk: str = "desk"
) -> None:
    """Write for each of these people, and the desk, how their browser proves who they are, one JSON object a line.

    `refs` are the contributions that are their own, `desk` is the page of the desk.
    """
    cookies = Cookies(secret, https=False)
    with file.open("w") as lines:
        seats = [Seat(workshop_id, f"p{number}", "person", f"device{number}", 1) for number in people]
        for number, seat in enumerate([*seats, Seat(workshop_id, STAFF, "desk", "desk", 1)], people.start):
            browser = Browser(seat.device)
            browser.take(seat)
            cookie = cookies.remember(Response(), browser).headers["set-cookie"].partition(";")[0]
            auth = {"workshop": str(workshop_id), "place": seat.place, "person": seat.person}
            shown = {"auth": auth, "cookie": cookie, "own": refs.get(number, "")}
            shown["page"] = "now" if seat.place == "person" else desk
            lines.write(json.dumps(shown) + "\n")
