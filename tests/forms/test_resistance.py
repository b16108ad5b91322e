from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import resistance
from facilitation.forms.resistance import Row
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows
from tests.forms.words import said

SETTINGS = resistance.Settings.model_validate({"options": OPTIONS, "passive": "grün", "reasons": True})
SILENT = resistance.Settings.model_validate({"options": OPTIONS})
BALLOTS = [{"resistance": {"rot": 0, "blau": 5, "grün": 10}}, {"resistance": {"rot": 10, "blau": 4, "grün": 10}}]
RATED = {"rot": 0, "blau": 5, "grün": 10}


def test_the_passive_option_is_one_of_them() -> None:
    with pytest.raises(ValidationError, match="the passive option is one of the options"):
        resistance.Settings.model_validate({"options": OPTIONS, "passive": "gelb"})


@pytest.mark.parametrize(
    "rated, values",
    [
        (RATED | {"gelb": 1}, {"why": "unknown_option"}),
        ({"rot": 1}, {"why": "incomplete", "most": 3}),
        ({}, {"why": "incomplete", "most": 3}),
        (RATED | {"rot": 11}, {"why": "out_of_range", "least": 0, "most": 10}),
        (RATED | {"rot": -1}, {"why": "out_of_range", "least": 0, "most": 10}),
    ],
)
def test_every_option_is_rated_from_0_to_10(rated: dict[str, int], values: dict[str, Any]) -> None:
    check(resistance, SILENT, {"resistance": RATED})
    assert refusal(resistance, SILENT, {"resistance": rated}) == values


def test_reasons_may_be_given_where_they_are_asked_for() -> None:
    check(resistance, SETTINGS, {"resistance": RATED, "reasons": {"blau": "x" * 500}})
    assert refusal(resistance, SILENT, {"resistance": RATED, "reasons": {"blau": "Nein"}}) == {"why": "no_reasons"}
    assert refusal(resistance, SETTINGS, {"resistance": RATED, "reasons": {"gelb": "Nein"}}) == {
        "why": "unknown_option"
    }
    assert refusal(resistance, SETTINGS, {"resistance": RATED, "reasons": {"blau": "x" * 501}}) == {"most": 500}


@pytest.mark.parametrize(
    "ballot", [{"resistance": {"rot": "1"}}, {"resistance": RATED, "reasons": {"rot": " "}}, {"choice": "rot"}]
)
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        resistance.Ballot.model_validate(ballot)


def test_resistance_is_added_up_and_its_spread_is_kept() -> None:
    assert figures(resistance, SETTINGS, BALLOTS) == {
        "sum": {"rot": 10, "blau": 9, "grün": 20},
        "mean": {"rot": 5.0, "blau": 4.5, "grün": 10.0},
        "value_10": {"rot": 1, "blau": 0, "grün": 2},
        "lowest": ["blau"],
        "histogram": {
            "rot": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            "blau": [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
            "grün": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        },
    }


def test_several_may_have_the_lowest_resistance_and_none_as_long_as_nobody_voted() -> None:
    equal = [{"resistance": {"rot": 3, "blau": 3, "grün": 4}}]
    assert figures(resistance, SETTINGS, equal)["lowest"] == ["rot", "blau"]
    assert [row.lowest for row in result(resistance, SETTINGS, equal).rows] == [True, True, False]
    assert (figures(resistance, SETTINGS)["lowest"], figures(resistance, SETTINGS)["mean"]["rot"]) == ([], None)


def test_the_least_resistance_is_drawn_first_with_the_reasons_that_may_be_seen() -> None:
    reason, blanked = said("Zu teuer", "", field="reasons", on="rot")
    drawn = result(resistance, SETTINGS, BALLOTS, [reason, blanked])
    assert ([row.label for row in drawn.rows], drawn.most) == (["Blau", "Rot", "Grün"], 20)
    assert drawn.rows[1] == Row("Rot", False, False, 10, 5.0, 1, (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), (reason,))  # noqa: FBT003
    assert [row.passive for row in drawn.rows] == [False, False, True]


def test_a_table_has_sums_means_and_tens() -> None:
    first = {"option": "rot", "label": "Rot", "votes": 2, "resistance": 10, "mean": 5.0, "tens": 1}
    assert rows(resistance, SETTINGS, BALLOTS)[0] == first


def test_the_paper_knows_ratings_and_reasons_in_an_order_of_ones_own() -> None:
    again = paper(resistance, SETTINGS, {"resistance": RATED}, said("Zu laut", field="reasons", on="blau"))
    answered = {rating.option.id: (rating.chosen, rating.reason, rating.passive) for rating in again.ratings}
    assert answered == {"rot": ("0", "", False), "blau": ("5", "Zu laut", False), "grün": ("10", "", True)}
    assert {rating.chosen for rating in paper(resistance, SETTINGS).ratings} == {""}
    assert len({paper(resistance, SETTINGS, seed=f"person-{n}").ratings for n in range(60)}) == 6
    assert (again.ends, again.reasons) == (("kein Widerstand", "nicht tragbar"), True)


def test_figures_of_somebody_else_hold_what_the_format_asks_for_and_can_be_drawn() -> None:
    foreign = {key: value for key, value in figures(resistance, SETTINGS, BALLOTS).items() if key != "histogram"}
    assert foreign.keys() == figures(resistance, SETTINGS).keys()
    drawn = resistance.result(SETTINGS, SETTINGS.options, foreign, ())
    assert ([row.by_value for row in drawn.rows], drawn.most) == ([(), (), ()], 20)
    assert [row["votes"] for row in resistance.rows(SETTINGS, SETTINGS.options, foreign)] == [0, 0, 0]
