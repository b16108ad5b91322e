"""The electorate (Stimmberechtigte): for whom an activity is open, and how many of them are here.

Everybody else sees it and is not asked.
"""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from facilitation.record import Person, Role
from facilitation.roster import Roster


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


class Electorate(NamedTuple):
    heads: int  # people, those in front of room devices included
    units: int  # units of which somebody is here


def electorate(roster: Roster, eligible: Eligible | None = None) -> Electorate:
    """How many could answer now."""
    here = [person for person in roster.here if eligible is None or eligible.admits(person)]
    heads = sum(roster.joined[person.id].headcount if person.role is Role.ROOM else 1 for person in here)
    return Electorate(heads, len({person.unit for person in here if person.unit}))
