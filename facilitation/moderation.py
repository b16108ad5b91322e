"""Moderation: what is done to somebody's contribution, of whatever kind.

Hidden contributions stay on record and off the screens.  Redacted ones lose their words everywhere.
"""

from collections.abc import Mapping

from facilitation.activity import Activity
from facilitation.lineage import copies, home
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


def decide(activities: Mapping[str, Activity], activity: Activity, command: Command) -> list[Fact]:
    ref: str = command.ref  # type: ignore[attr-defined]  # all three have it
    if ref not in activity.contributions:
        raise Refused("contribution.invalid", why="unknown")
    match command:
        case Hide(reason=reason):
            return [Fact("contribution.hidden", {"ref": ref, "reason": reason})]
        case Restore():
            return [Fact("contribution.restored", {"ref": ref})]
        case Redact(reason=reason):
            return [_redacted(activities, lost, reason) for lost in (ref, *copies(activities, ref))]
    raise AssertionError(command)


def _redacted(activities: Mapping[str, Activity], ref: str, reason: str) -> Fact:
    """The words of a contribution are deleted wherever they stand: in each revision of it."""
    there = home(activities, ref)
    if there is None:
        raise AssertionError(ref)
    entries = tuple(there.contributions[ref].entries)
    return Fact("record.redacted", {"ref": ref, "why": reason}, blank=entries, activity=there.id)
