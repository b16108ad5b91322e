"""A table seen from above (Tischplan): where its seats are drawn, in a picture of 160 by 160."""

from math import cos, pi, sin
from typing import NamedTuple

MIDDLE, AROUND = 80, 66  # of the picture; from there to the seats
WIDEST = 8.5  # radius of a seat


class Place(NamedTuple):
    x: float
    y: float
    radius: float


def places(seats: int) -> list[Place]:
    """So many seats around the table, the first at the top, clockwise; the more, the smaller."""
    radius = min(WIDEST, round(AROUND * sin(pi / seats) * 0.85, 1)) if seats > 1 else WIDEST
    return [
        Place(
            round(MIDDLE + AROUND * sin(2 * pi * nth / seats), 1),
            round(MIDDLE - AROUND * cos(2 * pi * nth / seats), 1),
            radius,
        )
        for nth in range(seats)
    ]
