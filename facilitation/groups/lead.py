"""The page of whoever leads a group: its space, and beside it the guide, the people, the channel and the notes."""

from typing import NamedTuple

from facilitation.groups.guide import Leg, guide
from facilitation.groups.leading import Said
from facilitation.groups.plates import is_here
from facilitation.groups.space import space
from facilitation.groups.state import State
from facilitation.groups.team import leader
from facilitation.kind import Look
from facilitation.screen import Slot, View

ABOVE = ("task", "told", "clock")


class Member(NamedTuple):
    """Somebody of the group: here, at the door (waits) or away.  The unit stands only where the name does."""

    label: str
    function: str
    unit: str
    presence: str


class Members(NamedTuple):
    members: tuple[Member, ...]
    here: int
    waiting: int
    away: int


class Way(NamedTuple):
    """The guide, as long as it is that of a group that works."""

    legs: tuple[Leg, ...]
    running: bool


class Message(NamedTuple):
    """A message in the channel: who said it, and of which group they take care, "" for the team."""

    said: Said
    author: str
    title: str


class Own(NamedTuple):
    """The form for a note on the group, with how many there are."""

    group: str
    notes: int


def lead(state: State, look: Look) -> View:
    parts, group = space(state, look), look.group
    below = tuple(name for name in parts[""] if name not in (*ABOVE, "leader"))
    asides = {f"aside-{it.ref}": it for it in state.leading.of(group) if it.ref not in look.hidden}
    channel = messages(state, look)
    return parts | {
        "": Slot(("leading",)),
        "leading": group,
        "lead-above": Slot(ABOVE),
        "lead-guide": Slot(("guide", "members")),
        "lead-work": Slot(below),
        "lead-team": Slot(("channel", "asides", "asking", "handback")),
        "guide": Way(guide(state), state.is_running),
        "members": members(state, look, group),
        "channel": len(channel),
        "briefs": Slot(channel),
        "asides": Own(group, len(asides)),
        "remarks": Slot(asides),
        "asking": group,
        "handback": parts.pop("leader"),
        **channel,
        **asides,
    }


def members(state: State, look: Look, group: str) -> Members:
    found = tuple(_member(look, person) for person in state.members(group))
    here, waiting = (sum(it.presence == word for it in found) for word in ("here", "waiting"))
    return Members(found, here, waiting, len(found) - here - waiting)


def _member(look: Look, person: str) -> Member:
    known, label = look.people.get(person), look.author(person)
    presence = "waiting" if look.roster.waits(person) else "here" if is_here(look, person) else "away"
    function = (known.function or known.role.value) if known else ""
    return Member(label, function, known.unit if known and label else "", presence)


def messages(state: State, look: Look) -> dict[str, Message]:
    """The channel, the newest first.  Those who lead know each other by name."""
    said = (it for it in reversed(state.leading.briefs.values()) if it.ref not in look.hidden)
    return {f"brief-{it.ref}": _message(state, look, it) for it in said}


def _message(state: State, look: Look, said: Said) -> Message:
    group = state.leads(said.author or "")
    return Message(said, leader(look, said.author), state.groups[group].title if group else "")
