from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import ranking
from facilitation.forms.ranking import Result, Row
from facilitation.order import arranged, mixed
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

TOP = ranking.Settings.model_validate({"options": OPTIONS, "top": 2})
ALL = ranking.Settings.model_validate({"options": OPTIONS})
BALLOTS = [{"order": ["rot", "blau"]}, {"order": ["blau", "rot"]}, {"order": ["rot"]}]


@pytest.mark.parametrize("settings", [{"options": OPTIONS[:1]}, {"options": OPTIONS, "top": 0}])
def test_there_is_something_to_order(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ranking.Settings.model_validate(settings)


@pytest.mark.parametrize(
    "order, values",
    [
        ([], {"why": "number_of_places", "most": 2}),
        (["rot", "blau", "grün"], {"why": "number_of_places", "most": 2}),
        (["rot", "rot"], {"why": "repeated_place"}),
        (["rot", "gelb"], {"why": "unknown_option"}),
    ],
)
def test_as_many_are_ordered_as_there_are_places_at_most(order: list[str], values: dict[str, Any]) -> None:
    check(ranking, TOP, {"order": ["blau", "rot"]})
    check(ranking, TOP, {"order": ["blau"]})
    assert refusal(ranking, TOP, {"order": order}) == values


def test_without_a_top_all_may_be_ordered_and_never_more_than_there_are() -> None:
    check(ranking, ALL, {"order": ["blau", "rot", "grün"]})
    wide = ranking.Settings.model_validate({"options": OPTIONS, "top": 9})
    assert (paper(ranking, ALL).places, paper(ranking, TOP).places, paper(ranking, wide).places) == (3, 2, 3)


@pytest.mark.parametrize("ballot", [{"order": "rot"}, {"order": [1]}, {"choices": ["rot"]}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ranking.Ballot.model_validate(ballot)


def test_each_place_gives_one_point_less_than_the_one_before() -> None:
    assert figures(ranking, TOP, BALLOTS) == {
        "first_places": {"rot": 2, "blau": 1, "grün": 0},
        "points": {"rot": 5, "blau": 3, "grün": 0},
    }
    assert figures(ranking, ALL, [{"order": ["blau", "rot", "grün"]}])["points"] == {"rot": 2, "blau": 3, "grün": 1}


def test_most_points_are_drawn_first_and_among_equals_most_first_places() -> None:
    assert result(ranking, TOP, BALLOTS) == Result((Row("Rot", 5, 2), Row("Blau", 3, 1), Row("Grün", 0, 0)), 2)
    equal = [{"order": ["rot", "blau"]}, {"order": ["grün", "blau"]}]
    assert [row.label for row in result(ranking, TOP, equal).rows] == ["Rot", "Grün", "Blau"]


def test_a_table_has_points_and_first_places() -> None:
    assert rows(ranking, TOP, BALLOTS)[0] == {"option": "rot", "label": "Rot", "votes": 2, "points": 5}


def test_everybody_begins_in_an_order_of_their_own_that_stays() -> None:
    orders = {paper(ranking, ALL, seed=f"person-{n}").options for n in range(60)}
    assert len(orders) == 6  # all there are
    assert {frozenset(order) for order in orders} == {frozenset(ALL.options)}
    assert paper(ranking, ALL, seed="ada") == paper(ranking, ALL, seed="ada")
    assert mixed(ALL.options, "ada") == mixed(reversed(ALL.options), "ada")


def test_what_was_ordered_stands_first() -> None:
    again = paper(ranking, TOP, {"order": ["grün", "rot"]}, seed="ada")
    assert ([option.id for option in again.options], again.ordered) == (["grün", "rot", "blau"], ("grün", "rot"))
    assert arranged([Option("a", "A")], ["gone", "a"]) == (Option("a", "A"),)
