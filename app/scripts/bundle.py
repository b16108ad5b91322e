"""A workshop as one JSON object for other programs: activities, contributions with references, counts."""

from typing import Any

from app.scripts.sheets import rows
from facilitation.activity import Activity
from facilitation.participation import participation
from facilitation.record import Data
from facilitation.room import Room

ABOUT = {
    "workshop": "die Veranstaltung; Zeiten nach ISO 8601 mit Zeitzone",
    "agenda": "die Programmpunkte mit den Kennungen ihrer Bausteine",
    "participation": "Beteiligung in Zahlen, ohne Namen",
    "activities": "die Bausteine in ihrer Reihenfolge",
    "activities[].kind": "poll (Abfrage), wall (Ideenwand), questions (Fragen), stream (Blog)",
    "activities[].names": "named (mit Namen), moderators (nur für die Moderation sichtbar), anonymous (anonym)",
    "activities[].figures": "Zahlen des Bausteins; sie fehlen, solange sie niemand kennen darf",
    "activities[].rows": "je Beitrag oder Antwortmöglichkeit ein Objekt; `ref` ist die Nummer des Beitrags, `author` "
    "der angegebene Name, `hidden` der Grund der Ausblendung, `votes: null` heißt: unbekannt oder zu wenige Antworten",
}


def bundled(room: Room) -> Data:
    workshop = room.workshop
    return {
        "format": "ratschlag-bundle",
        "format_version": 1,
        "about": ABOUT,
        "workshop": {
            "title": workshop.title,
            "start": workshop.starts.astimezone(workshop.zone).isoformat(),
            "end": workshop.ends.astimezone(workshop.zone).isoformat(),
            "timezone": workshop.timezone,
            "language": workshop.language,
            "place": workshop.place,
            "organisation": workshop.organisation,
            "prefix": workshop.prefix,
        },
        "agenda": [step.model_dump(mode="json") for step in room.agenda.steps],
        "participation": _without_people(participation(room.roster, workshop.starts)),
        "activities": [_activity(activity, room) for activity in room.activities.values()],
    }


def _without_people(figures: Data) -> Data:
    return {name: value for name, value in figures.items() if name != "persons_not_joined"}


def _activity(activity: Activity, room: Room) -> Data:
    table: list[dict[str, Any]] = rows(activity, room)
    known = all(row["votes"] is not None for row in table if "votes" in row)
    figures = {"figures": activity.figures()} if known else {}
    head = {"id": activity.id, "kind": activity.kind.name, "title": activity.title, "names": activity.names}
    return head | figures | {"rows": table}
