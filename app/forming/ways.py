"""The ways of forming groups: each makes of the people who take part, and of what was chosen, a proposal to record."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.forming.building import built
from app.forming.choice import MIXED, Choice
from app.forming.lists import read
from app.forming.ruling import placed, ruled, together
from app.forming.task import Solution, Task
from facilitation.groups.rules import Accessible, AnyRule, Apart, Sized
from facilitation.groups.settings import Group
from facilitation.record import Data, Person, Refused, Role

EVEN = ("division", "function")
SLACK = 1  # by how much groups may differ from their planned size before somebody has to move


class Hall(NamedTuple):
    """Who there is and where they sit; `rounds` are the seats of earlier rounds, the latest last."""

    people: Sequence[Person]  # who is to be in a group
    roster: Mapping[str, Person]
    groups: Sequence[Group]
    seats: Mapping[str, str]
    rounds: Sequence[Mapping[str, str]]
    wishes: Mapping[str, tuple[str, ...]]


class Formed(NamedTuple):
    solution: Solution
    rules: tuple[AnyRule, ...] = ()
    wishes: Mapping[str, tuple[str, ...]] = {}


def proposed(choice: Choice, hall: Hall) -> Data:
    """What is to be put on record; takes up to two seconds."""
    if not hall.people:
        raise Refused("groups.invalid", why="nobody")
    formed = WAYS[choice.way](choice, hall)
    plan = {person: group for person, group in formed.solution.plan.items() if group}
    groups: dict[str, list[str]] = {group.id: [] for group in hall.groups}
    for person, group in plan.items():
        groups[group].append(person)
    thought = [*(person.id for person in hall.people), *(person for person in hall.seats if person in hall.roster)]
    return {
        "groups": {group: people for group, people in groups.items() if people},
        "without": [person for person in dict.fromkeys(thought) if person not in plan],
        "way": choice.way,
        "seed": choice.seed if choice.way in MIXED else 0,
        "rules": [rule.model_dump(mode="json") for rule in formed.rules],
        "wishes": {person: list(groups) for person, groups in formed.wishes.items()},
        "least": formed.solution.least,
    }


def used(choice: Choice, people: Sequence[Person], groups: Sequence[Group]) -> list[Group]:
    """The groups that are filled: as many as chosen, those first where somebody is at home."""
    many = {"all": len(groups), "groups": choice.number, "people": -(-len(people) // choice.number)}[choice.count]
    here = {person.id for person in people}
    at_home = [group for group in groups if here & {group.host, group.facilitator}] if choice.switch("hosts") else []
    others = reached_first(people, [group for group in groups if group not in at_home])
    first = [*at_home, *others][: max(1, min(many, len(people)))]
    return [group for group in groups if group in first]


def reached_first(people: Sequence[Person], groups: Sequence[Group]) -> list[Group]:
    """The same groups; where somebody needs it, those without barriers come first."""
    needed = any(person.barrier_free for person in people)
    return sorted(groups, key=lambda it: needed and not it.barrier_free)


# ── ways that work it out ──


def _built(choice: Choice, hall: Hall) -> Formed:
    groups = used(choice, hall.people, hall.groups)
    rules = ruled(choice, hall.people, groups, hall.rounds)
    even = () if choice.way == "random" else EVEN
    wishes = _wished(choice, hall) if choice.way == "choice" else {}
    task = Task(tuple(hall.people), tuple(group.id for group in groups), rules, even, wishes)
    return Formed(built(task, choice.seed), rules, wishes)


def _wished(choice: Choice, hall: Hall) -> dict[str, tuple[str, ...]]:
    """Wishes of people who take part; what a list says counts before what they said themselves."""
    listed = read(choice.list, hall.roster, hall.groups, most=2)
    _check(listed.wrong)
    here = {person.id for person in hall.people}
    return {person: groups for person, groups in {**hall.wishes, **listed.groups}.items() if person in here}


def _pairs(choice: Choice, hall: Hall) -> Formed:
    """Two by two, of an odd number three together; who shares a room device stays in the room with it."""
    devices = [person for person in hall.people if person.role is Role.ROOM]
    others = [person for person in hall.people if person.role is not Role.ROOM]
    needed = max(len(others) // 2, bool(others)) + len(devices)
    if needed > len(hall.groups):
        raise Refused("groups.invalid", why="too_few_groups", needed=needed, there=len(hall.groups))
    taken = reached_first(others, hall.groups)[:needed]
    groups = [group.id for group in taken]
    alone = {device.id: group for device, group in zip(devices, groups[needed - len(devices) :], strict=True)}
    pairs: tuple[AnyRule, ...] = (Sized(least=min(2, len(others)), most=min(3, 2 + len(others) % 2)),)
    apart: tuple[AnyRule, ...] = tuple(
        Apart(why="unit", people=those) for those in together((it.id, it.unit) for it in others)
    )
    apart += tuple(rule for rule in placed(others, taken) if isinstance(rule, Accessible))
    solution = Solution({}, 0)
    if others:
        solution = built(Task(tuple(others), tuple(groups[: needed - len(devices)]), (*pairs, *apart)), choice.seed)
    return Formed(solution._replace(plan=solution.plan | alone), apart)


def _repair(choice: Choice, hall: Hall) -> Formed:
    """As few people as possible move: those who are here keep their seats where the rules let them."""
    kept = {person.id: hall.seats[person.id] for person in hall.people if hall.seats.get(person.id)}
    if not kept:
        raise Refused("groups.invalid", why="no_seats")
    groups = [group for group in hall.groups if group.id in set(kept.values())]
    sizes, *rules = ruled(choice, hall.people, groups, hall.rounds)
    if isinstance(sizes, Sized):
        sizes = Sized(least=max(1, sizes.least - SLACK), most=sizes.most + SLACK)
    wishes = {person: (group,) for person, group in kept.items()}
    ids = tuple(group.id for group in groups)
    task = Task(tuple(hall.people), ids, (sizes, *rules), (), wishes, begun=kept)
    return Formed(built(task, choice.seed), task.rules)


# ── ways that need no working out ──


def _topic(choice: Choice, hall: Hall) -> Formed:
    """A group for each division: the one that is named so, else the next; where groups are short some share one."""
    groups = used(choice, hall.people, hall.groups)
    by_name = {name.casefold(): group.id for group in reversed(groups) for name in (group.topic, group.title, group.id)}
    divisions: dict[str, list[str]] = {}
    for person in hall.people:
        divisions.setdefault(person.division, []).append(person.id)
    filled = dict.fromkeys((group.id for group in groups), 0)
    plan: dict[str, str] = {}
    named = {it: by_name[it.casefold()] for it in divisions if it and it.casefold() in by_name}
    for division, people in sorted(divisions.items(), key=lambda it: (it[0] not in named, -len(it[1]), it[0])):
        group = named.get(division) or min(filled, key=lambda it: filled[it])
        plan |= dict.fromkeys(people, group)
        filled[group] += len(people)
    return Formed(Solution(plan, 0), tuple(placed(hall.people, groups)))


def _list(choice: Choice, hall: Hall) -> Formed:
    listed = read(choice.list, hall.roster, hall.groups)
    _check(listed.wrong)
    if not listed.groups:
        raise Refused("groups.invalid", why="no_lines")
    plan = {person: group for person, (group,) in listed.groups.items()}
    return Formed(Solution(plan, 0), tuple(placed([hall.roster[person] for person in plan], hall.groups)))


def _same(_choice: Choice, hall: Hall) -> Formed:
    """As in the last round; whoever was not there comes to the smallest group that has a place."""
    if not hall.rounds:
        raise Refused("groups.invalid", why="no_round")
    known = {group.id for group in hall.groups}
    last = hall.rounds[-1]
    plan = {it.id: last[it.id] for it in hall.people if last.get(it.id) in known}
    sizes = dict.fromkeys((group.id for group in hall.groups), 0)
    for group in plan.values():
        sizes[group] += 1
    taken = [group for group in hall.groups if sizes[group.id]] or list(hall.groups)
    for person in hall.people:
        if person.id not in plan:
            free = [it for it in taken if it.capacity is None or sizes[it.id] < it.capacity] or taken
            reached = [it for it in free if it.barrier_free] if person.barrier_free else []
            plan[person.id] = min(reached or free, key=lambda it: sizes[it.id]).id
            sizes[plan[person.id]] += 1
    return Formed(Solution(plan, 0), tuple(placed(hall.people, hall.groups)))


def _check(wrong: Sequence[object]) -> None:
    if wrong:
        raise Refused("groups.invalid", why="lines", many=len(wrong))


WAYS: Mapping[str, Callable[[Choice, Hall], Formed]] = {
    "built": _built,
    "random": _built,
    "even": _built,
    "choice": _built,
    "different": _built,
    "pairs": _pairs,
    "repair": _repair,
    "topic": _topic,
    "list": _list,
    "same": _same,
}
