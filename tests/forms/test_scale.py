from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import scale
from facilitation.forms.scale import Result
from facilitation.numbers import mean, median
from tests.forms.papers import check, figures, paper, refusal, result, rows

SETTINGS = scale.Settings(min=-2, max=2, ends=("nein", "ja"))


@pytest.mark.parametrize("ends", [(0, 0), (5, 1), (0, 21)])
def test_a_scale_rises_by_at_most_twenty_steps(ends: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="a scale rises"):
        scale.Settings(min=ends[0], max=ends[1])
    assert len(scale.options(scale.Settings(min=0, max=20))) == 21


@pytest.mark.parametrize("value", [-3, 3])
def test_a_value_lies_between_the_ends(value: int) -> None:
    check(scale, SETTINGS, {"value": -2})
    check(scale, SETTINGS, {"value": 2})
    assert refusal(scale, SETTINGS, {"value": value}) == {"why": "out_of_range", "least": -2, "most": 2}


@pytest.mark.parametrize("ballot", [{"value": "3"}, {"value": 3.0}, {"value": True}, {}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        scale.Ballot.model_validate(ballot)


def test_values_are_counted_and_those_of_rooms_are_in_the_mean() -> None:
    block = figures(scale, SETTINGS, [{"value": -2}, {"value": 2}], {"2": 1})
    assert block == {"by_value": {"-2": 1, "-1": 0, "0": 0, "1": 0, "2": 2}, "mean": 0.67, "median": 2}
    assert [(row["option"], row["votes"]) for row in rows(scale, SETTINGS, [{"value": 1}])] == [
        ("-2", 0),
        ("-1", 0),
        ("0", 0),
        ("1", 1),
        ("2", 0),
    ]


def test_a_scale_is_drawn_in_its_own_order() -> None:
    drawn = result(scale, SETTINGS, [{"value": 1}, {"value": 1}, {"value": -2}])
    assert drawn == Result(((-2, 1), (-1, 0), (0, 0), (1, 2), (2, 0)), 0.0, 1, ("nein", "ja"), (), "numbers")


def test_nothing_counted_has_no_mean() -> None:
    assert figures(scale, SETTINGS)["mean"] is None


WORDS = ("nie", "selten", "manchmal", "oft", "immer")


@pytest.mark.parametrize(
    "settings, wrong",
    [
        ({"labels": WORDS[:4]}, "either every value has its words or none"),
        ({"look": "likert"}, "a Likert scale has words for every value"),
        ({"look": "faces", "max": 4}, "there are five faces"),
    ],
)
def test_a_scale_that_cannot_be_drawn_is_none(settings: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        scale.Settings.model_validate(settings)


def test_a_likert_scale_has_words_for_each_value() -> None:
    likert = scale.Settings(labels=WORDS, look="likert")
    assert [option.label for option in paper(scale, likert).values] == list(WORDS)
    assert result(scale, likert, [{"value": 4}]).labels == WORDS


@pytest.mark.parametrize(
    "counts, middle", [({}, None), ({3: 1}, 3), ({1: 1, 2: 1}, 1.5), ({1: 2, 5: 1}, 1), ({1: 2, 4: 2}, 2.5)]
)
def test_the_median_is_the_value_in_the_middle(counts: dict[int, int], middle: float | None) -> None:
    assert median(counts) == middle


def test_the_paper_knows_what_was_chosen() -> None:
    assert (paper(scale, SETTINGS).chosen, paper(scale, SETTINGS, {"value": -1}).chosen) == ("", "-1")
    assert paper(scale, SETTINGS).ends == ("nein", "ja")


@pytest.mark.parametrize(
    "counts, expected",
    [
        ({}, None),
        ({3: 2}, 3.0),
        ({1: 2, 2: 1}, 1.33),
        ({1: 7, 2: 1}, 1.13),
        ({0: 199, 1: 1}, 0.01),
        ({0: 3, -1: 1}, -0.25),
    ],
)
def test_means_are_rounded_half_up_to_two_decimals(counts: dict[int, int], expected: float | None) -> None:
    assert mean(counts) == expected
