"""Lineage (Herkunft): what was made of what.  A card becomes an option, an island a measure; both ends know of it.

A fact that makes something of contributions names them under the key `sources`, whatever activity they stand in.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pydantic import PrivateAttr

from facilitation.record import Command, Refused

if TYPE_CHECKING:  # an activity looks at sources, and a source stands in an activity
    from datetime import datetime

    from facilitation.activity import Activity

SOURCES = "sources"  # the key under which a fact names what it was made of


class Source(NamedTuple):
    """A contribution as it can be taken up elsewhere.  `by` is a person, or a pseudonym of its activity."""

    ref: str
    text: str  # "" once it is redacted
    activity: str
    title: str  # of its activity
    kind: str  # of its activity
    by: str | None
    made: "datetime"
    hidden: str  # why nobody but staff may see it, or ""


class Carrying(Command):
    """A wish that makes something of earlier contributions.  The room finds them before the kind decides."""

    sources: tuple[str, ...] = ()

    _carried: tuple[Source, ...] = PrivateAttr(())

    @property
    def carried(self) -> tuple[Source, ...]:
        return self._carried

    def carry(self, known: Mapping[str, Source]) -> None:
        """Find the sources among what was said; Refused where one is unknown or named twice.

        Hidden ones are found too: whoever copies their words for everybody refuses them.
        """
        if len(set(self.sources)) < len(self.sources):
            raise Refused("lineage.invalid", why="repeated")
        for ref in self.sources:
            if ref not in known:
                raise Refused("lineage.invalid", why="unknown", ref=ref)
        self._carried = tuple(known[ref] for ref in self.sources)


class Sources(Mapping[str, Source]):
    """Everything that was said in a workshop, by reference, activity by activity."""

    def __init__(self, activities: "Mapping[str, Activity]") -> None:
        self._activities = activities

    def __getitem__(self, ref: str) -> Source:
        activity = home(self._activities, ref)
        if activity is None:
            raise KeyError(ref)
        said, hidden = activity.contributions[ref], activity.hidden.get(ref, "")
        return Source(ref, said.text, activity.id, activity.title, activity.kind.name, said.by, said.made, hidden)

    def __iter__(self) -> Iterator[str]:
        for activity in self._activities.values():
            yield from activity.contributions

    def __len__(self) -> int:
        return sum(len(activity.contributions) for activity in self._activities.values())


def home(activities: "Mapping[str, Activity]", ref: str) -> "Activity | None":
    """The activity in which a contribution stands."""
    return next((activity for activity in activities.values() if ref in activity.contributions), None)


def copies(activities: "Mapping[str, Activity]", ref: str) -> Iterator[str]:
    """What was made of a contribution in its very words, and of that again."""
    activity = home(activities, ref)
    if activity is None:
        return
    text = activity.contributions[ref].text
    for made in activity.became.get(ref, ()):
        there = home(activities, made)
        if there and text and text in there.contributions[made].text:
            yield made
            yield from copies(activities, made)
