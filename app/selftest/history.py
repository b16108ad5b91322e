"""What the simulated people know: every command they sent, and what they heard of it."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from app.caller import Message


@dataclass(slots=True, eq=False)
class Wish:
    """One submit: one id, sent again until it is answered for good.  `expected` is "" or the code of a refusal."""

    id: str
    by: str
    activity: str
    command: str
    data: Message
    expected: str = ""
    sent: int = 0
    answer: Message | None = None

    @property
    def accepted(self) -> bool:
        return self.answer is not None and bool(self.answer["ok"])

    @property
    def code(self) -> str:
        """What was answered: "" where it was accepted."""
        return "" if self.accepted or self.answer is None else str(self.answer["code"])

    @property
    def again(self) -> bool:
        """Whether the answer says that it was on record before."""
        return self.answer is not None and bool(self.answer.get("again"))


class Event(NamedTuple):
    seconds: float  # since the beginning
    what: str  # invoke, sent, unknown, patience, ok or refused
    wish: str


@dataclass(slots=True)
class History:
    """All wishes in the order of their invocation; those of one person follow each other without overlap."""

    wishes: dict[str, Wish] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # how many events of each kind
    under_way: int = 0  # sent and not yet answered
    _began: float = field(default_factory=time.monotonic)

    def note(self, what: str, wish: Wish) -> None:
        self.events.append(Event(round(time.monotonic() - self._began, 3), what, wish.id))
        self.counts[what] += 1

    def invoke(self, wish: Wish) -> None:
        self.wishes[wish.id] = wish
        self.note("invoke", wish)

    def close(self, wish: Wish, answer: Message) -> None:
        wish.answer = answer
        self.note("ok" if answer["ok"] else "refused", wish)

    def of(self, wish: str) -> str:
        """The history of one command in a line."""
        return " ".join(f"{event.what}@{event.seconds}" for event in self.events if event.wish == wish)
