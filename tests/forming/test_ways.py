"""Each way of forming groups, and the rules that it keeps to."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from app.forming.ruling import lines
from facilitation.groups.rules import Sized
from facilitation.groups.settings import Group
from facilitation.record import Person, Refused, Role
from tests.forming.town import broken, city, deputy, formed, groups, hall, head, plan, sizes


def refused(*args: Any, **chosen: Any) -> dict[str, Any]:
    with pytest.raises(Refused, match=r"groups\.invalid") as refusal:
        formed(*args, **chosen)
    return refusal.value.values


# ── rooms without barriers ──


def reached(many: int, *numbers: int) -> list[Group]:
    """Groups of which the place can be reached by everybody in these."""
    return [group._replace(barrier_free=number in numbers) for number, group in enumerate(groups(many), 1)]


def needing(*ids: str) -> list[Person]:
    """A city of which these need it."""
    return [replace(person, barrier_free=person.id in ids) for person in city(6)]


@pytest.mark.parametrize("way", ["built", "random", "even", "choice", "different", "pairs", "repair"])
def test_who_needs_a_room_without_barriers_sits_in_one_in_every_way_that_is_worked_out(way: str) -> None:
    seats = {person.id: f"g{number % 6 + 1}" for number, person in enumerate(city(6))}
    here = hall(needing("h1", "d2"), reached(6, 3, 6), seats=seats, rounds=[seats])
    data = formed(here, way=way)
    assert {plan(data)["h1"], plan(data)["d2"]} <= {"g3", "g6"}
    assert broken(data, here) == []


def test_where_few_groups_are_filled_those_without_barriers_are_among_them() -> None:
    for way, chosen in (("built", {"count": "groups", "number": 2}), ("pairs", {})):
        data = formed(hall(needing("h1"), reached(9, 9)), way=way, **chosen)
        assert plan(data)["h1"] == "g9"


def test_whoever_came_since_the_last_round_comes_to_a_room_that_they_can_reach() -> None:
    last = {"h2": "g1", "d2": "g1", "h3": "g2"}
    data = formed(hall(needing("h1"), reached(2, 1), rounds=[last]), way="same")
    assert plan(data)["h1"] == "g1"


def test_what_cannot_be_kept_is_reported_and_proven() -> None:
    here = hall(needing("h1", "d2"), reached(3))
    data = formed(here, way="built")
    assert ([it.people for it in broken(data, here)], data["least"]) != ([], 0)
    assert sum(it.amount for it in broken(data, here)) == data["least"] == 2


def test_who_is_at_home_in_a_group_that_they_cannot_reach_is_reported() -> None:
    tables = [Group("g1", "Gruppe 1", host="h1"), Group("g2", "Gruppe 2", barrier_free=True)]
    here = hall(needing("h1"), tables)
    data = formed(here, way="built", hosts=True)
    assert ([(it.group, it.people) for it in broken(data, here)], data["least"]) == ([("g1", ("h1",))], 1)


def test_lists_are_followed_and_the_report_says_who_cannot_reach_their_group() -> None:
    here = hall(needing("h1"), reached(2, 2))
    for group, expected in (("1", [("g1", ("h1",))]), ("2", [])):
        data = formed(here, way="list", list=f"h1;{group}\nh2;2")
        assert [(it.group, it.people) for it in broken(data, here)] == expected
    assert formed(here, way="topic")["rules"] == [{"is_a": "accessible", "groups": ["g2"]}]


# ── how many ──


def test_everybody_who_takes_part_sits_in_one_group_and_all_are_even() -> None:
    data = formed(hall(city(11), groups(5)), way="random")
    assert sorted(plan(data)) == sorted(it.id for it in city(11))
    assert sorted(sizes(data)) == [4, 4, 4, 5, 5]


@pytest.mark.parametrize(
    "chosen, expected",
    [
        ({"count": "groups", "number": 3}, [4, 4, 4]),
        ({"count": "people", "number": 6}, [6, 6]),
        ({"count": "people", "number": 5}, [4, 4, 4]),
        ({"count": "groups", "number": 99}, [2, 2, 2, 2, 2, 2]),
    ],
)
def test_as_many_groups_are_filled_as_are_chosen_and_the_others_stay_empty(
    chosen: dict[str, Any], expected: list[int]
) -> None:
    assert sizes(formed(hall(city(6), groups(6)), way="built", **chosen)) == expected


def test_no_more_groups_are_filled_than_there_are_people() -> None:
    assert sizes(formed(hall(city(1), groups(6)), way="random")) == [1, 1]


def test_without_anybody_there_is_nothing_to_form() -> None:
    assert refused(hall([], groups(2)), way="built")["why"] == "nobody"


def test_another_seed_gives_another_plan_and_the_same_seed_the_same() -> None:
    here = hall(city(10), groups(4))
    one, again, other = (plan(formed(here, way="random", seed=seed)) for seed in (1, 1, 2))
    assert (one == again, one == other) == (True, False)


# ── places and hosts ──


def test_small_rooms_are_not_overfilled_as_long_as_there_are_places() -> None:
    tables = [Group("klein", "Klein", capacity=2), Group("gross", "Groß", capacity=20), Group("mittel", "Mittel")]
    here = hall(city(8), tables)
    data = formed(here, way="random")
    assert {group: len(people) for group, people in data["groups"].items()} == {"klein": 2, "gross": 7, "mittel": 7}
    assert broken(data, here) == []


def test_where_places_are_short_it_is_said_and_proven() -> None:
    here = hall(city(3), groups(2, capacity=2))
    data = formed(here, way="built")
    assert (sum(it.amount for it in broken(data, here)), data["least"]) == (2, 2)


def test_hosts_and_facilitators_stay_and_their_groups_come_first() -> None:
    tables = [*groups(2), Group("g3", "Gruppe 3", host="h1", facilitator="h2"), Group("g4", "Gruppe 4", host="niemand")]
    data = formed(hall(city(4), tables), way="random", hosts=True, count="groups", number=2)
    assert list(data["groups"]) == ["g1", "g3"]
    assert (plan(data)["h1"], plan(data)["h2"]) == ("g3", "g3")


def test_who_hosts_two_groups_is_at_home_in_the_first() -> None:
    data = formed(hall(city(4), groups(2, host="h1")), way="random", hosts=True)
    assert plan(data)["h1"] == "g1"


# ── rules ──


def test_nobody_sits_with_somebody_of_their_unit() -> None:
    here = hall(city(12), groups(6))
    data = formed(here, way="built", unit=True, deputies=True, line=True, divisions=3)
    assert (broken(data, here), data["least"]) == ([], 0)
    assert all(plan(data)[f"h{n}"] != plan(data)[f"d{n}"] for n in range(1, 13))


def test_rules_hold_only_in_ways_that_keep_to_rules() -> None:
    here = hall(city(6), groups(3))
    kinds = {rule["is_a"] for rule in formed(here, way="even", unit=True, divisions=3)["rules"]}
    assert kinds == {"sized"}


def test_who_reports_to_whom_is_told_from_office_unit_and_division() -> None:
    mayor = Person("ob", Role.PARTICIPANT, "OB", function="stadtspitze", unit="Spitze")
    first = Person("b1", Role.PARTICIPANT, "Beigeordnete", function="beigeordnete", division="I", unit="Dez I")
    second = Person("b2", Role.PARTICIPANT, "Dezernatsleitung", function="dezernatsleitung", division="II")
    staff = Person("m1", Role.PARTICIPANT, "Mitarbeitende", function="mitarbeitende", division="I", unit="amt-1")
    plain = Person("p3", Role.PARTICIPANT, "Leitung", unit="amt-3", division="II")
    stand_in = Person("q3", Role.PARTICIPANT, "Vertretung", unit="amt-9", deputy=True, deputy_for="p3")
    people = [mayor, first, second, head(1), deputy(1), staff, head(2, "II"), plain, stand_in]
    assert {frozenset(pair) for pair in lines(people)} == {
        frozenset(pair)
        for pair in (
            ("ob", "b1"),
            ("ob", "b2"),
            ("b1", "h1"),
            ("b2", "h2"),
            ("b2", "p3"),
            ("h1", "d1"),
            ("h1", "m1"),
            ("p3", "q3"),
        )
    }


def test_divisions_and_functions_are_dealt_out_evenly() -> None:
    data = formed(hall(city(12, divisions=3), groups(4)), way="even")
    offices = {it.id: (it.division, it.function) for it in city(12, divisions=3)}
    for people in data["groups"].values():
        divisions = [offices[person][0] for person in people]
        functions = [offices[person][1] for person in people]
        assert sorted(divisions.count(it) for it in ("I", "II", "III")) == [2, 2, 2]
        assert functions.count("amtsleitung") == 3


# ── rounds ──


def met(seats: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(seats, 2) if seats[pair[0]] == seats[pair[1]]}


def test_in_guaranteed_new_groups_nobody_meets_anybody_again() -> None:
    people, rounds = [head(number) for number in range(1, 17)], list[dict[str, str]]()
    for _ in range(3):
        rounds.append(plan(formed(hall(people, groups(4), rounds=rounds), way="different")))
    assert [len(met(one) & met(other)) for one, other in combinations(rounds, 2)] == [0, 0, 0]


def test_as_last_time_means_the_same_seats_and_the_smallest_group_for_who_is_new() -> None:
    tables = [Group("g1", "Eins", capacity=1), Group("g2", "Zwei"), Group("g3", "Drei")]
    last = {"h1": "g1", "d1": "g2", "h2": "g2", "weg": "g2", "d2": "g9"}
    data = formed(hall(city(3), tables, rounds=[{"h1": "g3"}, last]), way="same")
    assert plan(data) == {"h1": "g1", "d1": "g2", "h2": "g2", "d2": "g2", "h3": "g2", "d3": "g2"}
    assert sizes(formed(hall(city(1), groups(2), rounds=[{"weg": "g1"}]), way="same")) == [1, 1]
    assert refused(hall(city(1), groups(2)), way="same")["why"] == "no_round"


def test_gaps_are_closed_with_as_few_moves_as_can_be() -> None:
    seats = {f"h{number}": f"g{1 + number // 4}" for number in range(12)}
    here = [head(number) for number in range(12) if number not in (0, 1, 2)]
    data = formed(hall(here, groups(3), seats=seats), way="repair")
    moved = [person for person, group in plan(data).items() if seats[person] != group]
    assert (sorted(sizes(data)), len(moved)) == ([2, 3, 4], 1)
    assert data["without"] == []
    assert refused(hall(here, groups(3)), way="repair")["why"] == "no_seats"


def test_who_is_away_is_knowingly_left_without_a_group() -> None:
    here = hall([head(1), head(2)], groups(1), seats={"h3": "g1", "weg": "g1"})
    here = here._replace(roster={**here.roster, "h3": head(3)})
    assert formed(here, way="random")["without"] == ["h3"]


# ── topic, pairs ──


def test_each_division_has_its_group_by_name_else_the_emptiest() -> None:
    tables = [Group("g1", "Eins"), Group("g2", "Zwei", topic="ii"), Group("g3", "Drei")]
    people = [head(1, "I"), head(2, "II"), head(3, "III"), head(4, "III"), head(5, "IV"), head(6, "")]
    found = plan(formed(hall(people, tables), way="topic"))
    assert (found["h2"], found["h3"] == found["h4"]) == ("g2", True)
    assert {found[it] for it in ("h1", "h3", "h5", "h6")} == {"g1", "g2", "g3"}


def test_of_an_odd_number_one_pair_is_a_trio_and_a_room_keeps_to_itself() -> None:
    device = Person("saal", Role.ROOM, "Saal", headcount=9)
    data = formed(hall([*city(4), head(9), device], groups(9)), way="pairs")
    assert sorted(sizes(data)) == [1, 2, 2, 2, 3]
    assert [people for people in data["groups"].values() if "saal" in people] == [["saal"]]
    found = plan(data)
    assert all(found[f"h{number}"] != found[f"d{number}"] for number in range(1, 5))


@pytest.mark.parametrize(
    "people, expected", [([head(1)], [1]), ([Person("s", Role.ROOM, "Saal")], [1]), (city(1), [2])]
)
def test_who_is_alone_is_a_group_too(people: list[Person], expected: list[int]) -> None:
    assert sizes(formed(hall(people, groups(3)), way="pairs")) == expected


def test_pairs_need_groups_enough() -> None:
    assert refused(hall(city(4), groups(3)), way="pairs") == {"why": "too_few_groups", "needed": 4, "there": 3}


# ── wishes and lists ──


def test_first_wishes_come_before_second_ones_as_far_as_there_are_places() -> None:
    tables = groups(2, capacity=2)
    wishes = {"h1": ("g1", "g2"), "d1": ("g1", "g2"), "h2": ("g1",), "d2": ("g2",), "weg": ("g1",)}
    data = formed(hall(city(2), tables, wishes=wishes), way="choice")
    assert plan(data)["h2"] == "g1"
    assert plan(data)["d2"] == "g2"
    assert sorted(data["wishes"]) == ["d1", "d2", "h1", "h2"]


def test_a_list_of_wishes_counts_before_what_people_said() -> None:
    here = hall(city(2), groups(2), wishes={"h1": ("g1",), "d1": ("g1",)})
    data = formed(here, way="choice", list="h1;Gruppe 2;g1\nh2;1")
    assert data["wishes"] == {"h1": ["g2", "g1"], "d1": ["g1"], "h2": ["g1"]}
    assert plan(data)["h1"] == "g2"


def test_a_fixed_list_is_followed_and_others_have_no_group() -> None:
    data = formed(hall(city(2), groups(2)), way="list", list="Person;Gruppe\nLeitung Amt 1;2\nd2;gruppe 1")
    assert (plan(data), data["without"]) == ({"h1": "g2", "d2": "g1"}, ["d1", "h2"])


@pytest.mark.parametrize("text, expected", [("", {"why": "no_lines"}), ("wer;1\nh1;9", {"why": "lines", "many": 2})])
def test_a_list_with_errors_is_refused(text: str, expected: dict[str, Any]) -> None:
    assert refused(hall(city(2), groups(2)), way="list", list=text) == expected


def test_sizes_leave_room_for_who_is_at_home() -> None:
    here = hall(city(2), [Group("g1", "Eins", host="h1", facilitator="d1"), Group("g2", "Zwei"), Group("g3", "Drei")])
    data = formed(here, way="built", hosts=True)
    assert Sized.model_validate(data["rules"][0]) == Sized(least=1, most=2)
    assert broken(data, here) == []
