"""What somebody at the desk chooses: a way of forming groups, and the rules that it should keep to."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from facilitation.groups.forming import Proposal, Way
from facilitation.groups.rules import Apart, Spread, Stays
from facilitation.record import Person

RULED = ("built", "choice", "different", "repair")  # ways that keep to the chosen rules
MIXED = (*RULED, "even", "random", "pairs")  # ways in which another seed gives another plan
SWITCHES = ("unit", "deputies", "line", "strangers", "hosts", "everybody")


class Choice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    way: Way = "built"
    unit: bool = True  # at most one person of a unit in a group
    deputies: bool = False  # head and deputy apart
    line: bool = False  # nobody in a group with whom they report to
    strangers: bool = False  # nobody with whom they were in a group before
    hosts: bool = True  # hosts and facilitators stay where they are at home
    everybody: bool = False  # all who are invited, not only those who are here
    divisions: Annotated[int, Field(ge=0, le=20)] = 3  # different ones in each group at least
    count: Literal["all", "groups", "people"] = "all"  # what `number` says: how many groups, or how many in each
    number: Annotated[int, Field(ge=1, le=1000)] = 8
    seed: Annotated[int, Field(ge=0, lt=2**31 - 1)] = 1
    list: Annotated[str, Field(max_length=60_000)] = ""

    def switch(self, name: str) -> bool:
        """Whether a rule holds in this way of forming groups."""
        if name == "strangers" and self.way == "different":
            return True
        return bool(getattr(self, name)) and self.way in (MIXED if name == "hosts" else RULED)


def again(proposal: Proposal, people: Mapping[str, Person], here: set[str]) -> Choice:
    """What a proposal was made by, to ask for another one like it."""
    whys = {rule.why for rule in proposal.rules if isinstance(rule, Apart)}
    spread = [rule.least for rule in proposal.rules if isinstance(rule, Spread)]
    seated = proposal.groups()
    return Choice.model_validate(
        {
            "way": proposal.way,
            "seed": proposal.seed,
            "unit": "unit" in whys,
            "deputies": "deputy" in whys,
            "line": "line" in whys,
            "strangers": "met" in whys,
            "hosts": any(isinstance(rule, Stays) for rule in proposal.rules),
            "everybody": any(person in people and person not in here for those in seated.values() for person in those),
            "divisions": spread[0] if spread else 0,
            "count": "groups",
            "number": max(1, len(seated)),
        }
    )
