"""What a module must offer to be the form of a poll.  The module itself is the form.

A ballot that holds is taken apart: words of people become answers with references, the rest is counted.  What is drawn
is drawn from figures, so a sealed poll and a fresh one look alike.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol, Self, runtime_checkable

from pydantic import BaseModel

from facilitation.record import Data

FEW, MANY = 2, 30  # options of a poll


class Option(NamedTuple):
    """What can be chosen, rated or ordered.  `image` is an upload; it always has words for who cannot see it."""

    id: str
    label: str
    image: str = ""
    alt: str = ""


class Answer(NamedTuple):
    """Words that stand on a ballot: a contribution of their own.  `on` is what of the ballot they speak of."""

    ref: str
    field: str
    on: str
    text: str  # "" once it is redacted
    by: str | None  # whose ballot it is; nobody knows once it is sealed


class Given(NamedTuple):
    """A ballot that counts now, as its owner sees it again."""

    data: Data
    said: tuple[Answer, ...] = ()


class Cast(NamedTuple):
    """What is counted: ballots without words, the votes of room devices added up, and the words."""

    ballots: Collection[Data]
    collective: Mapping[str, int]
    said: Collection[Answer]


class Pages(NamedTuple):
    """One picture of several: `first` to `last` of `of`; `before` and `after` begin the pictures beside it, if any."""

    first: int
    last: int
    of: int
    before: str
    after: str


@runtime_checkable
class Paged(Protocol):
    """A result of which the stage may hold a part only, and that it can show in each of its form's `ways`."""

    @property
    def pages(self) -> Pages: ...
    def beginning(self, ref: str, way: str) -> Self:
        """The result from this answer on, from the first one where there is none such; plain where `way` is none."""


class Form(Protocol):
    """One whose result the stage can also show otherwise than it stands on the phones names these `ways`."""

    @property
    def name(self) -> str: ...
    @property
    def Settings(self) -> type[BaseModel]: ...  # noqa: N802  # it is a class
    @property
    def Ballot(self) -> type[BaseModel]: ...  # noqa: N802  # it is a class
    @property
    def counts(self) -> bool:
        """Whether a room device may send the counts of its people."""

    @property
    def grows(self) -> bool:
        """Whether options may be added: before the first ballot, where nothing depends on their number even after."""

    @property
    def worded(self) -> Mapping[str, str]:
        """The fields of a ballot that hold people's words, and the field that says what they speak of, or ""."""

    def options(self, settings: Any) -> tuple[Option, ...]:
        """What can be chosen, as it was planned, in order."""

    def check(self, settings: Any, options: tuple[Option, ...], ballot: Any) -> None:
        """Refuse what is not a ballot of this poll; `options` are those there are now."""

    def paper(self, settings: Any, options: tuple[Option, ...], given: Given | None, seed: str) -> Hashable:
        """The ballot paper, with what its owner answered.  `seed` is the owner's own, to begin in another order."""

    def figures(self, settings: Any, options: tuple[Option, ...], cast: Cast) -> Data:
        """The form's part of the poll's block in the script format (FORMAT 5), and whatever else is drawn."""

    def result(self, settings: Any, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Hashable:
        """What is drawn of these figures; `said` are the words that everybody may see."""

    def rows(self, settings: Any, options: tuple[Option, ...], figures: Data) -> Iterable[Data]:
        """The figures as flat rows, for tables."""


def spoken(form: Form, ballot: Data) -> list[tuple[str, str, str]]:
    """The words on a ballot as (field, what they speak of, text), in the order in which they stand there.

    A field is written as in a form: `text`, `words[]` for one of a list, `reasons[rot]` for one of a map.
    """
    words: list[tuple[str, str, str]] = []
    for field, about in form.worded.items():
        match ballot.get(field):
            case str(text):
                words.append((field, str(ballot.get(about, "")), text))
            case list(texts):
                words += [(f"{field}[]", "", text) for text in texts]
            case dict(texts):
                words += [(f"{field}[{on}]", on, text) for on, text in texts.items()]
    return words


def wordless(form: Form, ballot: Data) -> Data:
    """What of a ballot is counted."""
    return {field: value for field, value in ballot.items() if field not in form.worded}


def untold(row: Data) -> Data:
    """A row of a tally that nobody may know: what was asked stays, what it came to does not."""
    asked = ("option", "label", "value")
    return {name: it if name in asked and isinstance(it, str) else None for name, it in row.items()}
