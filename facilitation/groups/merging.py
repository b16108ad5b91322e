"""Groups that go on together: one sits down with another, or all of them two by two (1-2-4-Alle).

Nothing that was written moves: each note stays under its own group, on screen and in every table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from facilitation.record import Command, Entry, Fact, Refused, StaffCommand

if TYPE_CHECKING:
    from facilitation.groups.state import State


class Merge(StaffCommand):
    """Let a group sit with another."""

    group: str
    into: str


class Pair(StaffCommand):
    """Let all groups in which somebody sits go on two by two."""


COMMANDS: dict[str, type[Command]] = {"merge": Merge, "pair": Pair}


@dataclass(slots=True)
class Merged:
    into: dict[str, str] = field(default_factory=dict)  # group -> the one it sits with

    def place(self, group: str) -> str:
        """Where those who were in a group sit now."""
        while group in self.into:
            group = self.into[group]
        return group

    def brought(self, group: str) -> list[str]:
        """The groups that sit with this one, in the order in which they came."""
        return [other for other in self.into if self.place(other) == group]

    def fold(self, entry: Entry) -> None:
        match entry.type:
            case "groups.merged":
                self.into[entry.data["group"]] = entry.data["into"]
            case "groups.assigned":  # everybody has a place of their own again
                self.into.clear()


def merge(state: "State", command: Merge | Pair) -> list[Fact]:
    if isinstance(command, Pair):
        return _pairing(state)
    if command.into not in state.groups:
        raise Refused("groups.invalid", why="unknown_group")
    if command.group == command.into:
        raise Refused("groups.invalid", why="itself")
    check_apart(state, command.group, command.into)
    return [_merging(state, command.group, command.into)]


def check_apart(state: "State", *groups: str) -> None:
    """Nobody goes to a group that sits with another."""
    if state.merged.into.keys() & {*groups}:
        raise Refused("groups.invalid", why="merged")


def _pairing(state: "State") -> list[Fact]:
    peopled = [group for group in state.apart if state.members(group)]
    return [Fact("groups.paired"), *(_merging(state, *pair) for pair in _pairs(peopled))]


def _pairs(groups: list[str]) -> Iterator[tuple[str, str]]:
    """Who sits with whom; where the number is odd, the last one makes three."""
    firsts = groups[::2]
    for first, second in zip_longest(firsts, groups[1::2]):
        if second or len(firsts) > 1:
            yield (second, first) if second else (first, firsts[-2])


def _merging(state: "State", group: str, into: str) -> Fact:
    return Fact("groups.merged", {"group": group, "into": into, "people": state.members(group)})
