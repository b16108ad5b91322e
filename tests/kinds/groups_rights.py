"""What everybody tries in a round of groups, for the table of rights: ada works at the first table."""

from typing import Any

from facilitation.room import Room
from tests.town import GROUPS


def untaken_call(room: Room, _: str) -> str:
    """A call for help that nobody answers yet; when all are, any."""
    calls = room.activities[GROUPS].state.calls.values()
    return next((call.ref for call in calls if not call.taken), next(iter(calls)).ref)


def note(room: Room, _: str) -> str:
    """The first line of the first table."""
    return next(iter(room.activities[GROUPS].state.notes))


IN_GROUPS: dict[str, tuple[str, dict[str, Any]]] = {
    "groups.assign": (GROUPS, {"groups": {"t1": ["ada"], "t2": ["ben"]}}),
    "groups.start": (GROUPS, {}),
    "groups.prolong": (GROUPS, {"seconds": 60}),
    "groups.finish": (GROUPS, {}),
    "groups.move": (GROUPS, {"person": "dep", "group": "t1"}),
    "groups.tell": (GROUPS, {"text": "Noch fünf Minuten"}),
    "groups.late": (GROUPS, {"group": "t1"}),
    "groups.take": (GROUPS, {"call": untaken_call}),
    "groups.helped": (GROUPS, {"call": untaken_call}),
    "groups.enter": (GROUPS, {"group": "t1"}),
    "groups.leave": (GROUPS, {}),
    "groups.note": (GROUPS, {"group": "t1", "text": "Noch eine"}),
    "groups.rewrite": (GROUPS, {"group": "t1", "note": note, "text": "Anders"}),
    "groups.result": (GROUPS, {"group": "t1", "text": "Ein Satz"}),
    "groups.help": (GROUPS, {"group": "t1", "text": "Wir haben eine Frage."}),
    "groups.scribe": (GROUPS, {"group": "t1"}),
    "groups.ready": (GROUPS, {"group": "t1"}),
    "groups.propose": (GROUPS, {"groups": {"t1": ["ada", "ben"]}, "way": "random"}),
    "groups.shift": (GROUPS, {"person": "dep", "group": "t1"}),
    "groups.discard": (GROUPS, {}),
    "groups.publish": (GROUPS, {}),
}
