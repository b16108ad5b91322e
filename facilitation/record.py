"""The words of the record (Protokollspur): who acts, what is asked, what is granted.

Entries are facts with a number.  They name people by id, never by name.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

Data = dict[str, Any]  # what JSON can carry
_SORTED = json.JSONEncoder(sort_keys=True)


class Role(StrEnum):
    """What somebody may do here.  A room device (Raumgerät) speaks for the people in front of it."""

    PARTICIPANT = "participant"
    ROOM = "room"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"
    TECHNICIAN = "technician"

    @property
    def is_staff(self) -> bool:
        return self in (Role.FACILITATOR, Role.ORGANISER, Role.TECHNICIAN)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster: a row, not an entry.  `function` is the office held, such as *amtsleitung*."""

    id: str
    role: Role
    label: str
    unit: str = ""
    division: str = ""
    function: str = ""
    deputy: bool = False
    deputy_for: str | None = None
    headcount: int = 0  # people in front of a room device
    version: int = 1  # raised when the personal link is revoked
    guest: bool = False
    barrier_free: bool = False  # needs a room that is: no more is known of why


CLOCK = Person("clock", Role.TECHNICIAN, "Uhr")  # closes what is due; nobody can hold its link


class Actor(NamedTuple):
    """Whoever acts, as an activity may know them: `id` and `unit` are pseudonyms where it is anonymous.

    `alias` is always the pseudonym, for a single contribution that is given anonymously among named ones.  `seed` is
    their own and stays the same, to be shown things in an order of their own; it is no secret and never recorded.
    """

    id: str
    unit: str
    alias: str
    role: Role
    headcount: int = 0
    eligible: bool = True  # the activity is open for them
    seed: str = ""
    barrier_free: bool = False  # needs a room that is


class Envelope(NamedTuple):
    """A command as it arrives.  `by` and `device` are verified, `when` and `salt` stamped by the clerk."""

    id: str  # 128 random bits as 32 hex digits, made once per submit
    workshop: int
    by: str
    activity: str
    command: str
    data: Data
    device: str = ""
    when: datetime = datetime.min.replace(tzinfo=UTC)
    salt: str = ""

    def digest(self, key: str = "") -> str:
        """Tells a repeat from another command under the same id.

        Keyed for veiled activities, so that it cannot be turned back into a ballot once the key is gone.
        """
        words = _SORTED.encode([self.by, self.activity, self.command, self.data])
        return hashlib.blake2b(
            words.encode("utf-8", "surrogatepass"), digest_size=12, key=key.encode()[:64]
        ).hexdigest()


class Command(BaseModel):
    """A wish, parsed, not yet granted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    staff: ClassVar[bool] = False  # only those who run the workshop …
    led: ClassVar[bool] = False  # … and whoever leads the group that the activity belongs to
    timed: ClassVar[bool] = True  # only while the activity is open; staff commands never are

    def forbidden(self, state: Any, actor: Actor) -> bool:  # noqa: ARG002  # the default needs neither
        """Whether `actor` may not do this to that thing, whatever the phase."""
        return False

    def outside(self, state: Any, actor: Actor) -> bool:  # noqa: ARG002  # the default needs neither
        """Whether this is done in a group that `actor` is not in."""
        return False

    @classmethod
    def shut(cls, state: Any) -> bool:  # noqa: ARG003  # the default does not need it
        """Whether a window of its own, beside the activity's, is closed to this."""
        return False


class StaffCommand(Command):
    """A wish of those who run the workshop."""

    staff: ClassVar[bool] = True
    timed: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule grants.  The store turns facts into numbered entries.

    `veil` is the part that is deleted on sealing, and with it the author; `activity` is another activity
    than the command's; `contribution` asks for a reference; `blank` names the entries whose words the same
    transaction deletes, `unveils` says that it deletes the veil of the fact's activity.
    """

    type: str
    data: Data = field(default_factory=dict)
    veil: Data | None = None
    activity: str | None = None
    contribution: bool = False
    blank: tuple[int, ...] = ()
    unveils: bool = False


class Entry(NamedTuple):
    """A fact on record.  Where there is a veil, `by` is a pseudonym and goes when the veil goes.

    A tuple, for five are made of each vote, and a frozen dataclass takes three times as long to make.
    """

    at: int
    activity: str
    type: str
    by: str | None
    data: Data
    made: datetime
    command: str = ""
    part: int = 0
    digest: str = ""
    veil: Data | None = None
    blank: tuple[int, ...] = ()  # on its way into the store: the entries that lose their words with this one

    @property
    def unveils(self) -> bool:
        """Whether the veil of its activity is gone with this entry."""
        return bool(self.data.get("unveils"))

    @property
    def full(self) -> Data:
        """What it says, veiled or not."""
        return self.data | self.veil if self.veil else self.data


WORDS = frozenset(  # keys whose values are somebody's words, or name a picture of theirs
    {"text", "title", "body", "reason", "label", "answer", "alt", "image", "wording", "description", "first_step"}
    | {"place", "link"}
)


def blanked(data: Mapping[str, Any]) -> Data:
    """The same fact without anybody's words; what the rules need to fold it stays."""
    return {key: "" if key in WORDS else value for key, value in data.items()}


class Refused(Exception):
    """A rule said no.  `code` is `kind.outcome`; with `values` it names the sentence shown to the person."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def outcome(self) -> str:
        """One of the outcomes of the script format, or a final word of our own."""
        return self.code.rpartition(".")[2]
