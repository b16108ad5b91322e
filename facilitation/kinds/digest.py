"""Digest (Verdichtung): the editing desk.  Editors see everything that comes in, whatever activity it comes from.

Whoever takes an original up has it alone until it is given back, condensed into one sentence with others, or knowingly
not pursued.  A sentence keeps its sources; everybody reads it with them once the stage has shown it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import Field

from facilitation import originals, sentences
from facilitation.activity import REVISES
from facilitation.kind import Look, Outlet
from facilitation.lineage import DECLINED, RESUMED, SOURCES, Carrying
from facilitation.originals import Origin
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Slot, View
from facilitation.sentences import ORIGINALS, Sentence, State, Topic
from facilitation.texts import Text

name = "digest"
page = "now"

ON_TABLET = 5  # sentences before whoever is on the stage, and in one picture
MOST = 300  # code points of a sentence

Config = sentences.Settings


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


commands: dict[str, type[Command]] = {
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


def begin(config: sentences.Settings) -> State:
    return State(config)


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


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Shown(NamedTuple):
    """A sentence with its sources as everybody may read it."""

    ref: str
    text: str
    topic: str
    origins: tuple[Origin, ...]


class Head(NamedTuple):
    title: str
    sentences: int


class OnStage(NamedTuple):
    title: str
    sentences: tuple[Shown, ...]


class Brief(NamedTuple):
    """A sentence at the desk.  `hidden` is why nobody else sees it, `above` and `below` where it can be moved."""

    shown: Shown
    made: datetime
    edited: bool
    presented: bool
    hidden: str
    topic: str
    topics: tuple[Topic, ...]
    above: str | None  # put it before this one …
    below: str | None  # … or before that one; "": to the end
    became: tuple[str, ...]
    outlets: tuple[Outlet, ...]  # where it can be sent beside the stage
    most: int = MOST


class Tablet(NamedTuple):
    sentences: int
    others: int


class Desk(NamedTuple):
    """What one editor works on; `number` where no name may be known."""

    editor: str
    number: int
    origins: tuple[Origin, ...]
    sentences: tuple[tuple[str, str], ...]  # of which it may become a source
    topics: tuple[Topic, ...]
    most: int = MOST


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
    parts: View = {f"sentence-{it.ref}": _shown(state, it, look) for it in _public(state, look)}
    head: View = {"": Slot(("head",)), "head": Head(look.title, len(parts)), "sentences": Slot(parts)}
    return head | parts


def _public(state: State, look: Look) -> list[Sentence]:
    """The sentences that the stage has shown, each by itself or all of them."""
    return [it for it in state.visible(look.hidden) if look.shown or it.ref in look.presented]


def _shown(state: State, it: Sentence, look: Look) -> Shown:
    titles = dict(state.config.topics)
    return Shown(it.ref, it.text, titles.get(it.topic, ""), originals.origins(it.sources, look))


def _stage(state: State, look: Look) -> View:
    """One sentence if one that everybody may read is asked for, else the topmost."""
    public = _public(state, look)
    chosen = [it for it in public if it.ref == look.item]
    part = "stage-one" if chosen else "stage-list"
    shown = tuple(_shown(state, it, look) for it in chosen or public[:ON_TABLET])
    return {"": Slot((part,)), part: OnStage(look.title, shown)}


def _desk(state: State, look: Look) -> View:
    briefs = dict(_briefs(state, look))
    kept = tuple((it.ref, it.text) for it in state.kept)
    editors: View = {
        f"editor-{editor}": Desk(
            look.author(editor), n, originals.origins(tuple(refs), look), kept, state.config.topics
        )
        for n, (editor, refs) in enumerate(state.claimed(), 1)
    }
    head, found = originals.incoming(state, look)
    items: View = {f"original-{ref}": item for ref, item in found.items()}
    names = tuple(briefs)
    return {
        "": Slot(("desk-tablet", "desk-editing", "desk-filter", "desk-incoming")),
        "desk-tablet": Tablet(len(briefs), max(0, len(briefs) - ON_TABLET)),
        "tablet": Slot(names[:ON_TABLET]),
        "others": Slot(names[ON_TABLET:]),
        "desk-editing": (len(editors), MOST, state.config.topics),
        "editors": Slot(editors),
        "desk-filter": (head.lanes, head.topics),
        "desk-incoming": (head.waiting, head.total, head.left_out),
        "incoming": Slot(items),
        **briefs,
        **editors,
        **items,
    }


def _briefs(state: State, look: Look) -> Iterator[tuple[str, Brief]]:
    order = state.order
    for n, it in enumerate(state.kept):
        after = order[n + 2] if n + 2 < len(order) else ""
        yield (
            f"brief-{it.ref}",
            Brief(
                shown=_shown(state, it, look),
                made=it.made,
                edited=it.edited,
                presented=it.ref in look.presented,
                hidden=look.hidden.get(it.ref, ""),
                topic=it.topic,
                topics=state.config.topics,
                above=order[n - 1] if n else None,
                below=after if n + 1 < len(order) else None,
                became=look.sources[it.ref].became,
                outlets=look.outlets,
            ),
        )


def mine(state: State, actor: Actor, look: Look) -> View:
    """What became of one's own stands among one's own contributions."""
    return {}


def rows(state: State, look: Look) -> Iterator[Data]:
    """The sentences with their sources; for staff also what is hidden, and what is knowingly not pursued and why."""
    titles = dict(state.config.topics)
    for it in state.kept if look.is_staff else _public(state, look):
        yield {
            "ref": it.ref,
            "text": it.text,
            "topic": titles.get(it.topic, ""),
            "sources": ", ".join(it.sources),
            "declined": "",
            "hidden": look.hidden.get(it.ref, ""),
        }
    for source in look.sources.values():
        if source.declined and look.is_staff:
            about = {"ref": source.ref, "text": source.text, "topic": titles.get(state.topics.get(source.ref, ""), "")}
            yield about | {"sources": "", "declined": source.declined, "hidden": source.hidden}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
