"""Two rounds of the same question compared: what went up and down, and who moved from where to where."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from facilitation.ballots import Box
from facilitation.breakdown import Breakdown, breakdown
from facilitation.form import Option
from facilitation.forms import premises
from facilitation.record import Data

Figures = Mapping[str, float | None]
SPREAD = (Option("low", "unteres Quartil"), Option("median", "Median"), Option("high", "oberes Quartil"))


class Shift(NamedTuple):
    """One option in the earlier round and in this one: its votes, or a mean, None where nobody rated it."""

    label: str
    before: float | None
    now: float | None


class Comparison(NamedTuple):
    """`flow` counts those who answered both times, where ballots of both rounds have authors; else None.

    `measure` says what is compared: votes, or the mean of ratings, of points for each person, of resistance; of numbers
    where the middle of them lies.
    """

    title: str  # of the earlier round
    before: int  # ballots of the earlier round, those of rooms included
    now: int
    shifts: tuple[Shift, ...]
    flow: Breakdown | None
    measure: str = "votes"


class Side(NamedTuple):
    """A round, with its options as everybody may see them."""

    box: Box
    options: tuple[Option, ...]


def comparison(title: str, earlier: Side, later: Side, k: int, *, flowing: bool) -> Comparison | None:
    """Compare two polls of the same form whose options have the same ids; None where there is nothing to compare."""
    measure, now = measured(later.box)
    if earlier.box.form is not later.box.form or not now:
        return None
    before, none = measured(earlier.box)[1], 0 if measure == "votes" else None
    lines = SPREAD if measure == "number" else later.options
    shifts = tuple(Shift(line.label, before.get(line.id, none), now.get(line.id, none)) for line in lines)
    flow = _flow(earlier, later, k) if flowing else None
    return Comparison(title, earlier.box.total, later.box.total, shifts, flow, measure)


def measured(box: Box) -> tuple[str, Figures]:
    """What of a result can be compared option by option, and how it is measured; empty where a form has nothing."""
    figures = box.figures
    match box.form.name:
        case "resistance":
            return "resistance", figures["mean"]
        case "matrix":
            return "mean", {item: block["mean"] for item, block in figures["items"].items()}
        case "points" | "ranking":
            people = max(1, figures["ballots"])
            return "points", {option: round(points / people, 2) for option, points in figures["points"].items()}
        case "number":
            low, high = figures.get("quartiles") or (None, None)
            return "number", {"low": low, "median": figures["median"], "high": high}
    return "votes", figures.get("by_option") or figures.get("by_value") or {}


def picks(data: Data) -> tuple[str, ...]:
    """The options that are chosen on a ballot; () where a form is about something else."""
    if "choices" in data:
        return tuple(data["choices"])
    one = data.get("choice", data.get("value"))
    return () if one is None else (str(one),)


def _flow(earlier: Side, later: Side, k: int) -> Breakdown | None:
    """Who moved from where to where; None where nobody answered twice, or more than one thing."""
    both = [
        (earlier.box.ballots[holder].data, ballot.data)
        for holder, ballot in later.box.ballots.items()
        if holder in earlier.box.ballots
    ]
    if earlier.box.form is premises:
        moves = [move for first, then in both for move in _stances(first, then, earlier.options)]
        lines = [_line(o, stance) for o in earlier.options for stance in premises.STANCES]
        return breakdown(moves, tuple(premises.WORDS.items()), k, lines) if moves else None
    labels = {option.id: option.label for option in earlier.options}
    moves = [(labels[picks(first)[0]], picks(then)[0]) for first, then in both if _is_one(first)]
    columns = [(option.id, option.label) for option in later.options]
    return breakdown(moves, columns, k, [*labels.values()]) if moves else None


def _is_one(data: Data) -> bool:
    return "choices" not in data and bool(picks(data))


def _stances(first: Data, then: Data, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """From a premise and how somebody stood to it, to how they stand now."""
    for option in options:
        if option.id in first["stances"] and option.id in then["stances"]:
            yield _line(option, first["stances"][option.id]), then["stances"][option.id]


def _line(option: Option, stance: str) -> str:
    return f"{option.label}: {premises.WORDS[stance]}"
