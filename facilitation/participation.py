"""Participation (Beteiligung): who was invited and who came, in the numbers of the script format.

Leaving takes nobody away.  People in front of a room device are counted by head, not one by one.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from facilitation.record import Data, Role
from facilitation.roster import Roster

ROUND_THE_START = timedelta(minutes=2)


def participation(roster: Roster, start: datetime) -> Data:
    """The block `participation` of the script format; `start` is when the workshop began."""
    invited = [person for person in roster.people.values() if person.role is Role.PARTICIPANT and not person.guest]
    came = [
        person for person in roster.people.values() if person.role is Role.PARTICIPANT and roster.has_joined(person.id)
    ]
    rooms = [person for person in roster.people.values() if person.role is Role.ROOM and roster.has_joined(person.id)]
    presences = [roster.joined[person.id] for person in came]
    heads = sum(roster.joined[room.id].headcount for room in rooms)
    return {
        "invited": len(invited),
        "persons_joined": len(came),
        "persons_not_joined": [person.id for person in invited if not roster.has_joined(person.id)],
        "devices_joined": sum(len(presence.devices) for presence in presences),
        "deputies_joined": sum(person.deputy for person in came),
        "heads_represented_by_deputy": len({presence.represents for presence in presences} - {None}),
        "units_represented": len({person.unit for person in came if person.unit}),
        "joined_after_start": sum(presence.first > start for presence in presences),
        "joined_within_2_min_of_start": sum(abs(presence.first - start) <= ROUND_THE_START for presence in presences),
        "rooms_joined": len(rooms),
        "room_headcount": heads,
        "people_reached": len(came) + heads,
        "by_dezernat": _counts(person.division for person in came),
        "by_role": _counts(person.function for person in came),
    }


def _counts(words: Iterable[str]) -> dict[str, int]:
    """How often each word occurs, in the order of the alphabet; no word is not counted."""
    return dict(sorted(Counter(word for word in words if word).items()))
