"""Estimate (Schätzfrage): a number; later perhaps how it really is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import Answer, Cast, Given, Option
from facilitation.numbers import exact_mean, quantile
from facilitation.record import Data, Refused

name = "number"
counts = False
grows = False
worded: Mapping[str, str] = {}

BINS = 10
FIGURES = {
    "min": "kleinste Zahl",
    "low": "unteres Quartil",
    "median": "Median",
    "high": "oberes Quartil",
    "max": "größte Zahl",
    "mean": "Mittel",
}


class Settings(BaseModel):
    """`truth` is how it really is, `tolerance` how far off still counts as right; both unseen until revealed."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    min: float
    max: float
    unit: str = ""
    whole: bool = False
    truth: float | None = None
    tolerance: Annotated[float, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.min < self.max:
            raise ValueError("the range of a number rises")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    number: Annotated[int | float, Field(allow_inf_nan=False)]


class Paper(NamedTuple):
    least: float
    most: float
    unit: str
    whole: bool
    given: float | None


class Bin(NamedTuple):
    """How many numbers lie from `low` up to `high`, the last one included in the last bin."""

    low: float
    high: float
    votes: int


class Result(NamedTuple):
    """`truth` and how many came near it are None until it is revealed."""

    bins: tuple[Bin, ...]
    mean: float | None
    median: float | None
    quartiles: tuple[float, float] | None
    least: float | None
    most: float | None
    unit: str
    truth: float | None
    tolerance: float
    near: int | None


def options(settings: Settings) -> tuple[Option, ...]:
    return ()


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not settings.min <= ballot.number <= settings.max:
        raise Refused("poll.invalid", why="out_of_range", least=_plain(settings.min), most=_plain(settings.max))
    if settings.whole and ballot.number != int(ballot.number):
        raise Refused("poll.invalid", why="whole")


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    return Paper(
        _plain(settings.min),
        _plain(settings.max),
        settings.unit,
        settings.whole,
        given.data["number"] if given else None,
    )


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    numbers = sorted(ballot["number"] for ballot in cast.ballots)
    truth = settings.truth
    near = {} if truth is None else {"near": sum(abs(number - truth) <= settings.tolerance for number in numbers)}
    return {
        "min": numbers[0] if numbers else None,
        "max": numbers[-1] if numbers else None,
        "mean": exact_mean(numbers),
        "median": quantile(numbers, 2),
        "quartiles": [quantile(numbers, 1), quantile(numbers, 3)],
        "bins": _bins(settings, numbers),
    } | near


def _bins(settings: Settings, numbers: Sequence[float]) -> list[int]:
    width = (settings.max - settings.min) / BINS
    places = Counter(min(BINS - 1, int((number - settings.min) / width)) for number in numbers)
    return [places[place] for place in range(BINS)]


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    low, high = figures.get("quartiles") or (None, None)
    known = figures.get("revealed", False) and settings.truth is not None
    return Result(
        bins=_binned(settings, figures),
        mean=figures["mean"],
        median=figures["median"],
        quartiles=(low, high) if low is not None and high is not None else None,
        least=figures["min"],
        most=figures["max"],
        unit=settings.unit,
        truth=_plain(settings.truth) if known and settings.truth is not None else None,
        tolerance=_plain(settings.tolerance),
        near=figures.get("near") if known else None,
    )


def _binned(settings: Settings, figures: Data) -> tuple[Bin, ...]:
    """None where the figures were taken over without them."""
    width = (settings.max - settings.min) / BINS
    edges = [_plain(round(settings.min + place * width, 6)) for place in range(BINS + 1)]
    return tuple(Bin(edges[place], edges[place + 1], votes) for place, votes in enumerate(figures.get("bins") or []))


def _plain(number: float) -> float:
    """A whole number without a point."""
    return int(number) if number == int(number) else number


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    """What is known of all numbers, how many lie where, and once it is revealed how it really is and who was near."""
    low, high = figures.get("quartiles") or (None, None)
    known = figures | {"low": low, "high": high}
    for figure, label in FIGURES.items():
        yield {"label": label, "value": known[figure]}
    for place, it in enumerate(_binned(settings, figures), 1):
        until = "bis" if place == BINS else "bis unter"
        yield {"label": f"von {it.low} {until} {it.high}".replace(".", ","), "votes": it.votes}
    if figures.get("revealed") and settings.truth is not None:
        off = f"höchstens {_plain(settings.tolerance)} daneben".replace(".", ",")
        yield {"label": "in Wirklichkeit", "value": _plain(settings.truth)}
        yield {"label": off if settings.tolerance else "genau richtig", "votes": figures.get("near")}
