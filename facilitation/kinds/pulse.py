"""Pulse (Blitzlicht, Ampel, Tempo): one tap without preparation, as often as one likes; the last one counts.

How it stands is seen live, but only as a whole and only where enough people have tapped.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from facilitation import signals
from facilitation.kind import Look
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Slot, View
from facilitation.signals import Signal, State
from facilitation.stage import RESULT

name = "pulse"
page = "now"

LATEST = 12  # minutes of the trend

Config = signals.Settings


class Tap(Command):
    signal: str


class Reset(StaffCommand):
    """Discard all signals; a later opening starts afresh."""


commands: dict[str, type[Command]] = {"signal": Tap, "reset": Reset}


def begin(config: signals.Settings) -> State:
    return State(config)


def decide(state: State, command: Tap | Reset, actor: Actor) -> list[Fact]:
    anonymous = state.config.names == "anonymous"
    if isinstance(command, Reset):
        figures = {"given": state.total, "changed": state.changed}
        return [Fact("pulse.reset", figures, unveils=anonymous)]
    if command.signal not in {signal.id for signal in state.config.offered}:
        raise Refused("pulse.invalid", why="unknown_signal")
    said = {"signal": command.signal}
    return [Fact("pulse.signalled", veil=said) if anonymous else Fact("pulse.signalled", said)]


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Ask(NamedTuple):
    title: str
    names: str
    open: bool
    began: datetime | None
    ends: datetime | None


class Turnout(NamedTuple):
    given: int
    of: int
    shown: bool


class Tendency(NamedTuple):
    """How it stands: people per signal, None where too few have tapped to show it."""

    title: str
    rows: tuple[tuple[Signal, int], ...] | None
    given: int
    of: int
    k: int


class Minute(NamedTuple):
    """How it stood at the end of a minute, in the order of the signals; None where too few had tapped."""

    begins: datetime
    people: tuple[int, ...] | None


class Trend(NamedTuple):
    """The latest minutes in which somebody tapped; `most` is how many had at most."""

    signals: tuple[Signal, ...]
    minutes: tuple[Minute, ...]
    most: int


class Question(NamedTuple):
    ask: Ask
    given: int
    of: int


class MySignal(NamedTuple):
    signals: tuple[Signal, ...]
    chosen: str
    made: datetime | None
    open: bool
    names: str


def view(state: State, look: Look) -> View:
    ask = Ask(look.title, look.names, look.open, look.began, look.ends)
    match look.audience:
        case Audience.DESK:
            parts: View = {"desk-pulse": _tendency(state, look), "desk-trend": _trend(state, look)}
            return {"": Slot(parts)} | parts
        case Audience.STAGE if look.view == RESULT and look.shown:
            return {"": Slot(("stage-tendency",)), "stage-tendency": _tendency(state, look)}
        case Audience.STAGE:
            return {"": Slot(("stage-question",)), "stage-question": Question(ask, state.total, look.heads)}
    parts = {"ask": ask, "turnout": Turnout(state.total, look.heads, look.shown)}
    if look.shown:
        parts["tendency"] = _tendency(state, look)
    return {"": Slot(("ask", "mine-signal", *(part for part in ("tendency", "turnout") if part in parts)))} | parts


def _tendency(state: State, look: Look) -> Tendency:
    tally = state.tally
    rows = tuple((signal, tally[signal.id]) for signal in state.config.offered)
    return Tendency(look.title, rows if state.total >= look.k else None, state.total, look.heads, look.k)


def _trend(state: State, look: Look) -> Trend:
    offered = state.config.offered
    latest = sorted(state.minutes)[-LATEST:]
    minutes = tuple(Minute(begins, _enough(state.minutes[begins], look.k)) for begins in latest)
    return Trend(offered, minutes, max((sum(minute.people or ()) for minute in minutes), default=0))


def _enough(tally: Mapping[str, int], k: int) -> tuple[int, ...] | None:
    return tuple(tally.values()) if sum(tally.values()) >= k else None


def mine(state: State, actor: Actor, look: Look) -> View:
    given = state.given.get(actor.id)
    chosen, made = (given.signal, given.made) if given else ("", None)
    return {"mine-signal": MySignal(state.config.offered, chosen, made, look.open, look.names)}


def rows(state: State, look: Look) -> Iterator[Data]:
    """People per signal; None while it is running and nobody was shown it, and where too few have tapped."""
    countable = (look.shown or not look.open) and state.total >= look.k
    for signal in state.config.offered:
        yield {
            "option": signal.id,
            "label": signal.label,
            "votes": state.tally[signal.id] if countable else None,
        }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures()
