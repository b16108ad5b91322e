"""Who meets whom again (Wiedersehen): counted for a plan, and below how often no plan comes, as in a World Café.

Earlier tables are rules: at most one of those who sat there in one group.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import combinations

from facilitation.groups.rules import AnyRule, Apart, Plan

Pair = frozenset[str]


def pairs(rules: Iterable[AnyRule]) -> set[Pair]:
    """Everybody with whomever they should not sit in a group."""
    strict = (rule.people for rule in rules if isinstance(rule, Apart) and rule.most == 1)
    return {frozenset(pair) for people in strict for pair in combinations(people, 2)}


def repeated(plan: Plan, apart: Iterable[Pair]) -> int:
    """How many of these pairs sit in one group after all."""
    return sum(bool(plan.get(one, "")) and plan.get(one) == plan.get(other) for one, other in map(tuple, apart))


def least_repeated(seated: AbstractSet[str], groups: int, apart: Iterable[Pair]) -> int:
    """How many of them do at least: groups of even size make the fewest pairs, and only so many are free."""
    few, more = divmod(len(seated), groups)
    made = more * choose(few + 1) + (groups - more) * choose(few)
    return max(0, made - choose(len(seated)) + sum(pair <= seated for pair in set(apart)))


def choose(people: int) -> int:
    """How many pairs so many people are."""
    return people * (people - 1) // 2
