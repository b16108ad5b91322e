"""What the plenary sees of a round of groups, and where one's own place is."""

from typing import NamedTuple

from facilitation.groups import gallery, tour
from facilitation.groups.plates import Clock, Table, clock, tables
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.record import Actor
from facilitation.screen import Marks, Slot, View


class Ask(NamedTuple):
    title: str
    running: bool
    ended: bool
    clock: Clock | None


class Entry(NamedTuple):
    """A group to choose; `open` is whether people choose for themselves now, and there is a place."""

    table: Table
    open: bool


class MyPlace(NamedTuple):
    """Where somebody sits: number and title of the group, 0 and "" for nowhere."""

    number: int
    title: str
    published: bool
    free: bool  # people choose their groups themselves
    ended: bool


def plenary(state: State, look: Look) -> View:
    entries = {f"entry-{it.group.id}": _entry(state, it) for it in tables(state, look)}
    results = gallery.phone(state, look)
    parts: View = {
        "": Slot(("ask", "mine-place", *gallery.tops(results), "choice")),
        "ask": Ask(look.title, state.is_running, state.ended is not None, clock(state)),
        "choice": len(entries),
        "entries": Slot(entries),
        **entries,
    }
    return parts | results


def _entry(state: State, table: Table) -> Entry:
    chosen = state.is_published and state.config.mode == "self_select"
    return Entry(table, chosen and not state.is_full(table.group.id))


def mine(state: State, actor: Actor) -> View:
    group = state.home(actor.id)
    number = next((n for n, it in enumerate(state.config.groups, 1) if it.id == group), 0)
    title = state.groups[group].title if group else ""
    free = state.config.mode == "self_select"
    place = MyPlace(number, title, state.is_published, free, state.ended is not None)
    marks = [(f"seat-{state.numbers[actor.id]}", "own")] if actor.id in state.seats else []
    marks += tour.marks(state, actor)
    return {"mine-place": place, "mine-tour": tour.tour(state, actor), "marks": Marks(marks)}
