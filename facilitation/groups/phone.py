"""What the plenary sees of a round of groups, and where one's own place is."""

from datetime import datetime
from typing import NamedTuple

from facilitation.groups import gallery, tour
from facilitation.groups.plates import Clock, Table, clock, legible, legible_one, numbers, tables
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
    """A group to choose.  `open` is whether people choose for themselves now; `waiting` is how many want a place."""

    table: Table
    open: bool
    waiting: int


class MyPlace(NamedTuple):
    """Where somebody sits: number and title of the group, 0 and "" for nowhere."""

    number: int
    title: str
    published: bool
    free: bool  # people choose their groups themselves
    ended: bool
    queued: int = 0  # number of the full group in which they wait for a place
    line: int = 0  # how manieth they are


class Wishing(NamedTuple):
    """What somebody wishes for, and for what one can; `none` is whether they take part in the plenary."""

    groups: tuple[tuple[str, str], ...]
    first: str
    second: str
    none: bool


class Way(NamedTuple):
    """Where somebody goes when a round follows another: to which group, whether they sat there, are its host.

    Or where they sit since others `moved` them.
    """

    number: int
    table: bool  # groups are tables
    stays: bool = False
    host: bool = False
    moved: datetime | None = None


class Convening(NamedTuple):
    names: str


def plenary(state: State, look: Look) -> View:
    entries = {f"entry-{it.group.id}": _entry(state, it) for it in tables(state, look)}
    results = gallery.phone(state, look)
    convenes = state.config.convened and not state.ended
    wishing = ["mine-wish"] if state.takes_wishes else []
    convening = ["convening"] if convenes else []
    parts: View = {
        "": Slot(("ask", "mine-place", *wishing, *gallery.tops(results), "choice", *convening)),
        "ask": Ask(look.title, state.is_running, state.ended is not None, clock(state)),
        "choice": len(entries),
        "entries": Slot(entries),
        **entries,
    }
    if convenes:
        parts["convening"] = Convening(look.names)
    return parts | results


def _entry(state: State, table: Table) -> Entry:
    chosen = state.is_published and state.config.mode == "self_select" and not table.place
    return Entry(table, chosen, len(state.choosing.queue(table.group.id)))


def mine(state: State, actor: Actor, look: Look) -> View:
    marks = [(f"seat-{state.numbers[actor.id]}", "own")] if actor.id in state.seats else []
    marks += tour.marks(state, actor)
    parts: View = {"mine-place": _my_place(state, actor, look), "marks": Marks(marks)}
    if state.takes_wishes:
        first, second = state.choosing.wishes.get(actor.id, ("", ""))
        groups = tuple((it.id, it.title) for it in legible(state, look))
        parts["mine-wish"] = Wishing(groups, first, second, actor.id in state.choosing.apart)
    parts["mine-way"] = _way(state, _before(state, look), actor)
    parts["mine-tour"] = tour.tour(state, actor, look)
    return parts


def _my_place(state: State, actor: Actor, look: Look) -> MyPlace:
    group, number, choosing = state.home(actor.id), numbers(state), state.choosing
    title = legible_one(state, look, group).title if group else ""
    free, ended = state.config.mode == "self_select", state.ended is not None
    place = MyPlace(number.get(group, 0), title, state.is_published, free, ended)
    wanted = choosing.waiting.get(actor.id)
    if wanted is None or ended:
        return place
    return place._replace(queued=number[wanted], line=choosing.queue(wanted).index(actor.id) + 1)


def _before(state: State, look: Look) -> State | None:
    """The round before, from when the places of this one are known until it begins."""
    before = look.earlier[0].state if look.earlier else None
    return before if isinstance(before, State) and state.is_published and not state.started else None


def _way(state: State, before: State | None, actor: Actor) -> Way | None:
    """Where somebody goes from one round to the next, who has a place in both; where they were moved to."""
    group, moved = state.home(actor.id), state.choosing.moved.get(actor.id)
    earlier = before.home(actor.id) if before else ""
    if not group or not (earlier or moved) or state.ended:
        return None
    way = Way(numbers(state)[group], state.config.mode == "world_cafe", moved=moved)
    return way if moved else way._replace(stays=group == earlier, host=state.groups[group].host == actor.id)
