"""What is said in a group and to it: lines, the result, calls for help, and what the desk tells."""

from datetime import datetime
from typing import NamedTuple


class Note(NamedTuple):
    """A line that somebody wrote in a group.  Each is a contribution of its own, so nobody overwrites anybody."""

    ref: str
    group: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime
    edits: int = 0


class Result(NamedTuple):
    """What a group hands in: the latest replaces the earlier ones."""

    ref: str
    group: str
    text: str
    points: tuple[str, ...]
    author: str | None
    made: datetime
    late: bool


class Call(NamedTuple):
    """A call for help.  `taken` is who of the staff comes, "" while it waits."""

    ref: str
    group: str
    text: str
    made: datetime
    taken: str = ""
    done: bool = False


class Told(NamedTuple):
    """What the desk told a group, or "" for all."""

    group: str
    text: str
    made: datetime


def points(text: str) -> tuple[str, ...]:
    """The points of a result, one to a line."""
    return tuple(line for line in text.splitlines() if line.strip())
