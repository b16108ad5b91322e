"""Whose screens change together: the people of a unit, and whoever is behind a pseudonym as long as there is a veil.

Both are looked up for every vote, so they are worked out once: for a room, whose people are rows and stay as they are,
and for the key of a veil.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from facilitation.activity import Activity
from facilitation.record import Entry, Person


@dataclass(slots=True)
class Companions:
    people: Mapping[str, Person]
    units: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)  # activity -> pseudonym -> person

    def __post_init__(self) -> None:
        for id, person in self.people.items():
            self.units[person.unit].add(id)

    def behind(self, by: str, activity: Activity) -> Person | None:
        """Who that is, behind a pseudonym too as long as there is a veil; only to refresh their own screens."""
        if by in self.people or not activity.key:
            return self.people.get(by)
        if activity.id not in self.aliases:
            self.aliases[activity.id] = {activity.pseudonym(id): id for id in self.people}
        return self.people.get(self.aliases[activity.id].get(by, ""))

    def together(self, people: Iterable[Person]) -> set[str]:
        """These people, and everybody of their units."""
        return {id for person in people for id in (self.units[person.unit] if person.unit else (person.id,))}

    def touched(self, activity: Activity, entry: Entry, by: str) -> set[str] | None:
        """Whose personal parts an entry of an activity may change, which is `by` somebody; None: everybody's."""
        if activity.together or not entry.type.startswith(f"{activity.kind.name}."):  # all kinds share the others
            return None
        author = self.behind(by, activity)
        if author is None or author.role.is_staff:
            return None
        named = (activity.contributions.get(str(value)) for value in entry.full.values())
        concerned = getattr(activity.kind, "concerned", None)
        others: list[str] | None = concerned(activity.state, entry) if concerned else []
        if others is None:
            return None
        others = [*(said.by for said in named if said and said.by), *others]
        known = (self.behind(by, activity) for by in others)
        return self.together([author, *filter(None, known)])

    def forget(self, activity: Activity) -> None:
        """Its veil is lifted: nothing in memory may know more than the record."""
        self.aliases.pop(activity.id, None)
