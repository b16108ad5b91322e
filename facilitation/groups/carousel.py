"""The carousel (Ergebnisse einzeln): the desk turns from group to group, and moderates what is said about results."""

from collections.abc import Iterator
from typing import NamedTuple

from facilitation import comments
from facilitation.comments import Said
from facilitation.groups.gallery import outcomes, replied, waiting
from facilitation.groups.harvest import arranged, owner
from facilitation.groups.plates import numbers
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Slot, View


class Turning(NamedTuple):
    """The results one by one on the stage: references of those before and after the one that is there."""

    results: int
    at: int  # 0: none is there by itself
    before: str
    after: str
    open: bool
    groups: tuple[tuple[str, str], ...]  # in the order in which they are shown
    voices: int
    waiting: int


class Moderated(NamedTuple):
    """A comment at the desk, or an answer; `hidden` is why nobody else sees it."""

    said: Said
    number: int
    aspect: str
    answers: str  # the comment that this is the answer to, or ""
    hidden: str


def turning(state: State, look: Look) -> View:
    """At the desk: the results one by one, their order, and everything that is said about them."""
    harvest = state.harvest
    said: View = {f"voiced-{it.said.ref}": it for it in _moderated(state, look)}
    unanswered = sum(waiting(harvest, look, it.ref) for it in state.results.values())
    refs = [it.result.ref for it in outcomes(state, look)]
    at = refs.index(look.on_stage) + 1 if look.on_stage in refs else 0
    parts = Turning(
        results=len(refs),
        at=at,
        before=refs[at - 2] if at > 1 else "",
        after=refs[at] if at < len(refs) else "",
        open=harvest.open,
        groups=tuple((group.id, group.title) for group in arranged(state)),
        voices=len(harvest.voices),
        waiting=unanswered,
    )
    return {"desk-harvest": parts, "voiced": Slot(said)} | said


def _moderated(state: State, look: Look) -> Iterator[Moderated]:
    """Every comment and every answer, the latest first."""
    found: list[Moderated] = []
    for remark in sorted(it for those in state.harvest.remarks.values() for it in those):
        voice, of = state.harvest.voices[remark.ref], numbers(state)[owner(state, remark.on)]
        found.append(Moderated(comments.said(remark, look), of, voice.aspect, "", look.hidden.get(remark.ref, "")))
        if reply := voice.reply:
            hidden = look.hidden.get(reply.ref, "")
            found.append(Moderated(replied(reply, look), of, "", remark.ref, hidden))
    yield from reversed(found)
