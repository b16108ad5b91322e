"""Digest (Verdichtung): the editing desk.  Editors see everything that comes in, whatever activity it comes from.

Whoever takes an original up has it alone until it is given back, condensed into one sentence with others, or knowingly
not pursued.  A sentence keeps its sources; everybody reads it with them once the stage has shown it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from facilitation import condensing, originals, sentences
from facilitation.condensing import MOST
from facilitation.kind import Look, Outlet
from facilitation.originals import Origin
from facilitation.record import Actor, Command, Data, Entry, Fact
from facilitation.screen import Audience, Slot, View
from facilitation.sentences import Sentence, State, Topic

name = "digest"
page = "now"

ON_TABLET = 5  # sentences before whoever is on the stage, and in one picture

Config = sentences.Settings
commands = condensing.COMMANDS


def begin(config: sentences.Settings) -> State:
    return State(config)


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    return condensing.decide(state, command, actor)


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
