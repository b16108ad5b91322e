"""The workshop-event-script, format version 1, as it is read.

Whatever the format does not name is ignored, and kinds of activity or action that nobody knows are no error.  What
cannot be stored, addressed or put in order is.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.scripts.fields import Id, Mark, Moment, Slug, Title, Words, Zone
from app.scripts.pictures import Upload
from facilitation.record import CLOCK
from facilitation.walls.phases import Phase

RESERVED = {"roster", "agenda", "stage"}  # addresses that are no activity


class Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Division(Part):
    id: Mark
    title: Words = ""


class Unit(Part):
    id: Mark
    title: Words = ""
    dezernat: str | None = None


class Organisation(Part):
    name: Words = ""
    dezernate: tuple[Division, ...] = ()
    units: tuple[Unit, ...] = ()


class Staff(Part):
    id: Id
    label: Title
    role: str = "moderation"


class Participant(Part):
    id: Id
    label: Title
    role: Words = ""
    dezernat: Words | None = None
    unit: Words | None = None
    deputy: bool = False
    deputy_for: str | None = None
    guest: bool = False  # came with the code; only in exports
    barrier_free: bool = False  # needs a room that is; a word of our own


class SharedRoom(Part):
    id: Id
    label: Title
    headcount: Annotated[int, Field(ge=0, le=1000)] = 0
    dezernat: Words | None = None


class Step(Part):
    id: Slug
    start: Moment
    end: Moment
    title: Title
    type: str = "plenum"
    activities: tuple[str, ...] = ()
    lead: Words = ""
    # Words of our own exports; what another program says under these names is a hint, and left out.
    instruction: Annotated[Words, BeforeValidator(lambda said: said if isinstance(said, str) else "")] = ""
    opens: Annotated[bool, BeforeValidator(lambda said: said is True)] = False
    phase: Annotated[str, BeforeValidator(lambda said: said if said in tuple(Phase) else "")] = ""


class Paragraph(Part):
    id: Mark
    title: Words = ""
    text: Words = ""


class Document(Part):
    id: Mark | None = None
    title: Words = ""
    paragraphs: tuple[Paragraph, ...] = ()


class Earlier(Part):
    """A measure that an earlier event has left; `origin` is what it came from there, or how much that was."""

    id: Mark
    title: Words = ""
    description: Words = ""
    first_step: Words = ""
    owner_unit: Words = ""
    helper_unit: Words = ""
    due: date | None = None
    status: Words = "offen"
    progress: Annotated[int, Field(ge=0, le=100)] = 0
    origin: tuple[str, ...] | int = 0


class CarriedOver(Part):
    measures: tuple[Earlier, ...] = ()


class Activity(Part):
    """An activity with the other fields of its own type in `fields`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Slug
    type: str
    title: Title
    anonymous: bool | None = None
    documents: tuple[Document, ...] = ()
    preload: tuple[str, ...] = ()  # ids of earlier measures

    @property
    def fields(self) -> dict[str, Any]:
        return self.model_extra or {}


class Action(Part):
    """One action.  `outcome` stands only in exports, where a refused action has lost its content.

    Nobody has done what has no `actor`: a sealed result, or something refused whose author must stay unknown.
    """

    seq: int
    id: Mark
    ts: Moment
    actor: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{0,200}$")] = ""
    device: Annotated[Words, Field(max_length=60)] = ""
    kind: Mark
    target: Mark | None = None
    key: Mark
    data: dict[str, Any] = {}
    outcome: Mark | None = None

    @property
    def entity(self) -> str | None:
        entity = self.data.get("entity")
        return entity if isinstance(entity, str) else None


class Script(Part):
    format: Literal["workshop-event-script"]
    format_version: Literal[1]
    id: Mark
    title: Title
    start: Moment
    end: Moment
    timezone: Zone = "Europe/Berlin"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "de"
    place: Words = ""
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{0,4}$")] | None = None  # of references; only in exports
    organisation: Organisation = Organisation()
    carried_over: CarriedOver = CarriedOver()
    staff: tuple[Staff, ...] = ()
    participants: tuple[Participant, ...] = ()
    shared_rooms: tuple[SharedRoom, ...] = ()
    agenda: tuple[Step, ...] = ()
    activities: tuple[Activity, ...] = ()
    uploads: tuple[Upload, ...] = ()  # pictures; only in exports
    stream: tuple[Action, ...] = ()
    expected: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        everybody: list[Staff | Participant | SharedRoom] = [*self.staff, *self.participants, *self.shared_rooms]
        people = [person.id for person in everybody]
        activities = [activity.id for activity in self.activities]
        _once("the id of a person", people)
        _once("the id of an activity", activities)
        _once("the id of a step", [step.id for step in self.agenda])
        _once("the id of an action", [action.id for action in self.stream])
        _once("the id of a picture", [upload.id for upload in self.uploads])
        _once("the number seq", [action.seq for action in self.stream])
        _none("the id is reserved", ({CLOCK.id} & set(people)) | (RESERVED & set(activities)))
        _none(
            "a step names an unknown activity",
            {id for step in self.agenda for id in step.activities} - set(activities),
        )
        earlier = {measure.id for measure in self.carried_over.measures}
        _none("unknown measure", {id for activity in self.activities for id in activity.preload} - earlier)
        heads = {person.deputy_for for person in self.participants if person.deputy_for}
        _none("a deputy of an unknown person", heads - {person.id for person in self.participants})
        divisions = {division.id for division in self.organisation.dezernate}
        named: list[Unit | Participant | SharedRoom] = [
            *self.organisation.units,
            *self.participants,
            *self.shared_rooms,
        ]
        _none("unknown dezernat", {one.dezernat for one in named if one.dezernat} - divisions)
        if self.end < self.start:
            raise ValueError("end: the workshop ends before it starts")
        return self


def _once(what: str, ids: Iterable[Hashable]) -> None:
    twice = [id for id, count in Counter(ids).items() if count > 1]
    _none(f"{what} is there twice", twice)


def _none(what: str, wrong: Iterable[object]) -> None:
    if found := sorted(map(str, wrong)):
        raise ValueError(f"{what}: {found[0]}")
