"""What a group has (Angaben einer Gruppe): question, task, place, link, host; put right at any time."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from facilitation.activity import REVISES
from facilitation.groups.adding import check_lengths
from facilitation.groups.settings import MOST, Link
from facilitation.naming import Listing
from facilitation.record import Actor, Command, Data, Fact, Refused, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.groups.state import State


class Equip(Listing, StaffCommand):
    """Say all that is planned for a group: what is not said is not so any more.  Who sits in it stays."""

    group: str
    title: Text
    topic: Text = ""
    task: Text = ""
    material: Text = ""
    place: Text = ""
    link: Link = ""
    capacity: Annotated[int | None, Field(ge=1)] = None
    facilitator: str = ""
    host: str = ""

    def listed(self) -> list[str]:
        return [person for person in (self.facilitator, self.host) if person]


class Access(StaffCommand):
    """Say of which groups the place can be reached without barriers."""

    groups: Annotated[list[str], Field(max_length=MOST)]


COMMANDS: dict[str, type[Command]] = {"equip": Equip, "access": Access}


def decide(state: "State", command: Any, actor: Actor) -> list[Fact]:  # noqa: ARG001  # staff is staff
    if isinstance(command, Access):
        if set(command.groups) - state.groups.keys():
            raise Refused("groups.invalid", why="unknown_group")
        return [Fact("groups.accessible", {"groups": command.groups})]
    check_lengths([command.title, command.topic, command.place], [command.task, command.material])
    said = {"title": command.title, "label": command.topic, "text": command.task, "description": command.material}
    kept = command.model_dump(include={"group", "place", "link", "capacity", "facilitator", "host"})
    added = {REVISES: state.refs[command.group]} if command.group in state.refs else {}
    return [Fact("groups.equipped", said | kept | added), *_coming_up(state, command)]


def _coming_up(state: "State", command: Equip) -> list[Fact]:
    """Who waits for a place that there is from now on."""
    group, most = command.group, command.capacity
    free = None if most is None else max(0, most - len(state.members(group)))
    where: list[Data] = [{"person": person, "group": group} for person in state.choosing.queue(group)[:free]]
    return [Fact("groups.moved", each) for each in where]
