"""What a module must offer to be a kind of activity (Bausteinart).

The module itself is the kind; there is nothing to subclass.  A view names the parts of the screen
and says what is in each: part `tally` is drawn by the macro `tally` of the kind's template,
`card-AT2-0417` by `card`.  The slot "" holds the names of the parts that stand at the top.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from facilitation.electorate import Electorate
from facilitation.lineage import Source
from facilitation.record import Actor, Command, Entry, Fact, Person
from facilitation.roster import Roster
from facilitation.screen import Audience, View


class Earlier(NamedTuple):
    """A round before this one."""

    title: str
    state: Any
    hidden: Mapping[str, str]  # reference -> reason
    final: bool  # its result is shown, and nothing more comes


class Outlet(NamedTuple):
    """An activity that publishes what editors made elsewhere, under one of its prompts: (id, title)."""

    activity: str
    title: str
    prompts: tuple[tuple[str, str], ...]


class Ranked(NamedTuple):
    """What people gave dots to in an activity, once everybody may know: (reference, dots), most first."""

    title: str
    places: tuple[tuple[str, int], ...]


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
    voters: Electorate | None = None  # how many could answer when it closed
    earlier: tuple[Earlier, ...] = ()  # its earlier rounds, the first of them last
    ends: datetime | None = None  # when the timer ends
    began: datetime | None = None
    on_stage: str = ""  # the contribution that the stage shows now by itself, whoever looks
    on_stage_as: str = ""  # what of it the stage shows now, whoever looks
    ticking: bool = False  # its headlines run below whatever the stage shows
    choice: str = ""  # how a person wants to look at it: one of the settings' `choices`
    presented: AbstractSet[str] = frozenset()  # references of what the stage has shown by itself
    group: str = ""  # in which group the audience is
    outlets: tuple[Outlet, ...] = ()  # at the desk: where a sentence of the editors can be sent
    ranked: Callable[[], Iterable[Ranked]] = tuple  # at the desk: what dots were given to, wherever that may be known
    aside: bool = False  # at the desk: another activity is worked on, and of this one there is only what comes in
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
    def before(self) -> Earlier | None:
        """The round before this one, where everybody knows its result."""
        return next((it for it in self.earlier[:1] if it.final), None)

    def author(self, by: str | None) -> str:
        """The name to write under a contribution, "" where this look must not know it."""
        if by is None or by not in self.people:
            return ""
        if self.names == "named" or (self.names == "moderators" and self.is_staff):
            return self.people[by].label
        return ""


class Kind(Protocol):
    """The shape of a kind.  `decide` and `fold` are pure but for `fold` changing `state` in place.

    A kind in which not all that was said is for everybody yet also offers `withheld(state, ref) -> bool`; one in which
    people work in groups is a `Grouping`; one with a clock of its own, by which nothing closes, offers
    `steered(state, entry)`, which is told when it is opened, closed, shown and covered, and perhaps `closes(state)`,
    when it closes after all.  One that has something for those who come in offers `welcome(state, people)`; one
    in which what somebody does changes the own parts of others `concerned(state, entry) -> list[str] | None` (None: of
    everybody); one in which there is something to do before it is open, as soon as the stage shows it,
    `invites(state) -> bool`; one in which things are said in groups `within(state, ref) -> str`, the group of a
    contribution or "".  One whose contributions have points that can be taken up alone offers
    `points(state, ref) -> tuple[str, ...]`; one in which people support what others said
    `followed(state, actor, hidden)`, what became of that; one in which staff answers, decides or lets through
    `fate(state, ref)`, what became of a contribution; one in which they give dots `ranked(state, look)`, to what,
    with how many.
    One in which something is to be said after the result offers `unrevealed(state) -> bool`, whether that is to come.
    One whose result may be shown before all is given, dots after cards, offers `unfinished(state) -> bool`; one that
    goes on after it is closed, as long as its step lasts, `leaving(state) -> list[Fact]`, which ends that; one
    that lets people write to the end before it closes `parting(state) -> list[Fact] | None`: what is done for that, []
    where it is done already, None where there is nobody to wait for; one that
    publishes what editors made elsewhere `prompts(state)`, under which it can stand.

    Its settings may say more than the kind itself asks: `eligible`, for whom it is open; `reveals`, whether closing it
    shows the result; `follows`, its earlier round; `choices`, the ways in which a person may look at it; `together`,
    whether what one person alone sees changes with what others do.  `Activity` reads all of these.
    """

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


class Grouping(Kind, Protocol):
    """A kind in which people work in groups; each of these is asked for every vote."""

    def home(self, state: Any, person: str) -> str:
        """The group that somebody is in now, or ""."""

    def leads(self, state: Any, person: str) -> str:
        """The group that somebody leads now, or ""."""

    def seated(self, state: Any, people: Iterable[str]) -> list[str]:
        """The group of each by its number, for a title may be hidden; also once it is over; "" for none."""

    def belongings(self, state: Any) -> Mapping[str, str]:
        """Activities and the groups they belong to."""

    def groups(self, state: Any) -> Mapping[str, str]:
        """All groups and their titles."""
