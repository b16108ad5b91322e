"""The inner circle on each screen: plates, seats, who speaks and who is next, and the arguments."""

from datetime import datetime
from typing import NamedTuple

from facilitation import reactions
from facilitation.arguments import Argument, Heading
from facilitation.floor import Request, Rule, Share, State, Turn
from facilitation.kind import Look
from facilitation.screen import Slot, View


class Ask(NamedTuple):
    title: str
    names: str
    circle: bool  # there are seats
    open: bool


class Plate(NamedTuple):
    """A name plate (Namensschild): a name where names are given, and a role."""

    label: str
    role: str
    speaking: bool = False


class Place(NamedTuple):
    """A seat; `free` is for whoever comes.  `person` is known to the desk alone."""

    plate: Plate | None
    free: bool
    person: str = ""


class Speaker(NamedTuple):
    plate: Plate
    began: datetime
    ends: datetime


class Circle(NamedTuple):
    title: str
    speaker: Speaker | None
    places: tuple[Place, ...]
    next: tuple[Plate, ...]


class Waiting(NamedTuple):
    """Somebody who waits, at which place."""

    plate: Plate
    place: int
    circle: bool
    since: datetime | None = None
    person: str = ""


class Listed(NamedTuple):
    """A list with as many of its newest arguments as there is room for."""

    heading: Heading
    arguments: int
    newest: tuple[Argument, ...] = ()


class Board(NamedTuple):
    title: str
    lists: tuple[Listed, ...]


class MyRequest(NamedTuple):
    """What somebody can do: ask for the floor, take that back, leave their seat."""

    since: datetime | None
    seated: bool
    speaking: bool
    circle: bool
    open: bool
    names: str


class Floor(NamedTuple):
    """What the desk sees of the circle and of what the roles have had so far."""

    circle: Circle
    rule: Rule
    shares: tuple[Share, ...]
    waiting: int


class Pen(NamedTuple):
    """The form for an argument."""

    lists: tuple[Heading, ...]
    most: int
    arguments: int


class Minute(NamedTuple):
    """An argument at the desk; `hidden` is why nobody else sees it."""

    argument: Argument
    lists: tuple[Heading, ...]
    hidden: str
    given: tuple[tuple[str, int], ...] = ()  # words of those outside, and how often


def phone(state: State, look: Look) -> View:
    config = state.config
    waiting = {f"waits-{it.at}": _waits(it, n, state, look) for n, it in enumerate(_queue(state, look), 1)}
    parts: View = {
        "": Slot(("ask", "circle", "mine-request", "queue", *(f"list-{heading.id}" for heading in config.lists))),
        "ask": Ask(look.title, look.names, config.chairs > 0, look.open),
        "circle": _circle(state, look, 0),
        "queue": len(waiting),
        "waiting": Slot(waiting),
        **waiting,
    }
    for heading in config.lists:
        shown = {f"argument-{it.ref}": it for it in _filed(state, heading, look)}
        parts |= {f"list-{heading.id}": Listed(heading, len(shown)), f"arguments-{heading.id}": Slot(shown)} | shown
        for it in shown.values():
            parts |= reactions.below(it.ref, state.reactions.counts, config.reactions, look)
    return parts


def desk(state: State, look: Look, most: int) -> View:
    queue = _queue(state, look)
    calls = {f"call-{it.at}": _waits(it, n, state, look) for n, it in enumerate(queue, 1)}
    shares = tuple(share for share in state.shares(lambda person: _role(look, person)) if share.role)
    minutes: View = {
        f"minute-{it.ref}": Minute(it, state.config.lists, look.hidden.get(it.ref, ""), _given(state, it))
        for it in state.arguments.newest_first()
    }
    return {
        "": Slot(("desk-floor", "desk-invite", "desk-pen")),
        "desk-floor": Floor(_circle(state, look, 0), state.rule, shares, len(calls)),
        "calls": Slot(calls),
        "desk-invite": (state.config.chairs > 0, _people(look)),
        "desk-pen": Pen(state.config.lists, most, len(minutes)),
        "minutes": Slot(minutes),
        **calls,
        **minutes,
    }


def _given(state: State, it: Argument) -> tuple[tuple[str, int], ...]:
    """What those outside said to an argument, in the words of the settings."""
    given = state.reactions.counts.get(it.ref, {})
    return tuple((word, given[word]) for word in state.config.reactions if word in given)


def _people(look: Look) -> tuple[tuple[str, str], ...]:
    """Who can be invited by name."""
    here = [] if look.names == "anonymous" else look.roster.here
    return tuple(sorted(((person.id, person.label) for person in here), key=lambda person: person[1]))


def _queue(state: State, look: Look) -> list[Request]:
    return state.queue(lambda person: _role(look, person))


def _role(look: Look, person: str) -> str:
    """The office that somebody holds, else what they are here; "" where nobody may know who it is."""
    known = look.people.get(person)
    return (known.function or known.role.value) if known else ""


def _plate(look: Look, person: str, turn: Turn | None = None) -> Plate:
    return Plate(look.author(person), _role(look, person), turn is not None and turn.person == person)


def _circle(state: State, look: Look, following: int) -> Circle:
    turn = state.turn
    places = tuple(
        Place(
            _plate(look, chair.person, turn) if chair else None,
            n >= state.first_free,
            chair.person if chair and look.is_staff else "",
        )
        for n, chair in enumerate(state.chairs)
    )
    return Circle(
        title=look.title,
        speaker=Speaker(_plate(look, turn.person, turn), turn.began, turn.ends) if turn else None,
        places=places,
        next=tuple(_plate(look, it.by) for it in _queue(state, look)[:following]),
    )


def _waits(it: Request, place: int, state: State, look: Look) -> Waiting:
    waiting = Waiting(_plate(look, it.by), place, state.config.chairs > 0)
    return waiting._replace(since=it.made, person=it.by) if look.is_staff else waiting


def stage(state: State, look: Look) -> View:
    return {"": Slot(("stage-circle",)), "stage-circle": _circle(state, look, 1)}


def board(state: State, look: Look) -> View:
    """The lists on the stage: up to four stand side by side, more in two rows."""
    most = 12 if len(state.config.lists) <= 4 else 5
    filed = {heading: _filed(state, heading, look) for heading in state.config.lists}
    lists = tuple(Listed(heading, len(those), tuple(those[:most])) for heading, those in filed.items())
    return {"": Slot(("stage-board",)), "stage-board": Board(look.title, lists)}


def _filed(state: State, heading: Heading, look: Look) -> list[Argument]:
    """The arguments of a list that everybody may see, newest first."""
    return [it for it in state.arguments.newest_first() if it.list == heading.id and it.ref not in look.hidden]
