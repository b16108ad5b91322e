"""A workshop as a workshop-event-script: everything that is on record, and what it came to.

Importing it gives the same results again.  It is a full copy for the organiser, and says so.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel

from app.scripts.actions import ITSELF, SOMEBODY, Recorder
from app.scripts.results import results
from app.scripts.structure import STAFF
from app.scripts.ways import ACCEPTED, TYPES
from app.store import Refusal
from facilitation.activity import Activity
from facilitation.agenda import Step
from facilitation.record import Data, Entry, Person, Role
from facilitation.room import Room, Workshop

NOTICE = (
    "Vollständige Kopie für die Organisation: Sie enthält Namen und alle Beiträge, auch ausgeblendete. "
    "Bitte geschützt aufbewahren und nicht weitergeben."
)
WORDS_OF_ROLES = {role: word for word, role in STAFF.items()}
EXTRA = {SOMEBODY: "Anonyme Beiträge", ITSELF: "Uhr"}


def exported(room: Room, entries: list[Entry], refusals: list[Refusal], settings: Data, uploads: list[Data]) -> Data:
    """The script of a workshop; `settings` are those of its row, `uploads` its pictures."""
    recorder = Recorder(room, refusals)
    actions = enumerate(recorder.actions(entries), 1)
    stream: list[Data] = [{"seq": n, "id": f"a{n:04d}"} | action for n, action in actions]
    found = results(room, entries, refusals)
    refused = {action["id"]: action["outcome"] for action in stream if action.get("outcome", ACCEPTED) != ACCEPTED}
    return {
        **_head(room.workshop, settings, recorder),
        **_people(room, {action["actor"] for action in stream}),
        "organisation": _organisation(room, settings),
        **_carried_over(room),
        "agenda": [_step(step) for step in room.agenda.steps],
        "activities": [_activity(activity) for activity in room.activities.values()],
        "incidents": [],
        **({"uploads": uploads} if uploads else {}),
        "stream": stream,
        "expected": {"rules_version": 1, "not_accepted": refused, **found},
        "results": found,
    }


def _head(workshop: Workshop, settings: Data, recorder: Recorder) -> Data:
    return {
        "format": "workshop-event-script",
        "format_version": 1,
        "id": settings.get("imported_from") or f"ratschlag-{workshop.code}",
        "title": workshop.title,
        "language": workshop.language,
        "date": workshop.starts.astimezone(workshop.zone).date().isoformat(),
        "start": recorder.told(workshop.starts),
        "end": recorder.told(workshop.ends),
        "timezone": workshop.timezone,
        "place": workshop.place,
        "generator": {"software": "Ratschlag"},
        "notice": NOTICE,
        "prefix": workshop.prefix,
    }


def _people(room: Room, actors: Iterable[str]) -> Data:
    everybody = room.roster.people.values()
    extra = [{"id": id, "label": label, "role": "technik"} for id, label in EXTRA.items() if id in actors]
    return {
        "staff": [_staff(person) for person in everybody if person.role.is_staff]
        + [staff for staff in extra if staff["id"] not in room.roster.people],
        "participants": [_participant(room, person) for person in everybody if person.role is Role.PARTICIPANT],
        "shared_rooms": [_shared_room(person) for person in everybody if person.role is Role.ROOM],
    }


def _staff(person: Person) -> Data:
    return {"id": person.id, "label": person.label, "role": WORDS_OF_ROLES[person.role]}


def _participant(room: Room, person: Person) -> Data:
    head = person.deputy_for if person.deputy_for in room.roster.people else None
    given = {"unit": person.unit, "dezernat": person.division, "deputy_for": head, "guest": person.guest}
    given["barrier_free"] = person.barrier_free
    known = {name: value for name, value in given.items() if value}
    return {"id": person.id, "label": person.label, "role": person.function, "deputy": person.deputy} | known


def _shared_room(person: Person) -> Data:
    division = {"dezernat": person.division} if person.division else {}
    return {"id": person.id, "label": person.label, "headcount": person.headcount} | division


def _organisation(room: Room, settings: Data) -> Data:
    """The divisions and units that were prepared, and the divisions that only people name."""
    prepared = settings.get("divisions", [])
    named = {person.division for person in room.roster.people.values() if person.division}
    missing = sorted(named - {division["id"] for division in prepared})
    return {
        "name": room.workshop.organisation,
        "dezernate": [*prepared, *({"id": id, "title": id} for id in missing)],
        "units": settings.get("units", []),
    }


def _carried_over(room: Room) -> Data:
    """The measures of an earlier day that activities began with, each once."""
    preloads = [measure for it in room.activities.values() for measure in getattr(it.config, "preload", ())]
    measures = {measure.id: _plain(measure) for measure in preloads}
    return {"carried_over": {"measures": list(measures.values())}} if measures else {}


def _step(step: Step) -> Data:
    settings: Data = _plain(step)
    return {"id": step.id, "start": settings.pop("starts"), "end": settings.pop("ends")} | settings


def _activity(activity: Activity) -> Data:
    """An activity with its settings under the names of the format."""
    settings = _plain(activity.config)
    names = settings.pop("names")
    if "form" in settings:
        settings = {"kind": settings.pop("form")} | settings.pop("settings") | settings
    if "preload" in settings:
        settings["preload"] = [measure["id"] for measure in settings["preload"]]
    if "groups" in settings:
        settings["rooms"] = settings.pop("groups")
    said = {"anonymous": names == "anonymous"} | ({"names": names} if names == "moderators" else {})
    known_as = next(ours for ours, kind in TYPES.items() if kind == activity.kind.name)
    head = {"id": activity.id, "type": known_as, "title": activity.title}
    return head | {name: value for name, value in settings.items() if value is not None} | said


def _plain(value: Any) -> Any:
    """Settings as JSON, options and columns by the names of their fields."""
    match value:
        case BaseModel():
            return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
        case date():
            return value.isoformat()
        case tuple() if hasattr(value, "_asdict"):
            return {name: _plain(it) for name, it in value._asdict().items()}
        case tuple() | list():
            return [_plain(it) for it in value]
        case dict():
            return {name: _plain(it) for name, it in value.items()}
    return value
