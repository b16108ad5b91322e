"""What the builder promises, whatever people, groups and rules: it breaks no rule that can be kept, and proves it."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forming import solver
from app.forming.building import built
from app.forming.choice import Choice
from app.forming.dealing import dealt
from app.forming.ruling import ruled
from app.forming.solver import solved
from app.forming.task import Task
from facilitation.groups.bounds import unavoidable
from facilitation.groups.meeting import least_repeated, pairs, repeated
from facilitation.groups.rules import Accessible, AnyRule, Apart, Holds, Sized, Spread, Stays, breaches
from facilitation.record import Data, Person, Role
from tests.forming.town import broken, city, formed, groups, hall, head, plan


@st.composite
def tasks(draw: Any) -> Task:
    """Few people and groups, and any rules between them."""
    many, tables = draw(st.integers(2, 6)), tuple(f"g{n}" for n in range(draw(st.integers(1, 3))))
    tables = tables[:many]
    people = tuple(
        Person(
            f"p{n}",
            Role.PARTICIPANT,
            "",
            division=draw(st.sampled_from(["", "I", "II", "III"])),
            barrier_free=draw(st.booleans()),
        )
        for n in range(many)
    )
    ids = [person.id for person in people]
    some = st.lists(st.sampled_from([*ids, "away"]), min_size=2, max_size=5, unique=True)
    whys = st.sampled_from(["unit", "deputy", "line", "met"])
    rules: list[AnyRule] = [Sized(least=many // len(tables), most=-(-many // len(tables)) + draw(st.integers(0, 1)))]
    apart = st.builds(Apart, why=whys, people=some.map(tuple), most=st.integers(1, 2))
    rules += draw(st.lists(apart, max_size=4))
    if draw(st.booleans()):
        rules.append(Spread(least=draw(st.integers(1, 3))))
    if draw(st.booleans()):
        rules.append(Holds(group=draw(st.sampled_from(tables)), most=draw(st.integers(1, 3))))
    if draw(st.booleans()):
        rules.append(Stays(person=draw(st.sampled_from(ids)), group=draw(st.sampled_from(tables))))
    if draw(st.booleans()):
        rules.append(Accessible(groups=tuple(draw(st.lists(st.sampled_from([*tables, "gone"]), unique=True)))))
    wishes = draw(st.dictionaries(st.sampled_from(ids), st.permutations(tables).map(lambda it: tuple(it[:2]))))
    return Task(people, tables, tuple(rules), draw(st.sampled_from([(), ("division",)])), wishes)


def amount(task: Task, found: dict[str, str]) -> int:
    return sum(breach.amount for breach in breaches(task.rules, found, task.case.people))


def price(task: Task, found: dict[str, str]) -> int:
    """What wishes and unevenness cost, beside the rules."""
    uneven = 0
    for attribute in task.even:
        for those in task.valued(attribute).values():
            few, more = divmod(len(those), len(task.groups))
            counts = [sum(found[person] == group for person in those) for group in task.groups]
            uneven += sum(max(few - it, it - few - bool(more), 0) for it in counts)
    return uneven + sum(task.cost(person, group) for person, group in found.items())


def every(task: Task) -> Iterator[dict[str, str]]:
    """Every plan that keeps to the sizes, with those who have their place where they belong."""
    least, most = task.sizes
    ids = [person.id for person in task.people]
    for seats in product(*([task.fixed[id]] if id in task.fixed else task.groups for id in ids)):
        if all(least <= seats.count(group) <= most for group in task.groups):
            yield dict(zip(ids, seats, strict=True))


@settings(deadline=None, max_examples=60)
@given(tasks(), st.integers(0, 2**31 - 1))
def test_no_plan_is_better_and_what_cannot_be_kept_is_proven(task: Task, seed: int) -> None:
    solution = built(task, seed)
    best = min((amount(task, it), price(task, it)) for it in every(task))
    assert (amount(task, solution.plan), price(task, solution.plan)) == best
    assert unavoidable(task.rules, task.case) <= solution.least == best[0]


@settings(deadline=None, max_examples=60)
@given(tasks(), st.integers(0, 2**31 - 1))
def test_dealing_out_keeps_to_sizes_and_places_and_knows_what_it_costs(task: Task, seed: int) -> None:
    found, cost = dealt(task, seed, 0)
    least, most = task.sizes
    assert all(least <= list(found.values()).count(group) <= most for group in task.groups)
    assert {person: found[person] for person in task.fixed} == task.fixed
    assert divmod(cost, task.dearest) == (amount(task, found), price(task, found))


@settings(deadline=None, max_examples=20)
@given(tasks(), st.integers(0, 2**31 - 1))
def test_the_same_seed_gives_the_same_plan(task: Task, seed: int) -> None:
    assert built(task, seed) == built(task, seed)


# ── World Café ──


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 14), st.integers(1, 4), st.booleans())
def test_in_a_second_round_nobody_meets_again_but_where_the_numbers_force_it(
    many: int,
    tables: int,
    host: bool,  # noqa: FBT001  # hypothesis draws it
) -> None:
    people, places = [head(number) for number in range(1, many + 1)], groups(min(tables, many))
    if host:
        places = [group._replace(host=f"h{number}") for number, group in enumerate(places, 1)]
    first = formed(hall(people, places), way="random", hosts=host)
    second = formed(hall(people, places, rounds=[plan(first)]), way="different", hosts=host)
    rules = ruled(Choice(way="different", unit=False, hosts=host, divisions=0), people, places, [plan(first)])
    here = {person.id: person for person in people}
    found = sum(breach.amount for breach in breaches(rules, plan(second), here))
    assert found == second["least"] == unavoidable(rules, Task(tuple(people), tuple(it.id for it in places)).case)


def test_nine_people_meet_everybody_once_in_four_rounds_and_then_again_as_often_as_they_must() -> None:
    people, rounds, again = [head(number) for number in range(1, 10)], list[dict[str, str]](), []
    for _ in range(5):
        data = formed(hall(people, groups(3), rounds=rounds), way="different")
        met = pairs(Apart(why="met", people=it) for it in _tables(rounds))
        again.append((repeated(plan(data), met), least_repeated(plan(data).keys(), 3, met)))
        rounds.append(plan(data))
    assert again == [(0, 0), (0, 0), (0, 0), (0, 0), (9, 9)]


def _tables(rounds: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    for seats in rounds:
        for group in set(seats.values()):
            yield tuple(person for person in seats if seats[person] == group)


# ── what only the solver knows ──


def test_the_solver_proves_what_counting_cannot() -> None:
    """Three who are apart two by two do not fit into two groups, though of each two there is one group for each."""
    people = tuple(head(number) for number in range(1, 5))
    ids = [("h1", "h2"), ("h2", "h3"), ("h1", "h3")]
    task = Task(people, ("g1", "g2"), (Sized(least=1, most=3), *(Apart(why="line", people=it) for it in ids)))
    assert unavoidable(task.rules, task.case) == 0
    solution = built(task, 1)
    assert (amount(task, solution.plan), solution.least) == (1, 1)


def test_where_no_plan_keeps_to_the_sizes_the_first_one_stays() -> None:
    people = tuple(head(number) for number in range(1, 4))
    task = Task(people, ("g1", "g2"), (Sized(least=2, most=2),))
    first = {"h1": "g1", "h2": "g1", "h3": "g2"}
    assert solved(task, 1, first, 1) == (first, 0)


@pytest.mark.parametrize("divisions", [4, 6])
def test_where_the_solver_would_take_too_long_no_rule_is_broken_that_can_be_kept(divisions: int) -> None:
    here = hall(city(100, divisions), groups(50))
    data = formed(here, way="built", unit=True, deputies=True, divisions=4)
    assert broken(data, here) == []


def granted(data: Data, wishes: Mapping[str, tuple[str, ...]]) -> list[int]:
    """How many got their first wish, and their second."""
    return [sum(plan(data)[person] == wished[rank] for person, wished in wishes.items()) for rank in (0, 1)]


def test_when_its_time_is_up_the_solver_gives_the_same_plan_however_busy_the_machine_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people, tables = city(60, 6), groups(12)
    rng, ids = Random(1), [group.id for group in tables]  # noqa: S311  # repeatable, not secret
    wishes = {person.id: tuple(rng.sample(ids, 2)) for person in people}
    here = hall(people, tables, wishes=wishes)

    def chosen(*_: object) -> Data:
        return formed(here, way="choice", unit=True, deputies=True, divisions=4)

    longer = chosen()
    monkeypatch.setattr(solver, "LIMIT", solver.LIMIT / 10)
    with ThreadPoolExecutor(4) as busy:
        plans = list(busy.map(chosen, range(4)))
    assert plans == [chosen()] * 4
    assert granted(plans[0], wishes) < granted(longer, wishes)  # it was the limit that ended it


def test_a_hall_of_500_is_dealt_out_without_the_solver() -> None:
    people = city(250)
    data = formed(hall(people, groups(60)), way="built", unit=True, deputies=True, divisions=3)
    assert (len(plan(data)), data["least"]) == (500, 0)
