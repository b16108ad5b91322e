"""A round of groups at the desk: a table of all groups, the clock, calls for help, and what was written.

How a group stands is told from its activity alone, never from what it writes.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from typing import NamedTuple

from facilitation.groups import carousel
from facilitation.groups.plates import Clock, Table, clock, numbers, tables
from facilitation.groups.rules import breaches
from facilitation.groups.said import Call, Note, Result, Told
from facilitation.groups.state import State
from facilitation.groups.suggesting import steps, suggestions
from facilitation.groups.team import leader, team
from facilitation.kind import Look
from facilitation.record import Role
from facilitation.screen import Slot, View


class Round(NamedTuple):
    """`mergeable` are the groups that are by themselves."""

    clock: Clock | None
    minutes: int
    running: bool
    ended: bool
    groups: tuple[tuple[str, str], ...]
    mergeable: tuple[tuple[str, str], ...]
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
    wished: tuple[int, int]  # how many would like to come here first, and second, before it begins
    waiting: int  # how many wait for a place
    result: Result | None
    leaders: tuple[str, ...]
    retractable: bool  # it sits with another group and can be by itself again


class People(NamedTuple):
    """Who can be moved where, and everybody who is here and wants a place dealt out in turn."""

    groups: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    dealt: tuple[tuple[str, tuple[str, ...]], ...]
    running: bool
    loose: int  # who are here, want a place and have none
    apart: int  # who take part in the plenary


class Inbox(NamedTuple):
    calls: int
    waiting: int  # calls that nobody has taken
    hints: datetime | None  # the oldest reason for a suggestion


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
    all_tables, titles = tables(state, look), tuple((it.id, it.title) for it in state.groups.values())
    hints = {f"hint-{it.group}": it for it in suggestions(state, all_tables)}
    apart = tuple((it.group.id, it.group.title) for it in all_tables if not it.place)
    notes = Counter(note.group for note in state.notes.values())
    table_rows = {f"row-{it.group.id}": _row(state, look, it, notes[it.group.id]) for it in all_tables}
    items = {
        f"item-{call.ref}": _item(state, look, call)
        for call in state.calls.values()
        if not call.done and call.ref not in look.hidden
    }
    written: list[Note | Result] = [*state.results.values(), *state.notes.values()]
    said = {f"said-{it.ref}": _said(state, look, it) for it in written}
    return {
        "": Slot(("desk-round", "desk-forming", *_parts(state), "desk-people", "desk-team", "desk-said", "inbox")),
        "desk-round": Round(
            clock(state),
            state.config.minutes,
            state.is_running,
            state.ended is not None,
            titles,
            apart,
            sum(it.seated for it in all_tables),
            sum(it.here for it in all_tables),
            len(state.results),
            tuple(reversed(state.told[-2:])),
        ),
        "desk-forming": _formed(state, look),
        "desk-table": len(table_rows),
        "rows": Slot(table_rows),
        "desk-people": _people(state, look, apart),
        "desk-said": (len(state.results), len(state.notes)),
        "said": Slot(said),
        **team(state, look, titles),
        "inbox": Inbox(
            len(items),
            sum(not it.call.taken for it in items.values()),
            min((it.since for it in hints.values()), default=None),
        ),
        "items": Slot(items),
        "hints": Slot(hints),
        "aside": Slot(("steps",)),
        "steps": tuple(steps(state)),
        **table_rows,
        **said,
        **items,
        **hints,
        **carousel.turning(state, look),
    }


def _parts(state: State) -> tuple[str, str]:
    """Groups that work come before what was handed in; afterwards it is the other way round."""
    return ("desk-harvest", "desk-table") if state.ended else ("desk-table", "desk-harvest")


def _formed(state: State, look: Look) -> Formed | None:
    proposal = state.forming.proposal
    if proposal is None:
        return None
    groups = proposal.groups()
    broken = len(breaches(proposal.rules, proposal.seats, look.people))
    return Formed(sum(map(len, groups.values())), len(groups), broken)


def _row(state: State, look: Look, table: Table, notes: int) -> Row:
    group = table.group.id
    result = state.results.get(group)
    return Row(
        table=table,
        running=state.is_running,
        ended=state.ended is not None,
        active=state.active.get(group) or state.started,
        notes=notes,
        calling=bool(state.calling(group)),
        finished=group in state.finished,
        late=group in state.late,
        extra=state.extra[group] // 60,
        wished=state.choosing.wanted(group) if state.takes_wishes else (0, 0),
        waiting=len(state.choosing.queue(group)),
        result=result._replace(text="") if result and result.ref in look.hidden else result,
        leaders=tuple(leader(look, person) for person in state.leaders(group)),
        retractable=state.merged.retractable(group),
    )


def _people(state: State, look: Look, groups: tuple[tuple[str, str], ...]) -> People:
    here = look.roster.here
    willing = [person for person in here if person.id not in state.choosing.apart]
    dealt: dict[str, list[str]] = {group: [] for group in state.groups}
    for person, group in zip(sorted(willing, key=lambda it: (it.unit, it.deputy)), cycle(dealt)):
        dealt[group].append(person.id)
    named = tuple(sorted(_named(state, look, [person.id for person in here]), key=lambda it: it[1]))
    shares = tuple((group, tuple(those)) for group, those in dealt.items())
    mixed = [it.id for it in here if it.role is Role.PARTICIPANT and not state.home(it.id)]
    apart = sum(person in state.choosing.apart for person in mixed)
    return People(groups, named, shares, state.is_running, len(mixed) - apart, apart)


def _named(state: State, look: Look, people: list[str]) -> Iterator[tuple[str, str]]:
    """Everybody by name, with the group they sit in."""
    for person in people:
        group = state.seats.get(person)
        yield person, look.people[person].label + (f" ({state.groups[group].title})" if group else "")


def _item(state: State, look: Look, call: Call) -> Item:
    taken = look.people[call.taken].label if call.taken in look.people else ""
    return Item(call, numbers(state)[call.group], state.groups[call.group].title, taken)


def _said(state: State, look: Look, said: Note | Result) -> Said:
    title, hidden = state.groups[said.group].title, look.hidden.get(said.ref, "")
    return Said(said, title, look.author(said.author), hidden, said.ref == look.on_stage)
