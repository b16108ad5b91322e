"""What everybody tries in a round of groups, for the table of rights: ada works at the first table."""

from typing import Any

from facilitation.room import Room
from tests.town import GROUPS, WALL


def untaken_call(room: Room, _: str) -> str:
    """A call for help that nobody answers yet; when all are, any."""
    calls = room.activities[GROUPS].state.calls.values()
    return next((call.ref for call in calls if not call.taken), next(iter(calls)).ref)


def note(room: Room, _: str) -> str:
    """The first line of the first table."""
    return next(iter(room.activities[GROUPS].state.notes))


def aside(room: Room, _: str) -> str:
    """What was noted on the first table."""
    return next(iter(room.activities[GROUPS].state.leading.remarks))


def result(room: Room, person: str) -> str:
    """A result of another group than one's own."""
    state = room.activities[GROUPS].state
    return next((it.ref for group, it in state.results.items() if group != state.home(person)), "")


def comment(room: Room, _: str) -> str:
    """The first comment on a result: on that of the first table."""
    return next(iter(room.activities[GROUPS].state.harvest.voices))


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
    "groups.hold": (GROUPS, {"group": "t1"}),
    "groups.add": (GROUPS, {"title": "Noch eine"}),
    "groups.merge": (GROUPS, {"group": lambda room, _: room.activities[GROUPS].state.apart[-1], "into": "t1"}),
    "groups.pair": (GROUPS, {}),
    "groups.split": (GROUPS, {"group": lambda room, _: next(iter(room.activities[GROUPS].state.merged.into), "")}),
    "groups.settle": (GROUPS, {}),
    "groups.wish": (GROUPS, {"first": "t1"}),
    "groups.lead": (GROUPS, {"group": "t1"}),
    "groups.brief": (GROUPS, {"text": "Noch fünf Minuten"}),
    "groups.aside": (GROUPS, {"group": "t1", "text": "Läuft gut"}),
    "groups.release": (GROUPS, {"group": "t1", "aside": aside}),
    "groups.furnish": (GROUPS, {"group": "t1", "activity": WALL}),
    "groups.comment": (GROUPS, {"on": result, "text": "Wer macht das?", "aspect": "question"}),
    "groups.support": (GROUPS, {"result": result}),
    "groups.unsupport": (GROUPS, {"result": result}),
    "groups.answer": (GROUPS, {"comment": comment, "text": "Wir"}),
    "groups.accept": (GROUPS, {"comment": comment}),
    "groups.exhibit": (GROUPS, {"open": True}),
    "groups.arrange": (GROUPS, {"group": "t2", "ahead_of": "t1"}),
    "groups.propose": (GROUPS, {"groups": {"t1": ["ada", "ben"]}, "way": "random"}),
    "groups.shift": (GROUPS, {"person": "dep", "group": "t1"}),
    "groups.unshift": (GROUPS, {"step": 1}),
    "groups.equip": (GROUPS, {"group": "t1", "title": "Tisch 1"}),
    "groups.access": (GROUPS, {"groups": ["t1"]}),
    "groups.discard": (GROUPS, {}),
    "groups.publish": (GROUPS, {}),
}
