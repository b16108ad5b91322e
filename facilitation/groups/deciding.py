"""What becomes of a wish in a round of groups: facts, or a reason why not."""

from collections.abc import Callable
from typing import Any

from facilitation.activity import REVISES
from facilitation.groups import equipping, forming, harvest, harvesting, leading
from facilitation.groups.adding import Add, add
from facilitation.groups.choosing import Settle, Wish, advance, settle, wish
from facilitation.groups.commands import (
    Assign,
    Call,
    Done,
    Enter,
    Extend,
    Finish,
    HandIn,
    Helped,
    Hold,
    Leave,
    Move,
    Note,
    Rewrite,
    Scribe,
    Start,
    Take,
    Tell,
)
from facilitation.groups.ending import finish
from facilitation.groups.merging import Merge, Pair, Split, check_apart, merge
from facilitation.groups.said import points
from facilitation.groups.state import State
from facilitation.record import Actor, Command, Fact, Refused, StaffCommand

LONGEST, SHORT = 10_000, 500  # code points: of a note or a result, of what is called out

APART: dict[type[Command], Callable[[State, Any, Actor], list[Fact]]] = {  # what is decided in a module of its own
    **dict.fromkeys(equipping.COMMANDS.values(), equipping.decide),
    **dict.fromkeys(forming.COMMANDS.values(), forming.decide),
    **dict.fromkeys(leading.COMMANDS.values(), leading.decide),
    **dict.fromkeys(harvest.COMMANDS.values(), harvesting.decide),
}


def decide(state: State, command: Any, actor: Actor) -> list[Fact]:
    if group := getattr(command, "group", ""):
        _check_known(state, group)
    if decided := APART.get(type(command)):
        return decided(state, command, actor)
    match command:
        case Add() | Enter() | Wish():
            return _choosing(state, command, actor)
        case Merge() | Pair() | Split() | Settle() | Move():
            return _seating(state, command)
        case StaffCommand():
            return _steering(state, command)
        case Hold(group=group):
            return [Fact("groups.held", {"group": group})]
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


def _choosing(state: State, command: Add | Enter | Wish, actor: Actor) -> list[Fact]:
    """Offer a group, wish, come or go.  Whoever is in a group already may stay there, however full it is."""
    if isinstance(command, Add):
        return add(state, command, actor)
    if isinstance(command, Wish):
        return wish(state, command)
    if isinstance(command, Leave):
        return [Fact("groups.left"), *advance(state, actor.id)]
    group = command.group
    check_apart(state, group)
    if state.seats.get(actor.id) == group or not state.is_full(group):
        return [Fact("groups.entered", {"group": group}), *advance(state, actor.id, group)]
    if state.config.mode != "self_select":
        raise Refused("groups.over_limit", most=state.groups[group].capacity)
    return [Fact("groups.queued", {"group": group})]


def _seating(state: State, command: Merge | Pair | Split | Settle | Move) -> list[Fact]:
    """What staff does with those who sit somewhere, and who sit nowhere."""
    match command:
        case Settle():
            return settle(state, command)
        case Move(group=group):
            check_apart(state, group)
            who = command.named.id
            return [Fact("groups.moved", {"person": who, "group": group}), *advance(state, who, group)]
    return merge(state, command)


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
        case Finish(soft=soft):
            return finish(state.ending, running=state.is_running, soft=soft)
        case Take() | Helped():
            return [_helping(state, command)]
    return [_arranging(state, command)]


def _arranging(state: State, command: Any) -> Fact:
    """What staff says of groups: who begins in which, how much time they have, what they should know."""
    only = {"group": command.group} if getattr(command, "group", "") else {}
    match command:
        case Assign(groups=groups):
            forming.check_dealt(state, groups, [])
            return Fact("groups.assigned", {"groups": groups})
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
