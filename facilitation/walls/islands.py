"""Islands (Themeninseln): cards that belong together under a name.

A card lies on one island at most, and the last assignment counts, so several people may sort at once.
"""

from typing import TYPE_CHECKING, NamedTuple

from facilitation.activity import REVISES
from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.walls.state import State

MOST = 120  # code points of a name


class Island(NamedTuple):
    ref: str
    title: str  # "" once it is redacted


class Found(StaffCommand):
    """A new island, and the cards that lie on it from the beginning."""

    title: Text
    cards: tuple[str, ...] = ()


class Rename(StaffCommand):
    island: str
    title: Text


class Assign(StaffCommand):
    """Lay cards on an island; without one, take them off theirs."""

    island: str = ""
    cards: tuple[str, ...]


COMMANDS: dict[str, type[Command]] = {"island": Found, "rename": Rename, "assign": Assign}


def decide(state: "State", command: Found | Rename | Assign, actor: Actor) -> list[Fact]:  # noqa: ARG001
    if isinstance(command, Rename) or (isinstance(command, Assign) and command.island):
        state.check_island(command.island)
    if not isinstance(command, Rename):
        for ref in command.cards:
            state.check_card(ref)
    if not isinstance(command, Assign) and len(command.title) > MOST:
        raise Refused("wall.too_long", most=MOST)
    match command:
        case Found(title=title, cards=cards):
            return [Fact("wall.founded", {"title": title, "cards": list(cards)}, contribution=True)]
        case Rename(island=island, title=title):
            return [Fact("wall.renamed", {REVISES: island, "title": title})]
    return [Fact("wall.assigned", {"island": command.island, "cards": list(command.cards)})]


def fold(state: "State", entry: Entry) -> None:
    data = entry.data
    match entry.type:
        case "wall.founded":
            state.islands[data["ref"]] = Island(data["ref"], data["title"])
            _assign(state, data["ref"], data["cards"])
        case "wall.renamed":
            state.islands[data[REVISES]] = Island(data[REVISES], data["title"])
            state.touch(data[REVISES])
        case "wall.assigned":
            _assign(state, data["island"], data["cards"])
        case "wall.withdrawn":
            state.islands.pop(data[REVISES], None)


def _assign(state: "State", island: str, cards: list[str]) -> None:
    for ref in cards:
        state.put(state.cards[ref]._replace(island=island))
