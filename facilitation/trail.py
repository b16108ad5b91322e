"""What somebody said and supported here (Von mir), and what became of it."""

from datetime import datetime
from typing import Any, NamedTuple

from facilitation.activity import Activity
from facilitation.fate import Fate
from facilitation.lineage import heirs, home
from facilitation.record import Person
from facilitation.room import Room


class Heir(NamedTuple):
    """What was made of a contribution: number, kind and words, or the title of an activity in place of the number.

    `text` is "" where not everybody may read it.
    """

    ref: str
    kind: str = ""
    text: str = ""


class Trail(NamedTuple):
    """What somebody said here, and when."""

    when: datetime
    activity: str
    ref: str
    text: str
    hidden: str  # why it is hidden, or ""
    became: tuple[Heir, ...] = ()
    declined: str = ""  # why it is knowingly not pursued
    fate: Fate | None = None  # what became of it where it was said


def trail(room: Room, person: Person) -> tuple[Trail, ...]:
    """Everything `person` said here, the latest first."""
    said = []
    for activity in room.activities.values():
        actor = activity.actor(person)
        for ref, contribution in activity.contributions.items():
            if contribution.by and contribution.by in (actor.id, actor.alias):
                here = contribution.made, activity.where(ref), ref, contribution.text
                later = _became(room, ref), activity.declined.get(ref, ""), _fate(activity, ref)
                said.append((contribution.at, Trail(*here, activity.hidden.get(ref, ""), *later)))
    return tuple(trail for _, trail in sorted(said, reverse=True))


def _became(room: Room, ref: str) -> tuple[Heir, ...]:
    made = heirs(room.activities, ref)
    there = [(it, home(room.activities, it)) for it in made]
    return tuple(
        Heir(it, at.kind.name, at.contributions[it].text if at.is_told(it) else "") if at else Heir(it)
        for it, at in there
    )


def _fate(activity: Activity, ref: str) -> Fate | None:
    if activity.contributions[ref].withdrawn:
        return Fate("withdrawn")
    fate = getattr(activity.kind, "fate", None)
    found: Fate | None = fate(activity.state, ref) if fate else None
    return found


def followed(room: Room, person: Person) -> tuple[tuple[str, Any], ...]:
    """What became of what `person` supported, each with the title of its activity, in the order of the activities."""
    return tuple(
        (activity.title, it)
        for activity in room.activities.values()
        if hasattr(activity.kind, "followed")
        for it in activity.kind.followed(activity.state, activity.actor(person), activity.hidden)
    )
