"""A round of groups at the desk: a table of all groups, the clock, calls for help, and what was written.

How a group stands is told from its activity alone, never from what it writes.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import NamedTuple

from facilitation.groups.plates import Clock, Table, clock, tables
from facilitation.groups.rules import breaches
from facilitation.groups.state import Call, Note, Result, State, Told
from facilitation.kind import Look
from facilitation.screen import Slot, View


class Round(NamedTuple):
    clock: Clock | None
    minutes: int
    running: bool
    ended: bool
    groups: tuple[tuple[str, str], ...]
    seated: int
    here: int
    results: int
    told: tuple[Told, ...]


class Formed(NamedTuple):
    """The proposal there is: how many people it seats in how many groups, and how often it breaks a rule."""

    people: int
    groups: int
    broken: int


class Row(NamedTuple):
    """A group in the table.  `active` is when somebody there last did something."""

    table: Table
    running: bool
    ended: bool
    active: datetime | None
    notes: int
    calling: bool
    finished: bool
    late: bool
    extra: int  # minutes more than all
    result: Result | None


class People(NamedTuple):
    """Who can be moved, and everybody who is here dealt out in turn."""

    groups: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    dealt: tuple[tuple[str, tuple[str, ...]], ...]
    running: bool


class Item(NamedTuple):
    """A call for help; `taken` is the name of who comes."""

    call: Call
    number: int
    title: str
    taken: str


class Said(NamedTuple):
    """A note or a result to be moderated; `hidden` is why nobody else sees it."""

    said: Note | Result
    title: str
    author: str
    hidden: str
    on_stage: bool


def desk(state: State, look: Look) -> View:
    all_tables, titles = tables(state, look), tuple((it.id, it.title) for it in state.config.groups)
    table_rows = {f"row-{it.group.id}": _row(state, look, it) for it in all_tables}
    items = {
        f"item-{call.ref}": _item(state, look, call)
        for call in state.calls.values()
        if not call.done and call.ref not in look.hidden
    }
    written: list[Note | Result] = [*state.results.values(), *state.notes.values()]
    said = {f"said-{it.ref}": _said(state, look, it) for it in written}
    return {
        "": Slot(("desk-round", "desk-forming", "desk-table", "desk-people", "desk-said", "inbox")),
        "desk-round": Round(
            clock(state),
            state.config.minutes,
            state.is_running,
            state.ended is not None,
            titles,
            sum(it.seated for it in all_tables),
            sum(it.here for it in all_tables),
            len(state.results),
            tuple(reversed(state.told[-2:])),
        ),
        "desk-forming": _formed(state, look),
        "desk-table": len(table_rows),
        "rows": Slot(table_rows),
        "desk-people": _people(state, look, titles),
        "desk-said": (len(state.results), len(state.notes)),
        "said": Slot(said),
        "inbox": (len(items), sum(not it.call.taken for it in items.values())),
        "items": Slot(items),
        **table_rows,
        **said,
        **items,
    }


def _formed(state: State, look: Look) -> Formed | None:
    proposal = state.forming.proposal
    if proposal is None:
        return None
    groups = proposal.groups()
    broken = len(breaches(proposal.rules, proposal.seats, look.people))
    return Formed(sum(map(len, groups.values())), len(groups), broken)


def _row(state: State, look: Look, table: Table) -> Row:
    group = table.group.id
    result = state.results.get(group)
    return Row(
        table=table,
        running=state.is_running,
        ended=state.ended is not None,
        active=state.active.get(group) or state.started,
        notes=sum(note.group == group for note in state.notes.values()),
        calling=bool(state.calling(group)),
        finished=group in state.finished,
        late=group in state.late,
        extra=state.extra[group] // 60,
        result=result._replace(text="") if result and result.ref in look.hidden else result,
    )


def _people(state: State, look: Look, groups: tuple[tuple[str, str], ...]) -> People:
    here = look.roster.here
    dealt: dict[str, list[str]] = {group: [] for group, _ in groups}
    for person, group in zip(sorted(here, key=lambda it: (it.unit, it.deputy)), cycle(dealt)):
        dealt[group].append(person.id)
    named = tuple(sorted(_named(state, look, [person.id for person in here]), key=lambda it: it[1]))
    return People(groups, named, tuple((group, tuple(those)) for group, those in dealt.items()), state.is_running)


def _named(state: State, look: Look, people: list[str]) -> Iterator[tuple[str, str]]:
    """Everybody by name, with the group they sit in."""
    for person in people:
        group = state.seats.get(person)
        yield person, look.people[person].label + (f" ({state.groups[group].title})" if group else "")


def _item(state: State, look: Look, call: Call) -> Item:
    titles = [group.id for group in state.config.groups]
    taken = look.people[call.taken].label if call.taken in look.people else ""
    return Item(call, titles.index(call.group) + 1, state.groups[call.group].title, taken)


def _said(state: State, look: Look, said: Note | Result) -> Said:
    title, hidden = state.groups[said.group].title, look.hidden.get(said.ref, "")
    return Said(said, title, look.author(said.author), hidden, said.ref == look.on_stage)
