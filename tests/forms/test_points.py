from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import points
from facilitation.forms.points import Result, Row
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

SETTINGS = points.Settings.model_validate({"options": OPTIONS, "budget": 10})
EXACTLY = points.Settings.model_validate({"options": OPTIONS, "budget": 10, "exactly": True})
BALLOTS = [{"points": {"rot": 10}}, {"points": {"rot": 3, "blau": 5, "grün": 0}}, {"points": {"blau": 1}}]


@pytest.mark.parametrize("settings", [{"options": OPTIONS[:1]}, {"options": OPTIONS, "budget": 0}])
def test_there_is_something_to_spend_and_something_to_spend_it_on(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        points.Settings.model_validate(settings)


@pytest.mark.parametrize(
    "given, values",
    [
        ({"gelb": 1}, {"why": "unknown_option"}),
        ({"rot": -1, "blau": 5}, {"why": "negative"}),
        ({}, {"why": "budget", "most": 10, "spent": 0}),
        ({"rot": 0}, {"why": "budget", "most": 10, "spent": 0}),
        ({"rot": 6, "blau": 5}, {"why": "budget", "most": 10, "spent": 11}),
    ],
)
def test_at_least_one_point_is_spent_and_at_most_the_budget(given: dict[str, int], values: dict[str, Any]) -> None:
    check(points, SETTINGS, {"points": {"rot": 1}})
    check(points, SETTINGS, {"points": {"rot": 4, "blau": 6}})
    assert refusal(points, SETTINGS, {"points": given}) == values


@pytest.mark.parametrize("spent", [9, 11])
def test_all_of_it_may_have_to_be_spent(spent: int) -> None:
    check(points, EXACTLY, {"points": {"rot": 4, "blau": 6}})
    assert refusal(points, EXACTLY, {"points": {"rot": spent}}) == {"why": "not_exactly", "most": 10, "spent": spent}


@pytest.mark.parametrize("ballot", [{"points": {"rot": "1"}}, {"points": {"rot": 1.0}}, {"points": 3}, {"rot": 1}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        points.Ballot.model_validate(ballot)


def test_points_are_added_up_and_the_median_is_that_of_those_who_gave_some() -> None:
    assert figures(points, SETTINGS, BALLOTS) == {
        "points": {"rot": 13, "blau": 6, "grün": 0},
        "points_total": 19,
        "givers": {"rot": 2, "blau": 2, "grün": 0},
        "median": {"rot": 6.5, "blau": 3.0, "grün": None},
    }


def test_most_points_are_drawn_first() -> None:
    drawn = (Row("Rot", 13, 2, 6.5), Row("Blau", 6, 2, 3.0), Row("Grün", 0, 0, None))
    assert result(points, SETTINGS, BALLOTS) == Result(drawn, 19)


def test_a_table_has_what_everybody_got_and_from_how_many() -> None:
    first = {"option": "rot", "label": "Rot", "votes": 2, "points": 13, "median": 6.5}
    assert rows(points, SETTINGS, BALLOTS)[0] == first


def test_the_paper_knows_what_was_given_in_an_order_of_ones_own() -> None:
    again = paper(points, EXACTLY, {"points": {"rot": 4}}, seed="ada")
    assert (again.budget, again.exactly, dict(again.given)[Option("rot", "Rot")]) == (10, True, 4)
    assert [points for _, points in paper(points, SETTINGS).given] == [0, 0, 0]
    assert len({paper(points, SETTINGS, seed=f"person-{n}").given for n in range(60)}) == 6


def test_figures_of_somebody_else_hold_what_the_format_asks_for_and_can_be_drawn() -> None:
    foreign = {
        key: value for key, value in figures(points, SETTINGS, BALLOTS).items() if key not in ("givers", "median")
    }
    assert foreign.keys() == figures(points, SETTINGS).keys()
    assert points.result(SETTINGS, SETTINGS.options, foreign, ()).rows[0] == Row("Rot", 13, None, None)
