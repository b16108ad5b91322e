"""Pictures of how answers lie, as numbers and SVG path data, for the templates of the forms of polls.

Like app/drawing.py: a picture is a function of its arguments only; what is jittered is so by a hash of its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

SHADES = 3


def shade(votes: int, most: int) -> int:
    """How dark a field is: 0 where there is nothing, else 1 to 3, in even steps up to the most."""
    return ceil(SHADES * votes / most) if most else 0


# ── spread: a small histogram, 10 per value wide, 40 high ───────────────────────────────────────────────────────────

SPREAD_HEIGHT = 40


class Bar(NamedTuple):
    x: int
    y: float
    height: float


def spread(votes: Sequence[int]) -> list[Bar]:
    """One bar per value that somebody gave; the most frequent has full height."""
    most = max(votes, default=0)
    return [
        Bar(10 * place, round(SPREAD_HEIGHT * (1 - count / most), 1), round(SPREAD_HEIGHT * count / most, 1))
        for place, count in enumerate(votes)
        if count
    ]


# ── cloud: people in a field of 1000 x 1000, or over a line ─────────────────────────────────────────────────────────

FIELD = 1000
MOST_DOTS = 400

_SPOTS = 21  # squares along an axis of 0 to 100, five wide
_SPOT = FIELD / _SPOTS
_LINE_HEIGHT = 400  # what a column over a line may take


class Cloud(NamedTuple):
    """All dots as one path of strokes without length, how thick these are, and how many people a dot stands for."""

    path: str
    size: int
    people: int


def cloud(spots: Iterable[tuple[int, int, int]], *, line: bool = False) -> Cloud:
    """`spots` are (x, y, people), x and y in percent from the left and from below, in steps of five."""
    spots = list(spots)
    people = max(1, ceil(sum(count for _, _, count in spots) / MOST_DOTS))
    dots = [(x, y, ceil(count / people)) for x, y, count in spots]
    if line:
        size = min(0.9 * _SPOT, _LINE_HEIGHT / max((count for _, _, count in dots), default=1))
        places = _stacked(dots, size)
    else:
        size, places = 0.5 * _SPOT, _jittered(dots)
    return Cloud("".join(f"M{round(x)} {round(y)}h0" for x, y in places), round(size), people)


def _stacked(dots: Iterable[tuple[int, int, int]], size: float) -> Iterator[tuple[float, float]]:
    for x, _, count in dots:
        for nth in range(count):
            yield (x / 5 + 0.5) * _SPOT, _LINE_HEIGHT - (nth + 0.5) * size


def _jittered(dots: Iterable[tuple[int, int, int]]) -> Iterator[tuple[float, float]]:
    for x, y, count in dots:
        for nth in range(count):
            right, up = blake2b(f"{x},{y},{nth}".encode(), digest_size=2).digest()
            yield (x / 5 + right / 256) * _SPOT, FIELD - (y / 5 + up / 256) * _SPOT
