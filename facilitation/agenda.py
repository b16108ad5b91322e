"""The agenda (Ablauf): the steps of a day, and where the day stands.

Planned times are hints: nothing opens, closes or expires by them.  The cursor stands on a step and,
in it, on one of its activities; *Weiter* moves it by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from facilitation.record import Entry


class Step(BaseModel):
    """A step (Programmpunkt) as it was planned."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    type: str = "plenum"
    starts: datetime
    ends: datetime
    activities: tuple[str, ...] = ()
    lead: str = ""
    instruction: str = ""
    opens: bool = False  # Weiter opens its activities too
    phase: str = ""  # Weiter lets what has phases (a wall) enter this one


class Cursor(NamedTuple):
    step: str
    activity: str = ""


@dataclass(slots=True)
class Agenda:
    steps: tuple[Step, ...]
    cursor: Cursor | None = None
    begun: dict[str, datetime] = field(default_factory=dict)  # step -> when it really began

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps if step.id == id), None)

    @property
    def current(self) -> Step | None:
        return self.step(self.cursor.step) if self.cursor else None

    @property
    def offset(self) -> timedelta:
        """How long after its planned start the first step really began: the day may be another one."""
        first = next((step for step in self.steps if step.id in self.begun), None)
        return self.begun[first.id] - first.starts if first else timedelta()

    @property
    def delay(self) -> timedelta:
        """How much later than planned the current step began, measured from the first step's real start."""
        return self.begun[self.current.id] - self.current.starts - self.offset if self.current else timedelta()

    def stops(self) -> Iterator[Cursor]:
        """Every place the cursor can stand on, in order."""
        for step in self.steps:
            yield from [Cursor(step.id, activity) for activity in step.activities] or [Cursor(step.id)]

    @property
    def next(self) -> Cursor | None:
        """Where *Weiter* leads; None at the end."""
        if self.cursor is None:
            return next(self.stops(), None)
        return next((after for before, after in pairwise(self.stops()) if before == self.cursor), None)


def fold(agenda: Agenda, entry: Entry) -> None:
    if entry.type == "agenda.advanced":
        agenda.cursor = Cursor(entry.data["step"], entry.data["activity"])
        agenda.begun.setdefault(entry.data["step"], entry.made)
