"""What becomes of a wish in a round of groups: facts, or a reason why not."""

from typing import Any

from facilitation.activity import REVISES
from facilitation.groups import forming
from facilitation.groups.commands import (
    Assign,
    Call,
    Done,
    Enter,
    Extend,
    Finish,
    HandIn,
    Helped,
    Leave,
    Move,
    Note,
    Rewrite,
    Scribe,
    Start,
    Take,
    Tell,
)
from facilitation.groups.state import State, points
from facilitation.record import Actor, Fact, Refused, StaffCommand

LONGEST, SHORT = 10_000, 500  # code points: of a note or a result, of what is called out


def decide(state: State, command: Any, actor: Actor) -> list[Fact]:
    if group := getattr(command, "group", ""):
        _check_known(state, group)
    match command:
        case StaffCommand():
            return _steering(state, command)
        case Leave():
            return [Fact("groups.left")]
        case Enter(group=group):
            return [_entering(state, group, actor)]
    return [_working(state, command)]


def _working(state: State, command: Any) -> Fact:
    """What members do in their group."""
    match command:
        case Note(group=group, text=text):
            _check_length(text, LONGEST)
            return Fact("groups.noted", {"group": group, "text": text}, contribution=True)
        case Rewrite():
            return _rewriting(state, command)
        case HandIn():
            return _handing_in(state, command)
        case Call(group=group, text=text):
            _check_length(text, SHORT)
            return Fact("groups.called", {"group": group, "text": text}, contribution=True)
        case Scribe(group=group):
            return Fact("groups.scribed", {"group": group})
        case Done(group=group, done=done):
            return Fact("groups.finished", {"group": group, "done": done})
    raise AssertionError(command)


def _check_known(state: State, group: str) -> None:
    if group not in state.groups:
        raise Refused("groups.invalid", why="unknown_group")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("groups.too_long", most=most)


def _entering(state: State, group: str, actor: Actor) -> Fact:
    """Whoever is in a group already may stay there, however full it is."""
    if state.seats.get(actor.id) != group and state.is_full(group):
        raise Refused("groups.over_limit", most=state.groups[group].capacity)
    return Fact("groups.entered", {"group": group})


def _rewriting(state: State, command: Rewrite) -> Fact:
    note = state.notes.get(command.note)
    if note is None or note.group != command.group:
        raise Refused("groups.invalid", why="unknown_note")
    _check_length(command.text, LONGEST)
    return Fact("groups.rewritten", {REVISES: note.ref, "group": note.group, "text": command.text})


def _handing_in(state: State, command: HandIn) -> Fact:
    if not state.is_running and command.group not in state.late:
        raise Refused("groups.not_open")
    if len(points(command.points)) > state.config.points:
        raise Refused("groups.invalid", why="points", most=state.config.points)
    for text in (command.text, command.points):
        _check_length(text, LONGEST)
    data = {"group": command.group, "text": command.text, "answer": command.points}
    earlier = state.results.get(command.group)
    if earlier is None:
        return Fact("groups.handed_in", data, contribution=True)
    return Fact("groups.handed_in", {REVISES: earlier.ref} | data)


def _steering(state: State, command: StaffCommand) -> list[Fact]:
    match command:
        case Start(minutes=minutes):
            return [Fact("groups.started", {"minutes": minutes or state.config.minutes}), Fact("activity.opened")]
        case Finish():
            return [Fact("groups.ended"), Fact("activity.closed")]
        case Take() | Helped():
            return [_helping(state, command)]
        case forming.Propose() | forming.Shift() | forming.Discard() | forming.Publish():
            return [forming.decide(state, command)]
    return [_arranging(state, command)]


def _arranging(state: State, command: Any) -> Fact:
    """What staff says of groups: who is in which, how much time they have, what they should know."""
    only = {"group": command.group} if getattr(command, "group", "") else {}
    match command:
        case Assign(groups=groups):
            forming.check_dealt(state, groups, [])
            return Fact("groups.assigned", {"groups": groups})
        case Move():
            return Fact("groups.moved", {"person": command.named.id} | only)
        case Extend(seconds=seconds):
            return Fact("groups.extended", {"seconds": seconds} | only)
        case Tell(text=text):
            _check_length(text, SHORT)
            return Fact("groups.told", {"text": text} | only)
    return Fact("groups.opened_late", only)


def _helping(state: State, command: Take | Helped) -> Fact:
    call = state.calls.get(command.call)
    if call is None:
        raise Refused("groups.invalid", why="unknown_call")
    if isinstance(command, Helped):
        return Fact("groups.helped", {"call": call.ref, "group": call.group})
    if call.taken or call.done:
        raise Refused("groups.already_voted")
    return Fact("groups.taken", {"call": call.ref, "group": call.group})
