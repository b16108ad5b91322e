"""Who takes part in a round of groups, and what was before it."""

from collections.abc import Iterator, Mapping

from app.forming.choice import Choice
from app.forming.ways import Hall
from facilitation.activity import Activity
from facilitation.kinds import groups
from facilitation.record import Person
from facilitation.room import Room


def hall(room: Room, activity: Activity, choice: Choice) -> Hall:
    return Hall(
        people=taking_part(room, activity, everybody=choice.everybody),
        roster=dict(room.roster.people),
        groups=tuple(activity.state.groups.values()),
        seats=dict(activity.state.seats),
        rounds=[dict(seats) for seats in rounds(room, activity)],
        wishes={person: tuple(filter(None, wished)) for person, wished in activity.state.choosing.wishes.items()},
    )


def taking_part(room: Room, activity: Activity, *, everybody: bool) -> list[Person]:
    """Who is here, or everybody who is invited, in an order that does not depend on who came first.

    Whoever said that they stay in the plenary is left in peace.
    """
    invited = [person for person in room.roster.people.values() if not person.role.is_staff]
    asked = (it for it in (invited if everybody else room.roster.here) if it.id not in activity.state.choosing.apart)
    return sorted(asked, key=lambda person: person.id)


def rounds(room: Room, activity: Activity) -> Iterator[Mapping[str, str]]:
    """Who sat where in earlier rounds, the latest last: those that this one follows, else all that stand before it."""
    earlier = list(followed(room, activity)) or list(_before(room, activity))
    return (it.state.seats for it in reversed(earlier) if it.state.seats)


def following(room: Room, activity: Activity, group: str) -> list[Activity]:
    """The rounds that follow one and have this group too."""
    rounds = (it for it in room.activities.values() if it.kind.name == groups.name and group in it.state.groups)
    return [it for it in rounds if activity.id in (earlier.id for earlier in followed(room, it))]


def followed(room: Room, activity: Activity) -> Iterator[Activity]:
    """The rounds that one follows, the latest first."""
    seen = {activity.id}
    while (activity := room.activities.get(activity.follows, activity)).id not in seen:
        seen.add(activity.id)
        if activity.kind.name == groups.name:
            yield activity


def _before(room: Room, activity: Activity) -> Iterator[Activity]:
    """The latest first."""
    there = list(room.activities.values())
    return (it for it in reversed(there[: there.index(activity)]) if it.kind.name == groups.name)
