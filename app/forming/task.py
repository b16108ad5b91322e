"""What is to be worked out: who is to sit in which groups, what must hold, and what would be nice."""

from collections.abc import Mapping
from typing import NamedTuple

from facilitation.groups.bounds import Case
from facilitation.groups.rules import AnyRule, Sized, Stays
from facilitation.record import Person

WISHED = (0, 1, 3)  # what it costs that somebody gets their first wish, their second, none


class Task(NamedTuple):
    """`even` are attributes whose values are dealt out evenly; `wishes` the groups that people like, best first."""

    people: tuple[Person, ...]  # in the order in which they are dealt out
    groups: tuple[str, ...]  # none of them stays empty
    rules: tuple[AnyRule, ...] = ()
    even: tuple[str, ...] = ()
    wishes: Mapping[str, tuple[str, ...]] = {}
    begun: Mapping[str, str] = {}  # where to begin from: who sits where now

    @property
    def case(self) -> Case:
        people = {person.id: person for person in self.people}
        return Case(people.keys(), self.groups, people)

    @property
    def fixed(self) -> dict[str, str]:
        """Who has their place.  Of several the first."""
        here = {person.id for person in self.people}
        kept = [rule for rule in self.rules if isinstance(rule, Stays) and rule.group in self.groups]
        return {rule.person: rule.group for rule in reversed(kept) if rule.person in here}

    @property
    def sizes(self) -> tuple[int, int]:
        """How many a group may have at least and at most."""
        found = next((rule for rule in self.rules if isinstance(rule, Sized)), None)
        return (max(1, found.least), found.most) if found else (1, len(self.people))

    def cost(self, person: str, group: str) -> int:
        """What it costs, beside the rules, that somebody sits there."""
        wished = self.wishes.get(person, ())
        if not wished:
            return 0
        return WISHED[wished.index(group)] if group in wished[:2] else WISHED[2]

    @property
    def dearest(self) -> int:
        """More than all wishes and all unevenness together can cost."""
        return 1 + WISHED[2] * len(self.wishes) + len(self.even) * len(self.people) * 2

    def valued(self, attribute: str) -> dict[str, list[str]]:
        """Who has which value of an attribute, in the order of the people."""
        found: dict[str, list[str]] = {}
        for person in self.people:
            if value := getattr(person, attribute):
                found.setdefault(value, []).append(person.id)
        return found


class Solution(NamedTuple):
    """Who sits where, and below how much of the rules no plan comes."""

    plan: dict[str, str]
    least: int
