"""A room: one workshop as it stands, folded from its record.

The order of the checks is the script format's: heard before, known, permitted, joined, open, then what the
command says.  Nothing in here knows a clock but `envelope.when`, and nothing is random but `envelope.salt`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from facilitation import agenda, moderation, roster, stage, steering, wishes
from facilitation.activity import REVISES, Activity
from facilitation.agenda import Agenda
from facilitation.belonging import Belonging, Furnishing, Space, check_furnishable
from facilitation.companions import Companions
from facilitation.electorate import electorate
from facilitation.lineage import Carrying, Sources, trace
from facilitation.naming import Gathering, Listing, Naming
from facilitation.record import CLOCK, Actor, Command, Data, Entry, Envelope, Fact, Person, Refused
from facilitation.roster import Roster
from facilitation.screen import Audience
from facilitation.stage import Stage
from facilitation.tagging import Tagged, tag_of


@dataclass(frozen=True, slots=True)
class Workshop:
    """The workshop's own row: a Veranstaltung."""

    id: int
    code: str  # six digits: an address, no secret
    prefix: str  # of references
    title: str
    starts: datetime
    ends: datetime
    timezone: str = "Europe/Berlin"
    language: str = "de"
    place: str = ""
    organisation: str = ""
    k: int = 5
    stage_version: int = 1  # raised when the links to its stages are revoked

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Heard(NamedTuple):
    """The answer to a command that is on record.  Where the veil is gone there is no digest left to check."""

    activity: str
    digest: str
    veiled: bool
    ref: str
    made: datetime


@dataclass(slots=True)
class Room:
    workshop: Workshop
    roster: Roster
    agenda: Agenda
    activities: dict[str, Activity]
    stage: Stage = field(default_factory=Stage)
    at: int = 0
    references: int = 0
    heard: dict[str, Heard] = field(default_factory=dict)
    ended: datetime | None = None
    companions: Companions = field(init=False, repr=False, compare=False)
    belonging: Belonging = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.companions = Companions(self.roster.people)
        self.belonging = Belonging(self.activities)

    @property
    def sources(self) -> Sources:
        """All that was said here, to make something of it."""
        return Sources(self.activities, self.belonging)

    def person(self, id: str) -> Person:
        """Who that is, as they joined; Refused if nobody here."""
        if id == CLOCK.id:
            return CLOCK
        if id not in self.roster.people:
            raise Refused("roster.unknown_actor")
        person = self.roster.people[id]
        headcount = roster.headcount(self.roster, person)
        return person if person.headcount == headcount else replace(person, headcount=headcount)

    def activity(self, id: str) -> Activity:
        if id not in self.activities:
            raise Refused("activity.invalid", why="unknown")
        return self.activities[id]

    def repeat(self, envelope: Envelope) -> Heard | None:
        """The first answer to a command that was heard before; Refused if its id was used for something else."""
        heard = self.heard.get(envelope.id)
        if heard is None:
            return None
        activity = self.activities.get(heard.activity)
        key = activity.key if activity and heard.veiled else ""
        if heard.digest not in ("", envelope.digest(key)):
            raise Refused("command.reused")
        return heard

    def decide(self, envelope: Envelope) -> list[Entry]:
        """What becomes of a command: its entries, numbered and signed, or Refused."""
        person = self.person(envelope.by)
        activity = self.activities.get(envelope.activity)
        model = wishes.model(envelope, activity)
        actor = activity.actor(person, envelope.salt) if activity else None
        command, flaw = wishes.parsed(model, envelope)
        if model and model.staff and not self._steers(person, model, activity):
            raise Refused("command.forbidden")
        if command and activity and actor and command.forbidden(activity.state, actor):
            raise Refused(f"{activity.kind.name}.forbidden")
        if isinstance(command, roster.Join) and roster.represents_wrongly(command, person):
            raise Refused("roster.forbidden")
        if not person.role.is_staff and model is not roster.Join and not self.roster.has_joined(person.id):
            raise Refused("roster.not_joined")
        if activity and model and _is_late(activity, model, envelope.when):
            raise Refused(f"{activity.kind.name}.not_open")
        if activity and actor and self._is_outside(activity, person, command, actor):
            raise Refused(f"{activity.kind.name}.not_member")
        if command is None or flaw:
            raise flaw or Refused("command.invalid", why="unknown")
        return self._signed(envelope, self._granted(envelope, command, person, actor))

    def _steers(self, person: Person, model: type[Command], activity: Activity | None) -> bool:
        """Whether somebody may do what is staff's: staff, and some of it whoever leads the group that it belongs to."""
        return person.role.is_staff or (model.led and activity is not None and self.belonging.leads(person, activity))

    def _is_outside(self, activity: Activity, person: Person, command: Command | None, actor: Actor) -> bool:
        """Whether this is for a group that somebody is not in."""
        return not self.belonging.admits(person, activity) or bool(command and command.outside(activity.state, actor))

    def _granted(self, envelope: Envelope, command: Command, person: Person, actor: Actor | None) -> list[Fact]:
        if envelope.activity == "roster":
            facts = roster.decide(self.roster, command, person, envelope.device)
            return [*facts, *self._welcome(roster.arriving(facts, person.id))]
        if envelope.command in steering.COMMANDS:
            return steering.decide(self, envelope, command)
        if actor is None:
            raise Refused("activity.invalid", why="unknown")
        activity = self.activities[envelope.activity]
        if envelope.command in moderation.COMMANDS:
            return moderation.decide(self.activities, activity, command)
        self._tell(command, activity, person, envelope.salt)
        return activity.kind.decide(activity.state, command, actor)

    def _tell(self, command: Command, activity: Activity, person: Person, key: str) -> None:
        """Find out what a wish has to know of the room before the kind decides; Refused where it is unknown."""
        if isinstance(command, Furnishing):
            check_furnishable(self.activity(command.activity))
        if isinstance(command, Carrying):
            command.carry(self.sources)
        if isinstance(command, Naming):
            command.meet(activity.actor(self._meant(activity, command.person), key))
        if isinstance(command, Gathering):
            command.gather(activity.actor(person, key) for person in self.roster.here)
        if isinstance(command, Tagged):
            command.wear(tag_of(person, activity, self.roster.here, self.belonging, self.workshop.k))
        if isinstance(command, Listing) and not self.roster.people.keys() >= set(command.listed()):
            raise Refused("roster.invalid", why="unknown_person")

    def _welcome(self, arriving: list[str]) -> Iterator[Fact]:
        """What the activities have for those who come in."""
        for activity in self.activities.values():
            if welcome := getattr(activity.kind, "welcome", None):
                here = [activity.actor(self.roster.people[id]) for id in arriving if id in self.roster.people]
                yield from (replace(fact, activity=activity.id) for fact in welcome(activity.state, here))

    def _meant(self, activity: Activity, id: str) -> Person:
        """Whom a command names, by their id or by the pseudonym that an activity knows them by."""
        if person := self.companions.behind(id, activity) if id else None:
            return person
        raise Refused("roster.invalid", why="unknown_person")

    @property
    def next_reference(self) -> str:
        """The number of the next contribution."""
        return self._reference(self.references + 1)

    def _reference(self, number: int) -> str:
        return f"{self.workshop.prefix}-{number:04d}"

    def _signed(self, envelope: Envelope, facts: list[Fact]) -> list[Entry]:
        """Facts become entries: numbered, with author and references."""
        activity = self.activities.get(envelope.activity)
        veiled = any(fact.veil is not None for fact in facts)
        key = (activity.key or envelope.salt) if activity and veiled else ""
        if activity and veiled and not activity.key:
            facts = [Fact("activity.veiled", veil={"key": key}), *facts]
        masked = activity.pseudonym(envelope.by, key) if activity and veiled else ""
        entries, references = [], self.references
        for part, fact in enumerate(facts):
            data = fact.data
            if fact.contribution:
                references += 1
                data = {"ref": self._reference(references)} | data
            if fact.unveils:
                data = {"unveils": True} | data
            entries.append(
                Entry(
                    at=self.at + 1 + part,
                    activity=fact.activity or envelope.activity,
                    type=fact.type,
                    by=envelope.by if fact.veil is None else masked,
                    data=data,
                    made=envelope.when,
                    command=envelope.id,
                    part=part,
                    digest=envelope.digest(key) if part == 0 else "",
                    veil=fact.veil,
                    blank=fact.blank,
                )
            )
        return entries

    def fold(self, entry: Entry) -> None:
        """Take the next entry in.  Entries are folded once, in order; inside, all times are the workshop's own."""
        if entry.at != self.at + 1:
            raise AssertionError(f"entry {entry.at} after {self.at}")
        entry = entry._replace(made=entry.made.astimezone(self.workshop.zone))
        self.at = entry.at
        self.references += "ref" in entry.data and not entry.type.startswith(("contribution.", "record."))
        self._hear(entry)
        if entry.unveils:
            self._unveil(self.activities[entry.activity], entry.made)
        match entry.activity:
            case "roster":
                roster.fold(self.roster, entry)
            case "stage":
                stage.fold(self.stage, entry)
                self._present(entry.data)
            case "agenda":
                agenda.fold(self.agenda, entry)
                self.ended = entry.made if entry.type == "workshop.ended" else self.ended
            case id if id in self.activities:
                self.activities[id].fold(entry)
                made = entry.data.get("ref") or entry.data.get(REVISES) or self.activities[id].title
                trace(self.activities, entry, made)
                if entry.type == "activity.closed":
                    self._count_voters(self.activities[id])

    def _count_voters(self, activity: Activity) -> None:
        activity.voters = electorate(self.belonging.attending(self.roster, activity), activity.eligible)

    def _present(self, data: Data) -> None:
        """Remember what the stage has shown, and which contributions by themselves."""
        shown = self.activities.get(data.get("target", ""))
        if shown:
            shown.staged = True
        if shown and (item := data.get("item")) in shown.contributions:
            shown.presented.add(item)

    def _unveil(self, activity: Activity, made: datetime) -> None:
        """The veil of an activity is gone: nothing in memory may know more than the record."""
        activity.unveil(made)
        self.companions.forget(activity)
        for id, heard in self.heard.items():
            if heard.activity == activity.id and heard.veiled:
                self.heard[id] = heard._replace(digest="", veiled=False, made=activity.closed or made)

    def _hear(self, entry: Entry) -> None:
        """Remember the answer to a command: the first part says what it was, any part may carry a reference."""
        if entry.part == 0:
            self.heard[entry.command] = Heard(entry.activity, entry.digest, entry.veil is not None, "", entry.made)
        if ref := entry.data.get("ref"):
            self.heard[entry.command] = self.heard[entry.command]._replace(ref=ref)

    def audience(self, person: Person) -> Audience:
        """Which pictures a person may watch on their own page."""
        return Audience.LOBBY if self.roster.waits(person.id) else Audience.PLENARY

    def space(self, person: Person) -> Space | None:
        """The round and the group that somebody works in now."""
        return self.belonging.space(person.id)

    def touched(self, entry: Entry, by: str | None = None) -> set[str] | None:
        """Whose personal parts an entry may change: of its author, of whoever it speaks of, of their units.

        None: everybody's.  `by` is the author where the entry must not say so.
        """
        by, activity = by or entry.by, self.activities.get(entry.activity)
        if entry.type in ("activity.veiled", "activity.cleaned"):
            return set()
        if entry.activity == "roster" and by:
            return {by, *entry.data.get("people", ())}
        return self.companions.touched(activity, entry, by) if activity and by else None


def _is_late(activity: Activity, model: type[Command], when: datetime) -> bool:
    """Whether the activity, or this command's own window in it, is not open."""
    return (model.timed and not activity.accepts(when)) or model.shut(activity.state)
