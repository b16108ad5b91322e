"""What the clerk has open of one workshop: two rooms, the commands that wait, and what is not yet cleaned."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b

from app.batch import Answer, Draft
from facilitation.record import CLOCK, Entry, Envelope
from facilitation.room import Room

Waiting = tuple[Envelope, asyncio.Future[Answer]]


@dataclass(slots=True)
class Book:
    id: int  # of the workshop
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    room: Room | None = None  # as it stands on record
    draft: Draft | None = None  # the writer's
    loading: asyncio.Task[None] | None = None
    waiting: deque[Waiting] = field(default_factory=deque)
    working: bool = False
    unclean: dict[str, Entry] = field(default_factory=dict)  # activity -> the entry that deleted something in it
    cleaning: bool = False

    def note(self, entry: Entry) -> None:
        """Keep track of what is deleted from the tables but perhaps still in the files."""
        if entry.unveils or entry.type == "record.redacted":
            self.unclean[entry.activity] = entry
        elif entry.type == "activity.cleaned" and self.is_latest(entry.activity, entry.data["through"]):
            del self.unclean[entry.activity]

    def is_latest(self, activity: str, at: int) -> bool:
        """Whether nothing else was deleted in `activity` after entry `at`, which is not yet put down as cleaned."""
        return activity in self.unclean and self.unclean[activity].at <= at


def cleaned(deletion: Entry) -> Entry:
    """What is put on record when the files are clean, still without its number.

    Several processes may clean; the command's id, made from what was deleted, lets it be recorded once.
    """
    command = blake2b(f"cleaned {deletion.activity} {deletion.at}".encode(), digest_size=16).hexdigest()
    through = {"through": deletion.at}
    return Entry(0, deletion.activity, "activity.cleaned", CLOCK.id, through, datetime.now(UTC), command)
