"""From what was chosen to rules: who shares a unit, who stands in whose place, who reports to whom, who met before."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from app.forming.choice import Choice
from facilitation.groups.rules import Accessible, AnyRule, Apart, Holds, Sized, Spread, Stays
from facilitation.groups.settings import Group
from facilitation.record import Person

HEADS_OF_DIVISIONS = ("dezernatsleitung", "beigeordnete")
HEAD_OF_ALL = "stadtspitze"
LEADING = "leitung"  # how the function of whoever leads a unit ends


def ruled(
    choice: Choice, people: Sequence[Person], groups: Sequence[Group], rounds: Sequence[Mapping[str, str]]
) -> tuple[AnyRule, ...]:
    """The rules for these people in these groups; `rounds` are the seats of earlier ones."""
    at_home = list(staying(people, groups)) if choice.switch("hosts") else []
    found: list[AnyRule] = [sized(len(people), groups, at_home), *placed(people, groups), *at_home]
    if choice.switch("unit"):
        found += (Apart(why="unit", people=those) for those in together((it.id, it.unit) for it in people))
    if choice.switch("deputies"):
        found += (Apart(why="deputy", people=pair) for pair in deputies(people))
    if choice.switch("line"):
        found += (Apart(why="line", people=pair) for pair in lines(people))
    if choice.switch("strangers"):
        here = {person.id for person in people}
        for seats in rounds:
            met = together((person, group) for person, group in seats.items() if person in here)
            found += (Apart(why="met", people=those) for those in met)
    if choice.divisions and choice.way in ("built", "choice", "different", "repair"):
        found.append(Spread(least=choice.divisions))
    return tuple(found)


def sized(people: int, groups: Sequence[Group], at_home: Sequence[Stays] = ()) -> Sized:
    """As even as the places allow: around those at home groups are filled in turn until one has no place left."""
    sizes = [sum(rule.group == group.id for rule in at_home) for group in groups]
    for _ in range(people - len(at_home)):
        free = [n for n, group in enumerate(groups) if group.capacity is None or sizes[n] < group.capacity]
        sizes[min(free or range(len(groups)), key=lambda it: sizes[it])] += 1
    return Sized(least=min(sizes), most=max(sizes))


def placed(people: Sequence[Person], groups: Sequence[Group]) -> Iterator[Holds | Accessible]:
    """What the places of the groups demand, in whatever way they are formed."""
    yield from (Holds(group=group.id, most=group.capacity) for group in groups if group.capacity is not None)
    if any(person.barrier_free for person in people):
        yield Accessible(groups=tuple(group.id for group in groups if group.barrier_free))


def staying(people: Sequence[Person], groups: Sequence[Group]) -> Iterator[Stays]:
    """Hosts and facilitators among these people, each at home in the first group that names them."""
    here, known = {person.id for person in people}, set[str]()
    for group in groups:
        for person in (group.host, group.facilitator):
            if person in here - known:
                known.add(person)
                yield Stays(person=person, group=group.id)


def together(named: Iterator[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Those of one name, where there are several; without a name there is nothing that they share."""
    found: dict[str, list[str]] = {}
    for person, name in named:
        if name:
            found.setdefault(name, []).append(person)
    return (tuple(those) for those in found.values() if len(those) > 1)


def deputies(people: Sequence[Person]) -> Iterator[tuple[str, str]]:
    """Heads and whoever stands in for them."""
    here = {person.id for person in people}
    return ((person.deputy_for, person.id) for person in people if person.deputy_for in here and person.deputy_for)


def lines(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Who reports to whom: in a unit to its head, in a division to its head, heads of divisions to the head of all."""
    heads = {person.deputy_for for person in people if person.deputy_for}
    return [
        (one.id, other.id)
        for one, other in combinations(people, 2)
        if _leads(one, other, heads) or _leads(other, one, heads)
    ]


def _leads(one: Person, other: Person, heads: set[str]) -> bool:
    if other.deputy_for == one.id:
        return True
    if one.function == HEAD_OF_ALL:
        return other.function in HEADS_OF_DIVISIONS
    if one.function in HEADS_OF_DIVISIONS:
        return bool(one.division) and one.division == other.division and _is_head(other, heads)
    return bool(one.unit) and one.unit == other.unit and _is_head(one, heads) and not _is_head(other, heads)


def _is_head(person: Person, heads: set[str]) -> bool:
    return not person.deputy and (person.id in heads or person.function.endswith(LEADING))
