"""What every activity (Baustein) shares, whatever its kind: it is opened, timed, closed, shown and sealed.

Invariant: whatever a screen shows of an activity is in here or in the kind's state, and both are folded from entries.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from facilitation.electorate import Electorate, Eligible
from facilitation.kind import Kind
from facilitation.moments import after
from facilitation.record import Actor, Data, Entry, Person

GRACE = timedelta(seconds=2)  # where a timer closes; closing by hand has none
MASK = 24  # hex digits of a pseudonym
REVISES = "of"  # the key under which a fact names the contribution that it revises
STEERED = frozenset({"activity.opened", "activity.closed", "activity.shown", "activity.covered"})
WORDED = frozenset({"by_word", "clusters", "final_text"})  # figures that repeat people's words, kept nowhere else


class Phase(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(slots=True)
class Contribution:
    """Something somebody said here, as it reads now, and the entries that carry its words."""

    at: int
    by: str | None  # a person, or a pseudonym as long as there is a veil
    made: datetime
    text: str
    entries: list[int]
    veiled: bool
    on: str = ""  # what it comments on
    withdrawn: bool = False  # by its author


@dataclass(slots=True)
class Activity:
    id: str
    kind: Kind
    title: str
    config: Any
    state: Any
    phase: Phase = Phase.PLANNED
    began: datetime | None = None
    closed: datetime | None = None
    ends: datetime | None = None
    voters: Electorate | None = None  # how many could answer when it closed
    shown: bool = False
    key: str = ""  # of the veil; gone after sealing
    sealed: bool = False
    cleaned: bool = False  # sealed, and no file of the database holds its ballots any more
    contributions: dict[str, Contribution] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)  # reference -> reason
    became: dict[str, tuple[str, ...]] = field(default_factory=dict)  # reference -> those of what was made of it
    made_of: dict[str, tuple[str, ...]] = field(default_factory=dict)  # reference -> those of what it was made of
    declined: dict[str, str] = field(default_factory=dict)  # reference -> why it is knowingly not pursued
    presented: set[str] = field(default_factory=set)  # references of what the stage has shown by itself
    staged: bool = False  # the stage has shown it since it was opened
    masks: dict[str, str] = field(default_factory=dict, repr=False, compare=False)  # pseudonyms; gone with their key
    keyed: hmac.HMAC | None = field(default=None, repr=False, compare=False)  # what masks are made with; as the key

    @property
    def names(self) -> str:
        return str(self.config.names)

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def choices(self) -> tuple[str, ...]:
        """How a person may look at it, where there is more than one way."""
        return tuple(getattr(self.config, "choices", ()))

    def accepts(self, when: datetime) -> bool:
        """Whether input that arrives at `when` is in time."""
        return self.is_open and (self.ends is None or when < after(self.ends, GRACE))

    def actor(self, person: Person, key: str = "") -> Actor:
        """`person` as this activity may know them; `key` veils where there is no veil yet."""
        alias = self.pseudonym(person.id, key)
        eligible = self.eligible is None or self.eligible.admits(person)
        known = (alias, self.pseudonym(person.unit, key)) if self.names == "anonymous" else (person.id, person.unit)
        own = seed(self.id, person.id)
        return Actor(*known, alias, person.role, person.headcount, eligible, own, person.barrier_free)

    def pseudonym(self, subject: str, key: str = "") -> str:
        """That of a person or a unit; `key` where there is no veil yet.  Worked out once, for it takes a while."""
        if self.keyed is None:
            return mask(key, subject)
        if subject not in self.masks:
            own = self.keyed.copy()  # half of what it takes to begin anew with the key
            own.update(subject.encode())
            self.masks[subject] = own.hexdigest()[:MASK] if subject else ""
        return self.masks[subject]

    @property
    def eligible(self) -> Eligible | None:
        """For whom it is open; None for everybody, and where the kind does not ask."""
        found: Eligible | None = getattr(self.config, "eligible", None)
        return found

    @property
    def reveals(self) -> bool:
        """Whether closing it shows its result to everybody."""
        return bool(getattr(self.config, "reveals", False))

    @property
    def together(self) -> bool:
        """Whether what one person alone sees changes with what others do."""
        return bool(getattr(self.config, "together", False))

    @property
    def follows(self) -> str:
        """The activity that was its earlier round."""
        return str(getattr(self.config, "follows", ""))

    @property
    def steered(self) -> Callable[[Any, Entry], None] | None:
        """What a kind with a clock of its own wants to be told of how it is steered; nothing closes by its clock."""
        found: Callable[[Any, Entry], None] | None = getattr(self.kind, "steered", None)
        return found

    def fold(self, entry: Entry) -> None:
        """Take the next entry in; a kind with a clock of its own is told of how it is steered."""
        self._fold(entry)
        if self.steered and entry.type in STEERED:
            self.steered(self.state, entry)
        if closes := getattr(self.kind, "closes", None):
            self.ends = closes(self.state)

    def _fold(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "activity.opened":
                self.phase, self.closed, self.shown, self.voters = Phase.OPEN, None, False, None
                self.staged = False
                self.began = entry.made
                self.ends = None if self.steered else _moment(data.get("ends"), entry)
            case "activity.extended":
                self.ends = _moment(data["ends"], entry)
            case "activity.closed":
                self.phase, self.closed, self.ends = Phase.CLOSED, entry.made, None
            case "activity.veiled":
                self._veil_with(entry.full.get("key", ""))
            case "activity.shown":
                self.shown = True
            case "activity.covered":
                self.shown = False
            case "activity.sealed":
                self.sealed = True
                self.kind.fold(self.state, entry)
            case "activity.cleaned":
                self.cleaned = self.sealed
            case reset if reset == f"{self.kind.name}.reset":
                self.shown = self.sealed = self.cleaned = False  # it may be opened for a new round
                self.kind.fold(self.state, entry)
            case _:
                self._fold_contribution(entry)

    def _fold_contribution(self, entry: Entry) -> None:
        match entry.type:
            case "contribution.hidden":
                self.hidden[entry.data["ref"]] = entry.data["reason"]
            case "contribution.restored":
                self.hidden.pop(entry.data["ref"], None)
            case "record.redacted":
                self.contributions[entry.data["ref"]].text = ""
            case _:
                self._note(entry)
                self.kind.fold(self.state, entry)

    def _note(self, entry: Entry) -> None:
        """Remember which entries carry the words of which contribution, for hiding and redaction."""
        data = entry.full
        if ref := data.get("ref"):
            self.contributions[ref] = Contribution(
                entry.at,
                entry.by,
                entry.made,
                _words(data),
                [entry.at],
                veiled=entry.by is None or entry.veil is not None,
                on=data.get("on", ""),
            )
        elif (revised := data.get(REVISES)) in self.contributions:
            contribution = self.contributions[revised]
            contribution.entries.append(entry.at)
            contribution.text = _words(data) or contribution.text
            contribution.withdrawn |= entry.type.endswith(".withdrawn")

    def is_public(self, ref: str) -> bool:
        """Whether everybody may read a contribution: it is not hidden, withdrawn or withheld, nor is what it is on."""
        said = self.contributions[ref]
        withheld = getattr(self.kind, "withheld", None)
        if ref in self.hidden or said.withdrawn or (withheld and withheld(self.state, ref)):
            return False
        return said.on not in self.contributions or self.is_public(said.on)

    def is_told(self, ref: str) -> bool:
        """Whether everybody may have read it: what nobody but staff writes here, once the stage has shown it."""
        editorial = all(model.staff for model in self.kind.commands.values())
        return self.is_public(ref) and (not editorial or self.shown or ref in self.presented)

    def where(self, ref: str) -> str:
        """Where something was said: the title, and the group where people work in groups."""
        within = getattr(self.kind, "within", None)
        group = within(self.state, ref) if within else ""
        return f"{self.title}, {group}" if group else self.title

    def points(self, ref: str) -> tuple[str, ...]:
        """Single points of a contribution that can be taken up by themselves."""
        points = getattr(self.kind, "points", None)
        return points(self.state, ref) if points else ()

    def unveil(self, made: datetime) -> None:
        """Forget who stood behind the veil, and when: it was all said at the moment of closing.  The words stay."""
        self._veil_with("")
        for contribution in self.contributions.values():
            if contribution.veiled:
                contribution.by, contribution.made = None, self.closed or made

    def _veil_with(self, key: str) -> None:
        self.key = key
        self.keyed = hmac.new(key.encode(), digestmod="sha256") if key else None
        self.masks.clear()

    def figures(self) -> Data:
        """What this activity came to in numbers, whatever is deleted of it."""
        return self.kind.figures(self.state, self.hidden)

    def remains(self) -> Data:
        """The figures that nothing but the veil knows."""
        return _wordless(self.figures())


def _wordless(figures: Data) -> Data:
    return {
        name: _wordless(figure) if isinstance(figure, dict) else figure
        for name, figure in figures.items()
        if name not in WORDED
    }


def _words(data: Data) -> str:
    """The words of a contribution in one piece: title and body of a post, else its text."""
    return "\n".join(data[key] for key in ("title", "body", "text") if data.get(key))


def mask(key: str, subject: str) -> str:
    """The pseudonym of `subject` under `key`; without a key or a subject there is none."""
    return hmac.digest(key.encode(), subject.encode(), "sha256").hex()[:MASK] if key and subject else ""


@lru_cache(maxsize=10_000)
def seed(activity: str, person: str) -> str:
    """What a person's own order in an activity is drawn from, each time the same.  No secret, and never recorded."""
    return blake2b(f"{activity} {person}".encode(), digest_size=MASK // 2).hexdigest()


def _moment(text: str | None, entry: Entry) -> datetime | None:
    """A moment that an entry speaks of, in the same zone as the entry."""
    return datetime.fromisoformat(text).astimezone(entry.made.tzinfo) if text else None
