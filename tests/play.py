"""One activity in one room, and chance: what an example of a kind is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from typing import NamedTuple

from facilitation.record import Data, Person, Role
from facilitation.room import Room
from tests.rooms import PEOPLE

HERE = (
    *(replace(person, label=f"Name von {person.id}") for person in PEOPLE),
    Person("amy", Role.PARTICIPANT, "Name von amy", unit="amt-10", deputy=True),
    Person("saal", Role.ROOM, "Name von saal", headcount=12),
)
SLUG = "baustein"


@dataclass
class Play:
    """One activity in one room, and chance."""

    kind: str
    rng: Random
    table: Room
    said: Iterator[int] = field(default_factory=lambda: count(1))

    def words(self) -> str:
        """What nobody said before; seldom nothing that anybody could see."""
        return f"<i>Wort{next(self.said):04d}</i> & so" if self.rng.random() < 0.95 else " \u200b"

    def ref(self) -> str:
        """Something that somebody said here, seldom nothing."""
        refs = list(self.table.activities[SLUG].contributions)
        return self.rng.choice(refs) if refs and self.rng.random() < 0.95 else "AT2-9999"


Wishes = Sequence[tuple[float, Callable[[], tuple[str, Data]]]]  # how often, which command and what it says


class Example(NamedTuple):
    """How a kind is played."""

    configs: Sequence[Data]
    wishes: Callable[[Play], Wishes]
    said: tuple[str, Data] | None = None  # a contribution of the word "Geheimnis", where the result shows some
    views: Sequence[str] = ()  # pictures of it on the stage, besides question and result
    author: str = ""  # who mostly acts, and says it, where not everybody may
    beside: Sequence[tuple[str, str, Data]] = ()  # other activities in the room: address, kind and settings
    later: Sequence[tuple[str, str, Data]] = ()  # … and those that nobody has opened
