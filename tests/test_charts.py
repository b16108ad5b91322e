import re

import pytest

from app import charts
from app.charts import Bar


@pytest.mark.parametrize("votes, expected", [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3)])
def test_fields_are_shaded_in_three_even_steps(votes: int, expected: int) -> None:
    assert charts.shade(votes, 9) == expected


def test_nothing_at_all_has_no_shade() -> None:
    assert charts.shade(0, 0) == 0


def test_a_spread_has_a_bar_for_each_value_given_and_the_most_frequent_is_highest() -> None:
    assert charts.spread([2, 0, 4]) == [Bar(0, 20.0, 20.0), Bar(20, 0.0, 40.0)]
    assert charts.spread([]) == charts.spread([0, 0]) == []


def dots(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)h0", path)]


def test_people_stand_apart_in_their_square_and_always_at_the_same_place() -> None:
    crowd = charts.cloud([(0, 0, 3), (100, 95, 1)])
    places = dots(crowd.path)
    assert (len(set(places)), crowd.people) == (4, 1)
    assert all(0 <= x <= 48 and 952 <= y <= 1000 for x, y in places[:3])
    assert all(952 <= x <= 1000 and 47 <= y <= 96 for x, y in places[3:])
    assert charts.cloud([(0, 0, 3), (100, 95, 1)]) == crowd


def test_on_a_line_people_stand_on_each_other() -> None:
    pile = charts.cloud([(50, 0, 2), (55, 0, 1)], line=True)
    assert (dots(pile.path), pile.size) == ([(500, 379), (500, 336), (548, 379)], 43)


def test_a_high_pile_has_smaller_dots() -> None:
    assert [charts.cloud([(50, 0, people)], line=True).size for people in (1, 20)] == [43, 20]


def test_a_dot_stands_for_several_where_there_are_very_many() -> None:
    crowd = charts.cloud([(0, 0, 401), (50, 50, 400)])
    assert (crowd.people, len(dots(crowd.path))) == (3, 134 + 134)


def test_nobody_is_nowhere() -> None:
    assert charts.cloud([]).path == charts.cloud([], line=True).path == ""
