from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Bar, Option
from facilitation.forms import FORMS, multiple, scale, single
from facilitation.numbers import mean
from facilitation.record import Refused

OPTIONS = [("rot", "Rot"), ("blau", "Blau"), ("grün", "Grün")]
ROT, BLAU, GRUEN = (Option(*option) for option in OPTIONS)
SINGLE = single.Settings.model_validate({"options": OPTIONS})
MULTIPLE = multiple.Settings.model_validate({"options": OPTIONS, "max_choices": 2})
SCALE = scale.Settings(min=-2, max=2)


def refusal(form: Any, settings: Any, ballot: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(Refused, match=r"^poll.invalid$") as refused:
        form.check(settings, form.Ballot.model_validate(ballot))
    return refused.value.values


def test_each_form_is_called_as_in_the_script_format() -> None:
    assert {name: (form.name, form.counts) for name, form in FORMS.items()} == {
        "single": ("single", True),
        "multiple": ("multiple", False),
        "scale": ("scale", True),
    }


# ── settings ──


@pytest.mark.parametrize("form", [single, multiple])
@pytest.mark.parametrize("many", [0, 1, 31])
def test_there_is_something_to_choose_and_not_too_much(form: Any, many: int) -> None:
    with pytest.raises(ValidationError):
        form.Settings(options=[(str(number), "Antwort") for number in range(many)])


@pytest.mark.parametrize("ends", [(0, 0), (5, 1), (0, 21)])
def test_a_scale_rises_by_at_most_twenty_steps(ends: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="a scale rises"):
        scale.Settings(min=ends[0], max=ends[1])
    assert len(scale.options(scale.Settings(min=0, max=20))) == 21


def test_at_least_one_may_be_chosen() -> None:
    with pytest.raises(ValidationError):
        multiple.Settings.model_validate({"options": OPTIONS, "max_choices": 0})


# ── ballots ──


def test_one_option_is_chosen() -> None:
    single.check(SINGLE, single.Ballot(choice="rot"))
    assert refusal(single, SINGLE, {"choice": "gelb"}) == {"why": "unknown_option"}


@pytest.mark.parametrize(
    "choices, values",
    [
        ([], {"why": "number_of_choices", "most": 2}),
        (["rot", "blau", "grün"], {"why": "number_of_choices", "most": 2}),
        (["rot", "rot"], {"why": "repeated_choice"}),
        (["rot", "gelb"], {"why": "unknown_option"}),
    ],
)
def test_several_options_are_chosen_each_once(choices: list[str], values: dict[str, Any]) -> None:
    multiple.check(MULTIPLE, multiple.Ballot(choices=["blau", "rot"]))
    assert refusal(multiple, MULTIPLE, {"choices": choices}) == values


def test_without_a_limit_everything_may_be_chosen() -> None:
    free = multiple.Settings.model_validate({"options": OPTIONS})
    multiple.check(free, multiple.Ballot(choices=["rot", "blau", "grün"]))
    assert (multiple.hints(free).most, multiple.hints(MULTIPLE).most) == (0, 2)


@pytest.mark.parametrize("value", [-3, 3])
def test_a_value_lies_between_the_ends(value: int) -> None:
    scale.check(SCALE, scale.Ballot(value=-2))
    scale.check(SCALE, scale.Ballot(value=2))
    assert refusal(scale, SCALE, {"value": value}) == {"why": "out_of_range", "least": -2, "most": 2}


@pytest.mark.parametrize(
    "form, ballot",
    [
        (single, {"choice": 1}),
        (single, {"choice": "rot", "unit": "amt-10"}),
        (multiple, {"choices": "rot"}),
        (multiple, {"choices": [1]}),
        (scale, {"value": "3"}),
        (scale, {"value": 3.0}),
        (scale, {"value": True}),
        (scale, {}),
    ],
)
def test_what_is_no_ballot_of_a_form_is_none(form: Any, ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        form.Ballot.model_validate(ballot)


# ── counting ──


def test_options_are_counted_in_their_order_and_those_of_rooms_are_added() -> None:
    ballots = [{"choice": "blau"}, {"choice": "rot"}, {"choice": "blau"}]
    assert single.tally(SINGLE, ballots, {"rot": 4}) == [Bar(ROT, 5), Bar(BLAU, 2), Bar(GRUEN, 0)]
    assert single.figures(SINGLE, ballots, {"rot": 4}) == {"by_option": {"rot": 5, "blau": 2, "grün": 0}}


def test_each_of_several_choices_is_counted() -> None:
    ballots = [{"choices": ["blau", "rot"]}, {"choices": ["blau"]}]
    assert multiple.tally(MULTIPLE, ballots, {}) == [Bar(ROT, 1), Bar(BLAU, 2), Bar(GRUEN, 0)]
    assert multiple.figures(MULTIPLE, ballots, {}) == {"by_option": {"rot": 1, "blau": 2, "grün": 0}}


def test_values_are_counted_and_those_of_rooms_are_in_the_mean() -> None:
    block = scale.figures(SCALE, [{"value": -2}, {"value": 2}], {"2": 1})
    assert block == {"by_value": {"-2": 1, "-1": 0, "0": 0, "1": 0, "2": 2}, "mean": 0.67}


def test_nothing_counted_has_no_mean() -> None:
    assert scale.figures(SCALE, [], {})["mean"] is None


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
