"""The space of one group (Gruppenraum): task, clock, table, notes, result, help.  Only its members see it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from facilitation.groups import gallery
from facilitation.groups.guide import steering
from facilitation.groups.leading import Remark
from facilitation.groups.plates import Clock, Seat, Table, clock, numbers, seat, table
from facilitation.groups.said import Call, Note, Result, Told
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Slot, View

NEWEST = 3
ABOVE = ("task", "mine-way", "told", "clock", "help", "leader", "seating")
BELOW = ("belongs", "released", "handing", "finished")


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


class Timing(NamedTuple):
    """The clock of a group; in the last moments, until when they can hold it at most."""

    clock: Clock
    group: str
    last: datetime | None


class Before(NamedTuple):
    """What an earlier round wrote at the same table."""

    round: str
    lines: tuple[str, ...]
    result: Result | None


class Brought(NamedTuple):
    """A group that sits here: its number and its result; its notes stand in a slot."""

    number: int
    group: str
    result: Result | None


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
    others: tuple[gallery.Outcome, ...]  # what others handed in, to read as long as one waits


def space(state: State, look: Look) -> View:
    group, config = look.group, state.config
    seats = {f"seat-{state.numbers[person]}": seat(look, person) for person in state.members(group)}
    there, scribe = table(state, look, group), state.scribes.get(group)
    lines, before, brought = _lines(state, look, group), tuple(_before(look)), _brought(state, look)
    above = (*ABOVE, *(["before"] if before else []), "lines", *(it for it in brought if it.startswith("brought-")))
    results = gallery.phone(state, look)  # also where a group still may hand in
    return {
        "": Slot((*above, *BELOW, *gallery.tops(results), "mine-place")),
        "task": Task(there, look.title, state.is_running, state.ended is not None),
        "told": _told(state, group),
        "clock": _timing(state, group),
        "help": Help(group, there.group.link, state.is_running, _calls(state, group)),
        "seating": Seating(there, seat(look, scribe) if scribe else None, config.scribe, state.is_running),
        "seats": Slot(seats),
        **({"before": before} if before else {}),
        "lines": Writing(group, state.is_running, len(lines), look.names),
        "notes": Slot(lines),
        "leader": steering(state, look, group),
        "belongs": group,
        "belongings": Slot(),  # the room knows what belongs to it
        "released": _released(state, look, group),
        "handing": _handing(state, look, group),
        "finished": _finished(state, look, group),
        **seats,
        **lines,
        **brought,
        **results,
    }


def _lines(state: State, look: Look, group: str) -> dict[str, Line]:
    """The notes of a group, as parts."""
    return {
        f"note-{it.ref}": Line(it, state.is_running)
        for it in state.notes.values()
        if it.group == group and it.ref not in look.hidden
    }


def _released(state: State, look: Look, group: str) -> tuple[Remark, ...]:
    """What whoever leads it noted for the minutes."""
    return tuple(it for it in state.leading.of(group) if it.released and it.ref not in look.hidden)


def _before(look: Look) -> Iterator[Before]:
    """What earlier rounds wrote at this table, the first round first; nothing that is hidden or redacted."""
    for title, state, hidden, _ in reversed(look.earlier):
        if isinstance(state, State):
            notes = (note for note in state.notes.values() if note.group == look.group)
            lines = tuple(note.text for note in notes if note.text and note.ref not in hidden)
            result = _readable(state.results.get(look.group), hidden)
            if lines or result:
                yield Before(title, lines, result)


def _brought(state: State, look: Look) -> View:
    """What the groups that sit here have brought with them."""
    parts: View = {}
    for group in state.merged.brought(look.group):
        lines = _lines(state, look, group)
        result = _readable(state.results.get(group), look.hidden)
        parts |= {f"brought-{group}": Brought(numbers(state)[group], group, result)}
        parts |= {f"notes-{group}": Slot(lines)} | lines
    return parts


def _readable(result: Result | None, hidden: Mapping[str, str]) -> Result | None:
    return result if result and result.text and result.ref not in hidden else None


def _timing(state: State, group: str) -> Timing | None:
    timing = clock(state, group) if state.is_running else None
    return Timing(timing, group, state.ending.last) if timing else None


def _finished(state: State, look: Look, group: str) -> Finished:
    done = state.is_running and group in state.finished
    others = tuple(it for it in gallery.outcomes(state, look) if it.result.group != group) if done else ()
    return Finished(group, state.is_running, group in state.finished, group in state.results, others)


def _calls(state: State, group: str) -> tuple[Call, ...]:
    """Those of the groups that sit here, too."""
    return tuple(call for it in (group, *state.merged.brought(group)) for call in state.calling(it))


def _told(state: State, group: str) -> tuple[Told, ...]:
    """The newest first."""
    return tuple(told for told in reversed(state.told) if state.merged.place(told.group) in ("", group))[:NEWEST]


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
