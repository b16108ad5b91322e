from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import pin
from facilitation.forms.pin import Square
from facilitation.images import Image
from tests.forms.papers import check, figures, paper, refusal, result, rows

ID = "0" * 32
SETTINGS = pin.Settings(image=ID, alt="Lageplan", columns=4, lines=2)
BALLOTS = [{"point": "0,0"}, {"point": "100,100"}, {"point": "24,49"}]


@pytest.mark.parametrize("settings", [{"image": ""}, {"image": "x"}, {"alt": " "}, {"columns": 1}, {"lines": 11}])
def test_there_is_a_picture_with_words_and_a_grid(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        pin.Settings.model_validate({"image": ID, "alt": "Lageplan"} | settings)


@pytest.mark.parametrize("point", ["101,0", "0,101"])
def test_a_point_lies_on_the_picture(point: str) -> None:
    check(pin, SETTINGS, {"point": "0,100"})
    assert refusal(pin, SETTINGS, {"point": point}) == {"why": "out_of_range", "least": 0, "most": 100}


@pytest.mark.parametrize("ballot", [{}, {"point": "1"}, {"point": "-1,2"}, {"point": "1,2,3"}, {"point": "1.5,2"}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        pin.Ballot.model_validate(ballot)


def test_points_are_counted_by_square() -> None:
    assert figures(pin, SETTINGS, BALLOTS) == {"squares": {"A1": 2, "D2": 1}}
    votes = [[square.votes for square in line] for line in result(pin, SETTINGS, BALLOTS).lines]
    assert votes == [[2, 0, 0, 0], [0, 0, 0, 1]]
    assert [row["option"] for row in rows(pin, SETTINGS, BALLOTS) if row["votes"]] == ["A1", "D2"]


@pytest.mark.parametrize("columns, lines", [(2, 2), (7, 3), (10, 10)])
def test_the_point_of_a_square_lies_in_it(columns: int, lines: int) -> None:
    settings = pin.Settings(image=ID, alt="Lageplan", columns=columns, lines=lines)
    squares = [square for line in paper(pin, settings).lines for square in line]
    assert [paper(pin, settings, {"point": square.point}).chosen for square in squares] == [
        square.name for square in squares
    ]


def test_the_paper_knows_the_picture_and_what_was_chosen() -> None:
    blank = paper(pin, SETTINGS)
    assert (blank.picture, blank.chosen, blank.lines[1][3]) == (Image(ID, "Lageplan"), "", Square("D2", "87,75"))
    assert paper(pin, SETTINGS, {"point": "30,10"}).chosen == "B1"
