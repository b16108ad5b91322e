"""How the dots lie: who took part while they are laid, and the ranking once everybody may know."""

from collections.abc import Mapping
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.walls.state import State

MOST = 9  # rows and islands of one picture of the stage


class Participation(NamedTuple):
    """How many people have laid all their dots, of how many who are here."""

    open: bool
    begun: int  # people who have laid some
    complete: int
    here: int
    budget: int


class Place(NamedTuple):
    """A card or an island with its dots.  `tied`: another one has as many."""

    ref: str
    rank: int
    text: str
    dots: int
    cards: int  # on an island
    island: bool
    tied: bool


class Ranking(NamedTuple):
    """What dots lie on, most first.  Where islands count, cards on none are summed up."""

    places: tuple[Place, ...]
    total: int
    voters: int
    budget: int
    loose_dots: int  # on cards without an island
    loose_cards: int


def participation(state: State, look: Look) -> Participation:
    dots, settings = state.dots, state.config.dots
    return Participation(dots.open, dots.voters, dots.complete, look.heads, settings.budget if settings else 0)


def ranking(state: State, hidden: Mapping[str, str]) -> Ranking:
    """Islands with the dots on their cards, or cards where there are none."""
    islands, settings = state.shown_islands(hidden), state.config.dots
    standing = [card for card in state.visible(hidden) if card.stands]
    if islands:
        shown = {island.ref for island in islands}
        loose = [card for card in standing if card.island not in shown and state.points(card.ref)]
        targets = [
            (it.ref, it.title, state.points(it.ref), state.number(state.grounds, it.ref, hidden)) for it in islands
        ]
    else:
        loose = []
        targets = [(card.ref, card.text, state.points(card.ref), 0) for card in reversed(standing)]
    ordered = sorted((it for it in targets if it[2] or islands), key=lambda it: -it[2])
    each = [dots for _, _, dots, _ in ordered]
    places = tuple(
        Place(ref, 1 + each.index(dots), text, dots, cards, bool(islands), tied=dots > 0 and each.count(dots) > 1)
        for ref, text, dots, cards in ordered
    )
    return Ranking(
        places,
        state.dots.totals.total(),
        state.dots.voters,
        settings.budget if settings else 0,
        sum(state.points(card.ref) for card in loose),
        len(loose),
    )
