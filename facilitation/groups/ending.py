"""The soft end of a round: all are called into the plenary, and a minute is left to write to the end.

It is longer while somebody writes.  So a round ends by every key of the desk; only a second wish ends it at once.
This is the only clock of a round of groups by which something closes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitation.moments import after, earlier, later
from facilitation.record import Entry, Fact, Refused

SOFT = timedelta(seconds=60)
HELD = timedelta(seconds=30)  # as long at least is left when somebody says that they still write
MOST = timedelta(minutes=3)


@dataclass(slots=True)
class Ending:
    called: datetime | None = None  # when all were called into the plenary
    closes: datetime | None = None

    @property
    def last(self) -> datetime | None:
        """When it closes whoever writes."""
        return after(self.called, MOST) if self.called else None

    def fold(self, entry: Entry) -> None:
        match entry.type:
            case "groups.closing":
                self.called, self.closes = entry.made, after(entry.made, SOFT)
            case "groups.held" if self.closes and self.last:
                self.closes = earlier(self.last, later(self.closes, after(entry.made, HELD)))
            case "groups.extended" if entry.data.get("group"):
                return
            case "groups.extended" | "groups.started" | "activity.opened" | "activity.closed":
                self.called = self.closes = None


def finish(ending: Ending, *, running: bool, soft: bool) -> list[Fact]:
    """The end, at once or, where the groups still work, soft."""
    if not (soft and running):
        return [Fact("groups.ended"), Fact("activity.closed")]
    if ending.called:
        raise Refused("groups.invalid", why="closing")
    return [Fact("groups.closing", {"soft": True})]


def parting(ending: Ending, *, running: bool) -> list[Fact] | None:
    """What comes before closing: while the groups work the call into the plenary, once; None where it just closes."""
    if not running:
        return None
    return [] if ending.called else finish(ending, running=running, soft=True)
