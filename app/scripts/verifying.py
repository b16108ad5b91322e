"""Comparing a workshop with what a script expects of it.

What this build does not support is left out, counted, and taken off the totals action by action, so that everything
else is compared strictly.  Entities of the script are found by the commands that created them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.scripts.format import Action, Script
from app.scripts.mapping import Interpreter, renamed
from app.scripts.reading import ScriptError
from app.scripts.results import results, told
from app.scripts.ways import ACCEPTED, SEALED, outcome
from app.store import Refusal, Store
from facilitation.record import Data, Entry
from facilitation.room import Room

MISSING = "missing"  # what the record knows nothing of
OF_THE_DATE = ("joined_after_start", "joined_within_2_min_of_start")
NEVER = ("near_duplicates",)
NEEDS = {  # figures that only some kind of action brings about
    "clusters": "cluster",
    "unclustered": "cluster",
    "dots": "dot",
    "dots_total": "dot",
    "dot_voters": "dot",
    "links": "link",
    "comments": "comment",
    "comments_by_idea": "comment",
    "comments_by_post": "comment",
    "reactions": "reaction",
}
BLOCKS = ("polls", "walls", "qa", "blogs", "breakouts", "texts", "measures", "speak", "pulses", "digests", "surveys")


class Difference(NamedTuple):
    path: str
    expected: Any
    found: Any


class Comparison(NamedTuple):
    differences: list[Difference]
    unsupported: dict[str, int]  # kind of action -> how many were left out


def verify(store: Store, workshop: int, script: Script) -> Comparison:
    """Compare the record of a workshop with `expected` of a script; ScriptError if it has none."""
    room, entries, refusals = recorded(store, workshop)
    return compared(room, entries, refusals, script)


def recorded(store: Store, workshop: int) -> tuple[Room, list[Entry], list[Refusal]]:
    """The room of a workshop folded from its record, the record, and what was refused of actions."""
    with store.reading() as on:
        room, entries = store.room(workshop, on), store.entries(workshop, 0, on)
        refusals = store.refusals(workshop, on=on)
    if room is None:
        raise LookupError(workshop)
    for entry in entries:
        room.fold(entry)
    return room, entries, told(refusals, room)


def compared(room: Room, entries: list[Entry], refusals: list[Refusal], script: Script) -> Comparison:
    if script.expected is None:
        raise ScriptError("expected: missing, so there is nothing to compare with")
    try:
        return _compared(room, entries, refusals, script, script.expected)
    except (AttributeError, TypeError) as error:
        raise ScriptError("expected: does not have the shape of the format") from error


def _compared(room: Room, entries: list[Entry], refusals: list[Refusal], script: Script, wanted: Data) -> Comparison:
    interpreter = Interpreter(script)
    judged = [action for action in script.stream if interpreter.supports(action)]
    left_out = [action for action in script.stream if not interpreter.supports(action)]
    entities = _entities(room, judged, interpreter)
    expected = _supported(wanted, left_out, interpreter)
    if _is_live(room, judged, interpreter):
        for name in OF_THE_DATE:
            expected.get("participation", {}).pop(name, None)
    found = renamed(results(room, entries, refusals), entities)
    found["not_accepted"] = dict(_not_accepted(room, refusals, judged, interpreter))
    loose = {"totals": 1, "participation": 1} | dict.fromkeys(BLOCKS, 2)
    differences = [
        difference
        for block in expected
        for difference in _differences(block, expected[block], found.get(block), loose.get(block, 0))
    ]
    return Comparison(differences, dict(sorted(Counter(action.kind for action in left_out).items())))


def _entities(room: Room, judged: list[Action], interpreter: Interpreter) -> dict[str, str]:
    """Our reference -> the entity of the script that it is."""
    entities: dict[str, str] = {}
    for action in judged:
        heard = room.heard.get(interpreter.command_id(action))
        if heard and heard.ref and action.entity:
            entities.setdefault(heard.ref, action.entity)
    return entities


def _is_live(room: Room, judged: list[Action], interpreter: Interpreter) -> bool:
    """Whether the day was played at times of its own: then nobody joined when the script says."""
    for action in judged:
        heard = room.heard.get(interpreter.command_id(action)) if action.kind == "join" else None
        if heard:
            return heard.made != action.ts
    return False


def _supported(expected: Data, left_out: list[Action], interpreter: Interpreter) -> Data:
    """What is expected of this build."""
    refused: dict[str, str] = expected.get("not_accepted", {})
    gone = {action.id for action in left_out}
    blocks = {
        block: {
            id: {name: value for name, value in figures.items() if _is_compared(id, name, interpreter)}
            for id, figures in expected[block].items()
            if interpreter.kinds.get(id)
        }
        for block in BLOCKS
        if block in expected
    }
    return {
        "totals": _reduced(expected.get("totals", {}), left_out, refused),
        "not_accepted": {id: word for id, word in refused.items() if id not in gone},
        "participation": dict(expected.get("participation", {})),
        **{block: activities for block, activities in blocks.items() if activities},
        "hidden_other": [ref for ref in expected.get("hidden_other", []) if _lives(ref, interpreter)],
    }


def _is_compared(activity: str, figure: str, interpreter: Interpreter) -> bool:
    if figure in NEVER:
        return False
    return figure not in NEEDS or interpreter.offers(activity, NEEDS[figure])


def _lives(entity: str, interpreter: Interpreter) -> bool:
    return interpreter.kinds.get(interpreter.meant.get(entity, "")) is not None


def _reduced(totals: Data, left_out: list[Action], refused: dict[str, str]) -> Data:
    """The totals without exactly these actions."""
    outcomes, submitted, accepted = (
        Counter[str](totals.get(name, {})) for name in ("by_outcome", "submitted_by_kind", "accepted_by_kind")
    )
    for action in left_out:
        word = refused.get(action.id, ACCEPTED)
        outcomes[word] -= 1
        submitted[action.kind] -= 1
        accepted[action.kind] -= word == ACCEPTED
    return {
        "actions": totals.get("actions", 0) - len(left_out),
        "by_outcome": dict(+outcomes),
        "submitted_by_kind": dict(+submitted),
        "accepted_by_kind": dict(+accepted),
    }


def _not_accepted(
    room: Room, refusals: list[Refusal], judged: list[Action], interpreter: Interpreter
) -> Iterator[tuple[str, str]]:
    """Action -> outcome as the record knows it.  A repeat is a duplicate if it was noted as one."""
    words: dict[str, list[str]] = {}
    for refusal in refusals:
        words.setdefault(refusal.command, []).append(outcome(refusal.code))
    for command in room.heard:
        words.setdefault(command, []).insert(0, ACCEPTED)
    for action in judged:
        if action.kind != SEALED:
            left = words.get(interpreter.command_id(action), [])
            word = left.pop(0) if left else MISSING
            if word != ACCEPTED:
                yield action.id, word


def _differences(path: str, expected: Any, found: Any, loose: int) -> Iterator[Difference]:
    """Every leaf that differs.  For `loose` levels the workshop may have more than is expected."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected if loose > 0 else expected | found:
            yield from _differences(f"{path}.{key}", expected.get(key), found.get(key), loose - 1)
    elif _unordered(expected) != _unordered(found):
        yield Difference(path, expected, found)


def _unordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) and all(isinstance(it, str) for it in value) else value
