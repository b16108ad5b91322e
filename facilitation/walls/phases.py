"""The phases of a wall: what is to be done now, who may do what, and what everybody sees.

A wall that was told nothing collects openly.  In a draft ("erst für mich") everybody sees their own cards alone.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.walls.state import State

MOST = 280  # code points of an instruction


class Phase(StrEnum):
    COLLECT = "collect"
    DRAFT = "draft"
    REVEAL = "reveal"
    SORT = "sort"
    WEIGH = "weigh"
    DECIDE = "decide"


ALLOWED: dict[Phase, frozenset[str]] = {
    Phase.COLLECT: frozenset({"write", "talk", "rate"}),
    Phase.DRAFT: frozenset({"write"}),
    Phase.REVEAL: frozenset({"talk"}),
    Phase.SORT: frozenset(),
    Phase.WEIGH: frozenset({"rate"}),
    Phase.DECIDE: frozenset({"talk"}),
}


class Stand(NamedTuple):
    """The phase that a wall is in.  `text` is an instruction in staff's own words; `comments` may be switched off."""

    phase: Phase = Phase.COLLECT
    text: str = ""
    comments: bool = True

    def allows(self, act: str) -> bool:
        """Whether people may do this now: write, talk (react), comment or rate."""
        if act == "comment":
            return self.comments and "talk" in ALLOWED[self.phase]
        return act in ALLOWED[self.phase]

    @property
    def silent(self) -> bool:
        return self.phase is Phase.DRAFT


class Enter(StaffCommand):
    """Go on to a phase, or change what is said of the one it is in."""

    led = True
    phase: Phase
    text: Text | None = None
    comments: bool = True


COMMANDS: dict[str, type[Command]] = {"phase": Enter}


def check(state: "State", act: str) -> None:
    """Refused where the phase does not allow this."""
    if not state.stand.allows(act):
        raise Refused("wall.not_open", why="phase")


def decide(state: "State", command: Enter, actor: Actor) -> list[Fact]:  # noqa: ARG001
    if command.text and len(command.text) > MOST:
        raise Refused("wall.too_long", most=MOST)
    words = {"text": command.text} if command.text else {}
    facts = [Fact("wall.phased", {"phase": command.phase.value, "comments": command.comments} | words)]
    weighs = command.phase is Phase.WEIGH and state.config.dots is not None and not state.sealed
    if weighs != state.dots.open:
        facts.append(Fact("wall.dots_opened" if weighs else "wall.dots_closed"))
    return facts


def fold(state: "State", entry: Entry) -> None:
    if entry.type == "wall.phased":
        data = entry.data
        state.stand = Stand(Phase(data["phase"]), data.get("text", ""), data["comments"])
