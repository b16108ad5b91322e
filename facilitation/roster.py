"""The roster (Teilnehmende): who was invited, who is here, who waits at the door.

Joining and leaving are commands.  A lost socket is presence and never an entry.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Protocol

from pydantic import Field

from facilitation.record import Command, Entry, Fact, Person, Refused, Role, StaffCommand


class Door(StrEnum):
    OPEN = "open"
    LOBBY = "lobby"  # people wait until they are let in
    CLOSED = "closed"  # whoever has been here may come back, nobody else


class Join(Command):
    client: Literal["laptop", "phone", "room"] = "phone"
    via: Literal["link", "qr", "code", "resume"] = "code"
    represents: str | None = None
    headcount: Annotated[int | None, Field(ge=1, le=1000)] = None
    notice: str = ""  # version of the privacy notice that was read


class Leave(Command):
    reason: Literal["left", "dropped"] = "left"


class SetDoor(StaffCommand):
    door: Door


class Admit(StaffCommand):
    """Let everybody in who waits."""


COMMANDS: dict[str, type[Command]] = {"join": Join, "leave": Leave, "door": SetDoor, "admit": Admit}


@dataclass(slots=True)
class Presence:
    first: datetime
    devices: set[str] = field(default_factory=set)
    represents: str | None = None
    headcount: int = 0
    here: bool = True
    waiting: bool = False


class Counts(NamedTuple):
    heads: int  # people, those in front of room devices included
    units: int  # units of which somebody is here


class Admitting(Protocol):
    """Tells who is among some; equal ones tell the same."""

    def admits(self, person: Person) -> bool: ...
    def __hash__(self) -> int: ...


@dataclass(slots=True)
class Roster:
    people: dict[str, Person]
    joined: dict[str, Presence] = field(default_factory=dict)
    door: Door = Door.OPEN
    counted: dict[object, Counts] = field(default_factory=dict, init=False, repr=False, compare=False)  # since a change

    def has_joined(self, person: str) -> bool:
        return person in self.joined and not self.joined[person].waiting

    def waits(self, person: str) -> bool:
        return person in self.joined and self.joined[person].waiting

    @property
    def here(self) -> list[Person]:
        """Who is here and counts: staff does not."""
        present = (id for id, presence in self.joined.items() if presence.here and not presence.waiting)
        return [self.people[id] for id in present if id in self.people and not self.people[id].role.is_staff]

    @property
    def heads(self) -> int:
        """How many people are here, those in front of room devices included."""
        return self.counts().heads

    def counts(self, among: Admitting | None = None) -> Counts:
        """Heads and units of those who are here, counted once after each change: every picture of a vote asks."""
        if among not in self.counted:
            here = [person for person in self.here if among is None or among.admits(person)]
            heads = sum(self.joined[person.id].headcount if person.role is Role.ROOM else 1 for person in here)
            self.counted[among] = Counts(heads, len({person.unit for person in here if person.unit}))
        return self.counted[among]


def headcount(roster: Roster, person: Person) -> int:
    """For how many people `person` may speak: what was said on joining, else what the roster says."""
    presence = roster.joined.get(person.id)
    return presence.headcount if presence else person.headcount


def decide(roster: Roster, command: Command, person: Person, device: str) -> list[Fact]:
    match command:
        case Join():
            return [Fact("roster.joined", _joining(roster, command, person) | {"device": device})]
        case Leave(reason=reason):
            return [Fact("roster.left", {"reason": reason, "device": device})]
        case SetDoor(door=door):
            return [Fact("roster.door_set", {"door": door.value}), *([_admitting(roster)] if door is Door.OPEN else [])]
        case Admit():
            return [_admitting(roster)]
    raise AssertionError(command)


def _admitting(roster: Roster) -> Fact:
    return Fact("roster.admitted", {"people": [id for id in roster.joined if roster.waits(id)]})


def _joining(roster: Roster, join: Join, person: Person) -> dict[str, object]:
    """The facts of a permitted join, without those that say nothing."""
    known = roster.has_joined(person.id) or person.role.is_staff
    if roster.door is Door.CLOSED and not known:
        raise Refused("roster.door_closed")
    said = join.model_dump(exclude_defaults=True) | {"client": join.client, "via": join.via}
    return said | ({"waits": True} if roster.door is Door.LOBBY and not known else {})


def arriving(facts: list[Fact], person: str) -> list[str]:
    """Who comes in by these facts: whoever joins and need not wait, and those who are let in."""
    joined = [person for fact in facts if fact.type == "roster.joined" and not fact.data.get("waits")]
    return joined + [id for fact in facts if fact.type == "roster.admitted" for id in fact.data["people"]]


def represents_wrongly(command: Command, person: Person) -> bool:
    """Nobody joins in place of a head whose deputy they are not."""
    return isinstance(command, Join) and command.represents not in (None, person.deputy_for)


def fold(roster: Roster, entry: Entry) -> None:
    data = entry.data
    roster.counted.clear()
    match entry.type:
        case "roster.joined" if entry.by:
            presence = roster.joined.setdefault(entry.by, Presence(entry.made))
            person = roster.people.get(entry.by)
            if person and person.role is Role.ROOM:
                presence.headcount = data.get("headcount") or presence.headcount or person.headcount
            presence.devices.add(data["device"])
            presence.here, presence.waiting = True, data.get("waits", False)
            presence.represents = data.get("represents", presence.represents)
        case "roster.left" if entry.by in roster.joined:
            roster.joined[entry.by].here = data["reason"] != "left"
        case "roster.door_set":
            roster.door = Door(data["door"])
        case "roster.admitted":
            for person_id in data["people"]:
                roster.joined[person_id].waiting = False
