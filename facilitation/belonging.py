"""What belongs to a group (eigene Wand, eigene Abfrage), and for whom that is.

It is for the members of the group, until the stage shows it: from then on it is everybody's.  Whoever leads the group
steers it as long as it is the group's.  This is asked for every vote, so kinds keep it in dictionaries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

from facilitation.activity import Activity
from facilitation.kind import Grouping
from facilitation.record import Command, Person, Refused
from facilitation.roster import Roster


class Place(NamedTuple):
    """The group that an activity belongs to in one round."""

    round: Activity
    group: str

    @property
    def title(self) -> str:
        return _grouping(self.round).groups(self.round.state)[self.group]


class Owner(NamedTuple):
    """The group that something belongs to, and the round, by their titles."""

    group: str
    round: str


class Space(NamedTuple):
    """The group that somebody works in now, and whether they lead it."""

    round: Activity
    group: str
    led: bool = False


class Furnishing(Command):
    """A wish that gives an activity to a group.  The room looks whether that can be before the kind decides."""

    activity: str


@dataclass(slots=True)
class Belonging:
    activities: Mapping[str, Activity]
    rounds: tuple[Activity, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.rounds = tuple(it for it in self.activities.values() if hasattr(it.kind, "home"))

    def places(self, activity: Activity) -> list[Place]:
        """The groups that it belongs to, of each round at most one."""
        id = activity.id
        return [Place(it, group) for it in self.rounds if (group := _grouping(it).belongings(it.state).get(id))]

    def owners(self, activity: Activity) -> tuple[Owner, ...]:
        return tuple(Owner(it.title, it.round.title) for it in self.places(activity))

    def reserved(self, activity: Activity) -> bool:
        """Whether it is for the members of a group alone."""
        return not activity.staged and bool(self.places(activity))

    def admits(self, person: Person, activity: Activity) -> bool:
        """Whether somebody may take part in it."""
        if activity.staged or person.role.is_staff:
            return True
        places = self.places(activity)
        return not places or any(_home(it.round, person.id) == it.group for it in places)

    def leads(self, person: Person, activity: Activity) -> bool:
        """Whether somebody leads the group that it belongs to, so that they may open and close it."""
        return not activity.staged and any(_led(it.round, person.id) == it.group for it in self.places(activity))

    def of(self, space: Space) -> Iterator[Activity]:
        """What is for this group alone, in the order of the activities."""
        own = _grouping(space.round).belongings(space.round.state)
        return (it for it in self.activities.values() if own.get(it.id) == space.group and not it.staged)

    @staticmethod
    def groups(within: Activity) -> tuple[tuple[str, str], ...]:
        """The groups of a round by id and title."""
        return tuple(_grouping(within).groups(within.state).items())

    def attending(self, roster: Roster, activity: Activity) -> Roster:
        """The roster as far as an activity is for: of what belongs to a group, its members."""
        if activity.staged or not (places := self.places(activity)):
            return roster
        joined = {id: it for id, it in roster.joined.items() if any(_home(at.round, id) == at.group for at in places)}
        return replace(roster, joined=joined) if joined else roster  # a round that is over has no members

    def seated(self, people: Iterable[str]) -> list[str]:
        """The group of each in the latest round that began, also once it is over; "" for none."""
        begun = [(it.began.timestamp(), it) for it in self.rounds if it.began]
        if not begun:
            return ["" for _ in people]
        _, latest = max(begun, key=lambda it: it[0])
        return _grouping(latest).seated(latest.state, people)

    def space(self, person: str) -> Space | None:
        """The round and the group that somebody works in now; of several the one that runs, the latest begun."""
        homes = [Space(it, group, _led(it, person) == group) for it in self.rounds if (group := _home(it, person))]
        return max(homes, key=_latest, default=None)


def is_furnishable(activity: Activity) -> bool:
    """Whether a group could have it: not a round of groups, nor what has a page of its own."""
    return activity.kind.page == "now" and not hasattr(activity.kind, "home")


def check_furnishable(activity: Activity) -> None:
    if not is_furnishable(activity):
        raise Refused("groups.invalid", why="not_for_groups")


def _grouping(activity: Activity) -> Grouping:
    return cast("Grouping", activity.kind)


def _home(within: Activity, person: str) -> str:
    return _grouping(within).home(within.state, person)


def _led(within: Activity, person: str) -> str:
    return _grouping(within).leads(within.state, person)


def _latest(space: Space) -> tuple[bool, bool, float]:
    """What tells the later of two spaces; where people write to the end, they go on only when that is over."""
    at = space.round
    return at.is_open, at.is_open and at.ends is not None, at.began.timestamp() if at.began else 0
