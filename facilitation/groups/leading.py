"""Who leads a group (Moderation einer Kleingruppe), what they say among themselves, and what belongs to a group.

Whoever was planned leads from the start.  A member takes over with one tap, and nobody is locked out by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitation.belonging import Furnishing
from facilitation.groups.settings import Config
from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.groups.state import State

LONGEST = 2_000  # code points of what is said among those who lead
FACTS = {"groups.led", "groups.briefed", "groups.remarked", "groups.released", "groups.furnished"}


class Lead(Command):
    """Take over the facilitation of a group, or give it back."""

    timed = False
    group: str
    leads: bool = True

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.is_published

    def outside(self, state: Any, actor: Actor) -> bool:
        """Whoever was planned may come back from wherever they sit."""
        group = state.groups.get(self.group)
        own = group is None or actor.id == group.facilitator or state.home(actor.id) == self.group
        return not (own or actor.role.is_staff)


class Brief(Command):
    """Say something in the channel of those who lead (Moderationskanal)."""

    timed = False
    text: Text

    def forbidden(self, state: Any, actor: Actor) -> bool:
        return not (actor.role.is_staff or actor.id in state.leading.led)


class OnGroup(Command):
    """What is kept of a group by whoever leads it, and by staff."""

    timed = False
    group: str

    def forbidden(self, state: Any, actor: Actor) -> bool:
        return not (actor.role.is_staff or state.leads(actor.id) == self.group)


class Aside(OnGroup):
    """A note on a group: for the team, or released into the minutes."""

    text: Text
    released: bool = False


class Release(OnGroup):
    """Take a note on a group into the minutes, or out of them again."""

    aside: str
    released: bool = True


class Furnish(Furnishing, StaffCommand):
    """Give an activity to a group, or with "" back to everybody."""

    group: str = ""


COMMANDS: dict[str, type[Command]] = {
    "lead": Lead,
    "brief": Brief,
    "aside": Aside,
    "release": Release,
    "furnish": Furnish,
}


class Said(NamedTuple):
    """Something said in the channel of those who lead."""

    ref: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime


class Remark(NamedTuple):
    """A note on a group, by whoever leads it."""

    ref: str
    group: str
    text: str
    author: str | None
    made: datetime
    released: bool


@dataclass(slots=True)
class Leading:
    """Nobody leads two groups of a round at once; one group may be led by several."""

    led: dict[str, str] = field(default_factory=dict)  # person -> group, in the order in which they began
    belongings: dict[str, str] = field(default_factory=dict)  # activity -> group
    briefs: dict[str, Said] = field(default_factory=dict)  # by reference
    remarks: dict[str, Remark] = field(default_factory=dict)  # by reference

    def of(self, group: str) -> Iterator[Remark]:
        return (remark for remark in self.remarks.values() if remark.group == group)

    def leave(self, person: str) -> None:
        self.led.pop(person, None)

    def hand_over(self, group: str, before: str, after: str) -> None:
        """Another is planned to lead a group; "" for nobody."""
        if self.led.get(before) == group:
            self.leave(before)
        if after:
            self.leave(after)
            self.led[after] = group

    def fold(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "groups.led":
                person = entry.by or ""
                self.led.pop(person, None)
                self.led |= {person: data["group"]} if data["leads"] else {}
            case "groups.briefed":
                self.briefs[data["ref"]] = Said(data["ref"], data["text"], entry.by, entry.made)
            case "groups.remarked":
                said = data["ref"], data["group"], data["text"], entry.by, entry.made, data["released"]
                self.remarks[data["ref"]] = Remark(*said)
            case "groups.released":
                remark = self.remarks[data["aside"]]
                self.remarks[remark.ref] = remark._replace(released=data["released"])
            case _:
                self.belongings.pop(data["activity"], None)
                self.belongings |= {data["activity"]: data["group"]} if data["group"] else {}


def begun(config: Config) -> Leading:
    """As it was planned."""
    led: dict[str, str] = {}
    for group in config.groups:
        if group.facilitator:
            led.setdefault(group.facilitator, group.id)
    return Leading(led, {id: group.id for group in config.groups for id in group.activities})


def decide(state: "State", command: Any, actor: Actor) -> list[Fact]:
    match command:
        case Lead(group=group, leads=leads):
            if not leads and state.leads(actor.id) != group:
                raise Refused("groups.invalid", why="not_leading")
            return [Fact("groups.led", {"group": group, "leads": leads})]
        case Brief(text=text):
            _check_length(text)
            return [Fact("groups.briefed", {"text": text}, contribution=True)]
        case Aside(group=group, text=text, released=released):
            _check_length(text)
            return [Fact("groups.remarked", {"group": group, "text": text, "released": released}, contribution=True)]
        case Release(group=group, aside=aside, released=released):
            remark = state.leading.remarks.get(aside)
            if remark is None or remark.group != group:
                raise Refused("groups.invalid", why="unknown_aside")
            return [Fact("groups.released", {"aside": aside, "group": group, "released": released})]
        case Furnish(group=group, activity=activity):
            return [Fact("groups.furnished", {"activity": activity, "group": group})]
    raise AssertionError(command)


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused("groups.too_long", most=LONGEST)
