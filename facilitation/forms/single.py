"""Single choice (Einfachauswahl), also yes, no and abstention: who abstains takes part and is no share of it all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

from facilitation.choices import Bar, Choices, bars, offered
from facilitation.form import Answer, Cast, Given, Option
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "single"
counts = True
grows = True
worded: Mapping[str, str] = {"other": "choice"}

LONGEST = 200  # code points of an answer of one's own


class Settings(Choices):
    """`abstain` is the option that is no share of the result, `other` the one that asks for words of one's own."""

    abstain: str = ""
    other: str = ""
    base: Literal["valid", "cast"] = "valid"  # what shares are of, where one may abstain

    @model_validator(mode="after")
    def _special_options_are_options(self) -> Self:
        if not {self.abstain, self.other} - {""} <= {option.id for option in self.options}:
            raise ValueError("abstaining and answering otherwise are options")
        return self


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    choice: str
    other: Text | None = None


class Paper(NamedTuple):
    """`other` is the option that asks for words, with what was written there."""

    options: tuple[Option, ...]
    chosen: str
    other: str = ""
    text: str = ""


class Result(NamedTuple):
    """Bars without the abstention; `base` is what their shares are of, `others` are answers of one's own."""

    rows: tuple[Bar, ...]
    base: int
    abstained: int | None
    of_valid: bool
    others: tuple[tuple[str, str], ...]  # reference, text


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.options


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if ballot.choice not in {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")
    if (ballot.other is not None) != (bool(settings.other) and ballot.choice == settings.other):
        raise Refused("poll.invalid", why="other")
    if ballot.other and len(ballot.other) > LONGEST:
        raise Refused("poll.too_long", most=LONGEST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    text = given.said[0].text if given and given.said else ""
    return Paper(offered(settings, options, seed), given.data["choice"] if given else "", settings.other, text)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    votes = Counter(cast.collective) + Counter(ballot["choice"] for ballot in cast.ballots)
    return {"by_option": {option.id: votes[option.id] for option in options}}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    votes = figures["by_option"]
    chosen = [option for option in options if option.id != settings.abstain]
    abstained = votes.get(settings.abstain, 0) if settings.abstain else None
    of_valid = settings.base == "valid"
    return Result(
        rows=bars(chosen, votes, settings.correct, revealed=figures.get("revealed", False)),
        base=sum(votes.values()) - ((abstained or 0) if of_valid else 0),
        abstained=abstained,
        of_valid=of_valid,
        others=tuple((answer.ref, answer.text) for answer in reversed(said)),
    )


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        yield {"option": option.id, "label": option.label, "votes": figures["by_option"].get(option.id, 0)}
