"""Cards that staff brings: seeds (Vorlagen), and what was written elsewhere, on the wall of a group for one."""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

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
    """One card made of contributions from elsewhere, in their words and with the name of where they stood.

    `point`: of one contribution only this point, counted from 1.
    """

    column: str
    point: Annotated[int, Field(ge=0)] = 0


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
    if command.point:
        text = dict(enumerate(carried[0].points, 1)).get(command.point, "") if len(carried) == 1 else ""
    if not text:
        raise Refused("wall.invalid", why="nothing")
    label = ", ".join(dict.fromkeys(source.group or source.title for source in carried))
    words = {"column": command.column, "text": text, "label": label} | (
        {"point": command.point} if command.point else {}
    )
    return [Fact("wall.adopted", words | {SOURCES: list(command.sources)}, contribution=True)]


def fold(state: "State", entry: Entry) -> None:
    data = entry.data
    origin = {"wall.seeded": SEED, "wall.adopted": data.get("label", "")}.get(entry.type)
    if origin is not None:
        ref = data["ref"]
        state.put(Card(entry.at, ref, data["column"], data["text"], None, entry.made, origin=origin, rank=entry.at))
