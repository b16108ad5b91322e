from typing import Any

import pytest
from pydantic import ValidationError

from facilitation import pictures
from facilitation.forms import number
from facilitation.forms.number import Bin, Paper
from facilitation.kinds import poll
from facilitation.numbers import exact_mean, quantile
from facilitation.screen import Audience
from tests.forms.papers import check, figures, paper, refusal, result, rows
from tests.kinds.polls import CROWD, close_and_show, opened, vote
from tests.rooms import submit

SETTINGS = number.Settings(min=0, max=100, unit="Prozent")
GUESSING = number.Settings(min=0, max=100, truth=42, tolerance=3)
FOUR = [{"number": 40}, {"number": 45.5}, {"number": 0}, {"number": 100}]


def test_a_range_rises() -> None:
    with pytest.raises(ValidationError, match="the range of a number rises"):
        number.Settings(min=1, max=1)


@pytest.mark.parametrize("guess", [-1, 100.1, 140])
def test_a_number_lies_in_the_range(guess: float) -> None:
    check(number, SETTINGS, {"number": 0})
    check(number, SETTINGS, {"number": 99.5})
    assert refusal(number, SETTINGS, {"number": guess}) == {"why": "out_of_range", "least": 0, "most": 100}


def test_only_whole_numbers_may_be_asked_for() -> None:
    whole = number.Settings(min=0, max=10, whole=True)
    check(number, whole, {"number": 3})
    assert refusal(number, whole, {"number": 3.5}) == {"why": "whole"}


@pytest.mark.parametrize("ballot", [{}, {"number": "3"}, {"number": True}, {"number": float("nan")}, {"number": None}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        number.Ballot.model_validate(ballot)


def test_numbers_are_counted() -> None:
    assert figures(number, GUESSING, FOUR) == {
        "min": 0,
        "max": 100,
        "mean": 46.38,
        "median": 42.75,
        "quartiles": [20, 72.75],
        "bins": [1, 0, 0, 0, 2, 0, 0, 0, 0, 1],
        "near": 1,
    }


def test_the_table_has_all_figures_and_how_many_numbers_lie_where() -> None:
    table = rows(number, number.Settings(min=0, max=25), [{"number": each} for each in (0, 5, 5, 25)])
    assert [(row["label"], row["value"]) for row in table[:6]] == [
        ("kleinste Zahl", 0),
        ("unteres Quartil", 2.5),
        ("Median", 5),
        ("oberes Quartil", 15),
        ("größte Zahl", 25),
        ("Mittel", 8.75),
    ]
    places = [(row["label"], row["votes"]) for row in table[6:]]
    assert (len(places), sum(votes for _, votes in places)) == (10, 4)
    assert (places[0], places[2]) == (("von 0 bis unter 2,5", 1), ("von 5 bis unter 7,5", 2))
    assert places[-1] == ("von 22,5 bis 25", 1)


def test_without_a_truth_nobody_was_near_it() -> None:
    assert "near" not in figures(number, SETTINGS, FOUR)


@pytest.mark.parametrize("tolerance, label, near", [(3, "höchstens 3 daneben", 1), (2.5, "höchstens 2,5 daneben", 1)])
def test_the_table_says_how_it_really_is_once_that_is_revealed(tolerance: float, label: str, near: int) -> None:
    settings = GUESSING.model_copy(update={"tolerance": tolerance})
    counted = figures(number, settings, FOUR)
    unseen, seen = (list(number.rows(settings, (), counted | {"revealed": it})) for it in (False, True))
    assert seen[len(unseen) :] == [{"label": "in Wirklichkeit", "value": 42}, {"label": label, "votes": near}]


def test_exactly_right_is_said_where_nothing_beside_it_counts() -> None:
    settings = GUESSING.model_copy(update={"tolerance": 0})
    table = list(number.rows(settings, (), figures(number, settings, FOUR) | {"revealed": True}))
    assert table[-1] == {"label": "genau richtig", "votes": 0}


@pytest.mark.parametrize("people, near", [(5, 5), (4, None)])
def test_who_was_near_stands_in_no_table_of_too_few(people: int, near: int | None) -> None:
    made = opened({"form": "number", "settings": GUESSING.model_dump()}, people=CROWD, names="anonymous")
    for person in CROWD[:people]:
        vote(made, person.id, number=42)
    close_and_show(made)
    submit(made, "mo", "abfrage", "reveal")
    abfrage = made.activities["abfrage"]
    table = list(poll.rows(abfrage.state, pictures.look(made, abfrage, Audience.DESK)))
    assert [row["votes"] for row in table if "daneben" in row["label"]] == [near]


def test_nothing_counted_has_no_figures() -> None:
    assert result(number, SETTINGS).bins == tuple(Bin(10 * n, 10 * n + 10, 0) for n in range(10))
    assert figures(number, SETTINGS)["mean"] is figures(number, SETTINGS)["median"] is None
    assert result(number, SETTINGS).quartiles is None


def test_how_it_really_is_is_seen_once_it_is_revealed() -> None:
    counted = figures(number, GUESSING, FOUR)
    hidden, shown = (number.result(GUESSING, (), counted | {"revealed": it}, ()) for it in (False, True))
    assert (hidden.truth, hidden.near) == (None, None)
    assert (shown.truth, shown.near, shown.tolerance) == (42, 1, 3)
    nothing_to_reveal = number.result(SETTINGS, (), counted | {"revealed": True}, ())
    assert nothing_to_reveal.truth is None


def test_a_result_taken_over_without_bins_has_none() -> None:
    block = {"min": 0, "max": 80, "mean": 43.98, "median": 47.5}
    drawn = number.result(SETTINGS, (), block, ())
    assert (drawn.bins, drawn.quartiles, drawn.median) == ((), None, 47.5)
    table = list(number.rows(SETTINGS, (), block))
    assert [row["value"] for row in table] == [0, None, 47.5, None, 80, 43.98]


def test_the_paper_knows_what_was_said() -> None:
    assert paper(number, SETTINGS) == Paper(0, 100, "Prozent", whole=False, given=None)
    assert paper(number, SETTINGS, {"number": 7.5}).given == 7.5


@pytest.mark.parametrize(
    "ordered, quarters",
    [([], (None, None, None)), ([7], (7, 7, 7)), ([1, 2], (1, 1.5, 2)), ([1, 2, 3, 4, 5], (1.5, 3, 4.5))],
)
def test_quartiles_are_those_of_both_halves(ordered: list[float], quarters: tuple[float | None, ...]) -> None:
    assert tuple(quantile(ordered, quarter) for quarter in (1, 2, 3)) == quarters


@pytest.mark.parametrize("numbers, expected", [([], None), ([0.1, 0.2], 0.15), ([1.005], 1.01), ([1, 2, 2], 1.67)])
def test_means_of_any_numbers_are_rounded_half_up(numbers: list[float], expected: float | None) -> None:
    assert exact_mean(numbers) == expected
