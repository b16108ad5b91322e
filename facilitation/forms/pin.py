"""Pin (Nadel): one place on a picture, such as a map or a plan.

The picture lies under a grid, and what is chosen is a square of it: by finger, by keyboard and without sight alike.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import Answer, Cast, Given, Option
from facilitation.images import LONGEST_ALT, Image, ImageId
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "pin"
counts = False
grows = False
worded: Mapping[str, str] = {}

MOST = 100


class Settings(BaseModel):
    image: Annotated[ImageId, Field(min_length=1)]
    alt: Annotated[Text, Field(max_length=LONGEST_ALT)]
    columns: Annotated[int, Field(ge=2, le=10)] = 8  # on the smallest phone a square is as wide as a fingertip
    lines: Annotated[int, Field(ge=2, le=10)] = 6


class Ballot(BaseModel):
    """`point` is "x,y": percent from the left and from the top of the picture."""

    model_config = ConfigDict(extra="forbid", strict=True)

    point: Annotated[str, Field(pattern=r"^[0-9]{1,3},[0-9]{1,3}$")]


class Square(NamedTuple):
    """A square of the grid: its name such as C2, the point in its middle, and how many chose it."""

    name: str
    point: str
    votes: int = 0


Lines = tuple[tuple[Square, ...], ...]  # from top to bottom


class Paper(NamedTuple):
    picture: Image
    lines: Lines
    chosen: str  # the name of a square


class Result(NamedTuple):
    picture: Image
    lines: Lines


def options(settings: Settings) -> tuple[Option, ...]:
    return ()


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if max(map(int, ballot.point.split(","))) > MOST:
        raise Refused("poll.invalid", why="out_of_range", least=0, most=MOST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    chosen = _square(settings, given.data["point"]) if given else ""
    return Paper(Image(settings.image, settings.alt), _lines(settings, Counter()), chosen)


def _lines(settings: Settings, votes: Mapping[str, int]) -> Lines:
    return tuple(
        tuple(_drawn(settings, column, line, votes) for column in range(settings.columns))
        for line in range(settings.lines)
    )


def _drawn(settings: Settings, column: int, line: int, votes: Mapping[str, int]) -> Square:
    x, y = (2 * column + 1) * MOST // (2 * settings.columns), (2 * line + 1) * MOST // (2 * settings.lines)
    name = _name(column, line)
    return Square(name, f"{x},{y}", votes.get(name, 0))


def _name(column: int, line: int) -> str:
    return f"{ascii_uppercase[column]}{line + 1}"


def _square(settings: Settings, point: str) -> str:
    x, y = map(int, point.split(","))
    return _name(x * settings.columns // (MOST + 1), y * settings.lines // (MOST + 1))


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(_square(settings, ballot["point"]) for ballot in cast.ballots)
    return {"squares": dict(sorted(votes.items()))}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    return Result(Image(settings.image, settings.alt), _lines(settings, figures["squares"]))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for line in _lines(settings, figures["squares"]):
        for square in line:
            yield {"option": square.name, "label": square.name, "votes": square.votes}
