"""What the simulated people do: a workshop with two polls, a wall and questions, and a random next wish."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from app import tables
from app.clerk import Clerk
from app.preparing import Planned, prepare
from app.selftest.history import Wish
from app.store import Store
from facilitation.record import Data, Envelope, Person, Role

STAFF = Person("regie", Role.ORGANISER, "Regie")
NAMED, SECRET, WALL, QUESTIONS = "poll-named", "poll-secret", "wall", "questions"
CHOICES = ("a", "b", "c", "d")
MOST_CARDS = 2  # of one person: the picture stays one that phones really get
ASKED = 5  # questions that are there from the beginning
SHARES = {"vote": 55, "edit": 15, "support": 20, "write": 5, "mistake": 5}  # of the wishes

_OPTIONS = {"options": [{"id": id, "label": f"Antwort {id}"} for id in CHOICES]}
_ACTIVITIES = (
    Planned(NAMED, "poll", "Mit Namen", {"form": "single", "names": "named", "settings": _OPTIONS}),
    Planned(SECRET, "poll", "Anonym", {"form": "single", "names": "anonymous", "settings": _OPTIONS}),
    Planned(WALL, "wall", "Ideenwand", {"names": "named"}),
    Planned(QUESTIONS, "questions", "Fragen", {"own_support": True}),  # any question may be supported by anybody
)
COLUMN = "cards"  # the one that a wall has without settings


class Hall:
    """A workshop in which everybody has joined and everything is open; `prepared` lists the ids of its commands."""

    def __init__(self, store: Store, people: int) -> None:
        self.store, self.people = store, [f"p{number:03}" for number in range(1, people + 1)]
        self.prepared: set[str] = set()
        self.questions: list[str] = []
        self.workshop = 0

    async def fill(self) -> None:
        now = datetime.now(UTC)
        workshop = tables.Workshop(
            code="100001", prefix="ST", title="Selbsttest", starts=now, ends=now + timedelta(hours=8)
        )
        people = [Person(id, Role.PARTICIPANT, f"Leitung {id}", unit=f"amt-{id}") for id in self.people]
        self.workshop = prepare(self.store, workshop, [STAFF, *people], _ACTIVITIES)
        clerk = Clerk(self.store)
        for person in self.people:
            await self._do(clerk, person, "roster", "join", {"client": "phone", "via": "code"})
        for planned in _ACTIVITIES:
            await self._do(clerk, STAFF.id, planned.id, "open", {})
        for number in range(ASKED):
            text = {"text": f"Frage {number}"}
            self.questions.append(await self._do(clerk, self.people[0], QUESTIONS, "ask", text))
        await clerk.close()

    async def _do(self, clerk: Clerk, by: str, activity: str, command: str, data: Data) -> str:
        id = token_hex(16)
        self.prepared.add(id)
        return (await clerk.submit(Envelope(id, self.workshop, by, activity, command, data, device=by))).ref


class Will:
    """What one person wants next.  It depends on what was answered, so that every answer can be foreseen."""

    def __init__(self, person: str, questions: list[str], draws: random.Random) -> None:
        self.person, self.questions, self.draws = person, questions, draws
        self.cards: list[str] = []
        self.supported: Counter[str] = Counter()  # question -> 1 or 0

    def wish(self) -> Wish:
        (kind,) = self.draws.choices(list(SHARES), list(SHARES.values()))
        id = f"{self.draws.getrandbits(128):032x}"
        match kind:
            case "write" if len(self.cards) < MOST_CARDS:
                return self._wish(id, WALL, "write", {"column": COLUMN, "text": f"Karte {id}"})
            case "edit" if self.cards:
                data = {"card": self.draws.choice(self.cards), "text": f"Neue Worte {id}"}
                return self._wish(id, WALL, "edit", data)
            case "support":
                question = self.draws.choice(self.questions)
                command = "unsupport" if self.supported[question] else "support"
                return self._wish(id, QUESTIONS, command, {"question": question})
            case "mistake":
                return self._wish(id, WALL, "write", {"column": "nowhere", "text": f"Irrtum {id}"}, "wall.invalid")
        activity = self.draws.choice((NAMED, SECRET))
        return self._wish(id, activity, "vote", {"choice": self.draws.choice(CHOICES)})

    def _wish(self, id: str, activity: str, command: str, data: Data, expected: str = "") -> Wish:
        return Wish(id, self.person, activity, command, data, expected)

    def learn(self, wish: Wish) -> None:
        """Take in what became of a wish."""
        if not wish.accepted or wish.answer is None:
            return
        if wish.command == "write":
            self.cards.append(wish.answer["ref"])
        elif wish.activity == QUESTIONS:
            self.supported[wish.data["question"]] = int(wish.command == "support")
