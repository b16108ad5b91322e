"""A wall as a table: cards and comments in the order of writing, one flat row each."""

from collections.abc import Iterator
from typing import Any

from facilitation.kind import Look
from facilitation.labels import chosen
from facilitation.record import Data
from facilitation.walls import rating
from facilitation.walls.cards import SEED
from facilitation.walls.desk import said
from facilitation.walls.notes import item, least
from facilitation.walls.state import State

QUADRANTS = {1: "oben links", 2: "oben rechts", 3: "unten links", 4: "unten rechts"}


def rows(state: State, look: Look) -> Iterator[Data]:
    """What is hidden, with the reason, only for staff; dots only once nobody lays any more."""
    seen = {} if state.stand.silent else {card.ref for card in state.visible(look.hidden)}
    field = rating.field_of_four(state, look.hidden, least(look))
    placed = {it.ref: QUADRANTS[it.quadrant] for it in field}
    for it in said(state):
        shown = item(state, it, look)
        if look.is_staff or (not shown.hidden and (shown.on or it.ref) in seen):
            row = {
                "ref": it.ref,
                "on": shown.on,
                "column": shown.column,
                "text": it.text,
                "author": shown.note.author,
                "reactions": state.reactions.together((it.ref,)),
                "hidden": shown.hidden,
            }
            yield row if shown.on else row | _of_card(state, it.ref, placed)


def _of_card(state: State, ref: str, placed: dict[str, str]) -> dict[str, Any]:
    card = state.cards[ref]
    island = state.islands.get(card.island)
    return {
        "tag": card.tag,
        "labels": ", ".join(chosen(state.config.topics, card.topics)),
        "island": island.title if island else "",
        "dots": None if state.dots.open else state.dots.totals[ref],
        "under": card.under,
        "origin": "Vorlage" if card.origin == SEED else card.origin,
        "quadrant": placed.get(ref, ""),
        **{f"field:{id}": words for id, words in card.fields},
    }
