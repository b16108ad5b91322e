from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import single
from facilitation.forms.single import Paper, Result
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows

SETTINGS = single.Settings.model_validate({"options": OPTIONS})
ROT, BLAU, GRUEN = (Option(*option) for option in OPTIONS)


@pytest.mark.parametrize("many", [0, 1, 31])
def test_there_is_something_to_choose_and_not_too_much(many: int) -> None:
    with pytest.raises(ValidationError):
        single.Settings.model_validate({"options": [(str(number), "Antwort") for number in range(many)]})


def test_one_option_is_chosen() -> None:
    check(single, SETTINGS, {"choice": "rot"})
    assert refusal(single, SETTINGS, {"choice": "gelb"}) == {"why": "unknown_option"}


@pytest.mark.parametrize("ballot", [{"choice": 1}, {"choice": "rot", "unit": "amt-10"}, {}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        single.Ballot.model_validate(ballot)


def test_options_are_counted_in_their_order_and_those_of_rooms_are_added() -> None:
    ballots = [{"choice": "blau"}, {"choice": "rot"}, {"choice": "blau"}]
    assert figures(single, SETTINGS, ballots, {"rot": 4}) == {"by_option": {"rot": 5, "blau": 2, "grün": 0}}
    assert rows(single, SETTINGS, ballots) == [
        {"option": "rot", "label": "Rot", "votes": 1},
        {"option": "blau", "label": "Blau", "votes": 2},
        {"option": "grün", "label": "Grün", "votes": 0},
    ]


def test_the_most_chosen_option_is_drawn_first() -> None:
    ballots = [{"choice": "blau"}, {"choice": "rot"}, {"choice": "blau"}]
    assert result(single, SETTINGS, ballots) == Result((("Blau", 2), ("Rot", 1), ("Grün", 0)))


def test_the_paper_knows_what_was_chosen() -> None:
    assert paper(single, SETTINGS) == Paper((ROT, BLAU, GRUEN), "")
    assert paper(single, SETTINGS, {"choice": "blau"}) == Paper((ROT, BLAU, GRUEN), "blau")
