"""Scale (Skala): one whole number between two ends."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import Answer, Cast, Given, Option
from facilitation.numbers import mean
from facilitation.record import Data, Refused

name = "scale"
counts = True
grows = False
worded: Mapping[str, str] = {}


class Settings(BaseModel):
    min: int
    max: int
    ends: Annotated[tuple[str, ...], Field(max_length=2)] = ()  # words at the ends

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.min < self.max <= self.min + 20:
            raise ValueError("a scale rises, by at most twenty steps")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    value: int


class Paper(NamedTuple):
    values: tuple[Option, ...]
    ends: tuple[str, ...]
    chosen: str


class Result(NamedTuple):
    """Each value with how often it was given, in its own order, and the mean rounded half up to two decimals."""

    rows: tuple[tuple[int, int], ...]
    mean: float | None
    ends: tuple[str, ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return tuple(Option(str(value), str(value)) for value in range(settings.min, settings.max + 1))


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not settings.min <= ballot.value <= settings.max:
        raise Refused("poll.invalid", why="out_of_range", least=settings.min, most=settings.max)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    return Paper(options, settings.ends, str(given.data["value"]) if given else "")


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(cast.collective) + Counter(str(ballot["value"]) for ballot in cast.ballots)
    by_value = {option.id: votes[option.id] for option in options}
    return {"by_value": by_value, "mean": mean({int(value): count for value, count in by_value.items()})}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    rows = tuple((int(option.id), figures["by_value"].get(option.id, 0)) for option in options)
    return Result(rows, figures["mean"], settings.ends)


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_value"].get(option.id, 0)}
