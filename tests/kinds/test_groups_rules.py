"""What a round of groups should keep to, what a plan breaks of it, and what none can avoid."""

from typing import Any

import pytest

from facilitation.groups.bounds import Case, unavoidable
from facilitation.groups.meeting import choose, least_repeated, pairs, repeated
from facilitation.groups.rules import AnyRule, Apart, Breach, Holds, Sized, Spread, Stays, breaches, triangle
from facilitation.record import Person, Role


def person(id: str, division: str = "", unit: str = "") -> Person:
    return Person(id, Role.PARTICIPANT, id, unit=unit, division=division)


PEOPLE = {
    it.id: it
    for it in (
        person("a1", "I", "amt-1"),
        person("a2", "I", "amt-1"),
        person("a3", "I", "amt-1"),
        person("b1", "II", "amt-2"),
        person("c1", "III", "amt-3"),
        person("x", ""),
    )
}
UNIT = Apart(why="unit", people=("a1", "a2", "a3"))


def broken(rule: AnyRule, **tables: str) -> list[tuple[str, tuple[str, ...], int]]:
    """What these tables, each written as the ids of its people, break of a rule."""
    plan = {id: group for group, ids in tables.items() for id in ids.split()}
    found = breaches([rule], plan, PEOPLE)
    assert all(it == Breach(rule, it.group, it.people, it.amount) for it in found)
    return [(it.group, it.people, it.amount) for it in found]


def least(*rules: AnyRule, **tables: str) -> int:
    """Below how much no plan comes that seats the same people in the same groups."""
    plan = {id: group for group, ids in tables.items() for id in ids.split()}
    return unavoidable(rules, Case.of(plan, PEOPLE))


# ── what a plan breaks ──


def test_of_some_people_at_most_so_many_sit_in_one_group() -> None:
    assert broken(UNIT, g1="a1 b1", g2="a2", g3="a3") == []
    assert broken(UNIT, g1="a1 a2 b1", g2="a3") == [("g1", ("a1", "a2"), 1)]
    assert broken(UNIT, g1="a1 a2 a3") == [("g1", ("a1", "a2", "a3"), 3)]
    assert broken(UNIT.model_copy(update={"most": 2}), g1="a1 a2 a3") == [("g1", ("a1", "a2", "a3"), 1)]


def test_who_has_no_group_breaks_nothing() -> None:
    assert breaches([UNIT, Sized(least=2, most=2)], {"a1": "", "a2": ""}, PEOPLE) == []


def test_one_too_many_in_two_groups_is_better_than_two_too_many_in_one() -> None:
    assert [triangle(many) for many in (-1, 0, 1, 2, 3)] == [0, 0, 1, 3, 6]


def test_every_group_has_at_least_so_many_divisions_and_who_has_none_counts_for_none() -> None:
    rule = Spread(least=3)
    assert broken(rule, g1="a1 b1 c1", g2="a2 a3 x") == [("g2", (), 2)]
    assert broken(Spread(attribute="unit", least=1), g1="x") == [("g1", (), 1)]


def test_whoever_is_no_longer_on_the_roster_counts_for_no_division() -> None:
    assert broken(Spread(least=2), g1="a1 gone") == [("g1", (), 1)]


def test_a_group_is_neither_too_small_nor_too_large_for_its_places() -> None:
    assert broken(Sized(least=2, most=3), g1="a1", g2="a2 a3", g3="b1 c1 x y") == [("g1", (), 1), ("g3", (), 1)]
    assert broken(Holds(group="g1", most=1), g1="a1 a2 a3", g2="b1 c1") == [("g1", (), 2)]


def test_who_is_at_home_in_a_group_sits_there_or_is_not_here() -> None:
    rule = Stays(person="a1", group="g1")
    assert broken(rule, g1="a1") == broken(rule, g1="a2") == []
    assert broken(rule, g1="a2", g2="a1") == [("g1", ("a1",), 1)]


# ── what none can avoid ──


def test_more_people_of_a_unit_than_groups_meet_however_they_are_dealt_out() -> None:
    assert least(UNIT, g1="a1 a2 b1", g2="a3 c1") == 1
    assert least(UNIT, g1="a1 b1", g2="a2 c1", g3="a3") == 0


def test_those_who_are_at_home_in_one_group_meet_there() -> None:
    hosts = [Stays(person=id, group="g1") for id in ("a1", "a2")]
    assert least(UNIT, *hosts, g1="a1 a2", g2="b1", g3="c1 a3") == 1


def test_nobody_is_at_home_in_two_groups() -> None:
    hosts = [Stays(person="a1", group=group) for group in ("g1", "g2")]
    assert least(*hosts, g1="a1", g2="b1") == 1
    assert least(*hosts, g2="b1") == 0


def test_too_few_divisions_are_too_few_for_every_group() -> None:
    assert least(Spread(least=3), g1="a1 b1", g2="a2 a3") == 6 - 3
    assert least(Spread(least=2), g1="a1 b1", g2="a2 c1") == 0
    assert least(Spread(least=4), g1="a1 b1 c1 x") == 1


def test_more_people_than_places_are_too_many_somewhere() -> None:
    places = [Holds(group=group, most=1) for group in ("g1", "g2")]
    assert least(*places, g1="a1 a2", g2="a3") == 1
    assert least(*places, g1="a1 a2", g2="a3", g3="b1") == 0


def test_without_anybody_nothing_is_broken() -> None:
    assert least(UNIT, Spread(least=3)) == 0


# ── who meets again ──


def earlier(*tables: str) -> list[Apart]:
    return [Apart(why="met", people=tuple(ids.split())) for ids in tables]


def test_a_meeting_is_repeated_once_for_each_pair_however_often_they_met() -> None:
    met = pairs([*earlier("a1 a2 b1", "a1 a2"), Spread(least=2), UNIT.model_copy(update={"most": 2})])
    assert len(met) == 3
    assert repeated({"a1": "g1", "a2": "g1", "b1": "g2", "c1": "g2"}, met) == 1
    assert repeated({"a1": "", "a2": ""}, met) == 0


@pytest.mark.parametrize(
    "seated, groups, tables, expected",
    [
        ("a b c d", 2, ["a b", "c d"], 0),
        ("a b c d", 2, ["a b", "c d", "a c", "b d"], 0),
        ("a b c d", 2, ["a b", "c d", "a c", "b d", "a d", "b c"], 2),
        ("a b c", 1, ["a b"], 1),
        ("a b", 2, ["a b"], 0),
        ("a b", 1, ["a gone", "b gone"], 0),
    ],
)
def test_groups_need_more_pairs_than_are_left(seated: str, groups: int, tables: list[Any], expected: int) -> None:
    assert least_repeated(set(seated.split()), groups, pairs(earlier(*tables))) == expected


def test_where_everybody_met_everybody_all_rules_of_tables_together_say_so() -> None:
    rules = earlier("a1 b1", "c1 x", "a1 c1", "b1 x", "a1 x", "b1 c1")
    assert least(*rules, g1="a1 b1", g2="c1 x") == choose(2) * 2
