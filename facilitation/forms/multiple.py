"""Multiple choice (mehrere Antworten), each option at most once."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import Bar, Hints, Option
from facilitation.record import Data, Refused

name = "multiple"
counts = False


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30)]
    max_choices: Annotated[int | None, Field(ge=1)] = None  # None: as many as there are


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choices: list[str]


def options(settings: Settings) -> list[Option]:
    return list(settings.options)


def hints(settings: Settings) -> Hints:
    return Hints(most=settings.max_choices or 0)


def check(settings: Settings, ballot: Ballot) -> None:
    most = settings.max_choices or len(settings.options)
    if not 1 <= len(ballot.choices) <= most:
        raise Refused("poll.invalid", why="number_of_choices", most=most)
    if len(set(ballot.choices)) < len(ballot.choices):
        raise Refused("poll.invalid", why="repeated_choice")
    if not set(ballot.choices) <= {option.id for option in settings.options}:
        raise Refused("poll.invalid", why="unknown_option")


def tally(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> list[Bar]:
    votes = Counter(collective) + Counter(choice for ballot in ballots for choice in ballot["choices"])
    return [Bar(option, votes[option.id]) for option in settings.options]


def figures(settings: Settings, ballots: Collection[Data], collective: Mapping[str, int]) -> Data:
    return {"by_option": {bar.option.id: bar.votes for bar in tally(settings, ballots, collective)}}
