"""The wall on the stage: columns, islands, how the dots lie, the field of four, or the question alone."""

from collections.abc import Iterable
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.screen import Slot, View
from facilitation.walls import rating
from facilitation.walls.cards import Card
from facilitation.walls.notes import Note, counted, least, note
from facilitation.walls.phone import Ask, Lane, ask, places, rating_known
from facilitation.walls.rating import Placed, Rated
from facilitation.walls.settings import Criterion
from facilitation.walls.state import State
from facilitation.walls.tally import MOST, Participation, Place, Ranking, participation, ranking


class Land(NamedTuple):
    """The islands, at most as many as one picture holds.  `dots` is False before everybody may know how they lie."""

    ask: Ask
    islands: tuple[Place, ...]
    more: int
    loose: int  # cards on no island
    dots: bool
    ranking: Ranking | None


class Laying(NamedTuple):
    """Dots are being laid, or too few people did."""

    ask: Ask
    people: Participation
    enough: bool


class Order(NamedTuple):
    """The cards with most dots."""

    ask: Ask
    ranking: Ranking
    more: int


class Fields(NamedTuple):
    """Cards in a field of four, numbered as in the list beside it."""

    ask: Ask
    criteria: tuple[Criterion, ...]
    placed: tuple[Placed, ...]


class Scores(NamedTuple):
    ask: Ask
    criteria: tuple[Criterion, ...]
    rated: tuple[Rated, ...]


def view(state: State, look: Look) -> View:
    name, content = _picture(state, look)
    return {"": Slot((name,)), name: content}


def _picture(state: State, look: Look) -> tuple[str, object]:
    """Which picture it is, and what is in it.  Until they are revealed, cards are counted and not shown."""
    if look.view in ("matrix", "rating") and rating_known(
        state, look._replace(shown=True)
    ):  # showing is what this does
        return _rated(state, look)
    if look.view == "question" or (state.stand.silent and look.view != "dots"):
        return "stage-question", _question(state, look)
    weighed = look.view in ("dots", "result") and counted(state, look._replace(shown=True))
    if (look.view == "dots" and not weighed) or (look.view == "result" and state.dots.open):
        people = participation(state, look)
        return "stage-laying", Laying(ask(state, look), people, enough=people.begun >= least(look))
    if state.shown_islands(look.hidden):
        return "stage-isles", _land(state, look, known=weighed)
    if weighed:
        ranked = ranking(state, look.hidden)
        top = ranked._replace(places=ranked.places[:MOST])
        return "stage-ranking", Order(ask(state, look), top, len(ranked.places) - len(top.places))
    return "stage-wall", (ask(state, look), _newest(state, look))


def _rated(state: State, look: Look) -> tuple[str, object]:
    criteria = state.config.criteria
    if look.view == "matrix" and len(criteria) > 1:
        placed = tuple(rating.field_of_four(state, look.hidden, least(look)))
        return "stage-field", Fields(ask(state, look), criteria, placed[:MOST])
    rated = sorted(rating.rated(state, look.hidden, least(look)), key=lambda it: -(it.total or 0))
    return "stage-scores", Scores(ask(state, look), criteria, tuple(rated[:MOST]))


def _question(state: State, look: Look) -> tuple[Ask, int]:
    lanes = (state.number(state.columns, column.id, look.hidden) for column in state.config.columns)
    return ask(state, look), sum(lanes)


def _land(state: State, look: Look, *, known: bool) -> Land:
    """Without dots the islands stand in the order of founding."""
    ranked = ranking(state, look.hidden)
    founded = list(state.islands)
    islands = ranked.places if known else sorted(ranked.places, key=lambda it: founded.index(it.ref))
    bare = [it if known else it._replace(dots=0, rank=0, tied=False) for it in islands]
    cards = sum(1 for card in state.visible(look.hidden) if card.stands)
    loose = cards - sum(it.cards for it in islands)
    return Land(ask(state, look), tuple(bare[:MOST]), max(0, len(bare) - MOST), loose, known, ranked if known else None)


def _newest(state: State, look: Look) -> tuple[Lane, ...]:
    """What fits: up to four columns stand in one row, up to eight in two; of more only the counts are legible."""
    lanes = list(places(state, look))
    width, lines = 84 // min(len(lanes), 4), 14 if len(lanes) <= 4 else 5 if len(lanes) <= 8 else 0
    return tuple(lane._replace(newest=_fitting(state, cards, look, width, lines)) for lane, cards in lanes)


def _fitting(state: State, lane: Iterable[Card], look: Look, width: int, lines: int) -> tuple[Note, ...]:
    """As many as have room in a column of the stage; after each half a line is empty, after four a card is cut."""
    fitting: list[Note] = []
    end = 0.0
    for card in lane:
        end += min(4, 1 + (len(card.text) + len(card.tag)) // width) + 0.5
        if end > lines:
            break
        fitting.append(note(state, card, look))
    return tuple(fitting)
