"""Who sits at a table, and its clock, as every screen shows them."""

from datetime import datetime
from typing import NamedTuple

from facilitation.groups.settings import Group
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Audience


class Table(NamedTuple):
    """A group as a table: its number, how many sit there and how many of them are here."""

    number: int
    group: Group
    seated: int
    here: int
    free: int | None  # None: as many as like


class Seat(NamedTuple):
    """Somebody at a table: by name where that is known, else by their function."""

    label: str
    function: str
    here: bool


class Clock(NamedTuple):
    """How long it takes: from when to when as planned, and how much was added."""

    began: datetime
    ends: datetime
    extended: int  # minutes
    running: bool


def tables(state: State, look: Look) -> tuple[Table, ...]:
    return tuple(_table(state, look, number, group) for number, group in enumerate(state.config.groups, 1))


def table(state: State, look: Look, group: str) -> Table:
    found = ((number, it) for number, it in enumerate(state.config.groups, 1) if it.id == group)
    return _table(state, look, *next(found))


def _table(state: State, look: Look, number: int, group: Group) -> Table:
    members = state.members(group.id)
    free = None if group.capacity is None else max(0, group.capacity - len(members))
    shown = group if look.audience in (Audience.GROUP, Audience.DESK) else group._replace(link="")
    return Table(number, shown, len(members), sum(is_here(look, person) for person in members), free)


def seat(look: Look, person: str) -> Seat:
    known = look.people.get(person)
    function = (known.function or known.role.value) if known else ""
    return Seat(look.author(person), function, is_here(look, person))


def is_here(look: Look, person: str) -> bool:
    presence = look.roster.joined.get(person)
    return presence is not None and presence.here


def clock(state: State, group: str = "") -> Clock | None:
    ends = state.until(group)
    if state.started is None or ends is None:
        return None
    extended = (state.extended + (state.extra[group] if group else 0)) // 60
    return Clock(state.started, ends, extended, state.is_running)
