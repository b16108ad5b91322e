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
    "matrix": Paper(
        {"items": OPTIONS, "min": 1, "max": 5, "ends": ["gar nicht", "völlig"]},
        lambda play: {"ratings": {item: play.rng.randint(1, 6) for item in some(play.rng, *COLOURS)}},
        {"ratings": {"rot": 1}},
        {"ratings": {"rot": 5}},
    ),
    "ranking": Paper(
        {"options": OPTIONS, "top": 2},
        lambda play: {"order": some(play.rng, *COLOURS)},
        {"order": ["rot", "blau"]},
        {"order": ["blau", "rot"]},
    ),
    "points": Paper(
        {"options": OPTIONS, "budget": 10},
        lambda play: {"points": {option: play.rng.randint(-1, 9) for option in some(play.rng, *COLOURS)}},
        {"points": {"rot": 10}},
        {"points": {"rot": 4, "blau": 6}},
    ),
    "resistance": Paper(
        {"options": OPTIONS, "passive": "grün", "reasons": True},
        lambda play: {
            "resistance": {option: play.rng.randint(0, 10) for option in COLOURS},
            "reasons": {option: play.words() for option in some(play.rng, *COLOURS)},
        },
        {"resistance": {"rot": 0, "blau": 5, "grün": 10}},
        {"resistance": {"rot": 10, "blau": 5, "grün": 0}},
    ),
    "position": Paper(
        {"x_labels": ["fremd", "vertraut"], "y_labels": ["dagegen", "dafür"]},
        lambda play: {"x": play.rng.randint(0, 101), "y": play.rng.randint(0, 100)},
        {"x": 10, "y": 10},
        {"x": 90, "y": 90},
    ),
    "portfolio": Paper(
        {"items": OPTIONS},
        lambda play: {axis: {item: play.rng.randint(1, 6) for item in ("rot", "blau")} for axis in ("x", "y")},
        {"x": {"rot": 1}, "y": {"rot": 5}},
        {"x": {"rot": 5}, "y": {"rot": 1}},
    ),
    "pin": Paper(
        {"image": "0" * 32, "alt": "Lageplan <b>"},
        lambda play: {"point": f"{play.rng.randint(0, 101)},{play.rng.randint(0, 100)}"},
        {"point": "10,10"},
        {"point": "90,90"},
    ),
    "wordcloud": Paper(
        {"max_words": 2, "max_length": 40, "stop": ["und"]},
        lambda play: {"words": [play.words() for _ in range(play.rng.randint(1, 3))]},
    ),
    "open": Paper(
        {"max_length": 300, "several": 2},
        lambda play: {"texts": [play.words() for _ in range(play.rng.randint(1, 2))]},
    ),
    "consent": Paper(
        {},
        lambda play: {"choice": some(play.rng, "zustimmung", "einwand")[0], "reason": play.words()},
        {"choice": "zustimmung"},
        {"choice": "bedenken"},
    ),
    "premises": Paper(
        {"items": OPTIONS, "resistance": True},
        lambda play: {
            "stances": {item: play.rng.choice(["carried", "concerned", "against"]) for item in ("rot", "blau")},
            "reasons": {item: play.words() for item in some(play.rng, "rot", "blau")},
            "resistance": {"rot": play.rng.randint(0, 11)},
        },
        {"stances": {"rot": "carried"}},
        {"stances": {"rot": "against"}},
    ),
    "number": Paper(
        {"min": 0, "max": 100, "unit": "Prozent", "truth": 42, "tolerance": 5},
        lambda play: {"number": play.rng.choice([1, 50.5, 99, 101])},
        {"number": 3},
        {"number": 97},
    ),
}
