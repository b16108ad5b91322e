"""The last steps of a round (Letzte Schritte): what was arranged and what came in, for the desk to look back on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from facilitation.record import Entry

KEPT = 6
DONE = {"groups.paired", "groups.unpaired", "groups.closing", "groups.opened_late", "groups.handed_in", "groups.added"}
COUNTED = {"groups.extended": "seconds", "groups.settled": "count"}


class Deed(NamedTuple):
    """What was done when, to which group or ("") to all, and how much of it."""

    made: datetime
    what: str  # past participle of the entry
    group: str = ""
    into: str = ""
    much: int = 0


@dataclass(slots=True)
class Trail:
    deeds: list[Deed] = field(default_factory=list)  # the latest first

    def fold(self, entry: Entry) -> None:
        if (deed := _deed(entry)) and not self._told(deed):
            self.deeds = [deed, *self.deeds[: KEPT - 1]]

    def _told(self, deed: Deed) -> bool:
        """Whether it is but a part of all going together two by two, or apart again."""
        latest = self.deeds[0] if self.deeds else None
        both = (latest.what, deed.what) if latest and latest.made == deed.made else None
        return both in (("paired", "merged"), ("unpaired", "split"))


def _deed(entry: Entry) -> Deed | None:
    data, what = entry.data, entry.type.partition(".")[2]
    if entry.type in DONE:
        return Deed(entry.made, what, data.get("group", ""))
    if entry.type in COUNTED:
        return Deed(entry.made, what, data.get("group", ""), much=data[COUNTED[entry.type]])
    if entry.type in ("groups.merged", "groups.split"):
        return Deed(entry.made, what, data["group"], data["into"], len(data["people"]))
    return None
