"""Dots (Punkte): each person has a few and lays them on cards or islands, in a window of their own.

Nobody sees how they lie before the window is closed and the result is shown.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand

if TYPE_CHECKING:
    from facilitation.walls.state import State


class Open(StaffCommand):
    pass


class Close(StaffCommand):
    pass


class Dot(Command):
    """Put `dots` on a card or an island, or below zero take them back."""

    on: str
    dots: int

    timed = False  # the window is one of its own

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.dots.open


COMMANDS: dict[str, type[Command]] = {"dots_open": Open, "dots_close": Close, "dot": Dot}


@dataclass(slots=True)
class Dots:
    """Who laid how many where; once that is forgotten, how many lie where, and how many people laid some."""

    open: bool = False
    offered: bool = False  # they are or were open
    people: dict[str, dict[str, int]] = field(default_factory=dict)  # who -> target -> dots, none of them 0
    totals: Counter[str] = field(default_factory=Counter)  # target -> dots, none of them 0
    voters: int = 0
    complete: int = 0  # people who have none left

    def of(self, by: str) -> dict[str, int]:
        """What somebody laid: target -> dots."""
        return self.people.get(by, {})

    def on(self, targets: Iterable[str]) -> int:
        """How many lie on these together."""
        return sum(self.totals[target] for target in targets)

    def lay(self, by: str, target: str, dots: int, budget: int) -> None:
        """Put some, or take some back."""
        laid = self.people.setdefault(by, {})
        self.complete -= sum(laid.values()) == budget
        for where in (laid, self.totals):
            where[target] = where.get(target, 0) + dots
            if not where[target]:
                del where[target]
        self.complete += sum(laid.values()) == budget
        if not laid:
            del self.people[by]
        self.voters = len(self.people)

    def seal(self, figures: Data) -> None:
        """Only the numbers remain."""
        self.open, self.people = False, {}
        self.totals = Counter(figures.get("dots", {}))
        self.voters, self.complete = figures.get("dot_voters", 0), figures.get("dots_complete", 0)


def decide(state: "State", command: Open | Close | Dot, actor: Actor) -> list[Fact]:
    settings = state.config.dots
    if settings is None:
        raise Refused("wall.invalid", why="no_dots")
    if state.sealed:
        raise Refused("activity.sealed")
    match command:
        case Open():
            return [Fact("wall.dots_opened")]
        case Close():
            return [Fact("wall.dots_closed")]
    target, dots, laid = command.on, command.dots, state.dots.of(actor.id)
    state.check_target(target)
    if not dots or laid.get(target, 0) + dots < 0:
        raise Refused("wall.invalid", why="dots")
    if dots > 0 and laid.get(target, 0) + dots > settings.max_per_target:
        raise Refused("wall.over_limit", most=settings.max_per_target)
    if dots > 0 and sum(laid.values()) + dots > settings.budget:
        raise Refused("wall.over_budget", budget=settings.budget)
    data = {"on": target, "dots": dots}
    return [Fact("wall.dotted", veil=data) if state.config.names == "anonymous" else Fact("wall.dotted", data)]


def fold(state: "State", entry: Entry) -> None:
    match entry.type:
        case "wall.dots_opened":
            state.dots.open = state.dots.offered = True
        case "wall.dots_closed":
            state.dots.open = False
        case "wall.dotted" if entry.by and state.config.dots:  # without a veil there is nobody: the seal counts
            state.dots.lay(entry.by, entry.full["on"], entry.full["dots"], state.config.dots.budget)
            state.touch(entry.full["on"])


def figures(dots: Dots) -> Data:
    return {
        "dots": dict(dots.totals),
        "dots_total": dots.totals.total(),
        "dot_voters": dots.voters,
        "dots_complete": dots.complete,
    }
