"""Single choice (eine Antwort)."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import Bar, Hints, Option
from facilitation.record import Data, Refused

name = "single"
counts = True


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30)]


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choice: str


def options(settings: Settings) -> list[Option]:
    return list(settings.options)


def hints(settings: Settings) -> Hints:  # noqa: ARG001  # every form has the same functions
    return Hints()


def check(settings: Settings, ballot: Ballot) -> None:
    if ballot.choice not in {option.id for option in settings.options}:
        raise Refused("poll.invalid", why="unknown_option")


def tally(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> list[Bar]:
    votes = Counter(collective) + Counter(ballot["choice"] for ballot in ballots)
    return [Bar(option, votes[option.id]) for option in settings.options]


def figures(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> Data:
    return {"by_option": {bar.option.id: bar.votes for bar in tally(settings, ballots, collective)}}
