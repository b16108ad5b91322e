from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import matrix
from facilitation.forms.matrix import Paper, Rating, Row
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

SETTINGS = matrix.Settings.model_validate({"items": OPTIONS, "min": 1, "max": 3, "ends": ("gar nicht", "völlig")})
BALLOTS: list[dict[str, Any]] = [{"ratings": {"rot": 1, "blau": 3}}, {"ratings": {"rot": 2}}, {"ratings": {"rot": 2}}]


@pytest.mark.parametrize("ends", [(0, 0), (5, 1), (0, 11)])
def test_the_scale_rises_by_at_most_ten_steps(ends: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="a scale rises"):
        matrix.Settings.model_validate({"items": OPTIONS, "min": ends[0], "max": ends[1]})


@pytest.mark.parametrize(
    "ratings, values",
    [
        ({"gelb": 1}, {"why": "unknown_option"}),
        ({"rot": 0}, {"why": "out_of_range", "least": 1, "most": 3}),
        ({"rot": 1, "blau": 4}, {"why": "out_of_range", "least": 1, "most": 3}),
    ],
)
def test_statements_are_rated_on_the_scale(ratings: dict[str, int], values: dict[str, Any]) -> None:
    check(matrix, SETTINGS, {"ratings": {"rot": 1, "blau": 3}})
    assert refusal(matrix, SETTINGS, {"ratings": ratings}) == values


def test_every_statement_may_be_skipped() -> None:
    check(matrix, SETTINGS, {"ratings": {}})


@pytest.mark.parametrize("ballot", [{}, {"ratings": {"rot": "1"}}, {"ratings": {"rot": True}}, {"ratings": [1]}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        matrix.Ballot.model_validate(ballot)


def test_each_statement_is_counted_and_so_is_who_skipped_it() -> None:
    assert figures(matrix, SETTINGS, BALLOTS) == {
        "items": {
            "rot": {"n": 3, "by_value": {"1": 1, "2": 2, "3": 0}, "mean": 1.67},
            "blau": {"n": 1, "by_value": {"1": 0, "2": 0, "3": 1}, "mean": 3.0},
            "grün": {"n": 0, "by_value": {"1": 0, "2": 0, "3": 0}, "mean": None},
        },
        "skipped": {"rot": 0, "blau": 2, "grün": 3},
    }


def test_statements_are_drawn_in_their_own_order() -> None:
    drawn = result(matrix, SETTINGS, BALLOTS)
    assert drawn.rows[1] == Row("Blau", ((1, 0), (2, 0), (3, 1)), rated=1, skipped=2, mean=3.0)
    assert ([row.label for row in drawn.rows], drawn.ends) == (["Rot", "Blau", "Grün"], ("gar nicht", "völlig"))


def test_a_statement_that_came_after_the_result_was_sealed_is_not_drawn() -> None:
    sealed = figures(matrix, SETTINGS, BALLOTS)
    more = (*SETTINGS.items, Option("AT2-0001", "Später"))
    assert len(matrix.result(SETTINGS, more, sealed, ()).rows) == 3
    assert {row["votes"] for row in matrix.rows(SETTINGS, more, sealed) if row["option"] == "AT2-0001"} == {0}


def test_a_table_has_a_row_for_each_value_and_one_for_those_who_skipped() -> None:
    votes = [(row["value"], row["votes"]) for row in rows(matrix, SETTINGS, BALLOTS) if row["option"] == "blau"]
    assert votes == [("1", 0), ("2", 0), ("3", 1), ("übersprungen", 2)]


def test_the_paper_knows_what_was_rated_and_what_was_skipped() -> None:
    rot, blau, gruen = SETTINGS.items
    untouched = tuple(Rating(item, "") for item in SETTINGS.items)
    assert paper(matrix, SETTINGS) == Paper(untouched, (1, 2, 3), ("gar nicht", "völlig"), answered=False)
    again = paper(matrix, SETTINGS, {"ratings": {"rot": 1}})
    assert (again.ratings, again.answered) == ((Rating(rot, "1"), Rating(blau, ""), Rating(gruen, "")), True)


def test_figures_of_somebody_else_hold_what_the_format_asks_for_and_can_be_drawn() -> None:
    foreign = {key: value for key, value in figures(matrix, SETTINGS, BALLOTS).items() if key != "skipped"}
    assert foreign.keys() == figures(matrix, SETTINGS).keys()
    assert [row.skipped for row in matrix.result(SETTINGS, SETTINGS.items, foreign, ()).rows] == [0, 0, 0]
    assert list(matrix.rows(SETTINGS, SETTINGS.items, foreign))[3]["votes"] == 0
