"""Single choice (Einfachauswahl)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.record import Data, Refused

name = "single"
counts = True
grows = True
worded: Mapping[str, str] = {}


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choice: str


class Paper(NamedTuple):
    options: tuple[Option, ...]
    chosen: str


class Result(NamedTuple):
    """Label and votes of each option, the most chosen first."""

    rows: tuple[tuple[str, int], ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if ballot.choice not in {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    return Paper(options, given.data["choice"] if given else "")


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(cast.collective) + Counter(ballot["choice"] for ballot in cast.ballots)
    return {"by_option": {option.id: votes[option.id] for option in options}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    votes = figures["by_option"]
    ordered = sorted(options, key=lambda option: -votes.get(option.id, 0))
    return Result(tuple((option.label, votes.get(option.id, 0)) for option in ordered))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_option"].get(option.id, 0)}
