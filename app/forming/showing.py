"""What the page to form groups shows of a proposal: the tables by name, who moves, and the report."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from facilitation.activity import Activity
from facilitation.groups.forming import Proposal
from facilitation.groups.report import Report, report
from facilitation.groups.rules import Breach
from facilitation.groups.settings import Group
from facilitation.record import Person
from facilitation.room import Room


class Seated(NamedTuple):
    """Somebody in a proposal.  `broken` says that they are among those who break a rule, `moved` from which group."""

    person: Person
    here: bool
    broken: bool
    moved: str
    wish: int  # 1 or 2 for the first or second wish, 3 for neither, 0 for none


class Proposed(NamedTuple):
    number: int
    group: Group
    people: tuple[Seated, ...]
    broken: bool  # a rule of the whole group


class Chosen(NamedTuple):
    """The person who is looked at: their group in the proposal, and what is broken there or by them."""

    person: Person
    group: str
    breaches: tuple[tuple[str, Breach], ...]  # with the sort of the rule


class Found(NamedTuple):
    """Somebody whose name or office is like what was looked for, and the title of their group, "" for none."""

    person: Person
    group: str


class Shown(NamedTuple):
    proposal: Proposal | None
    tables: tuple[Proposed, ...]
    without: tuple[Seated, ...]
    report: Report | None
    names: dict[str, str]  # of people and groups, for the report
    here: int
    invited: int
    seated: bool  # people have seats already
    chosen: Chosen | None
    wanted: str = ""  # what was looked for
    found: tuple[Found, ...] = ()


def shown(room: Room, activity: Activity, person: str, wanted: str = "") -> Shown:
    """What there is of a proposal; `person` is looked at, `wanted` is a part of the name of whom somebody looks for."""
    state, people = activity.state, room.roster.people
    here = {person.id for person in room.roster.here}
    invited = sum(not person.role.is_staff for person in people.values())
    known = {id: person.label for id, person in people.items()}
    names = known | {group.id: group.title for group in activity.config.groups}
    proposal: Proposal | None = state.forming.proposal
    if proposal is None:
        return Shown(None, (), (), None, names, len(here), invited, bool(state.seats), None)
    told = report(proposal, people)
    broken = [breach for kept in told.kept for breach in kept.breaches]
    those = {person for breach in broken for person in breach.people}
    groups = {breach.group for breach in broken if not breach.people}

    def seated(ids: Iterable[str]) -> tuple[Seated, ...]:
        found = [
            Seated(
                people[id],
                id in here,
                id in those,
                "" if (seat := state.seats.get(id, "")) in ("", proposal.seats[id]) else names[seat],
                _wish(proposal, id),
            )
            for id in ids
            if id in people
        ]
        return tuple(sorted(found, key=lambda it: (it.person.label.casefold(), it.person.id)))

    filled = proposal.groups()
    tables = (
        Proposed(number, group, seated(filled.get(group.id, ())), group.id in groups)
        for number, group in enumerate(activity.config.groups, 1)
    )
    without = seated(id for id, group in proposal.seats.items() if not group)
    found = tuple(_found(proposal, people, names, wanted.strip().casefold()))
    person = found[0].person.id if len(found) == 1 else person
    chosen = _chosen(proposal, told, people[person]) if person in people and person in proposal.seats else None
    seats = bool(state.seats)
    return Shown(
        proposal, tuple(tables), without, told, names, len(here), invited, seats, chosen, wanted.strip(), found
    )


def _found(proposal: Proposal, people: Mapping[str, Person], names: Mapping[str, str], wanted: str) -> Iterator[Found]:
    """By name; whoever is looked for may be known by their office (Amt) as well."""
    those = [people[id] for id in proposal.seats if id in people] if wanted else []
    for person in sorted(those, key=lambda it: (it.label.casefold(), it.id)):
        if wanted in f"{person.label} {person.unit}".casefold():
            yield Found(person, names.get(proposal.seats[person.id], ""))


def _chosen(proposal: Proposal, told: Report, person: Person) -> Chosen:
    group = proposal.seats[person.id]
    found = ((kept.sort, breach) for kept in told.kept for breach in kept.breaches)
    theirs = ((sort, it) for sort, it in found if person.id in it.people or (not it.people and it.group == group))
    return Chosen(person, group, tuple(theirs))


def _wish(proposal: Proposal, person: str) -> int:
    wished, seat = proposal.wishes.get(person, ()), proposal.seats[person]
    return (wished.index(seat) + 1 if seat in wished else 3) if wished else 0
