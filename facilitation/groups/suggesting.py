"""What the desk is told unasked of a round of groups: who could sit together (Vorschläge), and the last steps.

It is told from who sits where and is here, never from what a group writes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from facilitation.groups.plates import Table, numbers
from facilitation.groups.state import State
from facilitation.groups.trail import Deed


class Hint(NamedTuple):
    """A group in which hardly anybody is: since when nobody came or went, and with whom it could go on."""

    group: str
    number: int
    here: int
    seated: int
    since: datetime
    into: str
    other: int  # its number


class Done(NamedTuple):
    """One of the last steps, with the numbers of its groups; 0: all.  `undoable` says whether it can be taken back."""

    deed: Deed
    number: int
    other: int
    undoable: bool


def suggestions(state: State, tables: tuple[Table, ...]) -> Iterator[Hint]:
    """The groups whose people are gone, and in which somebody is alone, each with the best one to go to.

    A session of one person is legitimate where people convene sessions.
    """
    if state.started is None or not state.is_running:
        return
    least = 0 if state.config.convened else 1
    lonely = [it for it in tables if not it.place and it.here <= least and it.group.id in state.changed]
    for table in lonely:
        if other := _partner(table, [it for it in tables if not it.place and it.here]):
            since = max(state.started, state.changed.get(table.group.id, state.started))
            group, into = table.group.id, other.group.id
            yield Hint(group, table.number, table.here, table.seated, since, into, other.number)


def _partner(table: Table, others: list[Table]) -> Table | None:
    """The smallest group that has places enough, of those with the same topic if there are any."""
    room = [it for it in others if it.number != table.number and (it.free is None or it.free >= table.seated)]
    alike = [it for it in room if table.group.topic and it.group.topic == table.group.topic]
    return min(alike or room, key=lambda it: it.here, default=None)


def steps(state: State) -> Iterator[Done]:
    """The latest first, as long as the round is not over."""
    number, merged, seen = numbers(state), state.merged, set[str]()
    for deed in state.trail.deeds if state.ended is None else ():
        standing = bool(merged.paired) if deed.what == "paired" else merged.retractable(deed.group)
        undoable = deed.what in ("paired", "merged") and deed.group not in seen and standing
        seen |= {deed.group} if undoable else set()
        yield Done(deed, number.get(deed.group, 0), number.get(deed.into, 0), undoable)
