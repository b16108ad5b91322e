from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.choices import Bar
from facilitation.forms import multiple
from facilitation.forms.multiple import Result
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

SETTINGS = multiple.Settings.model_validate({"options": OPTIONS, "max_choices": 2})
FREE = multiple.Settings.model_validate({"options": OPTIONS})


@pytest.mark.parametrize("many", [0, 1, 31])
def test_there_is_something_to_choose_and_not_too_much(many: int) -> None:
    with pytest.raises(ValidationError):
        multiple.Settings.model_validate({"options": [(str(number), "Antwort") for number in range(many)]})


def test_at_least_one_may_be_chosen() -> None:
    with pytest.raises(ValidationError):
        multiple.Settings.model_validate({"options": OPTIONS, "max_choices": 0})


@pytest.mark.parametrize(
    "choices, values",
    [
        ([], {"why": "number_of_choices", "least": 1, "most": 2}),
        (["rot", "blau", "grün"], {"why": "number_of_choices", "least": 1, "most": 2}),
        (["rot", "rot"], {"why": "repeated_choice"}),
        (["rot", "gelb"], {"why": "unknown_option"}),
    ],
)
def test_several_options_are_chosen_each_once(choices: list[str], values: dict[str, Any]) -> None:
    check(multiple, SETTINGS, {"choices": ["blau", "rot"]})
    assert refusal(multiple, SETTINGS, {"choices": choices}) == values


def test_a_least_number_may_be_asked_for() -> None:
    two = multiple.Settings.model_validate({"options": OPTIONS, "min_choices": 2})
    assert refusal(multiple, two, {"choices": ["rot"]}) == {"why": "number_of_choices", "least": 2, "most": 3}
    assert paper(multiple, two).least == 2


def test_without_a_limit_everything_may_be_chosen() -> None:
    check(multiple, FREE, {"choices": ["rot", "blau", "grün"]})
    assert (paper(multiple, FREE).most, paper(multiple, SETTINGS).most) == (0, 2)


@pytest.mark.parametrize("ballot", [{"choices": "rot"}, {"choices": [1]}, {}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        multiple.Ballot.model_validate(ballot)


def test_each_of_several_choices_is_counted() -> None:
    ballots = [{"choices": ["blau", "rot"]}, {"choices": ["blau"]}]
    assert figures(multiple, SETTINGS, ballots) == {"by_option": {"rot": 1, "blau": 2, "grün": 0}}
    assert result(multiple, SETTINGS, ballots) == Result((Bar("Blau", 2), Bar("Rot", 1), Bar("Grün", 0)))
    assert [row["votes"] for row in rows(multiple, SETTINGS, ballots)] == [1, 2, 0]


def test_the_paper_knows_what_was_chosen() -> None:
    assert paper(multiple, SETTINGS).chosen == ()
    assert paper(multiple, SETTINGS, {"choices": ["blau", "rot"]}).chosen == ("blau", "rot")
