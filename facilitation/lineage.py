"""Lineage (Herkunft): what was made of what.  A card becomes an option, an island a measure; both ends know of it.

A fact that makes something of contributions names them under the key `sources`, whatever activity they stand in.
"""

from collections.abc import Iterable, Iterator, Mapping, ValuesView
from typing import TYPE_CHECKING, NamedTuple

from pydantic import PrivateAttr

from facilitation.record import Command, Entry, Refused

if TYPE_CHECKING:  # an activity looks at sources, and a source stands in an activity
    from datetime import datetime

    from facilitation.activity import Activity
    from facilitation.belonging import Belonging

SOURCES = "sources"  # the key under which a fact names what it was made of
DECLINED = "declined"  # … what is knowingly not pursued, with the `reason` …
RESUMED = "resumed"  # … and what is pursued after all


class Source(NamedTuple):
    """A contribution as it can be taken up elsewhere.  `by` is a person, or a pseudonym of its activity."""

    ref: str
    text: str  # "" once it is redacted
    points: tuple[str, ...]  # … and so are single points of it, where it has some
    activity: str
    title: str  # of its activity, with the group where people work in groups
    kind: str  # of its activity
    by: str | None
    author: str  # the person where names are given, else ""
    made: "datetime"
    hidden: str  # why nobody but staff may see it, or ""
    public: bool  # everybody may read it
    withdrawn: bool  # by its author
    on: str  # what it comments on, or ""
    became: tuple[str, ...]  # what was made of it and is not withdrawn
    made_of: tuple[str, ...]  # what it was made of itself
    declined: str  # why it is knowingly not pursued, or ""
    group: str = ""  # the title of the group that its activity belongs to


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

    def __init__(self, activities: "Mapping[str, Activity]", belonging: "Belonging") -> None:
        self._activities, self._belonging = activities, belonging

    def __getitem__(self, ref: str) -> Source:
        activity = home(self._activities, ref)
        if activity is None:
            raise KeyError(ref)
        return next(self._of(activity, (ref,)))

    def values(self) -> ValuesView[Source]:
        """All of them; what holds for everything in an activity is looked up once."""
        activities = self._activities.values()
        return {it.ref: it for activity in activities for it in self._of(activity, activity.contributions)}.values()

    def _of(self, activity: "Activity", refs: Iterable[str]) -> Iterator[Source]:
        kind, named = activity.kind, activity.names == "named"
        pointed, within = hasattr(kind, "points"), hasattr(kind, "within")
        group = next((place.title for place in self._belonging.places(activity)), "")
        for ref in refs:
            said = activity.contributions[ref]
            yield Source(
                ref=ref,
                text=said.text,
                points=activity.points(ref) if pointed else (),
                activity=activity.id,
                title=activity.where(ref) if within else activity.title,
                kind=kind.name,
                by=said.by,
                author=said.by or "" if named and not said.veiled else "",
                made=said.made,
                hidden=activity.hidden.get(ref, ""),
                public=activity.is_public(ref),
                withdrawn=said.withdrawn,
                on=said.on,
                became=heirs(self._activities, ref) if ref in activity.became else (),
                made_of=activity.made_of.get(ref, ()),
                declined=activity.declined.get(ref, ""),
                group=group,
            )

    def __iter__(self) -> Iterator[str]:
        for activity in self._activities.values():
            yield from activity.contributions

    def __len__(self) -> int:
        return sum(len(activity.contributions) for activity in self._activities.values())


def home(activities: "Mapping[str, Activity]", ref: str) -> "Activity | None":
    """The activity in which a contribution stands."""
    return next((activity for activity in activities.values() if ref in activity.contributions), None)


def origin(activities: "Mapping[str, Activity]", ref: str) -> "Activity":
    """The same, of what is known to stand somewhere."""
    if found := home(activities, ref):
        return found
    raise AssertionError(ref)


def heirs(activities: "Mapping[str, Activity]", ref: str) -> tuple[str, ...]:
    """What was made of a contribution and is not withdrawn."""
    made = origin(activities, ref).became.get(ref, ())
    return tuple(it for it in made if not ((there := home(activities, it)) and there.contributions[it].withdrawn))


def copies(activities: "Mapping[str, Activity]", ref: str) -> Iterator[str]:
    """What was made of a contribution in its very words, or in those of a point of it, and of that again."""
    activity = origin(activities, ref)
    said = list(filter(None, (activity.contributions[ref].text, *activity.points(ref))))
    for made in activity.became.get(ref, ()):
        there = home(activities, made)
        if there and any(text in there.contributions[made].text for text in said):
            yield made
            yield from copies(activities, made)


def trace(activities: "Mapping[str, Activity]", entry: Entry, made: str) -> None:
    """Remember of each source what became of it, and of what is `made` now where it comes from.

    A copy under the same number goes with its words.
    """
    for ref in entry.data.get(SOURCES, ()):
        activity, there = activities[entry.activity], origin(activities, ref)
        activity.made_of[made] = tuple(dict.fromkeys((*activity.made_of.get(made, ()), ref)))
        became = there.became.get(ref, ())
        there.became[ref] = became if made in became else (*became, made)
        if "text" in entry.data and "ref" not in entry.data:
            there.contributions[ref].entries.append(entry.at)
    for ref in entry.data.get(DECLINED, ()):
        origin(activities, ref).declined[ref] = entry.data["reason"]
    for ref in entry.data.get(RESUMED, ()):
        origin(activities, ref).declined.pop(ref, None)
