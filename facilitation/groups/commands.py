"""What may be wished of a round of groups."""

from typing import Annotated, Any

from pydantic import Field

from facilitation.groups import adding, choosing, equipping, forming, harvest, leading, merging
from facilitation.naming import Listing, Naming
from facilitation.record import Actor, Command, StaffCommand
from facilitation.texts import Text


class Assign(Listing, StaffCommand):
    """Say who works in which group; replaces whatever was said before."""

    groups: dict[str, list[str]]

    def listed(self) -> list[str]:
        return [person for those in self.groups.values() for person in those]


class Start(StaffCommand):
    minutes: Annotated[int | None, Field(ge=1, le=600)] = None


class Extend(StaffCommand):
    """Give more time: to one group, or to all."""

    seconds: Annotated[int, Field(ge=1, le=36_000)]
    group: str = ""


class Finish(StaffCommand):
    """End the round: at once, or with a minute to write to the end."""

    soft: bool = False


class Move(Naming, StaffCommand):
    group: str


class Tell(StaffCommand):
    """Tell all groups something, or one."""

    text: Text
    group: str = ""


class Late(StaffCommand):
    """Let a group hand in after the end."""

    group: str


class Take(StaffCommand):
    """Come to help."""

    call: str


class Helped(StaffCommand):
    call: str


class Enter(Command):
    timed = False
    group: str

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.is_published


class Leave(Enter):
    group: str = ""


class InGroup(Command):
    """What only members of a group do, while the groups work."""

    timed = False
    group: str

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.is_running

    def outside(self, state: Any, actor: Actor) -> bool:
        """Whether `actor` is not in the group that this is about; whoever runs the workshop may help every group."""
        if self.group not in state.groups or actor.role.is_staff:
            return False
        return bool(state.home(actor.id) != state.merged.place(self.group))


class Note(InGroup):
    text: Text


class Rewrite(InGroup):
    """Put a line into other words; the earlier ones stay on record."""

    note: str
    text: Text


class HandIn(InGroup):
    """The result: a sentence, and points, one to a line."""

    text: Text
    points: str = ""

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not (state.is_running or state.late)


class Call(InGroup):
    """Call for help, with the reason."""

    text: Text


class Scribe(InGroup):
    """Take over the minutes of the group."""


class Hold(InGroup):
    """Say in the last moments that somebody still writes."""

    @classmethod
    def shut(cls, state: Any) -> bool:
        return state.ending.closes is None


class Done(InGroup):
    """Say that the group is done, or not yet after all."""

    done: bool = True


_own: dict[str, type[Command]] = {
    "assign": Assign,
    "start": Start,
    "prolong": Extend,
    "finish": Finish,
    "move": Move,
    "tell": Tell,
    "late": Late,
    "take": Take,
    "helped": Helped,
    "enter": Enter,
    "leave": Leave,
    "note": Note,
    "rewrite": Rewrite,
    "result": HandIn,
    "help": Call,
    "scribe": Scribe,
    "ready": Done,
    "hold": Hold,
    **adding.COMMANDS,
    **equipping.COMMANDS,
    **choosing.COMMANDS,
    **merging.COMMANDS,
    **leading.COMMANDS,
    **forming.COMMANDS,
}
commands = _own | harvest.COMMANDS
