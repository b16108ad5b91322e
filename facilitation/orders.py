"""In which order questions stand: by support, the newest, the best, the most disputed.

The best are those that most of the people wanted who could choose them: of all who supported or opposed anything since
a question was asked.  So one that came late is not below one that merely stood there longer.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from math import sqrt
from typing import NamedTuple

from facilitation.qa import Question, State

ORDERS = ("support", "newest", "best", "disputed")
SURE = 1.28  # how much a small number is mistrusted: 80 % of the interval of Wilson


class Rated(NamedTuple):
    """What a question has for and against it, and how many could have said so."""

    at: int
    support: int
    against: int
    voters: int


RANKS: dict[str, Callable[[Rated], float]] = {
    "support": lambda it: it.support - it.against,
    "newest": lambda it: it.at,
    "best": lambda it: likely_share(it.support, max(it.voters, it.support + it.against)),
    "disputed": lambda it: disputed(it.support, it.against),
}


def arranged(state: State, questions: Iterable[Question], order: str) -> list[Question]:
    """The questions in an order of `ORDERS`; equals as they were asked."""
    rank, last = RANKS[order], sorted(state.voters.values())

    def rated(it: Question) -> Rated:
        return Rated(it.at, state.support(it), state.against(it), len(last) - bisect_right(last, it.at))

    return sorted(questions, key=lambda it: (-rank(rated(it)), it.at))


def likely_share(chosen: int, of: int) -> float:
    """The share that can be relied on of `chosen` among `of`: the lower end of Wilson's interval."""
    if not of:
        return 0.0
    share, square = chosen / of, SURE * SURE
    spread = SURE * sqrt((share * (1 - share) + square / (4 * of)) / of)
    return (share + square / (2 * of) - spread) / (1 + square / of)


def disputed(support: int, against: int) -> float:
    """High where many are for it and as many against it."""
    return (support + against) * min(support, against) / max(support, against, 1)
