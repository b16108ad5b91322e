"""How a round of groups is planned."""

from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

MOST = 200  # groups in one round
Link = Annotated[str, Field(pattern=r"^(https?://[^\s]+)?$", max_length=2000)]


class Group(NamedTuple):
    """One group (Kleingruppe).  `link` leads to the video room and is seen by its members only."""

    id: Annotated[str, Field(pattern=r"""^[^\s"'&<>/\[\]]{1,80}$""")]  # names of parts, pages and fields are made of it
    title: Annotated[str, Field(min_length=1, max_length=300)]
    topic: str = ""
    task: str = ""
    material: str = ""
    link: Link = ""
    place: str = ""
    capacity: Annotated[int | None, Field(ge=1)] = None
    facilitator: str = ""  # person
    host: str = ""  # person who stays when others move on
    activities: tuple[str, ...] = ()  # what belongs to it: a wall, polls
    barrier_free: bool = False  # its place can be reached by everybody


class Section(NamedTuple):
    """A part of the guide (Leitfaden) for whoever leads a group."""

    title: str
    minutes: Annotated[int, Field(ge=1, le=600)]
    do: str = ""
    say: tuple[str, ...] = ()  # sentences
    stuck: str = ""  # what helps when it does not go on


class Config(BaseModel):
    """`points` is how many points a result may have besides its sentence."""

    model_config = ConfigDict(extra="forbid")

    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=MOST)]
    minutes: Annotated[int, Field(ge=1, le=600)] = 30
    mode: Literal["assigned", "self_select", "world_cafe", "merge_previous"] = "assigned"
    scribe: bool = False
    follows: str = ""  # the earlier round
    points: Annotated[int, Field(ge=0, le=10)] = 3
    settles: bool = False  # whoever comes late is given a place
    convened: bool = False  # people add sessions of their own and host them, as in Open Space
    names: Literal["named", "moderators"] = "named"  # people at one table know each other
    guide: Annotated[tuple[Section, ...], Field(max_length=30)] = ()

    @field_validator("groups")
    @classmethod
    def _can_be_told_apart(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        if len({group.id for group in groups}) < len(groups):
            raise ValueError("two groups have the same id")
        return groups


def cared_for(groups: Iterable[Group]) -> dict[str, str]:
    """Who is in a group without sitting there: its facilitator and its host, of several the first."""
    caring: dict[str, str] = {}
    for group in groups:
        for person in filter(None, (group.facilitator, group.host)):
            caring.setdefault(person, group.id)
    return caring
