"""The desk (Regie) as a picture: run sheet, stage and preview, console, participation, what comes in.

The preview is drawn by the same code as the stage.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from facilitation import staging
from facilitation.activity import Activity, Phase
from facilitation.agenda import Step
from facilitation.belonging import is_furnishable
from facilitation.pictures import Picture, Piece, framed, look
from facilitation.plenum import expected, invited
from facilitation.room import Room
from facilitation.screen import Audience, Slot
from facilitation.stage import RESULT
from facilitation.steering import parting

AT = "desk."


class RunActivity(NamedTuple):
    id: str
    title: str
    state: str  # planned, open, closed, shown, sealing, sealed
    focused: bool


class RunStep(NamedTuple):
    """One line of the run sheet: planned or real start, and by how many minutes it is late."""

    id: str
    starts: datetime
    title: str
    minutes: int
    late: int
    phase: str  # past, now or next
    activities: tuple[RunActivity, ...]
    guide: str = ""  # what to do and to say, as long as it is this one's turn


class RunSheet(NamedTuple):
    steps: tuple[RunStep, ...]
    ends: datetime | None
    beside: tuple[RunActivity, ...]  # activities in no step


class Head(NamedTuple):
    title: str
    state: str
    began: datetime | None
    ends: datetime | None


class Console(NamedTuple):
    """Which keys do what now.  `activity` is "" where nothing is in focus."""

    activity: str
    kind: str
    state: str
    shown: bool
    blank: bool
    soft: bool  # closing lets people write to the end first
    next: str  # what *Weiter* leads to, "" at the end
    parts: bool  # *Weiter* lets people write to the end
    began: datetime | None
    timed: bool  # it closes by a clock
    since: datetime | None


class Belongs(NamedTuple):
    """To which group of which round an activity belongs, and to which it can be given."""

    activity: str
    rounds: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]  # id, title, its groups, the one that has it


class Hall(NamedTuple):
    """Who is here, and how the door stands."""

    here: int
    invited: int
    waiting: int
    door: str
    dark: bool
    ended: bool


def desk(room: Room, focus: str = "") -> Picture:
    """The whole desk; `focus` is the activity whose keys the console offers, else the one the day is at."""
    activity = room.activities.get(focus) or _focused(room)
    picture: Picture = {
        f"{AT}name": Piece("desk", AT, "name", room.workshop.title),
        f"{AT}when": Piece("desk", AT, "when", _late(room)),
        f"{AT}run": Piece("desk", AT, "run", _run(room, activity)),
        f"{AT}head": Piece("desk", AT, "head", _head(room, activity)),
        f"{AT}console": Piece("desk", AT, "console", _console(room, activity)),
        f"{AT}hall": Piece("desk", AT, "hall", _hall(room)),
    }
    picture |= staging.stage(room, "live.") | staging.preview(room, activity)
    work: list[str] = []
    incoming: list[str] = []
    for other in sorted(room.activities.values(), key=lambda a: (a is not activity, not a.is_open)):
        there = look(room, other, Audience.DESK)._replace(aside=other is not activity)
        parts, tops = framed(other, AT, other.kind.view(other.state, there))
        inbox = [top for top in tops if top.endswith(".inbox")]
        if other is activity:
            work = [*_belongs(room, other, picture), *(top for top in tops if top not in inbox)]
            picture |= parts
        elif other.phase is not Phase.PLANNED:
            picture |= {name: part for name, part in parts.items() if name not in tops or name in inbox}
        incoming += inbox if other.phase is not Phase.PLANNED else []
    return picture | {f"{AT}work": Slot(work), f"{AT}incoming": Slot(incoming)}


def _focused(room: Room) -> Activity | None:
    cursor = room.agenda.cursor
    if cursor and cursor.activity in room.activities:
        return room.activities[cursor.activity]
    running = [a for a in room.activities.values() if a.is_open and not room.belonging.reserved(a)]
    return next((a for a in running if a.kind.page == "now"), running[0] if running else None)


def state(activity: Activity) -> str:
    """One word for where it stands; what is open stays so, though its result be shown by mistake.

    "sealed" only once no file of the database holds what was deleted.
    """
    if activity.sealed:
        return "sealed" if activity.cleaned else "sealing"
    return "shown" if activity.shown and not activity.is_open else activity.phase.value


def _late(room: Room) -> int:
    """Minutes later (or, below zero, earlier) than planned."""
    return _minutes(room.agenda.delay)


def _minutes(lasting: timedelta) -> int:
    return round(lasting.total_seconds() / 60)


def _run(room: Room, focused: Activity | None) -> RunSheet:
    agenda = room.agenda
    current = agenda.steps.index(agenda.current) if agenda.current else -1
    steps = tuple(
        _step(room, step, "past" if n < current else "now" if n == current else "next", focused)
        for n, step in enumerate(agenda.steps)
    )
    planned = {id for step in agenda.steps for id in step.activities}
    beside = tuple(_line(a, focused) for a in room.activities.values() if a.id not in planned)
    return RunSheet(steps, expected(room, agenda.steps[-1].ends) if agenda.steps else None, beside)


def _step(room: Room, step: Step, phase: str, focused: Activity | None) -> RunStep:
    begun = room.agenda.begun.get(step.id)
    return RunStep(
        step.id,
        begun or expected(room, step.starts),
        step.title,
        _minutes(step.ends - step.starts),
        _minutes(begun - step.starts - room.agenda.offset) if begun else 0,
        phase,
        tuple(_line(room.activities[id], focused) for id in step.activities if id in room.activities),
        step.instruction if phase == "now" else "",
    )


def _line(activity: Activity, focused: Activity | None) -> RunActivity:
    return RunActivity(activity.id, activity.title, state(activity), activity is focused)


def _head(room: Room, activity: Activity | None) -> Head:
    if activity is None:
        step = room.agenda.current
        return Head(step.title if step else room.workshop.title, "", None, None)
    return Head(activity.title, state(activity), activity.began, activity.ends)


def _console(room: Room, activity: Activity | None) -> Console:
    after = room.agenda.next
    upcoming = room.agenda.step(after.step) if after else None
    goes_on = after and room.agenda.cursor and after.activity == room.agenda.cursor.activity  # in another step
    named = room.activities.get(after.activity) if after and not goes_on else None
    left = room.activities.get(room.agenda.cursor.activity) if room.agenda.cursor and not goes_on else None
    on_stage = activity and activity.shown and (room.stage.target, room.stage.view) == (activity.id, RESULT)
    return Console(
        activity=activity.id if activity else "",
        kind=activity.kind.name if activity else "",
        state=state(activity) if activity else "",
        shown=bool(on_stage),
        blank=room.stage.blank,
        soft=bool(activity and parting(activity)),
        parts=left is not None and parting(left) is not None,
        next=named.title if named else upcoming.title if upcoming else "",
        began=activity.began if activity else None,
        timed=bool(activity and activity.ends),
        since=room.stage.since,
    )


def _belongs(room: Room, activity: Activity, picture: Picture) -> list[str]:
    """Where there are groups: to which of them it belongs."""
    rounds = room.belonging.rounds
    if not rounds or not is_furnishable(activity):
        return []
    has = {place.round.id: place.group for place in room.belonging.places(activity)}
    told = tuple((it.id, it.title, room.belonging.groups(it), has.get(it.id, "")) for it in rounds)
    picture[f"{AT}belongs"] = Piece("desk", AT, "belongs", Belongs(activity.id, told))
    return [f"{AT}belongs"]


def _hall(room: Room) -> Hall:
    waiting = sum(presence.waiting for presence in room.roster.joined.values())
    return Hall(
        room.roster.heads,
        invited(room),
        waiting,
        room.roster.door.value,
        room.stage.dark,
        room.ended is not None,
    )
