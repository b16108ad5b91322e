"""What a module must offer to be the form of a poll.  The module itself is the form."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from facilitation.record import Data


class Option(NamedTuple):
    id: str
    label: str


class Bar(NamedTuple):
    """One line of a result."""

    option: Option
    votes: int


class Hints(NamedTuple):
    """What the ballot paper says besides its options."""

    ends: tuple[str, ...] = ()  # words at the ends of a scale
    most: int = 0  # how many may be chosen, 0 for no limit


class Form(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def Settings(self) -> type[BaseModel]: ...  # noqa: N802  # it is a class
    @property
    def Ballot(self) -> type[BaseModel]: ...  # noqa: N802  # it is a class
    @property
    def counts(self) -> bool:
        """Whether a room device may send the counts of its people."""

    def options(self, settings: Any) -> list[Option]:
        """What can be chosen, in order."""

    def hints(self, settings: Any) -> Hints:
        """What else stands on the ballot paper."""

    def check(self, settings: Any, ballot: Any) -> None:
        """Refuse what is not a ballot of this poll."""

    def tally(self, settings: Any, ballots: Collection[Data], collective: Mapping[str, int]) -> list[Bar]:
        """Counts per option; `collective` are those of room devices, added up."""

    def figures(self, settings: Any, ballots: Collection[Data], collective: Mapping[str, int]) -> Data:
        """The form's part of the poll's block in the script format (FORMAT 5)."""
