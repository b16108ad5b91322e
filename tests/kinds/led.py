"""A round of groups with a facilitator, a wall and polls beside it, for the tests of who leads and what belongs."""

from typing import Any

from facilitation.kinds import groups, poll, wall
from facilitation.record import Person, Role
from tests.kinds.tables import HERE, SEATED
from tests.rooms import Kept, activity, room, submit

EVA = Person("eva-lin", Role.PARTICIPANT, "Leitung Amt 60", unit="amt-60", function="amtsleitung")
COLOURS: dict[str, Any] = {
    "form": "single",
    "names": "named",
    "settings": {"options": [("rot", "Rot"), ("blau", "Blau")]},
}
QUIZ = COLOURS["settings"] | {"correct": ["rot"]}
GUIDE: list[dict[str, Any]] = [
    {
        "title": "Ankommen",
        "minutes": 5,
        "do": "Alle stellen sich vor.",
        "say": ["Wer sind wir?"],
        "stuck": "Fragen Sie.",
    },
    {"title": "Sammeln", "minutes": 20},
]
GROUPS: list[dict[str, Any]] = [
    {"id": "eins", "title": "Gruppe 1", "facilitator": "eva-lin", "activities": ["wand"]},
    {"id": "zwei", "title": "Gruppe 2"},
    {"id": "drei", "title": "Gruppe 3"},
]


def prepared(**config: Any) -> Kept:
    """Nobody has begun; a wall belongs to the first group, which somebody is planned to lead."""
    return room(
        activity(groups, "kg", **{"groups": GROUPS, "guide": GUIDE} | config),
        activity(wall, "wand", names="named"),
        activity(poll, "frage", **COLOURS, seen="closed"),
        activity(poll, "alle", **COLOURS),
        activity(poll, "quiz", names="named", form="single", settings=QUIZ, seen="closed"),
        people=(*HERE, EVA),
    )


def working(**config: Any) -> Kept:
    """The same, running: ada and ben sit in group eins, which eva-lin leads, dan in group zwei, which nobody leads."""
    table = prepared(**config)
    submit(table, "mo", "kg", "assign", groups=SEATED)
    submit(table, "mo", "kg", "start")
    return table
