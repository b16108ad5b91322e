"""Reports (Meldungen): a reader tells moderation that something should not stand there.  It stays until staff acts."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from facilitation.record import Actor, Command, Entry, Fact, Refused, StaffCommand

MOST = 500  # code points


class Report(Command):
    """May be sent as long as anybody reads: also after it is closed."""

    timed: ClassVar[bool] = False

    on: str
    reason: str = ""


class Dismiss(StaffCommand):
    """Decide that nothing is wrong with it."""

    on: str


class Reported(NamedTuple):
    by: str | None
    reason: str


Reports = dict[str, list[Reported]]  # by what they are about


def granted(kind: str, report: Report, reports: Reports, actor: Actor, names: str) -> Fact:
    """The fact of a report on something that exists; Refused if it is too long or was sent before."""
    if len(report.reason) > MOST:
        raise Refused("report.too_long", most=MOST)
    if actor.id in (it.by for it in reports.get(report.on, ())):
        raise Refused("report.already_voted")
    return Fact(f"{kind}.reported", report.model_dump(), veil={} if names == "anonymous" else None)


def note(reports: Reports, entry: Entry) -> None:
    reports.setdefault(entry.data["on"], []).append(Reported(entry.by, entry.data["reason"]))


def nameless(reports: Reports) -> Reports:
    """The same without those who sent them."""
    return {on: [it._replace(by=None) for it in those] for on, those in reports.items()}


def of(by: str, reports: Reports) -> Iterator[str]:
    """What somebody reported."""
    return (on for on, those in reports.items() if by in (it.by for it in those))
