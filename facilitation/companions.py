"""Whose screens change together: the people of a unit, and whoever is behind a pseudonym as long as there is a veil.

Both are looked up for every vote, so they are worked out once: for a room, whose people are rows and stay as they are,
and for the key of a veil.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from facilitation.activity import Activity, mask
from facilitation.record import Person


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
            self.aliases[activity.id] = {mask(activity.key, id): id for id in self.people}
        return self.people.get(self.aliases[activity.id].get(by, ""))

    def together(self, people: Iterable[Person]) -> set[str]:
        """These people, and everybody of their units."""
        return {id for person in people for id in (self.units[person.unit] if person.unit else (person.id,))}

    def forget(self, activity: Activity) -> None:
        """Its veil is lifted: nothing in memory may know more than the record."""
        self.aliases.pop(activity.id, None)
