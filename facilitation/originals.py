"""Originals: everything that was said in a workshop, as the editors of a digest find it, and as a source is shown."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.lineage import Source
from facilitation.sentences import State, Topic

WAITING = ("waiting", "claimed")
MOST = 300  # in one picture of those that wait, and of those that are done with


class Origin(NamedTuple):
    """A source of a sentence.  What not everybody may read has no text for them; "" is redacted otherwise."""

    ref: str
    text: str
    kind: str
    title: str
    legible: bool


class Original(NamedTuple):
    """Something that came in.  `lane` is the place of its activity among all, `editor` who works on it."""

    origin: Origin
    made: datetime
    lane: int
    topic: str
    topics: tuple[Topic, ...]
    status: str  # waiting, claimed, condensed or declined
    editor: str
    reason: str
    became: tuple[str, ...]


class Incoming(NamedTuple):
    """How much came in, and what it can be filtered by: activities (place and title) and topics."""

    waiting: int
    total: int
    left_out: int
    lanes: tuple[tuple[int, str], ...]
    topics: tuple[Topic, ...]


def origins(refs: tuple[str, ...], look: Look) -> tuple[Origin, ...]:
    """What a sentence was made of, as this look may see it."""
    return tuple(_origin(look.sources[ref], look) for ref in refs)


def beginnings(refs: tuple[str, ...], look: Look) -> tuple[Origin, ...]:
    """What stands at the beginning: of a sentence the originals that it was made of; nothing, if it was said aloud."""
    met: dict[str, Source] = {}
    ahead = list(refs)
    for ref in ahead:
        if ref not in met:
            met[ref] = look.sources[ref]
            ahead += met[ref].made_of
    return tuple(_origin(it, look) for it in met.values() if not it.made_of and it.kind != "digest")


def _origin(source: Source, look: Look) -> Origin:
    legible = source.public or look.is_staff
    return Origin(source.ref, source.text if legible else "", source.kind, source.title, legible)


def incoming(state: State, look: Look) -> tuple[Incoming, dict[str, Original]]:
    """What editors have before them, the newest first: what people said, not what was made of it."""
    said = [source for source in look.sources.values() if source.kind != "digest"]
    made = {ref for source in said for ref in source.became}
    lanes = {id: n for n, id in enumerate(dict.fromkeys(source.activity for source in said))}
    titles = {source.activity: source.title for source in said}
    found = [source for source in said if not (source.hidden or source.withdrawn or source.ref in made)]
    found.sort(key=lambda source: (len(source.ref), source.ref), reverse=True)
    counts, made_of, shown = Counter[bool](), state.made_of, dict[str, Original]()
    for source in found:  # the newest of those that wait and of those that are done with
        sentences = made_of.get(source.ref, ())
        waits = _status(state, source, sentences) in WAITING
        counts[waits] += 1
        if counts[waits] <= MOST:
            shown[source.ref] = _original(state, look, source, sentences, lanes[source.activity])
    head = Incoming(
        waiting=counts[True],
        total=len(found),
        left_out=len(found) - len(shown),
        lanes=tuple((n, titles[id]) for id, n in lanes.items()),
        topics=state.config.topics,
    )
    return head, shown


def _status(state: State, source: Source, sentences: tuple[str, ...]) -> str:
    if source.ref in state.claims:
        return "claimed"
    return "condensed" if sentences else "declined" if source.declined else "waiting"


def _original(state: State, look: Look, source: Source, sentences: tuple[str, ...], lane: int) -> Original:
    made = dict.fromkeys((*sentences, *(ref for ref in source.became if ref not in state.sentences)))
    return Original(
        origin=_origin(source, look),
        made=source.made,
        lane=lane,
        topic=state.topics.get(source.ref, ""),
        topics=state.config.topics,
        status=_status(state, source, sentences),
        editor=look.author(state.claims.get(source.ref, "")),
        reason=source.declined,
        became=tuple(made),
    )
