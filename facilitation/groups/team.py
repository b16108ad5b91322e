"""Those who lead, at the desk: their channel (Moderationskanal) and what they noted on the groups, to be moderated."""

from typing import NamedTuple

from facilitation.groups.leading import Remark, Said
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Slot, View


class Team(NamedTuple):
    groups: tuple[tuple[str, str], ...]
    briefs: int
    remarks: int


class Kept(NamedTuple):
    """A message or a note; `title` is the group it is about or comes from, `hidden` why nobody else sees it."""

    said: Said | Remark
    title: str
    author: str
    hidden: str
    released: bool | None  # None: a message


def team(state: State, look: Look, groups: tuple[tuple[str, str], ...]) -> View:
    leading = state.leading
    written: list[Said | Remark] = [*leading.briefs.values(), *leading.remarks.values()]
    written.sort(key=lambda it: it.ref, reverse=True)
    kept = {f"kept-{it.ref}": _kept(state, look, it) for it in written}
    return {
        "desk-team": Team(groups, len(leading.briefs), len(leading.remarks)),
        "kept": Slot(kept),
        **kept,
    }


def _kept(state: State, look: Look, said: Said | Remark) -> Kept:
    about = said.group if isinstance(said, Remark) else state.leads(said.author or "")
    title = state.groups[about].title if about else ""
    released = said.released if isinstance(said, Remark) else None
    return Kept(said, title, leader(look, said.author), look.hidden.get(said.ref, ""), released)


def leader(look: Look, person: str | None) -> str:
    """Those who lead are known to the team by name."""
    known = look.people.get(person or "")
    return known.label if known else ""
