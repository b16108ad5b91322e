"""Merging (Zusammenlegen): several cards that mean the same lie as one.  The originals stay beneath it.

What people gave to each of them counts together, and they can be split again.
"""

from typing import TYPE_CHECKING

from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand

if TYPE_CHECKING:
    from facilitation.walls.state import State


class Merge(StaffCommand):
    """Lay `cards`, and whatever lies beneath them, beneath `card`."""

    card: str
    cards: tuple[str, ...]


class Split(StaffCommand):
    """Give a card that lies beneath another its own place again."""

    card: str


COMMANDS: dict[str, type[Command]] = {"merge": Merge, "split": Split}


def decide(state: "State", command: Merge | Split, actor: Actor) -> list[Fact]:  # noqa: ARG001
    if state.sealed:  # nobody knows any more what two cards were given by the same person
        raise Refused("activity.sealed")
    state.check_card(command.card)
    card = command.card
    if isinstance(command, Split):
        if not state.cards[card].under:
            raise Refused("wall.invalid", why="split")
        return [Fact("wall.split", {"card": card})]
    for ref in command.cards:
        state.check_card(ref)
    single = state.cards[card].stands and not any(state.cards[ref].under for ref in command.cards)
    if not command.cards or card in command.cards or not single:
        raise Refused("wall.invalid", why="merge")
    return [Fact("wall.merged", {"card": card, "cards": list(command.cards)})]


def fold(state: "State", entry: Entry) -> None:
    match entry.type:
        case "wall.merged":
            into = entry.data["card"]
            for ref in entry.data["cards"]:
                for below in (ref, *state.beneath.pop(ref, ())):
                    state.put(state.cards[below]._replace(under=into))
                    state.beneath[into] = (*state.beneath.get(into, ()), below)
        case "wall.split":
            lift(state, entry.data["card"])
            state.put(state.cards[entry.data["card"]]._replace(under=""))


def lift(state: "State", ref: str) -> None:
    """Take a card out from beneath another one, if it lies there; where it is put then is not said yet."""
    under = state.cards[ref].under
    rest = tuple(it for it in state.beneath.pop(under, ()) if it != ref)
    state.beneath |= {under: rest} if rest else {}
    if under:
        state.touch(under)
