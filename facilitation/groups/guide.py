"""The guide (Leitfaden) of a group with its planned times, and who leads; without anybody a group uses it itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from facilitation.groups.plates import Seat, seat
from facilitation.groups.settings import Section
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.moments import after


class Leg(NamedTuple):
    """A section of the guide with its planned times; which one it is now the browser finds by its clock."""

    section: Section
    begins: datetime | None
    ends: datetime | None


class Steering(NamedTuple):
    """Who leads a group; the guide stands here as long as nobody does."""

    group: str
    leaders: tuple[Seat, ...]
    open: bool  # somebody may take over
    running: bool
    guide: tuple[Leg, ...]


def guide(state: State) -> tuple[Leg, ...]:
    return tuple(_legs(state))


def _legs(state: State) -> Iterator[Leg]:
    begins = state.started
    for section in state.config.guide:
        ends = after(begins, timedelta(minutes=section.minutes)) if begins else None
        yield Leg(section, begins, ends)
        begins = ends


def steering(state: State, look: Look, group: str) -> Steering:
    leaders = tuple(seat(look, person) for person in state.leaders(group))
    return Steering(group, leaders, state.is_published, state.is_running, () if leaders else guide(state))
