"""A round of groups as it stands: seats, clock, notes, results, calls for help."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from facilitation.activity import REVISES
from facilitation.groups import harvest, leading
from facilitation.groups.choosing import Choosing
from facilitation.groups.ending import Ending
from facilitation.groups.forming import Forming
from facilitation.groups.harvest import Harvest
from facilitation.groups.leading import Leading
from facilitation.groups.merging import Merged
from facilitation.groups.said import Call, Note, Result, Told, points
from facilitation.groups.settings import Config, Group, cared_for
from facilitation.groups.trail import Trail
from facilitation.moments import after, later
from facilitation.record import Data, Entry

WORK = {"groups.noted", "groups.rewritten", "groups.handed_in", "groups.finished", "groups.scribed"}


@dataclass(slots=True)
class State:
    config: Config
    groups: dict[str, Group] = field(init=False)  # those of the settings, and those that were added
    refs: dict[str, str] = field(default_factory=dict)  # group that was added -> its reference
    seats: dict[str, str] = field(default_factory=dict)  # person -> group
    numbers: dict[str, int] = field(default_factory=dict)  # person -> their number, whichever group they sit in
    assigned: dict[str, int] | None = None  # sizes right after the last assignment
    started: datetime | None = None
    ended: datetime | None = None
    ends: datetime | None = None  # the planned end: soft, nothing closes by it
    extended: int = 0  # seconds, for all groups
    extra: Counter[str] = field(default_factory=Counter)  # seconds more for single groups
    late: set[str] = field(default_factory=set)  # groups that may hand in after the end
    scribes: dict[str, str] = field(default_factory=dict)  # group -> person
    finished: set[str] = field(default_factory=set)  # groups that say they are done
    notes: dict[str, Note] = field(default_factory=dict)  # by reference, in the order of writing
    results: dict[str, Result] = field(default_factory=dict)  # by group
    calls: dict[str, Call] = field(default_factory=dict)  # by reference
    active: dict[str, datetime] = field(default_factory=dict)  # when somebody in a group last did something
    told: list[Told] = field(default_factory=list)
    changed: dict[str, datetime] = field(default_factory=dict)  # when somebody last came to a group or left it
    forming: Forming = field(default_factory=Forming)
    choosing: Choosing = field(default_factory=Choosing)
    merged: Merged = field(default_factory=Merged)
    ending: Ending = field(default_factory=Ending)
    trail: Trail = field(default_factory=Trail)
    harvest: Harvest = field(default_factory=Harvest)
    leading: Leading = field(init=False)
    caring: dict[str, str] = field(init=False)  # who is in a group without sitting there, as facilitator or host

    def __post_init__(self) -> None:
        self.groups = {group.id: group for group in self.config.groups}
        self.caring = cared_for(self.config.groups)
        self.leading = leading.begun(self.config)

    @property
    def apart(self) -> list[str]:
        """The groups that sit with no other."""
        return [group for group in self.groups if group not in self.merged.into]

    @property
    def is_running(self) -> bool:
        return self.started is not None and self.ended is None

    @property
    def is_published(self) -> bool:
        """Whether people know their groups and may come and go."""
        return (self.assigned is not None or self.started is not None) and self.ended is None

    @property
    def takes_wishes(self) -> bool:
        """Whether people choose for themselves, and may still say what they would like."""
        return self.config.mode == "self_select" and self.assigned is None and self.started is None

    def home(self, person: str) -> str:
        """The group that somebody leads, sits in, takes care of or is the host of; "" for none."""
        return self.leads(person) or self.merged.place(self.seats.get(person) or self.caring.get(person, ""))

    def leads(self, person: str) -> str:
        """The group that somebody leads, wherever it sits; "" for none."""
        return self.merged.place(self.leading.led.get(person, ""))

    def leaders(self, group: str) -> list[str]:
        return [person for person in self.leading.led if self.leads(person) == group]

    def members(self, group: str) -> list[str]:
        return [person for person, where in self.seats.items() if where == group]

    def is_full(self, group: str) -> bool:
        capacity = self.groups[group].capacity
        return capacity is not None and len(self.members(group)) >= capacity

    def until(self, group: str = "") -> datetime | None:
        """The planned end for a group, or for all."""
        return after(self.ends, timedelta(seconds=self.extra[group])) if self.ends else None

    def calling(self, group: str) -> list[Call]:
        """Calls of a group that nobody has seen to yet."""
        return [call for call in self.calls.values() if call.group == group and not call.done]

    def fold(self, entry: Entry) -> None:
        data = entry.data
        for part in (self.forming, self.choosing, self.merged, self.ending, self.trail):
            part.fold(entry)
        match entry.type:
            case (
                "groups.assigned" | "groups.moved" | "groups.entered" | "groups.left" | "groups.merged" | "groups.split"
            ):
                self._fold_seats(entry)
            case "groups.added" | "groups.equipped" | "groups.accessible":
                self._fold_groups(entry)
            case "groups.told":
                self.told.append(Told(data.get("group", ""), data["text"], entry.made))
            case "groups.started" | "groups.extended" | "groups.ended" | "groups.opened_late":
                self._fold_clock(entry)
            case "groups.called" | "groups.taken" | "groups.helped":
                self._fold_calls(entry)
            case _ if entry.type in WORK:
                self._fold_work(entry)
            case _ if entry.type in leading.FACTS:
                self.leading.fold(entry)
            case _:
                harvest.fold(self, entry)

    def steer(self, entry: Entry) -> None:
        """Opening by whatever key of the desk starts the groups, and closing ends them."""
        self.ending.fold(entry)
        self.harvest.steer(entry)
        if entry.type == "activity.opened" and not self.is_running:
            ends = entry.data.get("ends")
            planned = datetime.fromisoformat(ends).astimezone(entry.made.tzinfo) if ends else None
            self._start(entry.made, planned or after(entry.made, timedelta(minutes=self.config.minutes)))
        elif entry.type == "activity.closed" and self.is_running:
            self.ended = entry.made

    def _fold_groups(self, entry: Entry) -> None:
        match entry.type:
            case "groups.added":
                self._add(entry.data)
            case "groups.equipped":
                self._equip(entry.data)
            case _:
                reached = entry.data["groups"]
                self.groups = {id: group._replace(barrier_free=id in reached) for id, group in self.groups.items()}

    def _add(self, data: Data) -> None:
        """Another group.  Once its words are redacted it goes by its number."""
        number = len(self.groups) + 1
        self.refs[data["group"]] = data["ref"]
        self.groups[data["group"]] = Group(
            data["group"],
            data["title"] or f"Gruppe {number}",
            topic=data["label"],
            task=data["text"],
            link=data["link"],
            place=data["place"],
            capacity=data["capacity"],
            host=data["host"],
        )
        if data["host"]:
            self.caring.setdefault(data["host"], data["group"])

    def _equip(self, data: Data) -> None:
        """All that is planned for a group, said anew.  Whoever took it over leads on."""
        id = data["group"]
        known, number = self.groups[id], [*self.groups].index(id) + 1
        self.groups[id] = known._replace(
            title=data["title"] or f"Gruppe {number}",
            topic=data["label"],
            task=data["text"],
            material=data["description"],
            **{name: data[name] for name in ("place", "link", "capacity", "facilitator", "host")},
        )
        self.caring = cared_for(self.groups.values())
        if known.facilitator != data["facilitator"]:
            self.leading.hand_over(id, known.facilitator, data["facilitator"])

    def _fold_seats(self, entry: Entry) -> None:
        data, made = entry.data, entry.made
        person = data.get("person", entry.by) or ""
        match entry.type:
            case "groups.assigned":
                self._assign(data["groups"], made)
            case "groups.merged" | "groups.split":
                for moved in data["people"]:
                    self._sit(moved, data["into" if entry.type == "groups.merged" else "group"], made)
            case "groups.left":
                self._rise(person, made)
                self.leading.leave(person)
            case _:
                self._sit(person, data["group"], made)

    def _assign(self, groups: dict[str, list[str]], made: datetime) -> None:
        self.seats.clear()
        for group, people in groups.items():
            for person in people:
                self._sit(person, group, made)
        sizes = Counter(self.seats.values())
        self.assigned = {group: sizes[group] for group in self.groups}

    def _sit(self, person: str, group: str, made: datetime) -> None:
        self._rise(person, made)
        self.seats[person] = group
        self.changed[group] = made
        if self.leads(person) != group:  # whoever sits down elsewhere leads no more; where groups merge, both are led
            self.leading.leave(person)
        self.numbers.setdefault(person, len(self.numbers) + 1)

    def _rise(self, person: str, made: datetime) -> None:
        if left := self.seats.pop(person, ""):
            self.changed[left] = made

    def _start(self, made: datetime, ends: datetime) -> None:
        self.started, self.ended, self.ends = made, None, ends
        self.extra.clear()
        self.late.clear()
        self.finished.clear()

    def _fold_clock(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "groups.started":
                self._start(entry.made, after(entry.made, timedelta(minutes=data["minutes"])))
            case "groups.extended" if data.get("group"):
                self.extra[data["group"]] += data["seconds"]
            case "groups.extended":
                self.extended += data["seconds"]
                if self.ends:
                    self.ends = after(later(self.ends, entry.made), timedelta(seconds=data["seconds"]))
            case "groups.ended":
                self.ended = entry.made
            case _:
                self.late.add(data["group"])

    def _fold_work(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "groups.noted":
                note = Note(data["ref"], data["group"], data["text"], entry.by, entry.made)
                self.notes[note.ref] = note
            case "groups.rewritten":
                note = self.notes[data[REVISES]]
                self.notes[note.ref] = note._replace(text=data["text"], edits=note.edits + 1)
            case "groups.handed_in":
                self._hand_in(entry)
            case "groups.finished" if data["done"]:
                self.finished.add(data["group"])
            case "groups.finished":
                self.finished.discard(data["group"])
            case _:
                self.scribes[data["group"]] = entry.by or ""
        self.active[data["group"]] = entry.made

    def _hand_in(self, entry: Entry) -> None:
        data = entry.data
        ref = data.get("ref") or data[REVISES]
        self.results[data["group"]] = Result(
            ref, data["group"], data["text"], points(data["answer"]), entry.by, entry.made, self.ended is not None
        )

    def _fold_calls(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "groups.called":
                self.calls[data["ref"]] = Call(data["ref"], data["group"], data["text"], entry.made)
                self.active[data["group"]] = entry.made
            case "groups.taken":
                self.calls[data["call"]] = self.calls[data["call"]]._replace(taken=entry.by or "")
            case _:
                self.calls[data["call"]] = self.calls[data["call"]]._replace(done=True)

    def figures(self) -> Data:
        """The block of the script format."""
        final, notes = Counter(self.seats.values()), Counter(note.group for note in self.notes.values())
        return {
            "assigned": self.assigned or dict.fromkeys(self.groups, 0),
            "final": {group: final[group] for group in self.groups},
            "notes": {group: notes[group] for group in self.groups},
            "notes_total": len(self.notes),
            "results": len(self.results),
            "rooms_without_result": [group for group in self.groups if group not in self.results],
            "extended_seconds": self.extended,
            "help_calls": len(self.calls),
        } | self.harvest.figures()
