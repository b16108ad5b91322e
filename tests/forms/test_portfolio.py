from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import portfolio
from facilitation.forms.portfolio import Ends, Spot
from facilitation.numbers import deviation
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

SETTINGS = portfolio.Settings.model_validate(
    {"items": OPTIONS, "y": {"title": "Nutzen", "low": "klein", "high": "groß"}}
)
BALLOTS = [{"x": {"rot": 1, "blau": 5}, "y": {"rot": 5, "blau": 2}}, {"x": {"rot": 2}, "y": {"rot": 5}}]


@pytest.mark.parametrize(
    "ballot, values",
    [
        ({"x": {"gelb": 1}, "y": {"gelb": 1}}, {"why": "unknown_option"}),
        ({"x": {"rot": 1}, "y": {"gelb": 1}}, {"why": "unknown_option"}),
        ({"x": {"rot": 1}, "y": {}}, {"why": "one_axis"}),
        ({"x": {"rot": 1}, "y": {"blau": 1}}, {"why": "one_axis"}),
        ({}, {"why": "nothing_rated"}),
        ({"x": {"rot": 0}, "y": {"rot": 5}}, {"why": "out_of_range", "least": 1, "most": 5}),
        ({"x": {"rot": 1}, "y": {"rot": 6}}, {"why": "out_of_range", "least": 1, "most": 5}),
    ],
)
def test_items_are_rated_on_both_axes_or_skipped(ballot: dict[str, Any], values: dict[str, Any]) -> None:
    check(portfolio, SETTINGS, {"x": {"rot": 1}, "y": {"rot": 5}})
    assert refusal(portfolio, SETTINGS, ballot) == values


@pytest.mark.parametrize("ballot", [{"x": {"rot": "1"}, "y": {"rot": 1}}, {"x": 1, "y": 1}, {"z": {}}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        portfolio.Ballot.model_validate(ballot)


def test_each_item_has_a_mean_point_and_a_spread() -> None:
    means = {"mean_x": 1.5, "mean_y": 5.0, "deviation_x": 0.5, "deviation_y": 0.0}
    nothing = {"mean_x": None, "mean_y": None, "deviation_x": None, "deviation_y": None}
    assert figures(portfolio, SETTINGS, BALLOTS) == {
        "items": {
            "rot": {"n": 2} | means,
            "blau": {"n": 1, "mean_x": 5.0, "mean_y": 2.0, "deviation_x": 0.0, "deviation_y": 0.0},
            "grün": {"n": 0} | nothing,
        },
        "skipped": {"rot": 0, "blau": 1, "grün": 2},
    }


def test_items_are_drawn_by_quadrant_and_much_for_little_comes_first() -> None:
    drawn = result(portfolio, SETTINGS, BALLOTS)
    assert drawn.quadrants == (
        ("Nutzen groß, Aufwand gering", (Spot(1, "Rot", 2, 0, 1.5, 5.0, 0.5, 0.0),)),
        ("Nutzen klein, Aufwand hoch", (Spot(2, "Blau", 1, 1, 5.0, 2.0, 0.0, 0.0),)),
    )
    assert (drawn.unrated, drawn.x, drawn.y.title) == (("Grün",), Ends("Aufwand", "gering", "hoch"), "Nutzen")


def test_the_middle_belongs_to_the_high_side() -> None:
    middle = [{"x": {"rot": 3}, "y": {"rot": 3}}]
    assert [words for words, _ in result(portfolio, SETTINGS, middle).quadrants] == ["Nutzen groß, Aufwand hoch"]


def test_an_item_that_came_after_the_result_was_sealed_is_not_rated() -> None:
    sealed = figures(portfolio, SETTINGS, BALLOTS)
    more = (*SETTINGS.items, Option("AT2-0001", "Später"))
    assert portfolio.result(SETTINGS, more, sealed, ()).unrated == ("Grün", "Später")
    assert [row["votes"] for row in portfolio.rows(SETTINGS, more, sealed)] == [2, 1, 0, 0]


def test_a_table_has_point_spread_and_quadrant() -> None:
    first, *_, last = rows(portfolio, SETTINGS, BALLOTS)
    assert first == {
        "option": "rot",
        "label": "Rot",
        "votes": 2,
        "mean_x": 1.5,
        "mean_y": 5.0,
        "deviation_x": 0.5,
        "deviation_y": 0.0,
        "quadrant": "Nutzen groß, Aufwand gering",
    }
    assert (last["votes"], last["mean_x"], last["quadrant"]) == (0, None, None)


def test_the_paper_knows_what_was_rated_in_an_order_of_ones_own() -> None:
    again = paper(portfolio, SETTINGS, {"x": {"rot": 1}, "y": {"rot": 5}})
    rated = {rating.item.id: (rating.x, rating.y) for rating in again.ratings}
    assert (rated, again.answered) == ({"rot": ("1", "5"), "blau": ("", ""), "grün": ("", "")}, True)
    assert (paper(portfolio, SETTINGS).answered, again.values) == (False, (1, 2, 3, 4, 5))
    assert len({paper(portfolio, SETTINGS, seed=f"person-{n}").ratings for n in range(60)}) == 6


@pytest.mark.parametrize("counts, expected", [({}, None), ({4: 3}, 0.0), ({1: 1, 5: 1}, 2.0), ({1: 1, 2: 2}, 0.47)])
def test_deviations_are_rounded_as_means_are(counts: dict[int, int], expected: float | None) -> None:
    assert deviation(counts) == expected
