"""What the parts of a poll's screens hold."""

from collections.abc import Hashable
from datetime import datetime
from typing import NamedTuple

from facilitation.form import Option, Pages
from facilitation.picking import Top


class Ask(NamedTuple):
    """The question; `whom` names for whom it is open, nobody for everybody."""

    title: str
    names: str
    by_unit: bool
    began: datetime | None
    ends: datetime | None
    open: bool
    whom: tuple[str, ...]


class Turnout(NamedTuple):
    """Participation: `cast` of `of`, one per person or one per unit; `needed` for the quorum, if there is one."""

    cast: int
    of: int
    by_unit: bool
    needed: int = 0


class Participation(NamedTuple):
    """`seen` says when everybody sees the result."""

    turnout: Turnout
    shown: bool
    open: bool
    seen: str


class Question(NamedTuple):
    ask: Ask
    turnout: Turnout


class Result(NamedTuple):
    """What was answered, as the form draws it: `content`, None where too few answered to show it.

    `sure` says of each answer how many were sure of it, from 1 to 5.
    """

    title: str
    form: str
    content: Hashable | None
    turnout: Turnout
    replaced: int
    sure: tuple[tuple[str, tuple[int, ...]], ...]
    open: bool


class MyBallot(NamedTuple):
    """The paper to answer on, with the answer already given, if any; a room device gets lines for counts.

    `sure` is how sure one said to be, 0 where that was not said, None where nobody asks.
    """

    form: str
    paper: Hashable
    made: datetime | None
    open: bool
    revote: bool
    names: str
    by_unit: bool
    headcount: int
    lines: tuple[tuple[Option, int | None], ...]
    eligible: bool
    sure: int | None
    seen: str
    desk: bool
    proposals: str
    worded: bool  # words of one's own stay, in the order in which they came


class Item(NamedTuple):
    """Words that the desk can hide: of an answer, to what they speak (`on`), or an option that somebody added."""

    ref: str
    on: str
    text: str
    author: str
    hidden: str
    banned: bool


class Mending(NamedTuple):
    """What the desk sees of a poll and can mend; `views` are further pictures of a result that is shown."""

    turnout: Turnout
    replaced: int
    options: tuple[Option, ...]
    grows: bool
    proposed: tuple[Option, ...]
    views: tuple[tuple[str, str], ...]
    masked: tuple[str, ...]  # pictures of which no cell may be shown
    view: str  # what of it the stage shows
    carries: bool  # whether there are words that can become cards or agreements
    again: bool  # whether there could be another round
    reveals: bool  # whether there is something to reveal
    picks: int  # how much stands on walls that can become an option
    tops: tuple[Top, ...]  # those with most dots, to take them together
    pages: Pages | None  # where one picture does not hold the result on the stage
