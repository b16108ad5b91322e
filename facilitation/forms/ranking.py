"""Ranking (Rangfolge): options ordered by preference, all or only the first few."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.order import arranged, mixed
from facilitation.record import Data, Refused

name = "ranking"
counts = False
grows = True
worded: Mapping[str, str] = {}


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    top: Annotated[int | None, Field(ge=1)] = None  # None: all are ordered


class Ballot(BaseModel):
    """Best first.  Who likes only one orders one."""

    model_config = ConfigDict(extra="forbid", strict=True)

    order: list[str] = []


class Paper(NamedTuple):
    """`options` begin with those that were ordered, or in an order of one's own; `places` are how many count."""

    options: tuple[Option, ...]
    places: int
    ordered: tuple[str, ...]


class Row(NamedTuple):
    label: str
    points: int
    first: int  # how often it stood on place 1


class Result(NamedTuple):
    """The options by their points, most first; `top` points for the first place, one less for each further one."""

    rows: tuple[Row, ...]
    top: int


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    most = _places(settings, options)
    if not 1 <= len(ballot.order) <= most:
        raise Refused("poll.invalid", why="number_of_places", most=most)
    if len(set(ballot.order)) < len(ballot.order):
        raise Refused("poll.invalid", why="repeated_place")
    if not set(ballot.order) <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")


def _places(settings: Settings, options: tuple[Option, ...]) -> int:
    return min(settings.top or len(options), len(options))


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    ordered = tuple(given.data["order"]) if given else ()
    return Paper(arranged(mixed(options, seed), ordered), _places(settings, options), ordered)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    top = settings.top or len(options)
    points, first = Counter[str](), Counter[str]()
    for ballot in cast.ballots:
        first[ballot["order"][0]] += 1
        for place, option in enumerate(ballot["order"]):
            points[option] += top - place
    return {
        "first_places": {option.id: first[option.id] for option in options},
        "points": {option.id: points[option.id] for option in options},
    }


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    ranked = [Row(o.label, figures["points"].get(o.id, 0), figures["first_places"].get(o.id, 0)) for o in options]
    ranked.sort(key=lambda row: (-row.points, -row.first))
    return Result(tuple(ranked), settings.top or len(options))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        votes, points = figures["first_places"].get(option.id, 0), figures["points"].get(option.id, 0)
        yield {"option": option.id, "label": option.label, "votes": votes, "points": points}
