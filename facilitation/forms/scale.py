"""Scale (Skala): one whole number between two ends."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import Bar, Hints, Option
from facilitation.numbers import mean
from facilitation.record import Data, Refused

name = "scale"
counts = True


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


def options(settings: Settings) -> list[Option]:
    return [Option(str(value), str(value)) for value in range(settings.min, settings.max + 1)]


def hints(settings: Settings) -> Hints:
    return Hints(ends=settings.ends)


def check(settings: Settings, ballot: Ballot) -> None:
    if not settings.min <= ballot.value <= settings.max:
        raise Refused("poll.invalid", why="out_of_range", least=settings.min, most=settings.max)


def tally(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> list[Bar]:
    votes = Counter(collective) + Counter(str(ballot["value"]) for ballot in ballots)
    return [Bar(option, votes[option.id]) for option in options(settings)]


def figures(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> Data:
    bars = tally(settings, ballots, collective)
    values = {int(bar.option.id): bar.votes for bar in bars}
    return {"by_value": {bar.option.id: bar.votes for bar in bars}, "mean": mean(values)}
