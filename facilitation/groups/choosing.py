"""Who gets which place: wishes before the round, waiting lists, and places for those who have none.

Whoever does not want one takes part in the plenary, and nobody gives them a place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitation.naming import Gathering
from facilitation.record import Actor, Command, Entry, Fact, Refused, Role, StaffCommand

if TYPE_CHECKING:
    from facilitation.groups.state import State


class Wish(Command):
    """Wish for a group, and for another one if that is full; for `none`; or, saying nothing, for no one any more."""

    timed = False
    first: str = ""
    second: str = ""
    none: bool = False

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.takes_wishes


class Settle(Gathering, StaffCommand):
    """Give everybody a place who is here and has none."""


COMING = {"groups.left", "groups.entered", "groups.moved", "groups.queued"}
COMMANDS: dict[str, type[Command]] = {"wish": Wish, "settle": Settle}


class Wished(NamedTuple):
    first: str
    second: str  # "" for none


@dataclass(slots=True)
class Choosing:
    wishes: dict[str, Wished] = field(default_factory=dict)  # by person
    apart: set[str] = field(default_factory=set)  # people who take part in the plenary
    waiting: dict[str, str] = field(default_factory=dict)  # person -> full group, first come first
    sent: dict[str, list[str]] = field(default_factory=dict)  # merged group -> who waited for a place in it
    moved: dict[str, datetime] = field(default_factory=dict)  # when others gave somebody their place

    def queue(self, group: str) -> list[str]:
        """Who waits for a place in a group."""
        return [person for person, wanted in self.waiting.items() if wanted == group]

    def wanted(self, group: str) -> tuple[int, int]:
        """How many wish for a group first, and how many second."""
        wishes = self.wishes.values()
        return sum(it.first == group for it in wishes), sum(it.second == group for it in wishes)

    def fold(self, entry: Entry) -> None:
        data, by = entry.data, entry.by or ""
        match entry.type:
            case "groups.wished":
                self._wish(by, Wished(data["first"], data["second"]), none=data["none"])
            case "groups.queued":
                if self.waiting.get(by) != data["group"]:
                    self.waiting.pop(by, None)
                    self.waiting[by] = data["group"]
            case "groups.moved":
                self._place(data["person"])
                self.moved[data["person"]] = entry.made
            case "groups.entered":
                self._place(by)
            case "groups.left":
                self.waiting.pop(by, None)
                self.apart.add(by)
            case "groups.assigned":
                self.waiting.clear()
                self.sent.clear()
                self.moved.clear()
                for person in (person for people in data["groups"].values() for person in people):
                    self._place(person)
            case "groups.merged" | "groups.split":
                self._merge(data["group"], data["into"], apart=entry.type == "groups.split")
                self.moved |= dict.fromkeys(data["people"], entry.made)

    def _merge(self, group: str, into: str, *, apart: bool) -> None:
        """Whoever waits for a place goes along, and back."""
        if apart:
            self.waiting |= {it: group for it in self.sent.pop(group) if self.waiting.get(it) == into}
        else:
            self.sent[group] = self.queue(group)
            self.waiting |= dict.fromkeys(self.sent[group], into)

    def _wish(self, person: str, wished: Wished, *, none: bool) -> None:
        self.wishes.pop(person, None)
        self.apart.discard(person)
        if none:
            self.apart.add(person)
        elif wished.first:
            self.wishes[person] = wished

    def _place(self, person: str) -> None:
        self.waiting.pop(person, None)
        self.moved.pop(person, None)
        self.apart.discard(person)


def wish(state: "State", command: Wish) -> list[Fact]:
    first, second = [*filter(None, (command.first, command.second)), "", ""][:2]
    if {first, second} - {"", *state.groups}:
        raise Refused("groups.invalid", why="unknown_group")
    second = "" if second == first else second
    none = {"first": "", "second": "", "none": True}
    return [Fact("groups.wished", none if command.none else {"first": first, "second": second, "none": False})]


def settle(state: "State", command: Settle) -> list[Fact]:
    seated = list(places(state, command.here))
    return [Fact("groups.settled", {"count": len(seated)}), *seated]


def places(state: "State", people: Iterable[Actor]) -> Iterator[Fact]:
    """A place for each of these people who have none: as they wished, else in the smallest group that has one left."""
    sizes = Counter(state.seats.values())
    for person in people:
        if person.role is not Role.PARTICIPANT or person.id in state.choosing.apart or state.home(person.id):
            continue
        free = [group for group in state.apart if _has_place(state, group, sizes[group])]
        if not free:
            return
        reached = [group for group in free if state.groups[group].barrier_free] if person.barrier_free else []
        wished = (group for group in state.choosing.wishes.get(person.id, ()) if group in (reached or free))
        group = next(wished, min(reached or free, key=sizes.__getitem__))
        sizes[group] += 1
        yield Fact("groups.moved", {"person": person.id, "group": group})


def _has_place(state: "State", group: str, taken: int) -> bool:
    capacity = state.groups[group].capacity
    return capacity is None or taken < capacity


def advance(state: "State", person: str, to: str = "") -> Iterator[Fact]:
    """Who comes up when somebody leaves their seat: the first who waits for it, and so on for the seat they leave."""
    freed, seated = state.seats.get(person, ""), {person}
    while freed and freed != to and _has_place(state, freed, len(state.members(freed)) - 1):
        waiting = (it for it in state.choosing.queue(freed) if it not in seated)
        upcoming = next(waiting, "")
        if not upcoming:
            return
        seated.add(upcoming)
        yield Fact("groups.moved", {"person": upcoming, "group": freed})
        freed = state.seats.get(upcoming, "")
