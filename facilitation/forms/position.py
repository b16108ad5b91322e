"""Position (Aufstellung): where everybody stands in a field of two axes, or on one line."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from facilitation.form import Answer, Cast, Given, Option
from facilitation.numbers import mean
from facilitation.record import Data, Refused

name = "position"
counts = False
grows = False
worded: Mapping[str, str] = {}

MOST, MIDDLE = 100, 50
STEP = 5  # people are drawn in squares of this size: nobody is told by an exact place
SIDES = ("x<50", "x>=50")
QUADRANTS = ("x<50,y<50", "x>=50,y<50", "x<50,y>=50", "x>=50,y>=50")

Ends = tuple[str, str]  # words at the ends of an axis


class Settings(BaseModel):
    x_labels: Ends = ("links", "rechts")
    y_labels: Ends = ("unten", "oben")
    line: bool = False  # only the axis x


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    x: int | None = None
    y: int | None = None


class Paper(NamedTuple):
    """`y_labels` is None on a line; `x` and `y` are "" as long as nobody stands anywhere."""

    x_labels: Ends
    y_labels: Ends | None
    x: str
    y: str


class Spot(NamedTuple):
    """How many stand in a square of the field; `y` is 0 on a line."""

    x: int
    y: int
    people: int


class Result(NamedTuple):
    """`parts` are the quadrants, or both sides of a line, in words with how many stand there."""

    x_labels: Ends
    y_labels: Ends | None
    mean_x: float | None
    mean_y: float | None
    spots: tuple[Spot, ...]
    parts: tuple[tuple[str, int], ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return ()


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if ballot.x is None or settings.line is (ballot.y is not None):
        raise Refused("poll.invalid", why="axes")
    if not (0 <= ballot.x <= MOST and 0 <= (ballot.y or 0) <= MOST):
        raise Refused("poll.invalid", why="out_of_range", least=0, most=MOST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    at = given.data if given else {}
    y_labels = None if settings.line else settings.y_labels
    return Paper(settings.x_labels, y_labels, str(at.get("x", "")), str(at.get("y", "")))


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    places = [(ballot["x"], ballot.get("y") or 0) for ballot in cast.ballots]
    spots = Counter((x - x % STEP, y - y % STEP) for x, y in places)
    parts = Counter(_part(x, y, line=settings.line) for x, y in places)
    found: Data = {"mean_x": mean(Counter(x for x, _ in places))}
    if places:  # a script of somebody else lacks them
        found["spots"] = [[*place, people] for place, people in sorted(spots.items())]
    if settings.line:
        return found | {"sides": {side: parts[side] for side in SIDES}}
    found["mean_y"] = mean(Counter(y for _, y in places))
    return found | {"quadrants": {quadrant: parts[quadrant] for quadrant in QUADRANTS}}


def _part(x: int, y: int, *, line: bool) -> str:
    side = SIDES[x >= MIDDLE]
    return side if line else f"{side},y{'>=' if y >= MIDDLE else '<'}{MIDDLE}"


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    y_labels = None if settings.line else settings.y_labels
    spots = tuple(Spot(*spot) for spot in figures.get("spots", ()))
    parts = tuple((words, people) for _, words, people in _parts(settings, figures))
    return Result(settings.x_labels, y_labels, figures["mean_x"], figures.get("mean_y"), spots, parts)


def _parts(settings: Settings, figures: Data) -> Iterator[tuple[str, str, int]]:
    """Each side or quadrant with its words and people."""
    if settings.line:
        for side, words in zip(SIDES, settings.x_labels, strict=True):
            yield side, f"eher {words}", figures["sides"][side]
        return
    labels = [f"{x}, {y}" for y in settings.y_labels for x in settings.x_labels]
    for quadrant, words in zip(QUADRANTS, labels, strict=True):
        yield quadrant, words, figures["quadrants"][quadrant]


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for part, words, people in _parts(settings, figures):
        yield {"option": part, "label": words, "votes": people}
