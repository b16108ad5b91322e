"""The electorate (Stimmberechtigte): for whom an activity is open, and how many of them are here.

Everybody else sees it and is not asked.
"""

from pydantic import BaseModel, ConfigDict

from facilitation.record import Person
from facilitation.roster import Counts, Roster


class Eligible(BaseModel):
    """Whoever has one of the values of every attribute that is named; nothing named: everybody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    functions: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def admits(self, person: Person) -> bool:
        named = (self.functions, person.function), (self.divisions, person.division), (self.units, person.unit)
        return all(not values or value in values for values, value in named)

    @property
    def named(self) -> tuple[str, ...]:
        """The values, to say for whom it is open."""
        return (*self.functions, *self.divisions, *self.units)


Electorate = Counts


def electorate(roster: Roster, eligible: Eligible | None = None) -> Electorate:
    """How many could answer now."""
    return roster.counts(eligible)
