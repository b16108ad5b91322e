"""What the plenary sees of a round of groups, and where one's own place is."""

from typing import NamedTuple

from facilitation.groups.plates import Clock, Table, clock, tables
from facilitation.groups.state import Result, State
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


class Outcome(NamedTuple):
    number: int
    title: str
    topic: str
    result: Result


class MyPlace(NamedTuple):
    """Where somebody sits: number and title of the group, 0 and "" for nowhere."""

    number: int
    title: str
    published: bool
    free: bool  # people choose their groups themselves
    ended: bool


def plenary(state: State, look: Look) -> View:
    entries = {f"entry-{it.group.id}": _entry(state, it) for it in tables(state, look)}
    outcomes = {f"outcome-{it.result.group}": it for it in shown(state, look)} if look.shown else {}
    parts: View = {
        "": Slot(("ask", "mine-place", "choice", *(["harvest"] if outcomes else []))),
        "ask": Ask(look.title, state.is_running, state.ended is not None, clock(state)),
        "choice": len(entries),
        "entries": Slot(entries),
        **entries,
    }
    if outcomes:
        parts |= {"harvest": len(outcomes), "outcomes": Slot(outcomes)} | outcomes
    return parts


def _entry(state: State, table: Table) -> Entry:
    chosen = state.is_published and state.config.mode == "self_select"
    return Entry(table, chosen and not state.is_full(table.group.id))


def shown(state: State, look: Look) -> tuple[Outcome, ...]:
    """The results that everybody may see, group by group."""
    return tuple(
        Outcome(number, group.title, group.topic, state.results[group.id])
        for number, group in enumerate(state.config.groups, 1)
        if group.id in state.results and state.results[group.id].ref not in look.hidden
    )


def mine(state: State, actor: Actor) -> View:
    group = state.home(actor.id)
    number = next((n for n, it in enumerate(state.config.groups, 1) if it.id == group), 0)
    title = state.groups[group].title if group else ""
    free = state.config.mode == "self_select"
    place = MyPlace(number, title, state.is_published, free, state.ended is not None)
    marks = [(f"seat-{state.numbers[actor.id]}", "own")] if actor.id in state.seats else []
    return {"mine-place": place, "marks": Marks(marks)}
