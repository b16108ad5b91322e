"""What a workshop came to, in the shape of the block `expected` of a script, computed from the record.

Things are named by their references.  An activity type that does not occur has no key.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from app.scripts.ways import ACCEPTED, SEALED, WAYS, outcome
from app.store import Refusal
from facilitation.participation import participation
from facilitation.record import Data, Entry
from facilitation.room import Room

BLOCKS = {"poll": "polls", "wall": "walls", "questions": "qa", "stream": "blogs"}  # kind -> key

FACTS = {  # the fact that says what a command was -> kind of action
    "roster.joined": "join",
    "roster.left": "leave",
    "roster.door_set": "door",
    "roster.admitted": "admit",
    "activity.opened": "open",
    "activity.closed": "close",
    "activity.extended": "extend",
    "activity.sealed": SEALED,
    "stage.shown": "show",
    "stage.blanked": "darken",
    "stage.themed": "theme",
    "agenda.advanced": "advance",
    "workshop.ended": "end",
    "contribution.hidden": "hide",
    "contribution.restored": "restore",
    "record.redacted": "redact",
    "poll.voted": "vote",
    "poll.amended": "amend",
    "poll.reset": "reset",
    "wall.written": "idea",
    "wall.edited": "idea_edit",
    "wall.withdrawn": "idea_withdraw",
    "wall.moved": "move",
    "wall.commented": "comment",
    "wall.reacted": "reaction",
    "questions.asked": "question",
    "questions.supported": "upvote",
    "questions.unsupported": "unvote",
    "questions.approved": "approve",
    "questions.answered": "answer",
    "questions.commented": "comment",
    "stream.posted": "blog",
    "stream.commented": "comment",
    "stream.reacted": "reaction",
}
LEADING = ("agenda.advanced", "workshop.ended")  # these name a command wherever they stand in it
KINDS_OF_COMMANDS = {way.command: kind for kind, way in WAYS.items()}


class Done(NamedTuple):
    """A command on record: what it was as an action, and its entries."""

    kind: str
    entries: list[Entry]

    @property
    def fact(self) -> Entry:
        """The entry that says what it was."""
        return next(entry for entry in self.entries if FACTS.get(entry.type) == self.kind)


def done(entries: Iterable[Entry]) -> Iterator[Done]:
    """The commands of a record, in order, without what no action does."""
    for _, group in groupby(entries, key=lambda entry: entry.command):
        parts = list(group)
        facts = [part.type for part in parts if part.type in FACTS]
        if facts:
            yield Done(FACTS[next((fact for fact in facts if fact in LEADING), facts[0])], parts)


def refused_kind(refusal: Refusal) -> str:
    """The kind of action of a refused command."""
    return KINDS_OF_COMMANDS.get(refusal.name, refusal.name)


def results(room: Room, entries: list[Entry], refusals: Iterable[Refusal]) -> Data:
    """The block `expected` for a workshop; `room` is folded from `entries`."""
    blocks: Data = {}
    for activity in room.activities.values():
        blocks.setdefault(BLOCKS[activity.kind.name], {})[activity.id] = activity.figures()
    return {
        "totals": _totals(entries, refusals),
        "participation": participation(room.roster, room.workshop.starts),
        **blocks,
        "hidden_other": _hidden_comments(room, entries),
    }


def _totals(entries: Iterable[Entry], refusals: Iterable[Refusal]) -> Data:
    """Actions by outcome and kind.  What was taken over sealed says itself how many there were of each."""
    outcomes, submitted, accepted = Counter[str](), Counter[str](), Counter[str]()
    for command in done(entries):
        for kind, took in _taken(command).items():
            outcomes.update(took)
            submitted[kind] += sum(took.values())
            accepted[kind] += took.get(ACCEPTED, 0)
    for refusal in refusals:
        outcomes[outcome(refusal.code)] += 1
        submitted[refused_kind(refusal)] += 1
    return {
        "actions": outcomes.total(),
        "by_outcome": _sorted(outcomes),
        "submitted_by_kind": _sorted(submitted),
        "accepted_by_kind": _sorted(accepted),
    }


def _taken(command: Done) -> dict[str, dict[str, int]]:
    """How many actions of each kind and outcome a command stands for."""
    if command.kind != SEALED:
        return {command.kind: {ACCEPTED: 1}}
    data = command.fact.data
    kinds: dict[str, dict[str, int]] = data.get("kinds") or {"vote": data.get("outcomes", {})}
    return kinds


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted((+counts).items()))


def _hidden_comments(room: Room, entries: Iterable[Entry]) -> list[str]:
    """The references of hidden comments: hidden cards, questions and posts are counted with their activities."""
    hidden = {ref for activity in room.activities.values() for ref in activity.hidden}
    return [entry.data["ref"] for entry in entries if entry.type.endswith(".commented") and entry.data["ref"] in hidden]
