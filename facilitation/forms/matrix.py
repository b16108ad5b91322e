"""Matrix: several statements, each rated on one scale or skipped."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import MANY, Answer, Cast, Given, Option
from facilitation.numbers import mean
from facilitation.record import Data, Refused

name = "matrix"
counts = False
grows = True
worded: Mapping[str, str] = {}

MOST_STEPS = 10  # more do not fit beside each other on a phone


class Settings(BaseModel):
    items: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MANY)]
    min: int
    max: int
    ends: Annotated[tuple[str, ...], Field(max_length=2)] = ()  # words at the ends

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.min < self.max <= self.min + MOST_STEPS:
            raise ValueError("a scale rises, by at most ten steps")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    ratings: dict[str, int]


class Rating(NamedTuple):
    """A statement on the paper; `chosen` is its value, "" where it was skipped or not rated yet."""

    item: Option
    chosen: str


class Paper(NamedTuple):
    ratings: tuple[Rating, ...]
    values: tuple[int, ...]
    ends: tuple[str, ...]
    answered: bool  # then what has no value was skipped


class Row(NamedTuple):
    """How a statement was rated: how often each value, how often at all, by how many it was skipped, and the mean."""

    label: str
    by_value: tuple[tuple[int, int], ...]
    rated: int
    skipped: int
    mean: float | None


class Result(NamedTuple):
    rows: tuple[Row, ...]
    ends: tuple[str, ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.items


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not ballot.ratings.keys() <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")
    if not all(settings.min <= value <= settings.max for value in ballot.ratings.values()):
        raise Refused("poll.invalid", why="out_of_range", least=settings.min, most=settings.max)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    ratings = given.data["ratings"] if given else {}
    rated = tuple(Rating(option, str(ratings.get(option.id, ""))) for option in options)
    return Paper(rated, _values(settings), settings.ends, answered=given is not None)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    items = {option.id: _counted(settings, cast, option.id) for option in options}
    skipped = {item: len(cast.ballots) - block["n"] for item, block in items.items()}
    return {"items": items} | ({"skipped": skipped} if cast.ballots else {})  # a script of somebody else lacks it


def _counted(settings: Settings, cast: Cast, item: str) -> Data:
    votes = Counter(ballot["ratings"][item] for ballot in cast.ballots if item in ballot["ratings"])
    by_value = {str(value): votes[value] for value in _values(settings)}
    return {"n": votes.total(), "by_value": by_value, "mean": mean(votes)}


def _values(settings: Settings) -> tuple[int, ...]:
    return tuple(range(settings.min, settings.max + 1))


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    items, skipped = figures["items"], figures.get("skipped", {})
    known = [option for option in options if option.id in items]
    drawn = tuple(_row(option.label, items[option.id], skipped.get(option.id, 0)) for option in known)
    return Result(drawn, settings.ends)


def _row(label: str, block: Data, skipped: int) -> Row:
    by_value = tuple((int(value), votes) for value, votes in block["by_value"].items())
    return Row(label, by_value, block["n"], skipped, block["mean"])


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        block = figures["items"].get(option.id, {"n": 0, "by_value": {}, "mean": None})
        skipped = figures.get("skipped", {}).get(option.id, 0)
        for value in _values(settings):
            votes = block["by_value"].get(str(value), 0)
            yield {"option": option.id, "label": option.label, "value": str(value), "votes": votes}
        yield {"option": option.id, "label": option.label, "value": "übersprungen", "votes": skipped}
