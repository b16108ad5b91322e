"""Links (Verbindungen) between cards and islands: what hangs together, and why.  They have no direction."""

from typing import TYPE_CHECKING, NamedTuple

from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.walls.state import State

MOST = 280  # code points of a reason


class Link(StaffCommand):
    card: str  # or an island
    other: str
    reason: Text | None = None


class Tie(NamedTuple):
    """What something hangs together with."""

    ref: str
    text: str
    reason: str


COMMANDS: dict[str, type[Command]] = {"link": Link}


def decide(state: "State", command: Link, actor: Actor) -> list[Fact]:  # noqa: ARG001
    for ref in (command.card, command.other):
        state.check_target(ref)
    if command.card == command.other:
        raise Refused("wall.invalid", why="itself")
    if command.reason and len(command.reason) > MOST:
        raise Refused("wall.too_long", most=MOST)
    reason = {"reason": command.reason} if command.reason else {}
    return [Fact("wall.linked", {"card": command.card, "other": command.other} | reason)]


def fold(state: "State", entry: Entry) -> None:
    if entry.type == "wall.linked":
        one, other = entry.data["card"], entry.data["other"]
        for here, there in ((one, other), (other, one)):
            state.ties.setdefault(here, {})[there] = entry.data.get("reason", "")
            state.touch(here)


def count(ties: dict[str, dict[str, str]]) -> int:
    """How many links there are; the same two linked again are one."""
    return sum(map(len, ties.values())) // 2
