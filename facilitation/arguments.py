"""Arguments written down at the desk in the words of whoever spoke, each in one of several lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from facilitation.activity import REVISES
from facilitation.record import Entry


class Heading(NamedTuple):
    """A list of arguments, such as *Bedenken*."""

    id: str
    title: str


class Argument(NamedTuple):
    """Nobody's name stands on it.  `text` is "" once it is redacted."""

    ref: str
    list: str
    text: str
    edited: bool = False


@dataclass(slots=True)
class Arguments:
    written: dict[str, Argument] = field(default_factory=dict)  # by reference, in the order of writing

    def __contains__(self, ref: str) -> bool:
        return ref in self.written

    def __iter__(self) -> Iterator[Argument]:
        return iter(self.written.values())

    def newest_first(self) -> list[Argument]:
        return list(reversed(self.written.values()))

    def take(self, entry: Entry) -> None:
        """Take in what was written or put into better words, perhaps into another list."""
        data = entry.data
        ref, edited = data.get("ref") or data[REVISES], REVISES in data
        self.written[ref] = Argument(ref, data["list"], data["text"], edited)
