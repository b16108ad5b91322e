"""Playing a day against a running server: one real Socket.IO client for each actor and device.

The next action leaves only after the answer to the previous one, with the gaps of the script divided by the speed.
What is refused for now is waited for and sent again under the same id, and so is what got no answer.
"""

import asyncio
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

import socketio
from socketio.exceptions import SocketIOError

from app.scripts.format import Action, Script
from app.scripts.mapping import Interpreter
from app.scripts.ways import ACCEPTED, DUPLICATE, SEALED, UNSUPPORTED, outcome
from app.settings import WrongUse
from app.tokens import sign
from facilitation.record import Data
from facilitation.roster import Roster
from realtime.seat import Seat

ANSWER_SECONDS = 10.0  # until an action is sent again
PATIENCE = 60.0  # seconds of silence that are borne in all; after that each action is sent only once more
MOST_ATTEMPTS = 3  # where the server says that something is broken
UNANSWERED = "unanswered"


class Server(NamedTuple):
    """Where to play, and what it takes to sit down there."""

    url: str
    secret: str
    workshop: int
    roster: Roster
    build: str


@dataclass(slots=True)
class Report:
    outcomes: dict[str, str] = field(default_factory=dict)  # action -> outcome
    acks: list[float] = field(default_factory=list)  # milliseconds from sending to answer

    @property
    def unanswered(self) -> int:
        return sum(word == UNANSWERED for word in self.outcomes.values())

    def as_json(self) -> Data:
        ordered = sorted(self.acks)
        return {
            "actions": len(self.outcomes),
            "by_outcome": dict(sorted(Counter(self.outcomes.values()).items())),
            "not_accepted": {id: word for id, word in self.outcomes.items() if word != ACCEPTED},
            "unanswered": self.unanswered,
            "ack_ms": {"p50": _at(ordered, 0.5), "p99": _at(ordered, 0.99), "max": _at(ordered, 1.0)},
        }


def _at(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else None


def build(url: str) -> str:
    """Which build of Ratschlag runs at an address; WrongUse if none does."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=ANSWER_SECONDS) as answer:  # noqa: S310  # the operator says where
            return str(json.load(answer)["build"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise WrongUse(f"no Ratschlag answers at {url}: start it there, or name another address with --url") from error


async def play(
    script: Script, server: Server, speed: float | None, progress: Callable[[], None] = lambda: None
) -> Report:
    """Play the stream of a script; `speed` None means without gaps."""
    playing = Playing(server, Interpreter(script))
    before = script.stream[0].ts if script.stream else None
    begun = time.monotonic()
    try:
        for action in script.stream:
            if speed and before:
                gap = (action.ts - before).total_seconds() / speed
                await asyncio.sleep(max(0.0, gap - (time.monotonic() - begun)))
            before, begun = action.ts, time.monotonic()
            await playing.take(action)
            progress()
    finally:
        await playing.close()
    return playing.report


class Playing:
    def __init__(self, server: Server, interpreter: Interpreter) -> None:
        self.server, self.interpreter = server, interpreter
        self.report = Report()
        self.devices: dict[tuple[str, str], Device] = {}
        self.patience = PATIENCE
        self._answered: set[str] = set()  # ids of commands

    async def take(self, action: Action) -> None:
        if not self.interpreter.supports(action) or action.kind == SEALED or action.outcome not in (None, ACCEPTED):
            self.report.outcomes[action.id] = UNSUPPORTED  # this build cannot, or an export has no content to send
            return
        device = self._device(action)
        self.report.outcomes[action.id] = await self._outcome(device, action)
        if action.kind == "join":
            await device.watch()
        elif action.kind == "leave":
            await device.close()

    def _device(self, action: Action) -> "Device":
        """The client of an actor and device.  Somebody unknown gets a seat too: whoever is nobody may knock."""
        key = (action.actor, action.device)
        if key not in self.devices:
            person = self.server.roster.people.get(action.actor)
            place, page = ("desk", "desk") if person and person.role.is_staff else ("person", "now")
            seat = Seat(self.server.workshop, action.actor, place, action.device, person.version if person else 1)
            self.devices[key] = Device(self.server, sign(self.server.secret, seat), page)
        return self.devices[key]

    async def _outcome(self, device: "Device", action: Action) -> str:
        """Send an action until it is answered.  Only the id of its command makes it safe to send it again."""
        message = {"id": self.interpreter.command_id(action), **self.interpreter.sending(action)._asdict()}
        unsure = False  # an earlier attempt is perhaps on record: then it was no repeat
        for attempt in count():
            begun = time.monotonic()
            answer = await device.sent(message)
            if answer is None or (answer.get("code") == "broken" and attempt < MOST_ATTEMPTS):
                unsure = True
                await asyncio.sleep(0.1)
                self.patience -= time.monotonic() - begun
                if self.patience < 0:
                    break
            elif wait := answer.get("retry_after_ms"):
                await asyncio.sleep(wait / 1000)
            else:
                self.report.acks.append((time.monotonic() - begun) * 1000)
                return self._judged(message["id"], answer, action, unsure=unsure)
        return UNANSWERED

    def _judged(self, id: str, answer: Data, action: Action, *, unsure: bool) -> str:
        self.interpreter.learn(action, answer.get("ref", ""))
        again = answer.get("again") and (id in self._answered or not unsure)
        self._answered.add(id)
        if again:
            return DUPLICATE
        return ACCEPTED if answer["ok"] else outcome(answer["code"])

    async def close(self) -> None:
        await asyncio.gather(*(device.close() for device in self.devices.values()))


class Device:
    """One client: a browser of one person."""

    def __init__(self, server: Server, token: str, page: str) -> None:
        self.server, self.token, self.page = server, token, page
        self.client = socketio.AsyncClient(reconnection=False, handle_sigint=False)

    async def sent(self, message: Data) -> Data | None:
        """The answer to a command; None where the connection fails or nothing comes back in time."""
        try:
            if not self.client.connected:
                await self._connect()
            answer: Data = await self.client.call("command", message, timeout=ANSWER_SECONDS)
        except (SocketIOError, OSError, TimeoutError):
            with suppress(SocketIOError, OSError):
                await self.client.disconnect()
            return None
        return answer

    async def _connect(self) -> None:
        await self.client.connect(self.server.url, auth={"token": self.token}, transports=["websocket"])
        await self.watch()

    async def watch(self) -> None:
        """Look at a page as a browser would, as far as the seat may: then every change comes here too."""
        with suppress(SocketIOError, TimeoutError):
            message = {"page": self.page, "at": None, "build": self.server.build}
            await self.client.call("join", message, timeout=ANSWER_SECONDS)

    async def close(self) -> None:
        with suppress(SocketIOError, OSError):
            await self.client.disconnect()
