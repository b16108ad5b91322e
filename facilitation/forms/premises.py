"""Premise check (Prämissen-Check): who carries each premise, who has concerns, who is against, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import MANY, Answer, Cast, Given, Option
from facilitation.numbers import mean
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "premises"
counts = False
grows = False
worded: Mapping[str, str] = {"reasons": ""}

LONGEST = 500  # code points of a reason
CARRIED, CONCERNED, AGAINST = "carried", "concerned", "against"
WORDS = {CARRIED: "trage ich mit", CONCERNED: "mit Bedenken", AGAINST: "dagegen"}
VERDICTS = {CARRIED: "tragfähig", CONCERNED: "klärungsbedürftig", AGAINST: "strittig"}
STANCES = tuple(WORDS)
RESISTANCE = 10


class Settings(BaseModel):
    """From these shares of the answers on (per cent), a premise is disputed, or needs to be clarified."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MANY)]
    resistance: bool = False  # whether one says how much one resists, 0 to 10
    disputed: Annotated[int, Field(ge=1, le=100)] = 25  # against
    unclear: Annotated[int, Field(ge=1, le=100)] = 33  # concerned or against


class Ballot(BaseModel):
    """Not every premise has to be answered."""

    model_config = ConfigDict(extra="forbid", strict=True)

    stances: Annotated[dict[str, Literal["carried", "concerned", "against"]], Field(min_length=1)]
    reasons: dict[str, Text] = {}
    resistance: dict[str, int] = {}


class Line(NamedTuple):
    item: Option
    stance: str
    reason: str
    resistance: int | None


class Paper(NamedTuple):
    lines: tuple[Line, ...]
    resistance: bool


class Row(NamedTuple):
    """A premise: how many carry it, have concerns, are against; the mean resistance; reasons, the latest first."""

    label: str
    counts: tuple[int, int, int]
    resistance: float | None
    reasons: tuple[tuple[str, str], ...]  # reference, text


class Result(NamedTuple):
    """Three lists, each in the order of the premises."""

    carried: tuple[Row, ...]
    unclear: tuple[Row, ...]
    disputed: tuple[Row, ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.items


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    known = {option.id for option in options}
    if not {*ballot.stances, *ballot.reasons, *ballot.resistance} <= known:
        raise Refused("poll.invalid", why="unknown_option")
    if not {*ballot.reasons, *ballot.resistance} <= ballot.stances.keys():
        raise Refused("poll.invalid", why="stance")
    if (ballot.resistance and not settings.resistance) or any(
        not 0 <= value <= RESISTANCE for value in ballot.resistance.values()
    ):
        raise Refused("poll.invalid", why="out_of_range", least=0, most=RESISTANCE)
    if any(len(reason) > LONGEST for reason in ballot.reasons.values()):
        raise Refused("poll.too_long", most=LONGEST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    stances = given.data["stances"] if given else {}
    resistance = given.data.get("resistance", {}) if given else {}
    reasons = {answer.on: answer.text for answer in given.said} if given else {}
    lines = (Line(o, stances.get(o.id, ""), reasons.get(o.id, ""), resistance.get(o.id)) for o in options)
    return Paper(tuple(lines), settings.resistance)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    counts = Counter((id, stance) for ballot in cast.ballots for id, stance in ballot["stances"].items())
    items = {option.id: {stance: counts[option.id, stance] for stance in STANCES} for option in options}
    values: dict[str, Counter[int]] = {}
    for ballot in cast.ballots:
        for id, value in ballot.get("resistance", {}).items():
            values.setdefault(id, Counter())[value] += 1
    resistance = {id: mean(those) for id, those in values.items()}
    carried = {id: stances[CARRIED] for id, stances in items.items()}
    return {"items": items, "by_option": carried, "reasons": len(cast.said)} | (
        {"resistance": resistance} if resistance else {}
    )


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    lists: dict[str, list[Row]] = {CARRIED: [], CONCERNED: [], AGAINST: []}
    for option in options:
        counts = tuple(figures["items"].get(option.id, {}).get(stance, 0) for stance in STANCES)
        reasons = tuple((answer.ref, answer.text) for answer in reversed(said) if answer.on == option.id)
        row = Row(
            option.label, (counts[0], counts[1], counts[2]), figures.get("resistance", {}).get(option.id), reasons
        )
        lists[_judged(settings, row.counts)].append(row)
    return Result(tuple(lists[CARRIED]), tuple(lists[CONCERNED]), tuple(lists[AGAINST]))


def _judged(settings: Settings, counts: tuple[int, ...]) -> str:
    carried, concerned, against = counts
    answers = carried + concerned + against
    if 100 * against >= settings.disputed * max(1, answers):
        return AGAINST
    return CONCERNED if 100 * (concerned + against) >= settings.unclear * max(1, answers) else CARRIED


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    """How many take which stance to each premise, and on which of the three lists that puts it."""
    for option in options:
        known = figures["items"].get(option.id, {})
        counts = tuple(known.get(stance, 0) for stance in STANCES)
        verdict = {"verdict": VERDICTS[_judged(settings, counts)], "mean": figures.get("resistance", {}).get(option.id)}
        for stance, votes in zip(STANCES, counts, strict=True):
            yield {"option": option.id, "label": option.label, "value": WORDS[stance], "votes": votes} | verdict
