"""Simulated people: real clients of the demo's server that take part at a human pace while somebody watches."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from secrets import token_hex

from app.batch import folded, stale
from app.caller import Caller, Lost, Message, Screen
from app.demo import chatter
from app.demo.story import SEED
from app.store import Store
from app.tokens import sign
from facilitation.activity import Activity
from facilitation.record import Data, Person, Role
from facilitation.room import Room
from realtime.seat import Seat

PATIENCE = 10.0  # seconds that an answer may take
LOOKING = 1.0  # seconds between two looks at the record
ARRIVING = 15.0  # seconds until the last of them is there
THINKING = 14.0  # seconds between two contributions of one person, on average
MOST = {"write": 2, "ask": 1, "comment": 2}  # of one person: then they only vote, support and react

Wish = tuple[str, str, Data]  # activity, command, data


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
            mind = Mind(person, eyes, cards, questions, random.Random(f"{SEED} {person.id}"))  # noqa: S311  # as above
            seat = Seat(eyes.workshop, person.id, "person", f"{person.id}-demo", person.version)
            tasks.create_task(_take_part(url, sign(secret, seat), mind))


async def _take_part(url: str, token: str, mind: "Mind") -> None:
    draws, screen = mind.draws, Screen()
    await asyncio.sleep(draws.uniform(0, ARRIVING))
    while True:
        with suppress(Lost, TimeoutError):
            await _talk(await Caller.call(url, token, "now", screen, PATIENCE), mind)
        await asyncio.sleep(draws.uniform(1, 3))


async def _talk(caller: Caller, mind: "Mind") -> None:
    """Contribute now and then; Lost or TimeoutError when the connection is gone."""
    try:
        while True:
            await asyncio.sleep(1 + mind.draws.expovariate(1 / THINKING))
            if caller.over.is_set():
                return
            if wish := mind.wish():
                activity, command, data = wish
                message: Message = {"id": token_hex(16), "activity": activity, "command": command, "data": data}
                await caller.ask("command", message, PATIENCE)
    finally:
        await caller.hang_up()


class Mind:
    """What one person has done, and feels like doing next."""

    def __init__(
        self, person: Person, eyes: Eyes, cards: list[tuple[str, str]], questions: list[str], draws: random.Random
    ) -> None:
        self.person, self.eyes, self.draws = person, eyes, draws
        self.cards, self.questions = cards, questions  # what nobody has said yet, shared by all
        self.done: Counter[str] = Counter()
        self.liked: set[str] = set()  # questions and posts

    def wish(self) -> Wish | None:
        """Something to do in what is open: a vote first, then this and that, and then other votes than before."""
        room = self.eyes.room
        if not room.roster.has_joined(self.person.id):
            return None if room.roster.waits(self.person.id) else ("roster", "join", {"client": "phone", "via": "link"})
        running = [activity for activity in room.activities.values() if activity.is_open]
        votes = [(it, ballot) for it in running if it.kind.name == "poll" and (ballot := self._ballot(it))]
        first = [(it.id, "vote", ballot) for it, ballot in votes if not self._voted(it)]
        wishes = first or [wish for it in running for wish in self._in(it)]
        again: list[Wish] = [(it.id, "vote", ballot) for it, ballot in votes if it.config.revote]
        return self._chosen(wishes or again)

    def _chosen(self, wishes: Sequence[Wish]) -> Wish | None:
        """One of these; what is said is not said by anybody else."""
        if not wishes:
            return None
        activity, command, data = self.draws.choice(wishes)
        self.done[command] += 1
        if command == "write":
            self.cards.remove((data["column"], data["text"]))
        elif command == "ask":
            self.questions.remove(data["text"])
        elif command in ("support", "react"):
            self.liked.add(data.get("question") or data["on"])
        return activity, command, data

    def _may(self, command: str) -> bool:
        return self.done[command] < MOST[command]

    def _voted(self, poll: Activity) -> bool:
        actor = poll.actor(self.person)
        return not {actor.id, actor.unit}.isdisjoint(poll.state.box.ballots)

    def _ballot(self, poll: Activity) -> Data | None:
        """A ballot in a form that is known here."""
        options = [option.id for option in poll.state.box.options]
        settings = poll.config.settings
        match poll.config.form:
            case "single":
                return {"choice": self.draws.choices(options, [3 + n % 4 for n, _ in enumerate(options)])[0]}
            case "multiple":
                most = settings.max_choices or len(options)
                return {"choices": self.draws.sample(options, self.draws.randint(1, most))}
            case "scale":
                likely = settings.min + 0.7 * (settings.max - settings.min)
                return {"value": round(self.draws.triangular(settings.min, settings.max, likely))}
        return None

    def _in(self, activity: Activity) -> Iterator[Wish]:
        """What one could do in a wall, in questions, in a stream."""
        match activity.kind.name:
            case "wall" if self._may("write"):
                columns = activity.state.columns
                for column, text in self.cards:
                    if column in columns:
                        yield activity.id, "write", {"column": column, "text": text}
            case "questions":
                if self._may("ask"):
                    yield from ((activity.id, "ask", {"text": text}) for text in self.questions)
                for question in activity.state.visible(activity.hidden):
                    if question.ref not in self.liked:
                        yield activity.id, "support", {"question": question.ref}
            case "stream":
                for post in activity.state.visible(activity.hidden):
                    yield from self._about(activity, post.ref)

    def _about(self, stream: Activity, post: str) -> Iterator[Wish]:
        if post not in self.liked and stream.config.reactions:
            yield stream.id, "react", {"on": post, "word": self.draws.choice(stream.config.reactions)}
        if self._may("comment"):
            yield stream.id, "comment", {"on": post, "text": self.draws.choice(chatter.COMMENTS)}
