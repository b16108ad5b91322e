"""What editors may wish of a digest, and what becomes of it: whoever takes an original up has it alone."""

from typing import Annotated

from pydantic import Field

from facilitation.activity import REVISES
from facilitation.lineage import DECLINED, RESUMED, SOURCES, Carrying
from facilitation.record import Actor, Command, Data, Fact, Refused, StaffCommand
from facilitation.sentences import ORIGINALS, State
from facilitation.texts import Text

MOST = 300  # code points of a sentence


class Taking(Carrying, StaffCommand):
    """A wish about originals."""

    sources: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]


class Claim(Taking):
    """To work on them: nobody else does meanwhile."""


class Release(Taking):
    """To give them back; anybody of staff may, for whoever claimed them may have gone home."""


class Tag(Taking):
    topic: str = ""  # none


class Decline(Taking):
    """Knowingly not to pursue them, and why."""

    reason: Text


class Resume(Taking):
    """To pursue them after all."""


class Condense(Carrying, StaffCommand):
    """One sentence of several originals; without any, of what was said aloud."""

    text: Text
    topic: str = ""


class Revising(StaffCommand):
    """A wish about a sentence that is not withdrawn."""

    sentence: str


class Rewrite(Revising):
    text: Text
    topic: str = ""


class Link(Carrying, Revising):
    """Further originals that say the same."""

    sources: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]


class Place(Revising):
    """Put a sentence before another; "": at the end."""

    before: str = ""


class Recall(StaffCommand):
    """Withdraw a sentence; what it was made of waits again."""

    sentence: str


COMMANDS: dict[str, type[Command]] = {
    "claim": Claim,
    "release": Release,
    "tag": Tag,
    "decline": Decline,
    "resume": Resume,
    "condense": Condense,
    "rewrite": Rewrite,
    "link": Link,
    "place": Place,
    "recall": Recall,
}


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    match command:
        case Taking():
            return [_taking(state, command, actor)]
        case Condense() | Rewrite(topic=_):
            return [_worded(state, command, actor)]
        case Link():
            _check_sentence(state, command.sentence)
            _check_free(state, command, actor)
            return [Fact("digest.linked", {REVISES: command.sentence, SOURCES: list(command.sources)})]
        case Place(sentence=ref, before=before):
            _check_sentence(state, ref)
            return [Fact("digest.placed", {"sentence": ref, "before": before})]
        case Recall(sentence=ref) if ref in state.sentences:
            return [Fact("digest.withdrawn", {REVISES: ref})]
    raise Refused("digest.invalid", why="unknown_sentence")


def _taking(state: State, command: Taking, actor: Actor) -> Fact:
    refs = list(command.sources)
    match command:
        case Claim():
            _check_free(state, command, actor)
            veil: Data | None = {} if state.config.names == "anonymous" else None
            return Fact("digest.claimed", {ORIGINALS: refs}, veil=veil)
        case Decline(reason=reason):
            _check_free(state, command, actor)
            return Fact("digest.declined", {DECLINED: refs, "reason": reason})
        case Tag(topic=topic):
            _check_topic(state, topic)
            return Fact("digest.tagged", {ORIGINALS: refs, "topic": topic})
        case Resume():
            return Fact("digest.resumed", {RESUMED: refs})
    return Fact("digest.released", {ORIGINALS: refs})


def _worded(state: State, command: Condense | Rewrite, actor: Actor) -> Fact:
    if isinstance(command, Condense):
        _check_free(state, command, actor)
    else:
        _check_sentence(state, command.sentence)
    _check_topic(state, command.topic)
    if len(command.text) > MOST:
        raise Refused("digest.too_long", most=MOST)
    said = {"text": command.text, "topic": command.topic}
    if isinstance(command, Rewrite):
        return Fact("digest.rewritten", {REVISES: command.sentence} | said)
    return Fact("digest.condensed", said | {SOURCES: list(command.sources)}, contribution=True)


def _check_free(state: State, command: Carrying, actor: Actor) -> None:
    """Everybody will read of it, and nobody else works on it."""
    for source in command.carried:
        if source.hidden or source.withdrawn:
            raise Refused("digest.invalid", why="hidden", ref=source.ref)
        if state.claims.get(source.ref, actor.id) != actor.id:
            raise Refused("digest.invalid", why="claimed", ref=source.ref)


def _check_topic(state: State, topic: str) -> None:
    if topic and topic not in {known.id for known in state.config.topics}:
        raise Refused("digest.invalid", why="unknown_topic")


def _check_sentence(state: State, ref: str) -> None:
    if ref not in state.order:
        raise Refused("digest.invalid", why="unknown_sentence")
