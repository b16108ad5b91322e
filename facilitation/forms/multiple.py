"""Multiple choice (Mehrfachauswahl), each option at most once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.choices import Bar, Choices, bars, offered
from facilitation.form import Answer, Cast, Given, Option
from facilitation.record import Data, Refused

name = "multiple"
counts = False
grows = True
worded: Mapping[str, str] = {}


class Settings(Choices):
    min_choices: Annotated[int, Field(ge=1)] = 1
    max_choices: Annotated[int | None, Field(ge=1)] = None  # None: as many as there are

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.min_choices > min(self.max_choices or len(self.options), len(self.options)):
            raise ValueError("more answers must be given than may be")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choices: list[str]


class Paper(NamedTuple):
    """`most` is how many may be chosen, 0 for no limit."""

    options: tuple[Option, ...]
    least: int
    most: int
    chosen: tuple[str, ...]


class Result(NamedTuple):
    """Bars whose shares are of those who answered, not of their ticks."""

    rows: tuple[Bar, ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    least, most = settings.min_choices, settings.max_choices or len(options)
    if not least <= len(ballot.choices) <= most:
        raise Refused("poll.invalid", why="number_of_choices", least=least, most=most)
    if len(set(ballot.choices)) < len(ballot.choices):
        raise Refused("poll.invalid", why="repeated_choice")
    if not set(ballot.choices) <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    chosen = tuple(given.data["choices"]) if given else ()
    return Paper(offered(settings, options, seed), settings.min_choices, settings.max_choices or 0, chosen)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(choice for ballot in cast.ballots for choice in ballot["choices"])
    return {"by_option": {option.id: votes[option.id] for option in options}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    revealed = figures.get("revealed", False)
    return Result(bars(options, figures["by_option"], settings.correct, revealed=revealed))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_option"].get(option.id, 0)}
