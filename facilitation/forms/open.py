"""Open text (Freitext): one answer in one's own words, or several; each is a contribution."""

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.cloud import Word, cloud, on_stage, spelt, telling
from facilitation.form import Answer, Cast, Given, Option, Pages
from facilitation.record import Data, Refused
from facilitation.texts import Text

name = "open"
counts = False
grows = False
worded: Mapping[str, str] = {"text": "", "texts": ""}
ways = ("cards", "cloud")

IN_A_LIST, ON_CARDS = 8, 6  # answers in one picture of the stage
ENDLESS = 10_000  # code points, where nothing else is set


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    max_length: Annotated[int, Field(ge=1, le=ENDLESS)] = ENDLESS
    several: Annotated[int, Field(ge=1, le=20)] = 1  # answers of one person


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    text: Text | None = None
    texts: list[Text] | None = None

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        if (self.text is None) == (self.texts is None):
            raise ValueError("one text or a list of texts")
        return self

    @property
    def all(self) -> list[str]:
        return self.texts if self.texts is not None else [self.text or ""]


class Paper(NamedTuple):
    """One field for each answer, with what was written there."""

    texts: tuple[str, ...]
    max_length: int


class Result(NamedTuple):
    """The answers as (reference, text), the latest first.

    The stage shows them as a list or in one of `ways`; all but the cloud begin with the one at `first`.
    """

    answers: tuple[tuple[str, str], ...]
    first: int = 0
    way: str = ""

    @property
    def page(self) -> tuple[tuple[str, str], ...]:
        return self.answers[self.first : self.first + self._most]

    @property
    def pages(self) -> Pages:
        refs, last = [ref for ref, _ in self.answers], self.first + len(self.page)
        before = refs[max(0, self.first - self._most)] if self.first else ""
        return Pages(self.first + 1, last, len(refs), before, refs[last] if last < len(refs) else "")

    @property
    def _most(self) -> int:
        return {"cards": ON_CARDS, "cloud": len(self.answers)}.get(self.way, IN_A_LIST)

    @property
    def cloud(self) -> tuple[Word, ...]:
        """The words by the number of answers in which they are found, as many as the stage holds."""
        spellings = spelt(word for _, text in self.answers for word in telling(text))
        return on_stage(cloud({key: counts.total() for key, counts in spellings.items()}, spellings))

    def beginning(self, ref: str, way: str) -> Self:
        found = (n for n, (known, _) in enumerate(self.answers) if known == ref and way != "cloud")
        return self._replace(first=next(found, 0), way=way)


def options(settings: Settings) -> tuple[Option, ...]:
    return ()


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not 1 <= len(ballot.all) <= settings.several:
        raise Refused("poll.invalid", why="number_of_answers", most=settings.several)
    if any(len(text) > settings.max_length for text in ballot.all):
        raise Refused("poll.too_long", most=settings.max_length)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    said = [answer.text for answer in given.said] if given else []
    return Paper(tuple(said + [""] * (settings.several - len(said))), settings.max_length)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    return {"answers": len(cast.said)}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    return Result(tuple((answer.ref, answer.text) for answer in reversed(said)))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    yield from ()
