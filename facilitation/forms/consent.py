"""Consent (Konsent): agree, have slight concerns, or object for a serious reason.  It stands if nobody objects."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import Answer, Cast, Given, Option
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "consent"
counts = False
grows = False
worded: Mapping[str, str] = {"reason": "choice"}

LONGEST = 1000  # code points of a reason
USUAL = (
    Option("zustimmung", "Zustimmung"),
    Option("bedenken", "leichte Bedenken"),
    Option("einwand", "schwerwiegender Einwand"),
)


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)] = USUAL
    reason_required: tuple[str, ...] = ("einwand",)

    @model_validator(mode="after")
    def _knows_what_needs_a_reason(self) -> Self:
        if not set(self.reason_required) <= {option.id for option in self.options}:
            raise ValueError("only an option can need a reason")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choice: str
    reason: Text | None = None


class Choice(NamedTuple):
    option: Option
    needs_reason: bool


class Paper(NamedTuple):
    choices: tuple[Choice, ...]
    chosen: str
    reason: str


class Row(NamedTuple):
    """What was chosen how often, and the reasons for it, the latest first."""

    label: str
    votes: int
    needs_reason: bool
    reasons: tuple[tuple[str, str], ...]  # reference, text


class Result(NamedTuple):
    """The options in their own order; it stands where nothing was chosen that needs a reason."""

    rows: tuple[Row, ...]
    stands: bool


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if ballot.choice not in {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")
    if ballot.choice in settings.reason_required and ballot.reason is None:
        raise Refused("poll.invalid", why="reason")
    if ballot.reason and len(ballot.reason) > LONGEST:
        raise Refused("poll.too_long", most=LONGEST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    choices = tuple(Choice(option, option.id in settings.reason_required) for option in options)
    reason = given.said[0].text if given and given.said else ""
    return Paper(choices, given.data["choice"] if given else "", reason)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(ballot["choice"] for ballot in cast.ballots)
    return {"by_option": {option.id: votes[option.id] for option in options}, "reasons": len(cast.said)}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    rows = tuple(
        Row(
            option.label,
            figures["by_option"].get(option.id, 0),
            option.id in settings.reason_required,
            tuple((answer.ref, answer.text) for answer in reversed(said) if answer.on == option.id),
        )
        for option in options
    )
    return Result(rows, not any(row.votes for row in rows if row.needs_reason))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_option"].get(option.id, 0)}
