"""The gallery (Galerie): the results of all groups with what others say about them, as everybody sees them."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from facilitation import comments
from facilitation.comments import Remark, Said
from facilitation.groups.harvest import Harvest, Reply, arranged
from facilitation.groups.plates import legible_one, numbers
from facilitation.groups.said import Result
from facilitation.groups.settings import Group
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Slot, View


class Speaker(NamedTuple):
    """Who speaks for a group: host, scribe or facilitator, by name only where names are given."""

    part: str
    label: str


class Counted(NamedTuple):
    """What came to a result.  Nobody sees it before the gallery is closed."""

    support: int
    strengths: int
    questions: int
    links: int


class Outcome(NamedTuple):
    number: int
    title: str
    topic: str
    result: Result
    speaker: Speaker | None
    counted: Counted | None


class Stand(NamedTuple):
    """A group in the gallery.  `outcome` is None where there is nothing to see; `waiting` counts open questions."""

    number: int
    title: str
    outcome: Outcome | None
    open: bool
    waiting: int


class Voice(NamedTuple):
    """A comment with what the group made of it."""

    said: Said
    aspect: str
    reply: Said | None
    accepted: bool
    waiting: bool
    open: bool


class Hall(NamedTuple):
    """The gallery as a whole: how many results there are, and whether people comment on them now."""

    results: int
    open: bool


def outcomes(state: State, look: Look) -> tuple[Outcome, ...]:
    """The results that everybody may see, in the order in which the desk shows them."""
    return tuple(
        _outcome(state, look, group, state.results[group.id])
        for group in arranged(state)
        if group.id in state.results and state.results[group.id].ref not in look.hidden
    )


def _outcome(state: State, look: Look, group: Group, result: Result) -> Outcome:
    counted = None if state.harvest.open else _counted(state.harvest, look, result.ref)
    read = legible_one(state, look, group.id)
    return Outcome(numbers(state)[group.id], read.title, read.topic, result, _speaker(state, look, group), counted)


def _speaker(state: State, look: Look, group: Group) -> Speaker | None:
    parts = {"host": group.host, "scribe": state.scribes.get(group.id, ""), "facilitator": group.facilitator}
    return next((Speaker(part, look.author(person)) for part, person in parts.items() if person), None)


def _counted(harvest: Harvest, look: Look, ref: str) -> Counted | None:
    aspects = Counter(harvest.voices[it.ref].aspect for it in _visible(harvest, look, ref))
    found = Counted(len(harvest.supporters.get(ref, ())), aspects["strength"], aspects["question"], aspects["link"])
    return found if any(found) else None


def _visible(harvest: Harvest, look: Look, ref: str) -> list[Remark]:
    return [it for it in harvest.remarks.get(ref, ()) if it.ref not in look.hidden]


def waiting(harvest: Harvest, look: Look, ref: str) -> int:
    return sum(harvest.waits(it.ref) for it in _visible(harvest, look, ref))


def phone(state: State, look: Look) -> View:
    """The gallery as everybody sees it: nothing before there are results to see."""
    found = {it.result.group: it for it in outcomes(state, look)} if look.shown or state.harvest.open else {}
    if not found:
        return {}
    harvest, stands = state.harvest, [group.id for group in arranged(state)]
    parts: View = {
        "harvest": Hall(len(found), harvest.open),
        "outcomes": Slot(f"outcome-{group}" for group in stands),
    }
    for group in stands:
        one = found.get(group)
        unanswered = waiting(harvest, look, one.result.ref) if one else 0
        title = legible_one(state, look, group).title
        parts[f"outcome-{group}"] = Stand(numbers(state)[group], title, one, harvest.open, unanswered)
        if one:
            parts |= _below(state, look, one.result.ref)
    return parts


def tops(parts: View) -> tuple[str, ...]:
    """What of the gallery stands on top, wherever it is shown: one's own way through it comes first."""
    return ("mine-tour", "harvest") if parts else ()


def _below(state: State, look: Look, ref: str) -> View:
    """What stands below a result: what others say about it, the oldest first, and the form to say something."""
    harvest = state.harvest
    voices: View = {f"voice-{it.ref}": _voice(harvest, look, it) for it in _visible(harvest, look, ref)}
    if harvest.open:
        voices[f"reply-{ref}"] = comments.Reply(ref, look.names)
    return {f"below-{ref}": Slot(voices)} | voices


def _voice(harvest: Harvest, look: Look, it: Remark) -> Voice:
    voice = harvest.voices[it.ref]
    seen = voice.reply is not None and voice.reply.ref not in look.hidden
    return Voice(
        comments.said(it, look),
        voice.aspect,
        replied(voice.reply, look) if seen and voice.reply else None,
        voice.accepted,
        harvest.waits(it.ref),
        harvest.open,
    )


def replied(reply: Reply, look: Look) -> Said:
    return Said(reply.ref, reply.text, look.author(reply.author), anonymous=False, made=reply.made)


def said(state: State, ref: str) -> Iterator[tuple[str, str, str | None, str]]:
    """What is said about a result, for tables: reference, what it is, its author and the words."""
    words = {"strength": "Stärke", "question": "Frage", "link": "Verknüpfung"}
    for remark in state.harvest.remarks.get(ref, ()):
        voice = state.harvest.voices[remark.ref]
        yield remark.ref, words[voice.aspect] + (", übernommen" if voice.accepted else ""), remark.author, remark.text
        if reply := voice.reply:
            yield reply.ref, "Antwort", reply.author, reply.text
