"""How each form is answered in the random plays: its settings, and ballots of which a few do not hold."""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from facilitation.record import Data
from tests.play import Play

OPTIONS = [["rot", "Rot"], ["blau", "Blau <b>"], ["grün", "Grün"]]


class Paper(NamedTuple):
    """Settings, and a ballot by chance.  `play.words()` are words that nobody said before.

    `one` and `other` are ballots of different opinion, where opinions are counted.
    """

    settings: Data
    ballot: Callable[[Play], Data]
    one: Data | None = None
    other: Data | None = None


def some(rng: Random, *known: str) -> list[str]:
    """One or two of what there is, seldom something else."""
    return rng.choices([*known, "7"], k=rng.randint(1, 2))


COLOURS = ("rot", "blau", "grün")
PAPERS: Mapping[str, Paper] = {
    "single": Paper(
        {"options": OPTIONS},
        lambda play: {"choice": some(play.rng, *COLOURS)[0]},
        {"choice": "rot"},
        {"choice": "blau"},
    ),
    "multiple": Paper(
        {"options": OPTIONS, "max_choices": 2},
        lambda play: {"choices": some(play.rng, *COLOURS)},
        {"choices": ["rot"]},
        {"choices": ["blau"]},
    ),
    "scale": Paper(
        {"min": -2, "max": 2, "ends": ["nein", "ja"]},
        lambda play: {"value": play.rng.randint(-2, 3)},
        {"value": -2},
        {"value": 2},
    ),
}
