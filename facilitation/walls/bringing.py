"""Cards that staff brings: seeds (Vorlagen), and what was written elsewhere, on the wall of a group for one."""

from typing import TYPE_CHECKING

from facilitation.lineage import SOURCES, Carrying
from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.texts import Text
from facilitation.walls.cards import SEED, Card, check_length

if TYPE_CHECKING:
    from facilitation.walls.state import State


class Seed(StaffCommand):
    column: str
    text: Text


class Adopt(Carrying, StaffCommand):
    """One card made of contributions from elsewhere, in their words, with the name of their group or activity."""

    column: str


COMMANDS: dict[str, type[Command]] = {"seed": Seed, "adopt": Adopt}


def decide(state: "State", command: Seed | Adopt, actor: Actor) -> list[Fact]:  # noqa: ARG001
    state.check_column(command.column)
    match command:
        case Seed(column=column, text=text):
            check_length(state, text)
            return [Fact("wall.seeded", {"column": column, "text": text}, contribution=True)]
    carried = command.carried
    if not carried or not all(source.text for source in carried):
        raise Refused("wall.invalid", why="nothing")
    if any(source.hidden for source in carried):
        raise Refused("wall.invalid", why="hidden")
    text = "\n".join(source.text for source in carried)
    label = ", ".join(dict.fromkeys(source.group or source.title for source in carried))
    words = {"column": command.column, "text": text, "label": label}
    return [Fact("wall.adopted", words | {SOURCES: list(command.sources)}, contribution=True)]


def fold(state: "State", entry: Entry) -> None:
    data = entry.data
    origin = {"wall.seeded": SEED, "wall.adopted": data.get("label", "")}.get(entry.type)
    if origin is not None:
        ref = data["ref"]
        state.put(Card(entry.at, ref, data["column"], data["text"], None, entry.made, origin=origin, rank=entry.at))
