"""Points (Punkte verteilen): a budget that everybody spreads over the options."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.order import mixed
from facilitation.record import Data, Refused

name = "points"
counts = False
grows = True
worded: Mapping[str, str] = {}

MOST = 10_000


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    budget: Annotated[int, Field(ge=1, le=MOST)] = 100
    exactly: bool = False  # all of it must be spent


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    points: dict[str, int] = {}


class Paper(NamedTuple):
    """What everybody has to spend, and the options in an order of one's own with what they were given."""

    budget: int
    exactly: bool
    given: tuple[tuple[Option, int], ...]


class Row(NamedTuple):
    """Points in all; how many people gave some, and the median of what these gave: None where it is not known."""

    label: str
    points: int
    givers: int | None
    median: float | None


class Result(NamedTuple):
    """The options by their points, most first."""

    rows: tuple[Row, ...]
    total: int


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not ballot.points.keys() <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")
    if min(ballot.points.values(), default=0) < 0:
        raise Refused("poll.invalid", why="negative")
    spent = sum(ballot.points.values())
    if settings.exactly and spent != settings.budget:
        raise Refused("poll.invalid", why="not_exactly", most=settings.budget, spent=spent)
    if not 1 <= spent <= settings.budget:
        raise Refused("poll.invalid", why="budget", most=settings.budget, spent=spent)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    points = given.data["points"] if given else {}
    spread = tuple((option, points.get(option.id, 0)) for option in mixed(options, seed))
    return Paper(settings.budget, settings.exactly, spread)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    given: dict[str, list[int]] = {option.id: [] for option in options}
    for ballot in cast.ballots:
        for option, points in ballot["points"].items():
            given[option] += [points] if points else []
    sums = {option: sum(points) for option, points in given.items()}
    found = {"points": sums, "points_total": sum(sums.values())}
    if not cast.ballots:  # a script of somebody else lacks the others
        return found
    givers = {option: len(points) for option, points in given.items()}
    return found | {"givers": givers, "median": {id: median(each) if each else None for id, each in given.items()}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    ranked = [Row(option.label, *_of(figures, option.id)) for option in options]
    ranked.sort(key=lambda row: -row.points)
    return Result(tuple(ranked), figures["points_total"])


def _of(figures: Data, option: str) -> tuple[int, int | None, float | None]:
    givers, middle = figures.get("givers", {}), figures.get("median", {})
    return figures["points"].get(option, 0), givers.get(option), middle.get(option)


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        points, givers, middle = _of(figures, option.id)
        yield {"option": option.id, "label": option.label, "votes": givers, "points": points, "median": middle}
