"""Forming groups (Kleingruppen bilden): a proposal of who sits where, changed by hand, thrown away or made real.

It is worked out elsewhere and only put on record here, with the rules it was made by, so that what it keeps and what it
breaks can be told of every change at once.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from facilitation.groups.rules import Accessible, Apart, Holds, Rules, Sized, Spread, Stays
from facilitation.naming import Listing, Naming
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand

if TYPE_CHECKING:
    from facilitation.groups.state import State

Way = Literal["built", "random", "even", "topic", "choice", "list", "same", "different", "pairs", "repair"]
Ids = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=5000)]
AnyRule = Annotated[Apart | Spread | Sized | Holds | Stays | Accessible, Field(discriminator="is_a")]
_RULES: TypeAdapter[tuple[AnyRule, ...]] = TypeAdapter(tuple[AnyRule, ...])


class Propose(Listing, StaffCommand):
    """Propose who works in which group; `without` are those who are knowingly left without one."""

    groups: dict[str, Ids]
    without: Ids = Field(default_factory=list)
    way: Way
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    rules: Annotated[tuple[AnyRule, ...], Field(max_length=3000)] = ()
    wishes: dict[str, Annotated[list[str], Field(max_length=2)]] = Field(default_factory=dict)
    least: Annotated[int, Field(ge=0)] = 0  # below how much of the rules no plan comes, as was proven

    def listed(self) -> list[str]:
        return [*(person for those in self.groups.values() for person in those), *self.without]


class Shift(Naming, StaffCommand):
    """Put somebody elsewhere in the proposal; "" is nowhere."""

    group: str


class Unshift(StaffCommand):
    """Take the last change by hand back; `step` is which one that is, so that nobody takes back another's unseen."""

    step: Annotated[int, Field(ge=1)]


class Discard(StaffCommand):
    """Throw the proposal away."""


class Publish(StaffCommand):
    """Make the proposal real: from now on people know their groups."""


COMMANDS: dict[str, type[Command]] = {
    "propose": Propose,
    "shift": Shift,
    "unshift": Unshift,
    "discard": Discard,
    "publish": Publish,
}


class Step(NamedTuple):
    """A change by hand: who sat where before, None for not thought of at all, and what was proven then."""

    person: str
    group: str | None
    least: int


class Proposal(NamedTuple):
    """A proposal (Vorschlag).  `seats` knows everybody who was thought of, "" for no group."""

    seats: Mapping[str, str]
    way: str
    seed: int
    rules: Rules
    wishes: Mapping[str, tuple[str, ...]]
    least: int
    made: datetime
    steps: tuple[Step, ...] = ()  # changes by hand

    def groups(self) -> dict[str, list[str]]:
        """The people of each group that has any."""
        found: dict[str, list[str]] = {}
        for person, group in self.seats.items():
            if group:
                found.setdefault(group, []).append(person)
        return found

    def shift(self, person: str, group: str) -> "Proposal":
        """The same with somebody elsewhere; what was proven holds only for the same people in the same groups."""
        was = self.seats.get(person)
        if was == group:
            return self
        seats = {**self.seats, person: group}
        alike = bool(was) == bool(group) and set(self.seats.values()) == set(seats.values())
        steps = (*self.steps, Step(person, was, self.least))
        return self._replace(seats=seats, least=self.least if alike else 0, steps=steps)

    def unshift(self) -> "Proposal":
        """The same before its last change by hand."""
        *steps, (person, group, least) = self.steps
        others = {id: seat for id, seat in self.seats.items() if id != person}
        seats = others if group is None else {**self.seats, person: group}
        return self._replace(seats=seats, least=least, steps=tuple(steps))


@dataclass(slots=True)
class Forming:
    """The proposal there is, until it is published or thrown away."""

    proposal: Proposal | None = field(default=None)

    def fold(self, entry: Entry) -> None:
        match entry.type:
            case "groups.proposed":
                self.proposal = _proposal(entry)
            case "groups.shifted" if self.proposal:
                self.proposal = self.proposal.shift(entry.data["person"], entry.data["group"])
            case "groups.unshifted" if self.proposal:
                self.proposal = self.proposal.unshift()
            case "groups.discarded" | "groups.assigned":
                self.proposal = None


def _proposal(entry: Entry) -> Proposal:
    data = entry.data
    seats = {person: group for group, those in data["groups"].items() for person in those}
    return Proposal(
        seats=seats | dict.fromkeys(data["without"], ""),
        way=data["way"],
        seed=data["seed"],
        rules=_RULES.validate_python(data["rules"], strict=False),
        wishes={person: tuple(groups) for person, groups in data["wishes"].items()},
        least=data["least"],
        made=entry.made,
    )


def decide(state: "State", command: Any, actor: Actor) -> list[Fact]:  # noqa: ARG001  # staff is staff
    match command:
        case Propose():
            return [_proposing(state, command)]
        case Publish():
            return [Fact("groups.assigned", {"groups": _published(state, _there(state))})]
        case Shift(group=group):
            _there(state)
            return [Fact("groups.shifted", {"person": command.named.id, "group": group})]
        case Unshift(step=step):
            if step != len(_there(state).steps):
                raise Refused("groups.invalid", why="not_last")
            return [Fact("groups.unshifted")]
    return [Fact("groups.discarded")]


def _there(state: "State") -> Proposal:
    if state.forming.proposal is None:
        raise Refused("groups.invalid", why="no_proposal")
    return state.forming.proposal


def _proposing(state: "State", command: Propose) -> Fact:
    check_dealt(state, command.groups, command.without)
    data: Data = command.model_dump(mode="json")
    return Fact("groups.proposed", data)


def check_dealt(state: "State", groups: Mapping[str, list[str]], without: list[str]) -> None:
    """Groups that there are, and nobody in two places."""
    if groups.keys() - state.groups.keys():
        raise Refused("groups.invalid", why="unknown_group")
    people = Counter([*(person for those in groups.values() for person in those), *without])
    if any(times > 1 for times in people.values()):
        raise Refused("groups.invalid", why="twice")


def _published(state: "State", proposal: Proposal) -> dict[str, list[str]]:
    """Whoever came since, and was not thought of, keeps their seat."""
    seats = {person: group for person, group in state.seats.items() if person not in proposal.seats}
    groups = {group: [person for person, where in seats.items() if where == group] for group in state.groups}
    for group, people in proposal.groups().items():
        groups[group] += people
    return groups
