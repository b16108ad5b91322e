"""Undoing (Rückgängig): everybody who sorts takes their own last step back, as a new entry.

A card goes back only if it still lies where that step laid it: whatever somebody else did since stands.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitation.activity import REVISES, seed
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.walls.merging import lift
from facilitation.walls.state import Step

if TYPE_CHECKING:
    from facilitation.walls.state import State


class Undo(StaffCommand):
    """Take back one's last step of moving, sorting or merging of which anything is left."""


COMMANDS: dict[str, type[Command]] = {"undo": Undo}


class Laid(NamedTuple):
    """How a fact lays cards: `field` of each becomes `to`, perhaps an island made for them."""

    field: str
    cards: tuple[str, ...]
    to: str
    island: str = ""


def decide(state: "State", command: Undo, actor: Actor) -> list[Fact]:  # noqa: ARG001
    for step in reversed(state.steps.get(actor.seed, ())):
        back, gone = _back(state, step), _left(state, step)
        if back or gone:
            undone = Fact("wall.undone", {"step": step.at, "field": step.field, "back": back})
            return [undone, *([Fact("wall.withdrawn", {REVISES: step.island})] if gone else [])]
    raise Refused("wall.invalid", why="undone")


def _back(state: "State", step: Step) -> dict[str, str]:
    """The cards that can go back, and where to: what two cards were given by one person is not known after sealing."""
    if step.field != "under":
        return {ref: old for ref, old in step.old.items() if getattr(state.cards[ref], step.field) == step.new}
    back: dict[str, str] = {}
    for ref, old in step.old.items():  # a card before those that were beneath it
        alone = not old or old in back or (state.cards[old].stands and ref not in state.beneath)
        if not state.sealed and alone and state.cards[ref].under == step.new:
            back[ref] = old
    return back


def _left(state: "State", step: Step) -> bool:
    """Whether an island that the step founded is nobody else's yet.  Once dots may lie there, none may learn of it."""
    if step.island not in state.islands or state.dots.offered or state.ties.get(step.island):
        return False
    return all(ref in step.old for ref, card in state.cards.items() if card.island == step.island)


def fold(state: "State", entry: Entry) -> None:
    """Remember where cards lay, before others fold what lays them elsewhere."""
    data = entry.data
    if entry.type == "wall.undone":
        who, undone = _who(entry), data["step"]
        state.steps[who] = [step for step in state.steps[who] if step.at < undone]
        _lay(state, data["field"], data["back"])
    elif laid := _laid(state, entry.type, data):
        old = {ref: getattr(state.cards[ref], laid.field) for ref in laid.cards}
        state.steps.setdefault(_who(entry), []).append(Step(entry.at, laid.field, old, laid.to, laid.island))


def _who(entry: Entry) -> str:
    """Whoever sorted, by what an actor knows of itself: a wall that is anonymous has no other name for staff."""
    return seed(entry.activity, entry.by or "")


def _laid(state: "State", type: str, data: Data) -> Laid | None:  # noqa: A002  # the record says type
    match type:
        case "wall.moved":
            return Laid("column", (data[REVISES],), data["column"])
        case "wall.founded":
            return Laid("island", tuple(data["cards"]), data["ref"], data["ref"])
        case "wall.assigned":
            return Laid("island", tuple(data["cards"]), data["island"])
        case "wall.merged":
            families = (ref for card in data["cards"] for ref in state.family(card))
            return Laid("under", tuple(families), data["card"])
        case "wall.split":
            return Laid("under", (data["card"],), "")
    return None


def _lay(state: "State", field: str, back: Mapping[str, str]) -> None:
    for ref, old in back.items():
        if field == "under":
            lift(state, ref)
            state.beneath |= {old: (*state.beneath.get(old, ()), ref)} if old else {}
        where: dict[str, Any] = {field: old}
        state.put(state.cards[ref]._replace(**where))
