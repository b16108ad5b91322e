"""A board on which people are dealt out and change places, knowing at each change what it costs.

Everything but different values is a class: people of whom so many in one group cost so much.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from app.forming.task import Task
from facilitation.groups.rules import Accessible, Apart, Holds, Spread, triangle
from facilitation.record import Person


class Class(NamedTuple):
    """Some people by number, and for each group (or for all, if there is one row) what 0, 1, 2 … of them cost."""

    people: Sequence[int]
    prices: Sequence[Sequence[int]]


class Board:
    def __init__(self, task: Task) -> None:
        self.task, self.hard = task, task.dearest
        self.places = range(len(task.groups))
        self.numbers = {person.id: number for number, person in enumerate(task.people)}
        self.seats = [-1] * len(task.people)
        self.sizes = [0] * len(task.groups)
        self.costs = [[self._own(person, group) for group in task.groups] for person in task.people]
        self._classes(self._made())
        spread = next((rule for rule in task.rules if isinstance(rule, Spread)), None)
        self.least = spread.least if spread else 0
        self.values = [getattr(person, spread.attribute) if spread else "" for person in task.people]
        self.there: list[Counter[str]] = [Counter() for _ in task.groups]  # how often each value is in each group

    def _own(self, person: Person, group: str) -> int:
        """What it costs that somebody sits there, whoever else does."""
        shut = (group not in it.groups for it in self.task.rules if isinstance(it, Accessible))
        return self.task.cost(person.id, group) + (self.hard * sum(shut) if person.barrier_free else 0)

    def _classes(self, made: list[Class]) -> None:
        self.prices = [[each.prices[place % len(each.prices)] for place in self.places] for each in made]
        self.counts = [[0] * len(self.places) for _ in made]
        self.of: list[list[int]] = [[] for _ in self.task.people]
        for number, each in enumerate(made):
            for person in each.people:
                self.of[person].append(number)

    def _made(self) -> list[Class]:
        many, task = len(self.task.people), self.task
        made: list[Class] = []
        for rule in task.rules:
            if isinstance(rule, Apart):
                people = [self.numbers[person] for person in rule.people if person in self.numbers]
                made.append(Class(people, [[self.hard * triangle(n - rule.most) for n in range(len(people) + 2)]]))
        for attribute in task.even:
            for those in task.valued(attribute).values():
                few, more = divmod(len(those), len(task.groups))
                most = few + bool(more)
                prices = [max(0, few - n) + max(0, n - most) for n in range(len(those) + 2)]
                made.append(Class([self.numbers[person] for person in those], [prices]))
        if places := {rule.group: rule.most for rule in task.rules if isinstance(rule, Holds)}:
            full = [places.get(group, many) for group in task.groups]
            rows = [[self.hard * max(0, n - most) for n in range(many + 2)] for most in full]
            made.append(Class(range(many), rows))
        return made

    @property
    def empty(self) -> int:
        """What it costs that nobody sits anywhere yet."""
        return sum(prices[0] for rows in self.prices for prices in rows)

    # ── what a change costs ──

    def entering(self, person: int, place: int) -> int:
        """What it costs that somebody comes to a place."""
        cost = self.costs[person][place]
        for one in self.of[person]:
            prices, count = self.prices[one][place], self.counts[one][place]
            cost += prices[count + 1] - prices[count]
        if self.least:
            value, there = self.values[person], self.there[place]
            cost += self.hard * self.least if not self.sizes[place] else 0
            if value and not there[value] and len(there) < self.least:
                cost -= self.hard
        return cost

    def sit(self, person: int, place: int) -> int:
        cost = self.entering(person, place)
        self.seats[person] = place
        self.sizes[place] += 1
        for one in self.of[person]:
            self.counts[one][place] += 1
        if value := self.values[person]:
            self.there[place][value] += 1
        return cost

    def rise(self, person: int) -> int:
        """What it saves that somebody stands up."""
        place = self.seats[person]
        self.sizes[place] -= 1
        for one in self.of[person]:
            self.counts[one][place] -= 1
        if value := self.values[person]:
            there = self.there[place]
            there[value] -= 1
            if not there[value]:
                del there[value]
        self.seats[person] = -1
        return self.entering(person, place)

    def is_one_of_many(self, person: int) -> bool:
        """Whether somebody sits where values are missing, and theirs is there more than once."""
        there = self.there[self.seats[person]]
        return len(there) < self.least and there[self.values[person]] != 1

    @property
    def plan(self) -> dict[str, str]:
        return {person.id: self.task.groups[seat] for person, seat in zip(self.task.people, self.seats, strict=True)}
