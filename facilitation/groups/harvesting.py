"""What becomes of a wish in the gallery of results."""

from typing import TYPE_CHECKING, Any

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.groups.harvest import Accept, Answer, Arrange, Comment, Exhibit, Support, Unsupport, owner
from facilitation.record import Actor, Data, Fact, Refused

if TYPE_CHECKING:
    from facilitation.groups.state import State


def decide(state: "State", command: Any, actor: Actor) -> list[Fact]:
    match command:
        case Exhibit(open=opened):
            return [Fact("groups.exhibited", {"open": opened})]
        case Arrange(group=group, ahead_of=ahead_of):
            if ahead_of and ahead_of not in state.groups:
                raise Refused("groups.invalid", why="unknown_group")
            return [Fact("groups.arranged", {"group": group, "ahead_of": ahead_of})]
        case Comment(on=ref):
            _check_visited(state, ref, actor)
            return [comments.granted("groups", command, state.config.names)]
        case Support(result=ref):
            return [_supporting(state, command, ref, actor)]
    return [_answering(state, command)]


def _check_visited(state: "State", ref: str, actor: Actor) -> None:
    """Nobody speaks for their own group's result."""
    group = owner(state, ref)
    if not group:
        raise Refused("groups.invalid", why="unknown_result")
    if state.home(actor.id) == state.merged.place(group):
        raise Refused("groups.own")


def _supporting(state: "State", command: Support, ref: str, actor: Actor) -> Fact:
    """What is taken back though it was never given is accepted and changes nothing."""
    _check_visited(state, ref, actor)
    if isinstance(command, Unsupport):
        return Fact("groups.unsupported", {"result": ref})
    if actor.id in state.harvest.supporters.get(ref, ()):
        raise Refused("gallery.already_voted")
    return Fact("groups.supported", {"result": ref})


def _answering(state: "State", command: Answer | Accept) -> Fact:
    voice = state.harvest.voices.get(command.comment)
    if voice is None:
        raise Refused("groups.invalid", why="unknown_comment")
    data: Data = {"comment": command.comment}
    if isinstance(command, Accept):
        return Fact("groups.accepted", data)
    if len(command.text) > comments.MOST:
        raise Refused("comment.too_long", most=comments.MOST)
    data |= {"text": command.text}
    return Fact("groups.answered", {REVISES: voice.reply.ref} | data) if voice.reply else _first(data)


def _first(data: Data) -> Fact:
    return Fact("groups.answered", data | {"on": data["comment"]}, contribution=True)
