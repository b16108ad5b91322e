"""The space of one group (Gruppenraum): task, clock, table, notes, result, help.  Only its members see it."""

from typing import NamedTuple

from facilitation.groups import gallery
from facilitation.groups.plates import Clock, Seat, Table, clock, seat, table
from facilitation.groups.state import Call, Note, Result, State, Told
from facilitation.kind import Look
from facilitation.screen import Slot, View

NEWEST = 3


class Task(NamedTuple):
    table: Table
    round: str  # title of the activity
    running: bool
    ended: bool


class Help(NamedTuple):
    """The way to the talk, and to help."""

    group: str
    link: str
    running: bool
    calls: tuple[Call, ...]


class Seating(NamedTuple):
    table: Table
    scribe: Seat | None
    minuted: bool  # there is somebody who takes the minutes
    running: bool


class Line(NamedTuple):
    note: Note
    running: bool


class Writing(NamedTuple):
    """The form for another line."""

    group: str
    running: bool
    lines: int
    names: str


class Handing(NamedTuple):
    """The form for the result, with what is handed in."""

    group: str
    open: bool
    late: bool
    points: int
    minuted: bool
    result: Result | None
    hidden: str
    names: str


class Finished(NamedTuple):
    group: str
    running: bool
    done: bool
    handed_in: bool


def space(state: State, look: Look) -> View:
    group, config = look.group, state.config
    lines = {
        f"note-{it.ref}": Line(it, state.is_running)
        for it in state.notes.values()
        if it.group == group and it.ref not in look.hidden
    }
    seats = {f"seat-{state.numbers[person]}": seat(look, person) for person in state.members(group)}
    there, scribe = table(state, look, group), state.scribes.get(group)
    results = gallery.phone(state, look)  # also where a group still may hand in
    return {
        "": Slot(
            (
                "task",
                "told",
                "clock",
                "help",
                "seating",
                "lines",
                "handing",
                "finished",
                *gallery.tops(results),
                "mine-place",
            )
        ),
        "task": Task(there, look.title, state.is_running, state.ended is not None),
        "told": _told(state, group),
        "clock": _clock(state, group),
        "help": Help(group, there.group.link, state.is_running, tuple(state.calling(group))),
        "seating": Seating(there, seat(look, scribe) if scribe else None, config.scribe, state.is_running),
        "seats": Slot(seats),
        "lines": Writing(group, state.is_running, len(lines), look.names),
        "notes": Slot(lines),
        "handing": _handing(state, look, group),
        "finished": Finished(group, state.is_running, group in state.finished, group in state.results),
        **seats,
        **lines,
        **results,
    }


def _clock(state: State, group: str) -> Clock | None:
    return clock(state, group) if state.is_running else None


def _told(state: State, group: str) -> tuple[Told, ...]:
    """The newest first."""
    return tuple(told for told in reversed(state.told) if told.group in ("", group))[:NEWEST]


def _handing(state: State, look: Look, group: str) -> Handing:
    result = state.results.get(group)
    return Handing(
        group=group,
        open=state.is_running or group in state.late,
        late=group in state.late,
        points=state.config.points,
        minuted=state.config.scribe,
        result=result,
        hidden=look.hidden.get(result.ref, "") if result else "",
        names=look.names,
    )
