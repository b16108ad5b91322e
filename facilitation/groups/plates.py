"""Who sits at a table, and its clock, as every screen shows them."""

from datetime import datetime
from typing import NamedTuple

from facilitation.groups.settings import Group
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Audience


class Table(NamedTuple):
    """A group as a table: its number, how many sit there and how many of them are here.

    `place` is the number of the group that it sits with, 0 where it is by itself.
    """

    number: int
    group: Group
    seated: int
    here: int
    free: int | None  # None: as many as like
    place: int = 0


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
    closing: bool = False  # all are called into the plenary, and the end is when it closes


def tables(state: State, look: Look) -> tuple[Table, ...]:
    """All of them, looking once at who sits where: the desk has them in every picture."""
    members: dict[str, list[str]] = {group: [] for group in state.groups}
    for person, group in state.seats.items():
        members[group].append(person)
    groups = enumerate(legible(state, look), 1)
    return tuple(_table(state, look, number, group, members[group.id]) for number, group in groups)


def table(state: State, look: Look, group: str) -> Table:
    return _table(state, look, numbers(state)[group], legible_one(state, look, group), state.members(group))


def numbers(state: State) -> dict[str, int]:
    return {group: number for number, group in enumerate(state.groups, 1)}


def legible(state: State, look: Look) -> tuple[Group, ...]:
    """All groups as they may be read."""
    return tuple(legible_one(state, look, group) for group in state.groups)


def legible_one(state: State, look: Look, group: str) -> Group:
    """A group without what somebody wrote of it that is hidden."""
    known = state.groups[group]
    if look.is_staff or state.refs.get(group, "") not in look.hidden:
        return known
    return known._replace(title=f"Gruppe {numbers(state)[group]}", topic="", task="", material="", place="", link="")


def _table(state: State, look: Look, number: int, group: Group, members: list[str]) -> Table:
    free = None if group.capacity is None else max(0, group.capacity - len(members))
    shown = group if look.audience in (Audience.GROUP, Audience.DESK) else group._replace(link="")
    here = sum(is_here(look, person) for person in members)
    place = numbers(state)[state.merged.place(group.id)] if group.id in state.merged.into else 0
    return Table(number, shown, len(members), here, free, place)


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
    if state.ending.called and state.ending.closes:
        return Clock(state.ending.called, state.ending.closes, extended, state.is_running, closing=True)
    return Clock(state.started, ends, extended, state.is_running)
