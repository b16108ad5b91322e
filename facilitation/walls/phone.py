"""The wall on the phone: what is to be done now, and the cards by column or, once there are some, by island.

A new card is one part and one changed slot, a move two changed slots; the counts stand in the tabs.  What changes
often, words and comments, are parts below a card.  Of very many cards each place shows its newest; the page of all
cards is one link away.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.screen import Slot, View
from facilitation.walls import rating
from facilitation.walls.cards import Card
from facilitation.walls.notes import Note, bundle, least, scene
from facilitation.walls.phases import Phase
from facilitation.walls.rating import Placed, Rated
from facilitation.walls.settings import Column, Criterion
from facilitation.walls.state import ALONE, State
from facilitation.walls.tally import Ranking, ranking

MOST = 60  # cards in one picture, so that a wall of a thousand is painted about as fast as one of thirty
WITHIN_REACH = 400  # while dots are laid on cards
LEAST = 5  # of one place, however many places there are
REST = "alone"  # the name of the place for cards on no island


class Ask(NamedTuple):
    title: str
    names: str
    began: datetime | None
    ends: datetime | None
    open: bool
    phase: str = Phase.COLLECT.value
    text: str = ""  # staff's own words about it


class Lane(NamedTuple):
    """A column or an island in short: how many cards it has, and as many of the newest as there is room for."""

    column: Column
    cards: int
    newest: tuple[Note, ...] = ()
    island: bool = False


class Spot(NamedTuple):
    """The heading of a place, and how many of its cards are not in this picture."""

    column: Column
    older: int


class Result(NamedTuple):
    """What came of dots and ratings."""

    ranking: Ranking | None
    criteria: tuple[Criterion, ...]
    rated: tuple[Rated, ...]
    placed: tuple[Placed, ...]


def ask(state: State, look: Look) -> Ask:
    stand = state.stand
    return Ask(look.title, look.names, look.began, look.ends, look.open, stand.phase.value, stand.text)


def places(state: State, look: Look) -> Iterator[tuple[Lane, Iterable[Card]]]:
    """Every place with its visible cards from the top: islands once there are some, else columns."""
    hidden, islands = look.hidden, state.shown_islands(look.hidden)
    if not islands:
        for column in state.config.columns:
            number = state.number(state.columns, column.id, hidden)
            yield Lane(column, number), state.lying(state.columns, column.id, hidden)
        return
    for island in islands:
        number = state.number(state.grounds, island.ref, hidden)
        lane = Lane(Column(island.ref, island.title), number, island=True)
        yield lane, state.lying(state.grounds, island.ref, hidden)
    without = [ALONE, *(ref for ref in state.islands if ref in hidden)]
    rest = [card for where in without for card in state.lying(state.grounds, where, hidden)]
    if rest:
        yield Lane(Column(REST, ""), len(rest), island=True), rest


def view(state: State, look: Look) -> View:
    here, lanes = scene(state, look), list(places(state, look))
    rates = look.open and state.stand.allows("rate") and bool(state.ratings.listed)
    names = ["column" if not lane.island else "isle" for lane, _ in lanes]
    tops = [f"{name}-{lane.column.id}" for name, (lane, _) in zip(names, lanes, strict=True)]
    parts: View = {"ask": ask(state, look), "tabs": tuple(lane for lane, _ in lanes)}
    if result := _result(state, look, counted=here.counted):
        parts["result"] = result
    own = ["mine-dots"] * state.dots.open + ["mine-rating"] * rates
    first = ["ask", *own, *(["result"] if result else []), "tabs", "mine-write", "mine-cards"]
    if state.stand.silent:  # everybody has their own cards alone before them
        return {"": Slot(name for name in first if name != "tabs"), "ask": parts["ask"]}
    most = WITHIN_REACH if here.giving else MOST
    room = most if sum(lane.cards for lane, _ in lanes) <= most else max(LEAST, most // len(lanes))
    for top, (lane, cards) in zip(tops, lanes, strict=True):
        bundles = [bundle(state, card, here) for card in islice(cards, room)]
        parts[top] = Spot(lane.column, lane.cards - len(bundles))
        parts |= _place(lane.column.id, bundles, _empty(lanes, lane, look))
    return {"": Slot((*first, *tops))} | parts


def _place(place: str, bundles: list[View], empty: tuple[str, bool]) -> View:
    """The slot of a place, and everything in it; `empty` is what stands there instead of cards."""
    names = [next(iter(parts)) for parts in bundles]
    inside: View = {}
    for parts in bundles:
        inside |= parts
    if not bundles:
        names, inside = [f"empty-{place}"], {f"empty-{place}": empty}
    return {f"cards-{place}": Slot(names)} | inside


def _empty(lanes: list[tuple[Lane, Iterable[Card]]], lane: Lane, look: Look) -> tuple[str, bool]:
    """The name of a place without cards, unless it is the only one, and whether somebody can write there."""
    return lane.column.title if len(lanes) > 1 else "", look.open and not lane.island


def _result(state: State, look: Look, *, counted: bool) -> Result | None:
    known = rating_known(state, look)
    rated = tuple(rating.rated(state, look.hidden, least(look))) if known else ()
    placed = tuple(rating.field_of_four(state, look.hidden, least(look))) if known else ()
    ranked = ranking(state, look.hidden) if counted else None
    return Result(ranked, state.config.criteria, rated, placed) if ranked or rated else None


def rating_known(state: State, look: Look) -> bool:
    """Whether everybody may know how the shortlist was rated: nobody rates any more, and the result is shown."""
    over = not (look.open and state.stand.allows("rate"))
    return bool(state.ratings.counts) and over and (look.shown or state.stand.phase is Phase.DECIDE)


def visible_by_place(state: State, look: Look) -> Mapping[Column, tuple[Card, ...]]:
    """All cards that everybody may see, by place: for the page of all cards."""
    return {} if state.stand.silent else {lane.column: tuple(cards) for lane, cards in places(state, look)}
