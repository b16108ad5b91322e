"""Approval (Freigabe): what is written may wait until staff lets it through, or rejects it and says why.

Each rejection stays in a log that everybody may read, without the words that were rejected.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from facilitation.record import Entry, StaffCommand
from facilitation.texts import Text


class Approve(StaffCommand):
    ref: str


class Reject(StaffCommand):
    """What is not for everybody; whoever wrote it reads the reason."""

    ref: str
    reason: Text


class Rejection(NamedTuple):
    ref: str
    reason: str
    by: str | None
    made: datetime


@dataclass(slots=True)
class Gate:
    """What passed and what did not; where nothing needs approval only rejection holds something up."""

    needed: bool
    approved: set[str] = field(default_factory=set)
    rejected: dict[str, str] = field(default_factory=dict)  # reference -> reason, as it stands now
    log: list[Rejection] = field(default_factory=list)

    def waits(self, ref: str) -> bool:
        return self.needed and ref not in self.approved and ref not in self.rejected

    def passes(self, ref: str) -> bool:
        return ref not in self.rejected and (not self.needed or ref in self.approved)

    def approve(self, ref: str) -> None:
        """Let it through, also what was rejected before."""
        self.approved.add(ref)
        self.rejected.pop(ref, None)

    def reject(self, entry: Entry) -> None:
        ref, reason = entry.data["on"], entry.data["reason"]
        self.approved.discard(ref)
        self.rejected[ref] = reason
        self.log.append(Rejection(ref, reason, entry.by, entry.made))
