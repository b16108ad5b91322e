"""Resistance (systemisches Konsensieren): how much everybody resists each option, 0 to 10.  The lowest sum carries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.numbers import mean
from facilitation.order import mixed
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "resistance"
counts = False
grows = False  # an option that somebody has not rated would have the lowest sum
worded: Mapping[str, str] = {"reasons": ""}

MOST = 10
LONGEST = 500  # code points of a reason


class Settings(BaseModel):
    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    passive: str = ""  # the option that everything stays as it is (Passivlösung)
    reasons: bool = False  # whether a reason may be written to each option
    ends: tuple[str, str] = ("kein Widerstand", "nicht tragbar")

    @model_validator(mode="after")
    def _knows_its_passive_option(self) -> Self:
        if self.passive and self.passive not in {option.id for option in self.options}:
            raise ValueError("the passive option is one of the options")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    resistance: dict[str, int] = {}
    reasons: dict[str, Text] = {}


class Rating(NamedTuple):
    """An option on the paper, with the resistance and the reason given before; "" where there is none yet."""

    option: Option
    chosen: str
    reason: str
    passive: bool


class Paper(NamedTuple):
    """The options in an order of one's own."""

    ratings: tuple[Rating, ...]
    ends: tuple[str, str]
    reasons: bool


class Row(NamedTuple):
    """The resistance to an option; `by_value` is how often each value was given, 0 to 10, or () if unknown."""

    label: str
    passive: bool
    lowest: bool
    sum: int
    mean: float | None
    tens: int
    by_value: tuple[int, ...]
    reasons: tuple[Answer, ...]


class Result(NamedTuple):
    """The options by their resistance, least first; `most` is how long a bar can be at all."""

    rows: tuple[Row, ...]
    ends: tuple[str, str]
    most: int


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    known = {option.id for option in options}
    if not ballot.resistance.keys() | ballot.reasons.keys() <= known:
        raise Refused("poll.invalid", why="unknown_option")
    if ballot.resistance.keys() < known:
        raise Refused("poll.invalid", why="incomplete", most=len(known))
    if not all(0 <= value <= MOST for value in ballot.resistance.values()):
        raise Refused("poll.invalid", why="out_of_range", least=0, most=MOST)
    if ballot.reasons and not settings.reasons:
        raise Refused("poll.invalid", why="no_reasons")
    if max(map(len, ballot.reasons.values()), default=0) > LONGEST:
        raise Refused("poll.too_long", most=LONGEST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    resistance = given.data["resistance"] if given else {}
    reasons = {answer.on: answer.text for answer in given.said} if given else {}
    ratings = (
        Rating(o, str(resistance.get(o.id, "")), reasons.get(o.id, ""), o.id == settings.passive)
        for o in mixed(options, seed)
    )
    return Paper(tuple(ratings), settings.ends, settings.reasons)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = {option.id: Counter(ballot["resistance"][option.id] for ballot in cast.ballots) for option in options}
    sums = {option: sum(value * count for value, count in given.items()) for option, given in votes.items()}
    least = min(sums.values())
    found = {
        "sum": sums,
        "mean": {option: mean(given) for option, given in votes.items()},
        "value_10": {option: given[MOST] for option, given in votes.items()},
        "lowest": [option for option, total in sums.items() if total == least and cast.ballots],
    }
    if not cast.ballots:  # a script of somebody else lacks the histogram
        return found
    return found | {"histogram": {id: [given[value] for value in range(MOST + 1)] for id, given in votes.items()}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    ranked = [
        Row(
            label=option.label,
            passive=option.id == settings.passive,
            lowest=option.id in figures["lowest"],
            sum=figures["sum"][option.id],
            mean=figures["mean"][option.id],
            tens=figures["value_10"][option.id],
            by_value=_histogram(figures, option),
            reasons=tuple(answer for answer in said if answer.on == option.id and answer.text),
        )
        for option in options
    ]
    ranked.sort(key=lambda row: row.sum)
    return Result(tuple(ranked), settings.ends, max(MOST * figures.get("ballots", 0), ranked[-1].sum, 1))


def _histogram(figures: Data, option: Option) -> tuple[int, ...]:
    return tuple(figures.get("histogram", {}).get(option.id, ()))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {
            "option": option.id,
            "label": option.label,
            "votes": sum(_histogram(figures, option)),
            "resistance": figures["sum"][option.id],
            "mean": figures["mean"][option.id],
            "tens": figures["value_10"][option.id],
        }
