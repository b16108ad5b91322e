from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import position
from facilitation.forms.position import Paper, Spot
from tests.forms.papers import check, figures, paper, refusal, result, rows

PLANE = position.Settings(x_labels=("fremd", "vertraut"), y_labels=("dagegen", "dafür"))
LINE = position.Settings(x_labels=("nein", "ja"), line=True)
BALLOTS = [{"x": 0, "y": 49}, {"x": 50, "y": 49}, {"x": 52, "y": 46}, {"x": 49, "y": 50}, {"x": 100, "y": 100}]


@pytest.mark.parametrize("place", [{"x": 101, "y": 0}, {"x": 0, "y": 101}, {"x": -1, "y": 0}, {"x": 0, "y": -1}])
def test_everybody_stands_in_the_field(place: dict[str, int]) -> None:
    check(position, PLANE, {"x": 0, "y": 100})
    assert refusal(position, PLANE, place) == {"why": "out_of_range", "least": 0, "most": 100}


def test_a_plane_has_two_axes_and_a_line_one() -> None:
    check(position, LINE, {"x": 100})
    assert refusal(position, LINE, {"x": 1, "y": 1}) == {"why": "axes"}
    assert refusal(position, LINE, {"x": 101}) == {"why": "out_of_range", "least": 0, "most": 100}
    assert [refusal(position, PLANE, place) for place in ({"x": 1}, {"y": 1}, {})] == 3 * [{"why": "axes"}]


@pytest.mark.parametrize("ballot", [{"x": "1", "y": 1}, {"x": 1.5, "y": 1}, {"x": True, "y": 1}, {"z": 1}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        position.Ballot.model_validate(ballot)


def test_means_and_quadrants_are_exact_and_places_are_not() -> None:
    assert figures(position, PLANE, BALLOTS) == {
        "mean_x": 50.2,
        "mean_y": 58.8,
        "quadrants": {"x<50,y<50": 1, "x>=50,y<50": 2, "x<50,y>=50": 1, "x>=50,y>=50": 1},
        "spots": [[0, 45, 1], [45, 50, 1], [50, 45, 2], [100, 100, 1]],
    }


def test_on_a_line_both_sides_are_counted() -> None:
    block = figures(position, LINE, [{"x": 49}, {"x": 50, "y": None}, {"x": 99}])
    assert block == {"mean_x": 66.0, "sides": {"x<50": 1, "x>=50": 2}, "spots": [[45, 0, 1], [50, 0, 1], [95, 0, 1]]}


def test_the_field_is_drawn_with_words_for_its_quadrants() -> None:
    drawn = result(position, PLANE, BALLOTS)
    words = ("fremd, dagegen", "vertraut, dagegen", "fremd, dafür", "vertraut, dafür")
    assert drawn.parts == tuple(zip(words, (1, 2, 1, 1), strict=True))
    assert (drawn.spots[2], drawn.mean_x, drawn.mean_y) == (Spot(50, 45, 2), 50.2, 58.8)


def test_the_line_is_drawn_with_words_for_its_sides() -> None:
    drawn = result(position, LINE, [{"x": 70}])
    assert (drawn.parts, drawn.y_labels, drawn.mean_y) == ((("eher nein", 0), ("eher ja", 1)), None, None)


def test_a_table_has_a_row_for_each_part() -> None:
    assert rows(position, PLANE, BALLOTS)[1] == {"option": "x>=50,y<50", "label": "vertraut, dagegen", "votes": 2}
    assert [row["votes"] for row in rows(position, LINE, [{"x": 70}])] == [0, 1]


def test_the_paper_begins_nowhere() -> None:
    assert paper(position, PLANE) == Paper(("fremd", "vertraut"), ("dagegen", "dafür"), "", "")
    assert paper(position, PLANE, {"x": 7, "y": 0}) == Paper(("fremd", "vertraut"), ("dagegen", "dafür"), "7", "0")
    assert paper(position, LINE, {"x": 7}) == Paper(("nein", "ja"), None, "7", "")


def test_figures_of_somebody_else_hold_what_the_format_asks_for_and_can_be_drawn() -> None:
    foreign = {key: value for key, value in figures(position, PLANE, BALLOTS).items() if key != "spots"}
    assert foreign.keys() == figures(position, PLANE).keys()
    assert position.result(PLANE, (), foreign, ()).spots == ()
