"""What no plan can avoid (Schranke): below how much of the rules none comes, by counting people and groups alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import heapify, heapreplace
from typing import NamedTuple

from facilitation.groups.meeting import least_repeated, pairs
from facilitation.groups.rules import (
    Accessible,
    AnyRule,
    Apart,
    Holds,
    Plan,
    Rules,
    Spread,
    Stays,
    needing,
    triangle,
)
from facilitation.record import Person


class Case(NamedTuple):
    """Who is to sit in which groups, none of which stays empty."""

    seated: AbstractSet[str]
    groups: Sequence[str]
    people: Mapping[str, Person]  # the roster

    @classmethod
    def of(cls, plan: Plan, people: Mapping[str, Person]) -> "Case":
        seated = {person: group for person, group in plan.items() if group}
        return cls(seated.keys(), list(dict.fromkeys(seated.values())), people)


def unavoidable(rules: Rules, case: Case) -> int:
    """Below how much no plan comes, by counting alone; a solver may prove more."""
    fixed = {rule.person: rule.group for rule in reversed(rules) if isinstance(rule, Stays)}
    places = {rule.group: rule.most for rule in rules if isinstance(rule, Holds)}
    overfull = len(case.seated) - sum(places.get(group, len(case.seated)) for group in case.groups)
    met = least_repeated(case.seated, len(case.groups), pairs(rules)) if case.groups else 0
    crowded = sum(least(rule, case, fixed) for rule in rules if isinstance(rule, Apart))
    others = sum(least(rule, case, fixed) for rule in rules if not isinstance(rule, Apart))
    return max(0, overfull) + max(met, crowded) + others


def least(rule: AnyRule, case: Case, fixed: Mapping[str, str]) -> int:
    """Below how much of one rule no plan comes; `fixed` is who has their place."""
    match rule:
        case Apart():
            return _least_crowded(rule, case, fixed)
        case Spread(attribute=attribute, least=wanted):
            return _least_alike(attribute, wanted, case)
        case Stays(person=person, group=group):
            return int(person in case.seated and fixed[person] != group)
        case Accessible(groups=reached):
            shut = {*case.groups} - {*reached}
            none = shut == {*case.groups}
            return sum(none or fixed.get(person) in shut for person in needing(case.seated, case.people))
    return 0


def _least_crowded(rule: Apart, case: Case, fixed: Mapping[str, str]) -> int:
    """Dealt out as evenly as can be, around those who have their places."""
    there = [person for person in rule.people if person in case.seated]
    counts = Counter(fixed[person] for person in there if fixed.get(person) in case.groups)
    heap = [counts[group] for group in case.groups]
    heapify(heap)
    for _ in range(len(there) - counts.total()):
        heapreplace(heap, heap[0] + 1)
    return sum(triangle(count - rule.most) for count in heap)


def _least_alike(attribute: str, wanted: int, case: Case) -> int:
    """Each value helps as many groups as it has people, and each person helps one."""
    times = Counter(getattr(case.people[person], attribute) for person in case.seated if person in case.people)
    times.pop("", None)
    groups = len(case.groups)
    reached = min(sum(min(many, groups) for many in times.values()), groups * min(wanted, len(times)))
    return max(0, groups * wanted - reached)
