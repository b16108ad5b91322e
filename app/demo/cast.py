"""Who takes part in the demo's day, and the acts that its chapters are made of, all drawn from one seed.

`Act.name` stands for the reference that its contribution gets; `@name` in the data of a later act is that reference.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from app.demo import town
from app.demo.town import ORGANISER
from facilitation.record import Data, Person

SEED = 2026
ABSENT = 12  # invited, and not there
AT_THE_DOOR = 3
LEFT_EARLY = 2
GUEST_OF_HONOUR = "Leitung Bürgeramt"  # whose personal link is shown: has written, has not yet voted


class Act(NamedTuple):
    minute: float
    by: str
    activity: str
    command: str
    data: Data
    name: str = ""


class Cast:
    """The people: who is here all day, who comes late or leaves early, who is not there; and what is left to chance."""

    def __init__(self) -> None:
        self.draws = random.Random(SEED)  # noqa: S311  # the same day each time, no secret
        everybody = town.people()
        self.honoured = next(person for person in everybody if person.label == GUEST_OF_HONOUR)
        others = [person for person in everybody if person is not self.honoured]
        self.draws.shuffle(others)
        self.absent, rest = others[:ABSENT], others[ABSENT:]
        self.waiting, rest = rest[:AT_THE_DOOR], rest[AT_THE_DOOR:]
        self.leaving, self.here = rest[:LEFT_EARLY], [self.honoured, *rest[LEFT_EARLY:]]

    def between(self, first: float, last: float) -> float:
        return self.draws.uniform(first, last)

    def some(self, count: int, without: Sequence[Person] = ()) -> list[Person]:
        return self.draws.sample([person for person in self.here if person not in without], count)

    def one_of(self, unit: str) -> Person:
        """Somebody who speaks for a unit, by its title."""
        return next(person for person in self.here if person.unit == town.unit(unit))

    def votes(
        self, poll: str, first: float, last: float, voters: Sequence[Person], shares: dict[Any, int], field: str
    ) -> Iterator[Act]:
        """Each of these votes between two minutes, by chance and by these shares."""
        for person in voters:
            (choice,) = self.draws.choices(list(shares), list(shares.values()))
            yield Act(self.between(first, last), person.id, poll, "vote", {field: choice})


def step(minute: float, id: str) -> Act:
    return Act(minute, ORGANISER, "agenda", "advance", {"step": id})


def onwards(minute: float) -> Act:
    """*Weiter*: to the next activity of the same step."""
    return Act(minute, ORGANISER, "agenda", "advance", {})


def showing(minute: float, activity: str, view: str, item: str = "") -> Act:
    return Act(minute, ORGANISER, activity, "show", {"view": view} | ({"item": item} if item else {}))
