"""What a round of groups should keep to (Regeln): as data, and what a plan breaks of it, where and for whom.

A plan says who sits in which group.  How much of a rule is broken counts as a number, so that less can be told from
more, and that a number below which no plan comes can be proven.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.record import Person

Plan = Mapping[str, str]  # person -> group
People = Annotated[tuple[str, ...], Field(max_length=2000)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Apart(Rule):
    """Of these people at most `most` in one group: those of a unit, head and deputy, a line, an earlier table."""

    is_a: Literal["apart"] = "apart"
    why: Literal["unit", "deputy", "line", "met"]
    people: People
    most: Annotated[int, Field(ge=1, le=10_000)] = 1


class Spread(Rule):
    """In every group that has somebody at least so many different values of an attribute."""

    is_a: Literal["spread"] = "spread"
    attribute: Literal["division", "unit", "function"] = "division"
    least: Count


class Sized(Rule):
    """Every group that has somebody has at least and at most so many."""

    is_a: Literal["sized"] = "sized"
    least: Count
    most: Count


class Holds(Rule):
    """A group has so many places."""

    is_a: Literal["holds"] = "holds"
    group: str
    most: Count


class Stays(Rule):
    """Somebody belongs to a group: its host, or whoever facilitates it."""

    is_a: Literal["stays"] = "stays"
    person: str
    group: str


class Accessible(Rule):
    """Whoever needs a room without barriers sits in one of these groups.  Who that is only the roster knows."""

    is_a: Literal["accessible"] = "accessible"
    groups: Annotated[tuple[str, ...], Field(max_length=500)] = ()


AnyRule = Apart | Spread | Sized | Holds | Stays | Accessible
Rules = Sequence[AnyRule]


class Breach(NamedTuple):
    """How much a rule is broken, in which group and by whom; `people` is empty where it is nobody's doing."""

    rule: AnyRule
    group: str
    people: tuple[str, ...]
    amount: int


def triangle(number: int) -> int:
    """1, 3, 6 …: one too many is one, two too many are worse than twice one."""
    return number * (number + 1) // 2 if number > 0 else 0


def breaches(rules: Rules, plan: Plan, people: Mapping[str, Person]) -> list[Breach]:
    """What a plan breaks, rule by rule.  `people` is the roster."""
    tables: dict[str, list[str]] = {}
    for person, group in plan.items():
        if group:
            tables.setdefault(group, []).append(person)
    return [breach for rule in rules for breach in _broken(rule, plan, tables, people)]


def _broken(
    rule: AnyRule,
    plan: Plan,
    tables: Mapping[str, Sequence[str]],
    people: Mapping[str, Person],
) -> Iterator[Breach]:
    match rule:
        case Apart():
            yield from _crowded(rule, plan)
        case Stays(person=person, group=group):
            if plan.get(person, group) != group:
                yield Breach(rule, group, (person,), 1)
        case Accessible(groups=reached):
            for group, those in tables.items():
                if group not in reached and (shut := tuple(needing(those, people))):
                    yield Breach(rule, group, shut, len(shut))
        case _:
            for group, those in tables.items():
                if (amount := _amount(rule, group, those, people)) > 0:
                    yield Breach(rule, group, (), amount)


def _amount(rule: Spread | Sized | Holds, group: str, those: Sequence[str], people: Mapping[str, Person]) -> int:
    """How much a group is too much alike, too small or too large, or has too many for its places."""
    match rule:
        case Spread(attribute=attribute, least=wanted):
            return wanted - len(values(attribute, those, people))
        case Sized(least=few, most=most):
            return max(few - len(those), len(those) - most)
    return len(those) - rule.most if rule.group == group else 0


def _crowded(rule: Apart, plan: Plan) -> Iterator[Breach]:
    together: dict[str, list[str]] = {}
    for person in rule.people:
        if group := plan.get(person, ""):
            together.setdefault(group, []).append(person)
    for group, those in together.items():
        if len(those) > rule.most:
            yield Breach(rule, group, tuple(those), triangle(len(those) - rule.most))


def needing(those: Iterable[str], people: Mapping[str, Person]) -> Iterator[str]:
    """Who of them needs a room without barriers."""
    return (person for person in those if person in people and people[person].barrier_free)


def values(attribute: str, those: Sequence[str], people: Mapping[str, Person]) -> set[str]:
    """The different values of an attribute; who has none counts for none."""
    return {value for person in those if person in people and (value := getattr(people[person], attribute))}
