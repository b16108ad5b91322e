"""The agreements of a day (Vereinbarungen): who does what until when, how far it is, and what of it counts.

A measure goes on after the day: what the owning unit reports is accepted whenever it comes.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.comments import Remarks
from facilitation.lineage import SOURCES
from facilitation.record import Data, Entry

START = "offen"  # the status in which a measure begins


class CarriedOver(NamedTuple):
    """A measure of an earlier day.  `origin` is how many contributions it came from there."""

    id: Annotated[str, Field(pattern=r"""^[^\s"'&<>]+$""")]  # names of parts are made of it
    title: str
    description: str = ""
    first_step: str = ""
    owner_unit: str = ""
    helper_unit: str = ""
    due: date | None = None
    status: str = START
    progress: int = 0
    origin: int = 0


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statuses: Annotated[tuple[str, ...], Field(min_length=1)] = (START, "in_arbeit", "erledigt", "gestoppt")
    preload: tuple[CarriedOver, ...] = ()
    names: Literal["named", "moderators", "anonymous"] = "named"  # of who comments; measures speak of units

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        for ids in (self.statuses, [measure.id for measure in self.preload]):
            if len(set(ids)) < len(ids):
                raise ValueError("two statuses or measures have the same id")
        return self


class Measure(NamedTuple):
    """A measure as it stands.  Its words are "" once they are redacted."""

    ref: str
    title: str
    description: str
    first_step: str
    owner_unit: str
    helper_unit: str
    due: str  # ISO 8601, or ""
    status: str
    progress: int = 0  # percent
    sources: tuple[str, ...] = ()  # references of what it was made of
    origin: int = 0  # of how many more that are not on this record
    at: int = 0
    made: datetime | None = None


class Report(NamedTuple):
    """How far a measure is, as its unit or staff (`unit` is "") said."""

    at: int
    ref: str
    measure: str
    status: str
    progress: int
    text: str  # "" once it is redacted
    due: str  # the new date, or ""
    unit: str
    by: str | None
    made: datetime


CHANGEABLE = ("title", "description", "first_step", "owner_unit", "helper_unit", "due")


@dataclass(slots=True)
class State:
    config: Config
    measures: dict[str, Measure]  # by reference, in the order of agreement
    reports: dict[str, list[Report]] = field(default_factory=dict)  # by measure, the oldest first
    volunteers: dict[str, dict[str, str]] = field(default_factory=dict)  # measure -> unit -> owner or helper
    remarks: Remarks = field(default_factory=dict)  # by measure

    def take(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "measures.agreed":
                self._agree(entry)
            case "measures.amended":
                self._amend(data)
            case "measures.updated":
                self._update(entry)
            case "measures.volunteered":
                units = self.volunteers.setdefault(data["measure"], {})
                units.pop(data["unit"], None)
                if data["part"] != "none":
                    units[data["unit"]] = data["part"]
            case "measures.commented":
                comments.note(self.remarks, entry)
            case _:  # sealed
                self.remarks = comments.nameless(self.remarks)

    def _agree(self, entry: Entry) -> None:
        data = entry.data
        said = {name: data.get(name, "") for name in CHANGEABLE}
        status = START if START in self.config.statuses else self.config.statuses[0]
        sources = tuple(data.get(SOURCES, ()))
        measure = Measure(data["ref"], **said, status=status, sources=sources, at=entry.at, made=entry.made)
        self.measures[measure.ref] = measure

    def _amend(self, data: Data) -> None:
        measure = self.measures[data[REVISES]]
        changed = {name: data[name] for name in CHANGEABLE if name in data}
        added = (ref for ref in data.get(SOURCES, ()) if ref not in measure.sources)
        self.measures[measure.ref] = measure._replace(sources=(*measure.sources, *added), **changed)

    def _update(self, entry: Entry) -> None:
        data = entry.data
        said = data["measure"], data["status"], data["progress"], data["text"], data.get("due", ""), data["unit"]
        report = Report(entry.at, data["ref"], *said, entry.by, entry.made)
        self.reports.setdefault(report.measure, []).append(report)
        measure = self.measures[report.measure]
        due = report.due or measure.due
        self.measures[measure.ref] = measure._replace(status=report.status, progress=report.progress, due=due)

    def figures(self) -> Data:
        """The block of the script format."""
        statuses = Counter(measure.status for measure in self.measures.values())
        return {
            "count": len(self.measures),
            "by_status": {status: statuses[status] for status in self.config.statuses if statuses[status]},
            "items": {
                ref: {
                    "owner_unit": it.owner_unit,
                    "status": it.status,
                    "progress": it.progress,
                    "due": it.due,
                    "origin": len(it.sources) + it.origin,
                    "updates": len(self.reports.get(ref, ())),
                }
                for ref, it in self.measures.items()
            },
        }


def begun(config: Config) -> State:
    """What was carried over from an earlier day, as it stood then; an unknown status is the first one."""
    return State(config, {it.id: _carried(it, config.statuses) for it in config.preload})


def _carried(it: CarriedOver, statuses: tuple[str, ...]) -> Measure:
    status = it.status if it.status in statuses else statuses[0]
    due = it.due.isoformat() if it.due else ""
    words = (it.title, it.description, it.first_step, it.owner_unit, it.helper_unit, due)
    return Measure(it.id, *words, status, it.progress, origin=it.origin)
