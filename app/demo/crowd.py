"""Simulated people: real clients of the demo's server that take part at a human pace while somebody watches."""

import asyncio
import random
from contextlib import suppress
from secrets import token_hex

from app.batch import folded, stale
from app.caller import Caller, Lost, Message, Screen
from app.demo import chatter
from app.demo.cast import SEED
from app.demo.minds import Mind
from app.demo.wishes import Mood
from app.store import Store
from app.tokens import sign
from facilitation.record import Role
from facilitation.room import Room
from realtime.seat import Seat

PATIENCE = 10.0  # seconds that an answer may take
LOOKING = 1.0  # seconds between two looks at the record
ARRIVING = 15.0  # seconds until the last of them is there
THINKING = 14.0  # seconds between two contributions of one person, on average


class Eyes:
    """The record as everybody can see it, read again every second."""

    def __init__(self, store: Store, workshop: int) -> None:
        self.store, self.workshop = store, workshop
        self.room: Room = self._loaded()

    def _loaded(self) -> Room:
        with self.store.reading() as on:
            return folded(self.store, self.workshop, on)[0]

    async def look(self) -> None:
        """Keep looking until cancelled."""
        while True:
            await asyncio.sleep(LOOKING)
            missed = await asyncio.to_thread(self.store.entries, self.workshop, self.room.at)
            if any(map(stale, missed)):
                self.room = await asyncio.to_thread(self._loaded)
                continue
            for entry in missed:
                self.room.fold(entry)


async def gather(url: str, secret: str, eyes: Eyes, size: int) -> None:
    """`size` people take part until cancelled; those who are there already first, then those who never came."""
    draws = random.Random(SEED)  # noqa: S311  # what people do is no secret
    people = [person for person in eyes.room.roster.people.values() if person.role is Role.PARTICIPANT]
    draws.shuffle(people)
    people.sort(key=lambda person: not eyes.room.roster.has_joined(person.id))
    cards, questions = list(chatter.CARDS), list(chatter.QUESTIONS)
    draws.shuffle(cards)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(eyes.look())
        for person in people[:size]:
            mind = Mind(Mood(person, cards, questions, random.Random(f"{SEED} {person.id}")))  # noqa: S311  # as above
            seat = Seat(eyes.workshop, person.id, "person", f"{person.id}-demo", person.version)
            tasks.create_task(_take_part(url, sign(secret, seat), eyes, mind))


async def _take_part(url: str, token: str, eyes: Eyes, mind: Mind) -> None:
    draws, screen = mind.mood.draws, Screen()
    await asyncio.sleep(draws.uniform(0, ARRIVING))
    while True:
        with suppress(Lost, TimeoutError):
            await _talk(await Caller.call(url, token, "now", screen, PATIENCE), eyes, mind)
        await asyncio.sleep(draws.uniform(1, 3))


async def _talk(caller: Caller, eyes: Eyes, mind: Mind) -> None:
    """Contribute now and then; Lost or TimeoutError when the connection is gone."""
    try:
        while True:
            await asyncio.sleep(1 + mind.mood.draws.expovariate(1 / THINKING))
            if caller.over.is_set():
                return
            if wish := mind.wish(eyes.room):
                activity, command, data = wish
                message: Message = {"id": token_hex(16), "activity": activity, "command": command, "data": data}
                await caller.ask("command", message, PATIENCE)
    finally:
        await caller.hang_up()
