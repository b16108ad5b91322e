"""The plenary (Plenum): its pages, the day, who is here, what is on and what comes."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from facilitation.agenda import Step
from facilitation.record import Role
from facilitation.room import Room
from facilitation.roster import headcount

PAGES = {"now": "Jetzt", "questions": "Fragen", "stream": "Blog", "mine": "Von mir"}
UPCOMING = 3


class DayStep(NamedTuple):
    minutes: float
    phase: str  # past, now or next


class Upcoming(NamedTuple):
    starts: datetime
    title: str


class Now(NamedTuple):
    """The plenary when there is nothing to do: what is on, what comes, who is here."""

    title: str
    lead: str
    since: datetime | None
    pages: tuple[str, ...]  # open pages beside this one
    upcoming: tuple[Upcoming, ...]
    here: int
    invited: int
    ended: bool


def day(room: Room) -> tuple[DayStep, ...]:
    """The day as segments; without an agenda there is no line to draw."""
    steps, current = room.agenda.steps, room.agenda.current
    position = steps.index(current) if current else -1
    return tuple(
        DayStep(
            (step.ends - step.starts).total_seconds() / 60,
            "past" if n < position else "now" if n == position else "next",
        )
        for n, step in enumerate(steps)
    )


def invited(room: Room) -> int:
    """How many people could be here: who is invited, those in front of room devices, and the guests who came."""
    roster = room.roster
    expected = [p for p in roster.people.values() if not p.role.is_staff and (not p.guest or p.id in roster.joined)]
    return sum(headcount(roster, person) if person.role is Role.ROOM else 1 for person in expected)


def pause(room: Room) -> Now:
    ended = room.ended is not None
    step = None if ended else room.agenda.current
    pages = {a.kind.page for a in room.activities.values() if a.is_open and a.kind.page != "now"}
    return Now(
        title=step.title if step else room.workshop.title,
        lead=step.lead if step else "",
        since=room.agenda.begun.get(step.id) if step else None,
        pages=tuple(page for page in PAGES if page in pages),
        upcoming=() if ended else tuple(Upcoming(expected(room, s.starts), s.title) for s in _upcoming(room, step)),
        here=room.roster.heads,
        invited=invited(room),
        ended=ended,
    )


def expected(room: Room, planned: datetime) -> datetime:
    """When something will be that was planned for then, as late as the day is now, on the clock of the workshop."""
    return (planned + room.agenda.offset + room.agenda.delay).astimezone(room.workshop.zone)


def _upcoming(room: Room, step: Step | None) -> Iterator[Step]:
    after = room.agenda.steps.index(step) + 1 if step else 0
    yield from room.agenda.steps[after : after + UPCOMING]
