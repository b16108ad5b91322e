"""Multiple choice (Mehrfachauswahl), each option at most once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.record import Data, Refused

name = "multiple"
counts = False
grows = True
worded: Mapping[str, str] = {}


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    max_choices: Annotated[int | None, Field(ge=1)] = None  # None: as many as there are


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choices: list[str]


class Paper(NamedTuple):
    """`most` is how many may be chosen, 0 for no limit."""

    options: tuple[Option, ...]
    most: int
    chosen: tuple[str, ...]


class Result(NamedTuple):
    """Label and votes of each option, the most chosen first."""

    rows: tuple[tuple[str, int], ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    most = settings.max_choices or len(options)
    if not 1 <= len(ballot.choices) <= most:
        raise Refused("poll.invalid", why="number_of_choices", most=most)
    if len(set(ballot.choices)) < len(ballot.choices):
        raise Refused("poll.invalid", why="repeated_choice")
    if not set(ballot.choices) <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    return Paper(options, settings.max_choices or 0, tuple(given.data["choices"]) if given else ())


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(choice for ballot in cast.ballots for choice in ballot["choices"])
    return {"by_option": {option.id: votes[option.id] for option in options}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    votes = figures["by_option"]
    ordered = sorted(options, key=lambda option: -votes.get(option.id, 0))
    return Result(tuple((option.label, votes.get(option.id, 0)) for option in ordered))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_option"].get(option.id, 0)}
