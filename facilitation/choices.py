"""Options to choose from, whatever may be chosen of them: pictures, an order of one's own, right answers, bars."""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.form import FEW, MANY, Option
from facilitation.order import mixed


class Bar(NamedTuple):
    """An option and its votes.  `right` says whether it is a right answer, None while nobody may know."""

    label: str
    votes: int
    image: str = ""
    alt: str = ""
    right: bool | None = None


class Choices(BaseModel):
    """The options of a poll; where some are `correct` it is a quiz, and the desk reveals them."""

    model_config = ConfigDict(extra="forbid")

    options: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    shuffle: bool = False  # everybody sees them in another order
    correct: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _options_are_whole(self) -> Self:
        if any(option.image and not option.alt.strip() for option in self.options):
            raise ValueError("a picture has words for who cannot see it")
        if not set(self.correct) <= {option.id for option in self.options}:
            raise ValueError("only an option can be correct")
        return self


def offered(settings: Choices, options: tuple[Option, ...], seed: str) -> tuple[Option, ...]:
    return mixed(options, seed) if settings.shuffle else options


def bars(
    options: Iterable[Option], votes: Mapping[str, int], correct: Collection[str], *, revealed: bool
) -> tuple[Bar, ...]:
    """The options with their votes, the most chosen first."""
    ordered = sorted(options, key=lambda option: -votes.get(option.id, 0))
    known = revealed and bool(correct)
    return tuple(Bar(o.label, votes.get(o.id, 0), o.image, o.alt, o.id in correct if known else None) for o in ordered)
