"""The wall at the desk: the phases, sorting on islands by keyboard, dots, the shortlist, and what comes in."""

from collections.abc import Mapping
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple

from facilitation.comments import Remark
from facilitation.kind import Look
from facilitation.screen import Slot, View
from facilitation.walls import rating
from facilitation.walls.cards import Card
from facilitation.walls.links import Tie
from facilitation.walls.notes import counted, item, least, ties
from facilitation.walls.phases import Phase, Stand
from facilitation.walls.rating import Placed, Rated
from facilitation.walls.settings import Column, Criterion
from facilitation.walls.state import ALONE, State
from facilitation.walls.tally import Participation, Ranking, participation, ranking

MOST = 60  # cards in the tray: more come up as these are sorted
RECENT = 200  # items in the inbox: all cards are one link away


class Counts(NamedTuple):
    cards: int
    comments: int
    hidden: int
    flagged: int = 0
    older: int = 0  # not in this picture


class Phases(NamedTuple):
    """Where the wall stands; `writers`: how many people wrote cards."""

    stand: Stand
    phases: tuple[str, ...]
    cards: int
    writers: int
    open: bool


class Dotting(NamedTuple):
    people: Participation
    ranking: Ranking | None  # once the window is closed
    shown: bool  # everybody knows


class Key(NamedTuple):
    """An island with the key that lays cards on it, "" beyond the ninth."""

    ref: str
    title: str
    key: str


class Tray(NamedTuple):
    """Cards on no island, of how many, and where they can go."""

    loose: int
    cards: int
    islands: tuple[Key, ...]


class Pick(NamedTuple):
    ref: str
    text: str
    column: str
    author: str


class Board(NamedTuple):
    """An island with its cards."""

    key: Key
    cards: tuple[Pick, ...]
    others: tuple[Key, ...]
    ties: tuple[Tie, ...]
    became: tuple[str, ...]


class Listing(NamedTuple):
    """The shortlist."""

    criteria: tuple[Criterion, ...]
    rated: tuple[Rated, ...]
    placed: tuple[Placed, ...]


class Pen(NamedTuple):
    """To write down what is called out, while people write."""

    columns: tuple[Column, ...]
    most: int  # code points


class Tools(NamedTuple):
    """What is done to cards by their numbers."""

    columns: tuple[Column, ...]


def view(state: State, look: Look) -> View:
    parts: View = {"phases": _phases(state, look), "tools": Tools(state.config.columns)}
    tops = ["phases"]
    if look.open and state.stand.allows("write"):
        tops, parts["pen"] = [*tops, "pen"], Pen(state.config.columns, state.config.max_length)
    if state.config.dots:
        tops, parts["dots"] = [*tops, "dots"], _dotting(state, look)
    if state.cards and not state.stand.silent:
        tops.append("sorting")
        parts |= _sorting(state, look)
    if state.ratings.listed:
        tops, parts["listing"] = [*tops, "listing"], _listing(state, look)
    return {"": Slot((*tops, "tools", "inbox"))} | parts | _inbox(state, look)


def _phases(state: State, look: Look) -> Phases:
    cards = sum(len(shelf) for shelf in state.columns.values())
    writers = len(state.by) if state.authors is None else state.authors
    return Phases(state.stand, tuple(Phase), cards, writers, look.open)


def _dotting(state: State, look: Look) -> Dotting:
    over = not state.dots.open and state.dots.voters >= least(look)
    return Dotting(participation(state, look), ranking(state, look.hidden) if over else None, counted(state, look))


def _listing(state: State, look: Look) -> Listing:
    """While people rate, not even the desk sees a tendency."""
    enough = rating.NEVER if look.open and state.stand.allows("rate") else least(look)
    rated, placed = rating.rated(state, look.hidden, enough), rating.field_of_four(state, look.hidden, enough)
    return Listing(state.config.criteria, tuple(rated), tuple(placed))


def _keys(state: State, hidden: Mapping[str, str]) -> tuple[Key, ...]:
    islands = state.shown_islands(hidden)
    return tuple(Key(it.ref, it.title, str(n) if n < 10 else "") for n, it in enumerate(islands, 1))


def _sorting(state: State, look: Look) -> View:
    """The tray with its cards, oldest first, and a board for each island."""
    keys, hidden = _keys(state, look.hidden), look.hidden
    tray = list(state.lying(state.grounds, ALONE, hidden))[::-1]
    picks = {f"pick-{card.ref}": _pick(state, card, look) for card in islice(tray, MOST)}
    cards = sum(state.number(state.columns, column.id, hidden) for column in state.config.columns)
    boards = {f"board-{key.ref}": _board(state, key, keys, look) for key in keys}
    slots = {"picks": Slot(picks), "boards": Slot(boards)}
    return {"sorting": Tray(len(tray), cards, keys)} | slots | picks | boards


def _board(state: State, key: Key, keys: tuple[Key, ...], look: Look) -> Board:
    cards = tuple(_pick(state, card, look) for card in state.lying(state.grounds, key.ref, look.hidden))
    others = tuple(it for it in keys if it is not key)
    return Board(key, cards, others, ties(state, key.ref, look), look.became.get(key.ref, ()))


def _pick(state: State, card: Card, look: Look) -> Pick:
    column = next(it.title for it in state.config.columns if it.id == card.column)
    return Pick(card.ref, card.text, column, look.author(card.author))


def _inbox(state: State, look: Look) -> View:
    written = said(state)[::-1]
    items = {f"item-{it.ref}": item(state, it, look) for it in written[:RECENT]}
    number = len(state.kept())
    flagged = sum(1 for count in state.flags.values() if count)
    gone, older = sum(it.ref in look.hidden for it in written), max(0, len(written) - RECENT)
    return {"inbox": Counts(number, len(written) - number, gone, flagged, older), "items": Slot(items)} | items


def said(state: State) -> list[Card | Remark]:
    """The cards that are not withdrawn and the comments on them, in the order of writing."""
    kept = state.kept()
    remarks = (remark for card in kept for remark in state.remarks.get(card.ref, ()))
    return sorted(chain[Card | Remark](kept, remarks), key=attrgetter("at"))
