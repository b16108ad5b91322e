"""The floor (das Wort): who asks for it, who sits in the inner circle, who speaks.

People are ids, or pseudonyms where the activity is anonymous.  Nothing in here ranks anybody: what a role has had of
the time is a share, what a person has had only decides whose turn is next, and only where that is wished for.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.arguments import Arguments, Heading
from facilitation.moments import after, between
from facilitation.reactions import Reactions, Words
from facilitation.record import Data, Entry

Rule = Literal["arrival", "fewest", "roles"]  # who is next: as they came, who spoke least, whose role spoke least
RoleOf = Callable[[str], str]


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seats: Annotated[int, Field(ge=0, le=60)] = 0  # of the inner circle; none: a list of speakers
    free_seats: Annotated[int, Field(ge=0, le=60)] = 0  # of these, for whoever comes
    turn_seconds: Annotated[int, Field(ge=10, le=3600)] = 180
    lists: Annotated[tuple[Heading, ...], Field(min_length=1, max_length=8)] = (Heading("argumente", "Argumente"),)
    reactions: Words = ("Treffend",)  # from outside the circle, to arguments
    names: Literal["named", "moderators", "anonymous"] = "named"

    @property
    def chairs(self) -> int:
        return max(self.seats, self.free_seats)


class Request(NamedTuple):
    at: int
    by: str
    made: datetime


class Turn(NamedTuple):
    """`seconds` is how long it lasts: known beforehand, or once it is over.  `limit` is what the ruler shows."""

    person: str
    began: datetime
    limit: int
    seconds: int | None = None

    @property
    def ends(self) -> datetime:
        return after(self.began, timedelta(seconds=self.limit))


class Chair(NamedTuple):
    person: str
    since: int


class Share(NamedTuple):
    """What a role has had of the floor so far."""

    role: str
    turns: int
    seconds: int


@dataclass(slots=True)
class State:
    config: Settings
    requests: dict[str, Request] = field(default_factory=dict)  # who waits, in the order of asking
    preferred: list[str] = field(default_factory=list)  # who is called first, the latest first
    rule: Rule = "arrival"
    chairs: list[Chair | None] = field(default_factory=list)
    past: list[Turn] = field(default_factory=list)
    turn: Turn | None = None
    asked: int = 0
    arguments: Arguments = field(default_factory=Arguments)
    reactions: Reactions = field(default_factory=Reactions)
    sealed: Data | None = None  # the figures, once it is forgotten who spoke

    @property
    def turns(self) -> list[Turn]:
        return [*self.past, *([self.turn] if self.turn else [])]

    @property
    def seated(self) -> set[str]:
        return {chair.person for chair in self.chairs if chair}

    @property
    def first_free(self) -> int:
        """Which chair is the first of those that are for whoever comes; they are the last ones."""
        return len(self.chairs) - self.config.free_seats

    def queue(self, role_of: RoleOf) -> list[Request]:
        """Who waits, the next one first."""
        had = Counter(turn.person for turn in self.turns)
        roles = Counter(role_of(turn.person) for turn in self.turns)

        def place(it: Request) -> tuple[int, ...]:
            first = self.preferred.index(it.by) if it.by in self.preferred else len(self.preferred)
            match self.rule:
                case "fewest":
                    return first, had[it.by], it.at
                case "roles":
                    return first, roles[role_of(it.by)], had[it.by], it.at
            return first, it.at

        return sorted(self.requests.values(), key=place)

    def shares(self, role_of: RoleOf) -> Iterator[Share]:
        """The shares of the roles in the order of the alphabet; time counts once it is known."""
        turns, seconds = Counter[str](), Counter[str]()
        for turn in self.turns:
            role = role_of(turn.person)
            turns[role] += 1
            seconds[role] += turn.seconds or 0
        return (Share(role, turns[role], seconds[role]) for role in sorted(turns))

    def take(self, entry: Entry) -> None:
        """Take an entry in.  One whose veil is gone names nobody: the seal counts."""
        match entry.type:
            case "speaking.argued" | "speaking.revised":
                self.arguments.take(entry)
            case "speaking.reacted":
                self.reactions.take(entry)
            case "speaking.ordered":
                self.rule = entry.data["rule"]
            case "speaking.finished":
                self._finish(entry.made)
            case "activity.sealed":
                self._seal(entry.data["figures"])
            case _ if person := entry.full.get("person", entry.by):
                self._take(entry, person)

    def _take(self, entry: Entry, person: str) -> None:
        """What somebody did, or what was done with them."""
        match entry.type:
            case "speaking.requested":
                self.asked += 1
                self.requests.setdefault(person, Request(entry.at, person, entry.made))
            case "speaking.retracted":
                self._call(person)
            case "speaking.preferred" if person not in self.requests:
                pass  # who took it back meanwhile
            case "speaking.preferred":
                self.preferred = [person, *(other for other in self.preferred if other != person)]
            case "speaking.seated":
                self._call(person)
                self._sit(person, entry.at, [n for n, chair in enumerate(self.chairs) if not chair])
            case "speaking.vacated" | "speaking.risen":
                self.chairs = [None if chair and chair.person == person else chair for chair in self.chairs]
            case _:  # speaking.given
                self._give(person, entry)

    def _seal(self, figures: Data) -> None:
        self.sealed, self.asked = figures, 0
        self.reactions.seal(figures.get("reactions_by_argument", {}))
        self.requests, self.preferred, self.past, self.turn = {}, [], [], None
        self.chairs = [None] * len(self.chairs)

    def _call(self, person: str) -> None:
        """Nobody waits for what they have."""
        self.requests.pop(person, None)
        self.preferred = [other for other in self.preferred if other != person]

    def _sit(self, person: str, at: int, empty: list[int]) -> None:
        if empty and person not in self.seated:
            self.chairs[empty[0]] = Chair(person, at)

    def _give(self, person: str, entry: Entry) -> None:
        """Let somebody speak.  Who comes from outside takes a free chair; who has sat longest on one makes room."""
        self._finish(entry.made)
        self._call(person)
        seconds: int | None = entry.data.get("seconds")
        self.turn = Turn(person, entry.made, self.config.turn_seconds if seconds is None else seconds, seconds)
        free = range(self.first_free, len(self.chairs))
        empty = [n for n in (*free, *range(self.first_free)) if not self.chairs[n]]
        leaving = sorted(free, key=lambda n: chair.since if (chair := self.chairs[n]) else 0)
        self._sit(person, entry.at, empty or leaving)

    def _finish(self, made: datetime) -> None:
        """Whoever said how long a turn lasts said it for good; another lasts until it is over."""
        if self.turn:
            lasted = round(between(self.turn.began, made).total_seconds())
            self.past.append(self.turn if self.turn.seconds is not None else self.turn._replace(seconds=lasted))
            self.turn = None

    def figures(self) -> Data:
        """The block of the script format; beside it what only our own have."""
        if self.sealed:
            return self.sealed
        turns, given = self.turns, self.reactions.counts
        figures = {"requests": self.asked, "turns": len(turns), "speakers": len({turn.person for turn in turns})}
        return figures | ({"reactions_by_argument": given} if given else {})
