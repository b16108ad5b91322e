"""A room for tests of rules: one workshop, a few people who are here, a clock that moves with every entry.

Nothing in it knows a database: `afresh` says what would come back from one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from facilitation.activity import Activity
from facilitation.agenda import Agenda, Step
from facilitation.kind import Kind
from facilitation.record import Entry, Envelope, Person, Role, blanked
from facilitation.room import Room, Workshop
from facilitation.roster import Roster

NINE = datetime(2020, 6, 4, 9, 0, tzinfo=UTC)
PEOPLE = (
    Person("ada", Role.PARTICIPANT, "Leitung Amt 10", unit="amt-10"),
    Person("ben", Role.PARTICIPANT, "Leitung Amt 20", unit="amt-20"),
    Person("cem", Role.PARTICIPANT, "Leitung Amt 30", unit="amt-30"),
    Person("mo", Role.FACILITATOR, "Moderation"),
)
AWAY = Person("eva", Role.PARTICIPANT, "Leitung Amt 40", unit="amt-40")  # invited, never joined
_ids = count(1)


@dataclass(slots=True)
class Kept(Room):
    """A room that keeps its record."""

    record: list[Entry] = field(default_factory=list)


def activity(kind: Kind, id: str, **config: Any) -> Activity:
    """One activity of a kind, titled like its id, not yet open."""
    settings = kind.Config.model_validate(config)
    return Activity(id, kind, id, settings, kind.begin(settings))


def room(*activities: Activity, people: Sequence[Person] = PEOPLE, steps: Sequence[Step] = ()) -> Kept:
    """A workshop of these activities in which all these people have joined and nothing is open."""
    workshop = Workshop(1, "482731", "AT2", "Amtsleitungstag", NINE, NINE + timedelta(hours=3))
    roster = Roster({person.id: person for person in (*people, AWAY)})
    made = Kept(workshop, roster, Agenda(tuple(steps)), {activity.id: activity for activity in activities})
    for person in people:
        submit(made, person.id, "roster", "join", client="laptop")
    return made


def envelope(room: Kept, by: str, activity: str, command: str, /, **data: Any) -> Envelope:
    """A command with an id of its own, arriving now."""
    id, when = f"{next(_ids):032x}", NINE + timedelta(seconds=room.at)
    return Envelope(id, room.workshop.id, by, activity, command, data, device=by, when=when, salt="5a17")


def send(room: Kept, sent: Envelope) -> list[Entry]:
    """Decide and fold a command; nothing comes of one that was heard before, and Refused is raised."""
    entries = [] if room.repeat(sent) else room.decide(sent)
    for entry in entries:
        room.fold(entry)
        room.record.append(entry)
    return entries


def submit(room: Kept, by: str, activity: str, command: str, /, **data: Any) -> list[Entry]:
    return send(room, envelope(room, by, activity, command, **data))


def afresh(room: Kept) -> Kept:
    """The room as it is loaded from its record."""
    activities = {
        a.id: Activity(a.id, a.kind, a.title, a.config, a.kind.begin(a.config)) for a in room.activities.values()
    }
    roster, agenda = Roster(room.roster.people), Agenda(room.agenda.steps)
    loaded = Kept(room.workshop, roster, agenda, activities, record=stored(room.record))
    for entry in loaded.record:
        loaded.fold(entry)
    return loaded


def stored(record: list[Entry]) -> list[Entry]:
    """The record as a database keeps it: without blanked words, and without the veils that are gone."""
    kept: list[Entry] = []
    for entry in record:
        if entry.unveils:
            closings = [e.made for e in kept if (e.activity, e.type) == (entry.activity, "activity.closed")]
            bare = {"by": None, "veil": None, "digest": "", "made": (closings or [entry.made])[-1]}
            veiled = [e.at for e in kept if e.activity == entry.activity and e.veil is not None]
            kept = [e._replace(**bare) if e.at in veiled else e for e in kept]
        kept = [e._replace(data=blanked(e.data), digest="") if e.at in entry.blank else e for e in kept]
        kept.append(entry)
    return kept
