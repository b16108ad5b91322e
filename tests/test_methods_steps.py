"""What *Weiter* does as a step of a method says: open, enter a phase, go on with what is open already."""

import pytest

from facilitation import desk
from facilitation.desk import RunSheet
from facilitation.kinds import poll, wall
from facilitation.pictures import Piece
from facilitation.walls.phases import Phase
from tests.rooms import Kept, activity, afresh, room, submit
from tests.steered import COLOURS, step, types


def planned() -> Kept:
    """A wall that goes through two phases in two steps, and a poll after it."""
    steps = (
        step("schreiben", "wand", opens=True, phase="draft", instruction="Still schreiben.\n„Ein Gedanke je Karte.“"),
        step("punkten", "wand", opens=True, phase="weigh"),
        step("fragen", "abfrage", phase="weigh"),
    )
    return room(activity(wall, "wand"), activity(poll, "abfrage", names="named", **COLOURS), steps=steps)


def advance(made: Kept) -> list[tuple[str, str]]:
    return types(submit(made, "mo", "agenda", "advance"))


def test_a_wall_enters_the_phase_of_the_step() -> None:
    made = planned()
    assert advance(made) == [
        ("agenda", "agenda.advanced"),
        ("wand", "activity.opened"),
        ("wand", "wall.phased"),
        ("stage", "stage.shown"),
    ]
    assert made.activities["wand"].state.stand.phase is Phase.DRAFT
    assert afresh(made).activities == made.activities


def test_what_goes_on_in_the_next_step_stays_open() -> None:
    made = planned()
    advance(made)
    assert advance(made) == [
        ("agenda", "agenda.advanced"),
        ("wand", "wall.phased"),
        ("wand", "wall.dots_opened"),
        ("stage", "stage.shown"),
    ]
    assert made.activities["wand"].is_open


def test_a_phase_is_nothing_to_what_has_none() -> None:
    made = planned()
    for _ in range(2):
        advance(made)
    assert advance(made) == [("wand", "activity.closed"), ("agenda", "agenda.advanced"), ("stage", "stage.shown")]


def test_next_is_called_by_its_step_where_the_activity_goes_on() -> None:
    made = planned()
    found = []
    for _ in range(3):
        piece = desk.desk(made)["desk.console"]
        assert isinstance(piece, Piece)
        found.append(piece.content.next)
        advance(made)
    assert found == ["wand", "punkten", "abfrage"]


@pytest.mark.parametrize("steps", [1, 2])
def test_the_run_sheet_says_what_to_do_in_the_current_step_only(steps: int) -> None:
    made = planned()
    for _ in range(steps):
        advance(made)
    piece = desk.desk(made)["desk.run"]
    assert isinstance(piece, Piece)
    sheet = piece.content
    assert isinstance(sheet, RunSheet)
    guide = "Still schreiben.\n„Ein Gedanke je Karte.“"
    assert [it.guide for it in sheet.steps] == [guide if steps == 1 else "", "", ""]
