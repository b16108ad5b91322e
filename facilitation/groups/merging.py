"""Groups that go on together: one sits down with another, or all of them two by two (1-2-4-Alle).

Nothing that was written moves: each note stays under its own group, on screen and in every table.  So it can be taken
back as long as the group they went to sits with no other: whoever came along and still sits there goes back.
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


class Split(StaffCommand):
    """Take back that a group sits with another, or with "" that all went on two by two the last time."""

    group: str = ""


COMMANDS: dict[str, type[Command]] = {"merge": Merge, "pair": Pair, "split": Split}


@dataclass(slots=True)
class Merged:
    into: dict[str, str] = field(default_factory=dict)  # group -> the one it sits with
    came: dict[str, list[str]] = field(default_factory=dict)  # group -> the people who came with it
    pairs: dict[str, str] = field(default_factory=dict)  # the same as `into`, of the last time two by two

    def place(self, group: str) -> str:
        """Where those who were in a group sit now."""
        while group in self.into:
            group = self.into[group]
        return group

    def brought(self, group: str) -> list[str]:
        """The groups that sit with this one, in the order in which they came."""
        return [other for other in self.into if self.place(other) == group]

    def retractable(self, group: str) -> bool:
        """Whether a group can be by itself again: where it sits nothing was done on top."""
        return group in self.into and self.into[group] not in self.into

    @property
    def paired(self) -> list[str]:
        """The groups that went to another the last time two by two, as far as they can be by themselves again."""
        return [it for it, into in self.pairs.items() if self.into.get(it) == into and self.retractable(it)]

    def fold(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "groups.paired":
                self.pairs = data.get("pairs", {})
            case "groups.merged":
                self.into[data["group"]] = data["into"]
                self.came[data["group"]] = data["people"]
            case "groups.split":
                del self.into[data["group"]], self.came[data["group"]]
            case "groups.assigned":  # everybody has a place of their own again
                self.into.clear()
                self.came.clear()


def merge(state: "State", command: Merge | Pair | Split) -> list[Fact]:
    if isinstance(command, Pair):
        return _pairing(state)
    if isinstance(command, Split):
        return _splitting(state, command.group)
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
    pairs = dict(_pairs(peopled))
    return [Fact("groups.paired", {"pairs": pairs}), *(_merging(state, *pair) for pair in pairs.items())]


def _pairs(groups: list[str]) -> Iterator[tuple[str, str]]:
    """Who sits with whom; where the number is odd, the last one makes three."""
    firsts = groups[::2]
    for first, second in zip_longest(firsts, groups[1::2]):
        if second or len(firsts) > 1:
            yield (second, first) if second else (first, firsts[-2])


def _merging(state: "State", group: str, into: str) -> Fact:
    return Fact("groups.merged", {"group": group, "into": into, "people": state.members(group)})


def _splitting(state: "State", group: str) -> list[Fact]:
    merged = state.merged
    if not group and merged.paired:
        return [Fact("groups.unpaired"), *(_apart(state, it) for it in merged.paired)]
    if group not in merged.into:
        raise Refused("groups.invalid", why="not_merged")
    if not merged.retractable(group):
        raise Refused("groups.invalid", why="on_top")
    return [_apart(state, group)]


def _apart(state: "State", group: str) -> Fact:
    into = state.merged.into[group]
    back = [person for person in state.merged.came[group] if state.seats.get(person) == into]
    return Fact("groups.split", {"group": group, "into": into, "people": back})
