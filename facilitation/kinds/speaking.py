"""Speaking (Redeliste, Fishbowl): who wants the floor, who sits in the inner circle, who speaks and for how long.

People ask whether it is open or not.  Whose turn it is, staff says; the arguments are written down at the desk, and
whoever listens reacts to them in a word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from facilitation import circle, floor, reactions
from facilitation.activity import REVISES
from facilitation.circle import MyRequest
from facilitation.floor import Rule, State
from facilitation.kind import Look
from facilitation.naming import Naming
from facilitation.reactions import React
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, View
from facilitation.stage import RESULT
from facilitation.texts import Text

name = "speaking"
page = "now"

MOST = 2_000  # code points of an argument

Config = floor.Settings


class Request(Command):
    """To want the floor (Wortmeldung); asking again changes nothing."""

    timed = False  # the script format takes it at any time


class Retract(Command):
    """To want it no more; who never wanted it changes nothing."""

    timed = False


class Rise(Command):
    """To leave one's own seat."""

    timed = False


class Turn(Naming, StaffCommand):
    """Give somebody the floor; whoever speaks ends.  `seconds`, where they are known: how long, for good."""

    seconds: Annotated[int | None, Field(ge=0, le=86_400)] = None


class Finish(StaffCommand):
    """Nobody speaks any more."""


class Seat(Naming, StaffCommand):
    """Invite somebody to an empty seat."""


class Vacate(Naming, StaffCommand):
    pass


class Prefer(Naming, StaffCommand):
    """Call somebody first of those who wait; who waits no more changes nothing."""


class Order(StaffCommand):
    rule: Rule


class Argue(StaffCommand):
    """Write an argument down."""

    list: str
    text: Text


class Revise(StaffCommand):
    """Put an argument into better words, or into another list."""

    argument: str
    list: str
    text: Text


commands: dict[str, type[Command]] = {
    "react": React,
    "request": Request,
    "retract": Retract,
    "rise": Rise,
    "turn": Turn,
    "finish": Finish,
    "seat": Seat,
    "vacate": Vacate,
    "prefer": Prefer,
    "order": Order,
    "argue": Argue,
    "revise": Revise,
}
OWN = {Request: "speaking.requested", Retract: "speaking.retracted", Rise: "speaking.risen"}
NAMING = {Turn: "speaking.given", Seat: "speaking.seated", Vacate: "speaking.vacated", Prefer: "speaking.preferred"}


def begin(config: floor.Settings) -> State:
    return State(config, chairs=[None] * config.chairs)


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    match command:
        case Argue() | Revise():
            return [_written(state, command)]
        case Order(rule=rule):
            return [Fact("speaking.ordered", {"rule": rule})]
        case Finish():
            return [Fact("speaking.finished")]
    if state.sealed:
        raise Refused("speaking.sealed")
    if isinstance(command, React):
        _check_argument(state, command.on)
        return [state.reactions.granted(name, command, actor, state.config.names)]
    if isinstance(command, Naming):
        return [_naming(state, command)]
    return [_veiled(state, Fact(OWN[type(command)]))]


def _naming(state: State, command: Naming) -> Fact:
    person = command.named.id
    if isinstance(command, Seat) and person not in state.seated and all(state.chairs):
        raise Refused("speaking.invalid", why="no_seat")
    said: Data = {}
    if isinstance(command, Turn) and command.seconds is not None:
        said["seconds"] = command.seconds
    return _veiled(state, Fact(NAMING[type(command)], {"person": person}), said)


def _veiled(state: State, fact: Fact, said: Data | None = None) -> Fact:
    """The fact with what else is said; where it is anonymous, what leads to somebody behind the veil."""
    if state.config.names == "anonymous":
        return replace(fact, data=said or {}, veil=fact.data)
    return replace(fact, data=fact.data | (said or {}))


def _written(state: State, command: Argue | Revise) -> Fact:
    if isinstance(command, Revise):
        _check_argument(state, command.argument)
    if command.list not in {heading.id for heading in state.config.lists}:
        raise Refused("speaking.invalid", why="unknown_list")
    if len(command.text) > MOST:
        raise Refused("speaking.too_long", most=MOST)
    said = {"list": command.list, "text": command.text}
    if isinstance(command, Revise):
        return Fact("speaking.revised", {REVISES: command.argument} | said)
    return Fact("speaking.argued", said, contribution=True)


def _check_argument(state: State, ref: str) -> None:
    if ref not in state.arguments:
        raise Refused("speaking.invalid", why="unknown_argument")


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.DESK:
            return circle.desk(state, look, MOST)
        case Audience.STAGE:
            return circle.board(state, look) if look.view == RESULT else circle.stage(state, look)
        case _:
            return circle.phone(state, look)


def mine(state: State, actor: Actor, look: Look) -> View:
    request = state.requests.get(actor.id)
    form = MyRequest(
        since=request.made if request else None,
        seated=actor.id in state.seated,
        speaking=state.turn is not None and state.turn.person == actor.id,
        circle=state.config.chairs > 0,
        open=look.open,
        names=look.names,
    )
    shown = {argument.ref for argument in state.arguments} - look.hidden.keys()
    given = reactions.marks(actor.id, state.reactions, state.config.reactions, shown)
    waits = [(f"waits-{request.at}", "own")] if request else []
    return {"mine-request": form, "marks": Marks([*waits, *given])}


def rows(state: State, look: Look) -> Iterator[Data]:
    """The arguments in the order of writing, nobody's name; what is hidden, with the reason, only for staff."""
    titles = dict(state.config.lists)
    for argument in state.arguments:
        hidden = look.hidden.get(argument.ref, "")
        if look.is_staff or not hidden:
            given = state.reactions.counts.get(argument.ref, {})
            words = {"text": argument.text, "reactions": given, "hidden": hidden}
            yield {"ref": argument.ref, "list": titles[argument.list], **words}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures()
