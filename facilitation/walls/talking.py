"""What is said about cards: comments and reactions below them, and a hint to the desk that one is too personal."""

from typing import TYPE_CHECKING

from facilitation import comments
from facilitation.comments import Comment
from facilitation.reactions import React
from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.walls import phases

if TYPE_CHECKING:
    from facilitation.walls.state import State


class Flag(Command):
    """Say that a card names somebody or something private ("enthält persönliche Angaben"): the desk looks at it."""

    card: str

    timed = False


class Clear(StaffCommand):
    """The desk has looked at it."""

    card: str


COMMANDS: dict[str, type[Command]] = {"comment": Comment, "react": React, "flag": Flag, "clear": Clear}


def decide(state: "State", command: Comment | React | Flag | Clear, actor: Actor) -> list[Fact]:
    state.check_card(command.on if isinstance(command, Comment | React) else command.card)
    names = state.config.names
    match command:
        case Comment():
            phases.check(state, "comment")
            return [comments.granted("wall", command, names)]
        case React():
            phases.check(state, "talk")
            return [state.reactions.granted("wall", command, actor, names)]
        case Flag(card=ref):
            if actor.id in state.flaggers.get(ref, ()):
                raise Refused("wall.already_voted")
            return [Fact("wall.flagged", {"card": ref}, veil={} if names == "anonymous" else None)]
    return [Fact("wall.cleared", {"card": command.card})]


def fold(state: "State", entry: Entry) -> None:
    data = entry.full
    match entry.type:
        case "wall.commented":
            comments.note(state.remarks, entry)
            state.stir(data["on"], entry.at)
        case "wall.reacted" if entry.by:
            state.reactions.take(entry)
            state.stir(data["on"], entry.at)
        case "wall.flagged":
            state.flags[data["card"]] += 1
            if entry.by:
                state.flaggers.setdefault(data["card"], set()).add(entry.by)
        case "wall.cleared":
            state.flags.pop(data["card"], None)
