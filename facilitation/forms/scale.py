"""Scale (Skala): one whole number between two ends, drawn as numbers, stars, faces, or as a Likert scale in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import Answer, Cast, Given, Option
from facilitation.numbers import mean, median
from facilitation.record import Data, Refused

name = "scale"
counts = True
grows = False
worded: Mapping[str, str] = {}

FACES = 5


class Settings(BaseModel):
    """`labels` are words for every value, where there are some; `ends` are words for the first and the last only."""

    model_config = ConfigDict(extra="forbid")

    min: int = 1
    max: int = 5
    ends: Annotated[tuple[str, ...], Field(max_length=2)] = ()
    labels: tuple[str, ...] = ()
    look: Literal["numbers", "stars", "faces", "likert"] = "numbers"

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.min < self.max <= self.min + 20:
            raise ValueError("a scale rises, by at most twenty steps")
        if self.labels and len(self.labels) != self.max - self.min + 1:
            raise ValueError("either every value has its words or none")
        if self.look == "likert" and not self.labels:
            raise ValueError("a Likert scale has words for every value")
        if self.look == "faces" and self.max - self.min + 1 != FACES:
            raise ValueError("there are five faces")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    value: int


class Paper(NamedTuple):
    values: tuple[Option, ...]
    ends: tuple[str, ...]
    chosen: str
    look: str


class Result(NamedTuple):
    """Each value with how often it was given, in its own order; mean and median of all of them."""

    rows: tuple[tuple[int, int], ...]
    mean: float | None
    median: float | None
    ends: tuple[str, ...]
    labels: tuple[str, ...]
    look: str


def options(settings: Settings) -> tuple[Option, ...]:
    values = range(settings.min, settings.max + 1)
    labels = settings.labels or tuple(map(str, values))
    return tuple(Option(str(value), label) for value, label in zip(values, labels, strict=True))


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not settings.min <= ballot.value <= settings.max:
        raise Refused("poll.invalid", why="out_of_range", least=settings.min, most=settings.max)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    return Paper(options, settings.ends, str(given.data["value"]) if given else "", settings.look)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(cast.collective) + Counter(str(ballot["value"]) for ballot in cast.ballots)
    by_value = {option.id: votes[option.id] for option in options}
    values = {int(value): count for value, count in by_value.items()}
    return {"by_value": by_value, "mean": mean(values), "median": median(values)}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    rows = tuple((int(option.id), figures["by_value"].get(option.id, 0)) for option in options)
    exact = median(dict(rows))
    return Result(rows, figures["mean"], exact, settings.ends, settings.labels, settings.look)


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_value"].get(option.id, 0)}
