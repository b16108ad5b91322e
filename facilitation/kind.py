"""What a module must offer to be a kind of activity (Bausteinart).

The module itself is the kind; there is nothing to subclass.  A view names the parts of the screen
and says what is in each: part `tally` is drawn by the macro `tally` of the kind's template,
`card-AT2-0417` by `card`.  The slot "" holds the names of the parts that stand at the top.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from facilitation.lineage import Source
from facilitation.record import Actor, Command, Entry, Fact, Person
from facilitation.roster import Roster
from facilitation.screen import Audience, View


class Look(NamedTuple):
    """How somebody looks at an activity."""

    audience: Audience
    open: bool  # input is possible now
    shown: bool  # the result may be seen by everybody
    hidden: Mapping[str, str]  # reference -> reason
    roster: Roster  # to write names where names are given, and to count; asked by few, so nothing is counted ahead
    names: str  # named, moderators or anonymous
    sources: Mapping[str, Source]  # all that was said in the workshop, to show where something comes from
    became: Mapping[str, tuple[str, ...]]  # reference of what was said here -> those of what was made of it
    title: str = ""
    view: str = ""  # what of it the stage is to show: question, result, wall …
    item: str = ""  # the one contribution that the stage shows large
    ends: datetime | None = None  # when the timer ends
    began: datetime | None = None
    k: int = 5  # fewer ballots than this are not shown where they are not given by name

    @property
    def is_staff(self) -> bool:
        return self.audience is Audience.DESK

    @property
    def people(self) -> Mapping[str, Person]:
        return self.roster.people

    @property
    def heads(self) -> int:
        """How many people are here."""
        return self.roster.heads

    @property
    def units(self) -> int:
        """How many units have somebody here."""
        return self.roster.units

    def author(self, by: str | None) -> str:
        """The name to write under a contribution, "" where this look must not know it."""
        if by is None or by not in self.people:
            return ""
        if self.names == "named" or (self.names == "moderators" and self.is_staff):
            return self.people[by].label
        return ""


class Kind(Protocol):
    """The shape of a kind.  `decide` and `fold` are pure but for `fold` changing `state` in place."""

    @property
    def name(self) -> str: ...
    @property
    def page(self) -> str: ...  # on which page of the phone it lives: now, questions, stream
    @property
    def Config(self) -> type[BaseModel]: ...  # noqa: N802  # it is a class
    @property
    def commands(self) -> Mapping[str, type[Command]]: ...

    def begin(self, config: Any) -> Any:
        """The state before anything happened."""

    def decide(self, state: Any, command: Any, actor: Actor) -> list[Fact]:
        """What becomes of a permitted command: at least one fact, or Refused.  Never changes `state`."""

    def fold(self, state: Any, entry: Entry) -> None:
        """Take an entry in."""

    def view(self, state: Any, look: Look) -> View:
        """What this look sees: the same for all who look so."""

    def mine(self, state: Any, actor: Actor, look: Look) -> View:
        """What only this person sees; the names of the parts begin with `mine`."""

    def rows(self, state: Any, look: Look) -> Iterable[dict[str, Any]]:
        """One flat row for each contribution, for tables."""

    def figures(self, state: Any, hidden: Mapping[str, str]) -> dict[str, Any]:
        """The block of the script format (FORMAT 5) for this activity."""
