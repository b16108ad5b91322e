"""Topics (Themenfelder) of cards: chosen by whoever writes one, put in order by staff.  A card has any number."""

from typing import TYPE_CHECKING

from facilitation import labels
from facilitation.labels import Tag
from facilitation.record import Actor, Command, Entry, Fact

if TYPE_CHECKING:
    from facilitation.walls.state import State

COMMANDS: dict[str, type[Command]] = {"tag": Tag}


def decide(state: "State", command: Tag, actor: Actor) -> list[Fact]:  # noqa: ARG001
    state.check_card(command.ref)
    return [labels.granted("wall", command, state.config.topics)]


def fold(state: "State", entry: Entry) -> None:
    if entry.type == "wall.labelled":
        state.put(state.cards[entry.data["on"]]._replace(topics=tuple(entry.data["labels"])))
