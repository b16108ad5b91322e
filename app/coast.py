"""The coast of an island (Themeninsel) as SVG path data: land grows with cards, waterlines with dots.

The shape follows from the island's reference alone: the same island has the same coast on every screen and on paper.
"""

import hashlib
from collections.abc import Iterator
from math import cos, pi, sin, sqrt
from typing import NamedTuple

POINTS = 20  # of a coast
MOST_RINGS = 7
DOTS_PER_RING = 3


class Coast(NamedTuple):
    land: str
    water: tuple[str, ...]  # from the outside in


class Size(NamedTuple):
    """The box that a coast is drawn in: half its width and height, the distance of rings, how much land grows."""

    x: int
    y: int
    ring: float
    least: float  # share of the box that the smallest land fills
    most: float


SIGN = Size(36, 36, 3.5, 0.44, 0.58)  # beside a name
STAGE = Size(352, 147, 9, 0.86, 0.93)  # as wide as three of them beside each other have room
MANY = 14  # cards: more do not enlarge the land


def sign(ref: str, cards: int) -> Coast:
    """The small picture beside the name of an island, in a box of 72 x 72; it says nothing of dots."""
    return _coast(ref, SIGN, cards, 1)


def stage(ref: str, cards: int, dots: int) -> Coast:
    """The island on the stage, in a box of 704 x 294; one ring for about three dots."""
    return _coast(ref, STAGE, cards, max(1, min(MOST_RINGS, round(dots / DOTS_PER_RING))))


def dots(number: int) -> tuple[int, list[int]]:
    """Width of a row of dots in bundles of five, and where each has its middle."""
    middles = [11 + 23 * n + 12 * (n // 5) for n in range(number)]
    return (middles[-1] + 11 if middles else 0), middles


def _coast(ref: str, size: Size, cards: int, rings: int) -> Coast:
    share = size.least + (size.most - size.least) * sqrt(min(cards, MANY) / MANY)
    room = (rings - 1) * size.ring  # of it the outer rings may take some beyond the box, more where text needs it
    land = min(size.x * share, size.x - 0.9 * room), min(size.y * share, size.y - 0.6 * room)
    bends = list(_bends(ref))
    lines = [_line(size, land, bends, ring * size.ring) for ring in range(rings + 1)]
    return Coast(lines[0], tuple(reversed(lines[1:])))


def _bends(ref: str) -> Iterator[float]:
    """How far each point of a coast lies in or out, as a share of its distance: two slow waves of the island's own."""
    first, second, weight, *_ = hashlib.blake2b(ref.encode(), digest_size=8).digest()
    for n in range(POINTS):
        angle = 2 * pi * n / POINTS
        slow = sin(2 * angle + first / 256 * 2 * pi)
        quick = sin(3 * angle + second / 256 * 2 * pi)
        yield 1 + 0.045 * slow + (0.02 + 0.03 * weight / 256) * quick


def _line(size: Size, land: tuple[float, float], bends: list[float], out: float) -> str:
    """A closed smooth line through all points: Catmull and Rom's, as Bézier curves."""
    points = []
    for n, bend in enumerate(bends):
        angle = 2 * pi * n / POINTS
        flat = (abs(cos(angle)) ** 4 + abs(sin(angle)) ** 4) ** (-1 / 4)  # between a circle and a box: names need room
        reach = flat * bend
        x, y = land[0] * reach * cos(angle), land[1] * reach * sin(angle)
        points.append((size.x + x + out * cos(angle), size.y + y + out * sin(angle)))
    count = len(points)
    path = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for n in range(count):
        before, here, there, after = (points[(n + step) % count] for step in (-1, 0, 1, 2))
        near = here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6
        far = there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6
        path.append("C" + " ".join(f"{value:.0f}" for value in (*near, *far, *there)))
    return "".join(path) + "Z"
