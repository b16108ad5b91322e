"""Steering (Regie): what is done to activities, agenda and stage by those who run the workshop.

The same for every kind.  Opening, closing, showing and blanking are four actions.
"""

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from facilitation.activity import Activity, Phase
from facilitation.agenda import Cursor, Step
from facilitation.moments import after, later
from facilitation.record import CLOCK, Command, Envelope, Fact, Refused, StaffCommand
from facilitation.stage import RESULT

if TYPE_CHECKING:
    from facilitation.room import Room


class Open(StaffCommand):
    led = True
    seconds: Annotated[int | None, Field(ge=5, le=86_400)] = None  # a timer that closes; None: closed by hand


class Close(StaffCommand):
    led = True


class Extend(StaffCommand):
    seconds: Annotated[int, Field(ge=-3600, le=86_400)] = 60


class Show(StaffCommand):
    view: str
    item: str = ""


class Darken(StaffCommand):
    """Blank the stage, or bring back what was there."""

    blank: bool = True


class Ticker(StaffCommand):
    """Let the newest headlines of an activity run below whatever the stage shows, or stop that."""

    on: bool = True


class Theme(StaffCommand):
    dark: bool


class Advance(StaffCommand):
    """*Weiter*: to the next stop of the agenda, or to `step`."""

    step: str | None = None


class End(StaffCommand):
    """The workshop is over: what is still open closes, what is anonymous is sealed."""

    confirmed: Literal[True]


COMMANDS: dict[str, type[Command]] = {
    "open": Open,
    "close": Close,
    "extend": Extend,
    "show": Show,
    "darken": Darken,
    "theme": Theme,
    "ticker": Ticker,
    "advance": Advance,
    "end": End,
}


def decide(room: "Room", envelope: Envelope, command: Command) -> list[Fact]:
    """The facts of a permitted command of the desk."""
    match command:
        case Show():
            return show(room, envelope.activity, command)
        case Darken() | Ticker() | Theme():
            return setting(room, envelope.activity, command)
        case Advance():
            return advance(room, envelope, command)
        case End():
            return end(room)
    return _timing(room.activity(envelope.activity), envelope, command)


def setting(room: "Room", target: str, command: Darken | Ticker | Theme) -> list[Fact]:
    """What surrounds the picture on the stage: dark or not, headlines below it or none."""
    match command:
        case Darken(blank=blank):
            return [Fact("stage.blanked", {"blank": blank}, activity="stage"), *(_covers(room) if blank else [])]
        case Ticker(on=on):
            return [Fact("stage.ticked", {"ticker": room.activity(target).id if on else ""}, activity="stage")]
    return [Fact("stage.themed", {"dark": command.dark}, activity="stage")]


def _timing(activity: Activity, envelope: Envelope, command: Command) -> list[Fact]:
    match command:
        case Open(seconds=seconds):
            return opening(activity, envelope, seconds)
        case Extend(seconds=seconds):
            return extending(activity, envelope, seconds)
        case Close():
            if envelope.by == CLOCK.id and (not activity.is_open or activity.accepts(envelope.when)):
                raise Refused("activity.invalid", why="not_due")  # somebody closed or extended it meanwhile
            return (parting(activity) if envelope.by != CLOCK.id else None) or closing(activity)
    raise AssertionError(command)


def opening(activity: Activity, envelope: Envelope, seconds: int | None) -> list[Fact]:
    if activity.sealed:
        raise Refused("activity.sealed")
    ends = {"ends": after(envelope.when, timedelta(seconds=seconds)).isoformat()} if seconds else {}
    return [Fact("activity.opened", ends, activity=activity.id)]


def parting(activity: Activity) -> list[Fact] | None:
    """What lets people write to the end before it closes by its clock; None where there is nobody to wait for."""
    found = getattr(activity.kind, "parting", None)
    facts = found(activity.state) if found else None
    return None if facts is None else [replace(fact, activity=activity.id) for fact in facts]


def closing(activity: Activity) -> list[Fact]:
    """It takes no more input.  What everybody sees from now on is final."""
    return [*_closed(activity), *(_final(activity) if activity.shown or activity.reveals else [])]


def _closed(activity: Activity) -> list[Fact]:
    shown = [Fact("activity.shown", activity=activity.id)] if activity.reveals else []
    return [Fact("activity.closed", activity=activity.id), *shown]


def extending(activity: Activity, envelope: Envelope, seconds: int) -> list[Fact]:
    if not activity.is_open:
        raise Refused("activity.not_open")
    if activity.steered:
        raise Refused("activity.invalid", why="own_clock")
    ends = after(later(activity.ends or envelope.when, envelope.when), timedelta(seconds=seconds))
    return [Fact("activity.extended", {"ends": later(ends, envelope.when).isoformat()})]


def show(room: "Room", target: str, command: Show) -> list[Fact]:
    """Put a picture on the stage.  The shown result of a closed anonymous activity is final: it is sealed."""
    shown: dict[str, str] = {"target": target, "view": command.view} | ({"item": command.item} if command.item else {})
    facts = [Fact("stage.shown", shown, activity="stage"), *_covers(room)]
    activity = room.activities.get(target)
    if activity and command.view == RESULT:
        facts.append(Fact("activity.shown", activity=target))
        if activity.phase is Phase.CLOSED:
            facts += _final(activity)
    return facts


def _covers(room: "Room") -> list[Fact]:
    """A running result is seen only as long as the stage shows it: a mistake is taken back by blanking."""
    running = (activity for activity in room.activities.values() if activity.shown and activity.is_open)
    return [Fact("activity.covered", activity=activity.id) for activity in running]


def _final(activity: Activity) -> list[Fact]:
    """What becomes of an activity that is closed and whose result is shown: it is final unless more is to be given."""
    unfinished = getattr(activity.kind, "unfinished", None)
    if activity.names != "anonymous" or (unfinished and unfinished(activity.state)):
        return []
    return sealing(activity)


def sealing(activity: Activity) -> list[Fact]:
    """Only the figures remain of what was given anonymously, be it one question among named ones."""
    if activity.sealed:
        return []
    figures = {"figures": activity.remains()}
    return [Fact("activity.sealed", figures, activity=activity.id, unveils=True)]


def advance(room: "Room", envelope: Envelope, command: Advance) -> list[Fact]:
    """One click sets all screens: what was open here closes (softly, where people write), the stage follows."""
    agenda = room.agenda
    if command.step is None:
        cursor = agenda.next
    elif step := agenda.step(command.step):
        cursor = Cursor(step.id, step.activities[0] if step.activities else "")
    else:
        raise Refused("agenda.invalid")
    if cursor is None:
        raise Refused("agenda.at_the_end")
    left = room.activities.get(agenda.cursor.activity) if agenda.cursor else None
    left = None if left and left.id == cursor.activity else left  # it goes on in another step
    facts = [Fact("agenda.advanced", cursor._asdict(), activity="agenda")]
    if left and left.is_open and left.kind.page == "now":
        soft = parting(left)
        facts = [*((closing(left) if left.reveals else _closed(left)) if soft is None else soft), *facts]
    facts = [*_leaving(room, cursor.activity), *facts]
    step, entered = agenda.step(cursor.step), room.activities.get(cursor.activity)
    if step and entered:
        facts += entering(room, step, entered, envelope)
    view = "question" if entered else "join_qr" if step and step.type == "lobby" else "step"
    return [*facts, *show(room, cursor.activity or cursor.step, Show(view=view))]


def _leaving(room: "Room", entered: str = "") -> list[Fact]:
    """What goes on after closing as long as its step lasts ends when the day goes on elsewhere."""
    found = [(it, leaving) for it in room.activities.values() if (leaving := getattr(it.kind, "leaving", None))]
    return [replace(fact, activity=it.id) for it, leaving in found if it.id != entered for fact in leaving(it.state)]


def entering(room: "Room", step: Step, activity: Activity, envelope: Envelope) -> list[Fact]:
    """What *Weiter* does to an activity as its step says: open it, let it enter a phase."""
    opens = step.opens and not activity.is_open and not activity.sealed
    facts = opening(activity, envelope, None) if opens else []
    if step.phase and (phase := activity.kind.commands.get("phase")):
        wish = phase.model_validate_json(json.dumps({"phase": step.phase}))
        granted = activity.kind.decide(activity.state, wish, activity.actor(room.person(envelope.by), envelope.salt))
        facts += [replace(fact, activity=activity.id) for fact in granted]
    return facts


def end(room: "Room") -> list[Fact]:
    facts = [fact for activity in room.activities.values() if activity.is_open for fact in _closed(activity)]
    for activity in room.activities.values():
        facts += sealing(activity) if activity.key else []
    thanks = Fact("stage.shown", {"target": "end", "view": "thanks"}, activity="stage")
    return [*_leaving(room), *facts, Fact("workshop.ended", activity="agenda"), thanks]
