"""The tour (Rundgang): each person is led through the gallery in an order of their own, and sees where they have been.

No group gains by standing first.
"""

from collections.abc import Iterator
from typing import NamedTuple

from facilitation.form import Option
from facilitation.groups.plates import legible, numbers
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.order import mixed
from facilitation.record import Actor

NEXT = 3  # groups that it names at once


class Tour(NamedTuple):
    """Where somebody goes next (id, number and title of the group), and how many of the others they have been to."""

    stops: tuple[tuple[str, int, str], ...]
    been: int
    others: int


def tour(state: State, actor: Actor, look: Look) -> Tour | None:
    """The way of one person: it names groups, whatever they hand in, and begins for everybody with another one."""
    if not state.harvest.open:
        return None
    own, visits = state.home(actor.id), state.harvest.visits
    been = {group for group, result in state.results.items() if actor.id in visits.get(result.ref, ())}
    others = [Option(it.id, it.title) for it in legible(state, look) if state.merged.place(it.id) != own]
    left = [it for it in mixed(others, actor.seed) if it.id not in been]
    stops = tuple((it.id, numbers(state)[it.id], it.label) for it in left[:NEXT])
    return Tour(stops, len(others) - len(left), len(others))


def marks(state: State, actor: Actor) -> Iterator[tuple[str, str]]:
    """Which result is one's own group's, where one has been, what one supports, and what one has said."""
    harvest, own, visits = state.harvest, state.home(actor.id), state.harvest.visits
    if not (harvest.open or harvest.shown):
        return
    for group in state.groups:
        ref = state.results[group].ref if group in state.results else ""
        words = [
            *(["ours"] if state.merged.place(group) == own else []),
            *(["been"] if actor.id in visits.get(ref, ()) else []),
            *(["supported"] if actor.id in harvest.supporters.get(ref, ()) else []),
        ]
        if words:
            yield f"outcome-{group}", " ".join(words)
    for those in harvest.remarks.values():
        yield from ((f"voice-{it.ref}", "own") for it in those if it.author == actor.id)
