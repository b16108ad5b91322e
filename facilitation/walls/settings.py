"""What is prepared of a wall: its columns and topics, what a card is asked for, dots, criteria."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from facilitation.labels import Labels
from facilitation.reactions import USUAL, Words
from facilitation.tagging import By

Name = Annotated[str, Field(pattern=r"""^[^\s"'&<>]+$""")]  # names of parts and of fields are made of it
LOWEST, HIGHEST = 1, 5  # what a criterion is rated with


class Column(NamedTuple):
    id: Name
    title: str
    text: str = ""  # what belongs here, in a sentence


class Heading(NamedTuple):
    """A field of a card template (Kartenvorlage), such as Problem, Idee, Nutzen."""

    id: Name
    title: str
    text: str = ""  # what is asked for


class Criterion(NamedTuple):
    """What cards on the shortlist are rated by.  The first two span the field of four (Vierfelder-Bild)."""

    id: Name
    title: str
    weight: Annotated[int, Field(ge=1, le=9)] = 1
    ends: tuple[str, str] = ("wenig", "viel")


class Dots(BaseModel):
    """How many dots (Punkte) each person has, how many of them may lie on one target, and what the screens offer."""

    model_config = ConfigDict(extra="forbid")

    budget: Annotated[int, Field(ge=1)] = 3
    max_per_target: Annotated[int, Field(ge=1)] = 2
    on: Literal["idea", "cluster", "both"] = "idea"  # cards, islands: in the words of the script format


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_default=True)

    columns: tuple[Column, ...] = ()  # a wall without columns gets one
    max_length: Annotated[int, Field(ge=1)] = 280  # of a card, or of each field of it, in Unicode code points
    reactions: Words = USUAL
    names: Literal["named", "moderators", "anonymous"] = "anonymous"
    dots: Dots | None = Dots()
    topics: Labels = ()
    fields: Annotated[tuple[Heading, ...], Field(max_length=6)] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(max_length=4)] = ()
    fades: bool = False  # what nobody reacts to sinks
    tagged_by: By = "no"  # what a card says of where its author belongs

    @field_validator("columns")
    @classmethod
    def _can_be_told_apart(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        _check_ids(columns, "two columns have the same id")
        return columns or (Column("cards", "Karten"),)

    @field_validator("fields", "criteria")
    @classmethod
    def _of_one_name_each(cls, those: tuple[Any, ...]) -> tuple[Any, ...]:
        _check_ids(those, "two have the same id")
        return those


def _check_ids(those: Iterable[Column | Heading | Criterion], complaint: str) -> None:
    ids = [it.id for it in those]
    if len(set(ids)) < len(ids):
        raise ValueError(complaint)
