"""What the page to form groups shows of a proposal: the tables by name, who moves, and the report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from app.forming.hall import taking_part
from facilitation.activity import Activity
from facilitation.groups.forming import Proposal
from facilitation.groups.report import Report, report, sort
from facilitation.groups.rules import AnyRule, Breach, breaches
from facilitation.groups.settings import Group
from facilitation.record import Person
from facilitation.room import Room

Broken = Mapping[tuple[AnyRule, str], Breach]  # by rule and group


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


class Last(NamedTuple):
    """The last change by hand, which can be taken back: what it broke and mended, with the sorts of the rules."""

    number: int
    person: str
    was: str  # group, "" for none
    group: str
    broken: tuple[tuple[str, Breach], ...]
    mended: tuple[tuple[str, Breach], ...]


class Found(NamedTuple):
    """Somebody whose name or office is like what was looked for, and the title of their group, "" for none."""

    person: Person
    group: str


class Shown(NamedTuple):
    names: dict[str, str]  # of people and groups, for the report
    here: int
    invited: int
    seated: bool  # people have seats already
    groups: tuple[Group, ...]
    proposal: Proposal | None = None
    tables: tuple[Proposed, ...] = ()
    without: tuple[Seated, ...] = ()
    report: Report | None = None
    last: Last | None = None
    chosen: Chosen | None = None
    wanted: str = ""  # what was looked for
    found: tuple[Found, ...] = ()


def shown(room: Room, activity: Activity, person: str, wanted: str = "") -> Shown:
    """What there is of a proposal; `person` is looked at, `wanted` is a part of the name of whom somebody looks for."""
    state, people, wanted = activity.state, room.roster.people, wanted.strip()
    invited = sum(not person.role.is_staff for person in people.values())
    known = {id: person.label for id, person in people.items()}
    groups = tuple(state.groups.values())
    names = known | {group.id: group.title for group in groups}
    plain = Shown(names, len(room.roster.here), invited, bool(state.seats), groups)
    if state.forming.proposal is None:
        return plain
    proposal = _with_newcomers(room, activity)
    told = report(proposal, people)
    found = tuple(_found(proposal, people, names, wanted.casefold()))
    person = found[0].person.id if len(found) == 1 else person
    seated, broken = _seating(room, activity, proposal, told), {it.group for it in _breaches(told) if not it.people}
    filled = proposal.groups()
    tables = (
        Proposed(number, group, seated(filled.get(group.id, ())), group.id in broken)
        for number, group in enumerate(groups, 1)
    )
    return plain._replace(
        proposal=proposal,
        tables=tuple(tables),
        without=seated(id for id, group in proposal.seats.items() if not group),
        report=told,
        last=_last(proposal, told, people) if proposal.steps else None,
        chosen=_chosen(proposal, told, people[person]) if person in people and person in proposal.seats else None,
        wanted=wanted,
        found=found,
    )


def _with_newcomers(room: Room, activity: Activity) -> Proposal:
    """The proposal, and who came since: they have no group yet.  Who has a seat already keeps it."""
    proposal: Proposal = activity.state.forming.proposal
    known = proposal.seats.keys() | activity.state.seats.keys()
    since = (it.id for it in taking_part(room, activity, everybody=False) if it.id not in known)
    return proposal._replace(seats={**proposal.seats, **dict.fromkeys(since, "")})


def _breaches(told: Report) -> Iterator[Breach]:
    return (breach for kept in told.kept for breach in kept.breaches)


def _seating(
    room: Room, activity: Activity, proposal: Proposal, told: Report
) -> Callable[[Iterable[str]], tuple[Seated, ...]]:
    """Shows people in their seats, by name."""
    people, groups, seats = room.roster.people, activity.state.groups, activity.state.seats
    here = {person.id for person in room.roster.here}
    those = {person for breach in _breaches(told) for person in breach.people}

    def moved(id: str) -> str:
        return groups[seats[id]].title if seats.get(id, proposal.seats[id]) != proposal.seats[id] else ""

    def seated(ids: Iterable[str]) -> tuple[Seated, ...]:
        found = (
            Seated(people[id], id in here, id in those, moved(id), _wish(proposal, id)) for id in ids if id in people
        )
        return tuple(sorted(found, key=lambda it: (it.person.label.casefold(), it.person.id)))

    return seated


def _last(proposal: Proposal, told: Report, people: Mapping[str, Person]) -> Last:
    """A rule that is broken more than before in a group was broken by the change, one that is broken less mended."""
    step = proposal.steps[-1]
    earlier = {(it.rule, it.group): it for it in breaches(proposal.rules, proposal.unshift().seats, people)}
    now = {(it.rule, it.group): it for it in _breaches(told)}

    def more(those: Broken, than: Broken) -> tuple[tuple[str, Breach], ...]:
        worse = (it for where, it in those.items() if where not in than or it.amount > than[where].amount)
        return tuple((sort(it.rule), it) for it in worse)

    group = proposal.seats[step.person]
    return Last(len(proposal.steps), step.person, step.group or "", group, more(now, earlier), more(earlier, now))


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
