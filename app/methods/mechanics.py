"""What one may ask for when a poll is added at the desk: who answers how, and who sees when what came of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from facilitation.polling import ATTRIBUTES
from facilitation.record import Data
from facilitation.roster import Roster

MOST = {"multiple": "max_choices", "open": "several", "wordcloud": "max_words", "ranking": "top"}  # form -> setting
WHOM = {"function": "functions", "division": "divisions"}  # attribute of people -> setting


class Mechanics(BaseModel):
    """Where nothing is said it is as it always is.  `whom` is an attribute and a value of it: `division:III`."""

    ballot_unit: Literal["", "unit"] = ""
    seen: Literal["", "closed", "voted", "always", "never"] = ""
    proposals: Literal["", "moderated", "free"] = ""
    segments: Literal[""] | ATTRIBUTES = ""
    sure: Literal["", "yes"] = ""
    revote: Literal["", "no"] = ""
    desk: Literal["", "yes"] = ""
    whom: Annotated[str, Field(max_length=300)] = ""
    quorum: Annotated[int | None, Field(ge=1, le=100)] = None
    most: Annotated[int | None, Field(ge=1, le=20)] = None

    def asked(self, config: Data) -> Data:
        """The settings of a poll together with what is asked for."""
        said = {"ballot_unit": self.ballot_unit, "seen": self.seen, "proposals": self.proposals, "quorum": self.quorum}
        more: Data = {name: it for name, it in said.items() if it}
        attribute, _, value = self.whom.partition(":")
        if value and attribute in WHOM:
            more["eligible"] = {WHOM[attribute]: [value]}
        if self.segments:
            more["segments"] = [self.segments]
        for name in ("sure", "desk"):
            if getattr(self, name):
                more[name] = True
        if self.revote:
            more["revote"] = False
        limit = {MOST[config["form"]]: self.most} if self.most and config["form"] in MOST else {}
        return config | more | {"settings": config["settings"] | limit}


def whom(roster: Roster) -> list[tuple[str, str]]:
    """For whom alone a poll can be, as (what `Mechanics.whom` takes, its words)."""
    found = {f"{attribute}:{it}": it for attribute in WHOM for it in _values(roster, attribute)}
    return list(found.items())


def _values(roster: Roster, attribute: str) -> list[str]:
    return sorted({value for person in roster.people.values() if (value := getattr(person, attribute))})
