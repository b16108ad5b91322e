"""Moderation: what is done to somebody's contribution, of whatever kind.

Hidden contributions stay on record and off the screens.  Redacted ones lose their words everywhere.
"""

from facilitation.activity import Activity
from facilitation.record import Command, Fact, Refused, StaffCommand
from facilitation.texts import Text


class Hide(StaffCommand):
    ref: str
    reason: Text


class Restore(StaffCommand):
    ref: str


class Redact(StaffCommand):
    ref: str
    reason: Text


COMMANDS: dict[str, type[Command]] = {"hide": Hide, "restore": Restore, "redact": Redact}


def decide(activity: Activity, command: Command) -> list[Fact]:
    ref: str = command.ref  # type: ignore[attr-defined]  # all three have it
    if ref not in activity.contributions:
        raise Refused("contribution.invalid", why="unknown")
    match command:
        case Hide(reason=reason):
            return [Fact("contribution.hidden", {"ref": ref, "reason": reason})]
        case Restore():
            return [Fact("contribution.restored", {"ref": ref})]
        case Redact(reason=reason):
            entries = tuple(activity.contributions[ref].entries)
            return [Fact("record.redacted", {"ref": ref, "why": reason}, blank=entries)]
    raise AssertionError(command)
