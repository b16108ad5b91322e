"""What every activity (Baustein) shares, whatever its kind: it is opened, timed, closed, shown and sealed.

Invariant: whatever a screen shows of an activity is in here or in the kind's state, and both are folded from entries.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from facilitation.kind import Kind, Look
from facilitation.lineage import Source
from facilitation.record import Actor, Data, Entry, Person
from facilitation.roster import Roster
from facilitation.screen import Audience

GRACE = timedelta(seconds=2)  # where a timer closes; closing by hand has none
REVISES = "of"  # the key under which a fact names the contribution that it revises
WORDED = frozenset({"by_word"})  # figures that repeat people's words: counted from contributions, kept nowhere else


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
    shown: bool = False
    key: str = ""  # of the veil; gone after sealing
    sealed: bool = False
    cleaned: bool = False  # sealed, and no file of the database holds its ballots any more
    contributions: dict[str, Contribution] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)  # reference -> reason
    became: dict[str, tuple[str, ...]] = field(default_factory=dict)  # reference -> those of what was made of it

    @property
    def names(self) -> str:
        return str(self.config.names)

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    def accepts(self, when: datetime) -> bool:
        """Whether input that arrives at `when` is in time."""
        return self.is_open and (self.ends is None or when < self.ends + GRACE)

    def actor(self, person: Person, key: str = "") -> Actor:
        """`person` as this activity may know them; `key` veils where there is no veil yet."""
        key = self.key or key
        alias = mask(key, person.id)
        if self.names == "anonymous":
            return Actor(alias, mask(key, person.unit), alias, person.role, person.headcount)
        return Actor(person.id, person.unit, alias, person.role, person.headcount)

    def fold(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "activity.opened":
                self.phase, self.closed, self.shown = Phase.OPEN, None, False
                self.began = entry.made
                self.ends = _moment(data.get("ends"), entry)
            case "activity.extended":
                self.ends = _moment(data["ends"], entry)
            case "activity.closed":
                self.phase, self.closed, self.ends = Phase.CLOSED, entry.made, None
            case "activity.veiled":
                self.key = entry.full.get("key", "")
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
            )
        elif (revised := data.get(REVISES)) in self.contributions:
            contribution = self.contributions[revised]
            contribution.entries.append(entry.at)
            contribution.text = _words(data) or contribution.text

    def unveil(self, made: datetime) -> None:
        """Forget who stood behind the veil, and when: it was all said at the moment of closing.  The words stay."""
        self.key = ""
        for contribution in self.contributions.values():
            if contribution.veiled:
                contribution.by, contribution.made = None, self.closed or made

    def look(
        self,
        audience: Audience,
        roster: Roster,
        k: int,
        *,
        sources: Mapping[str, Source],
        view: str = "",
        item: str = "",
    ) -> Look:
        """How `audience` looks at this activity; on the stage, at which `view` of it."""
        return Look(
            audience=audience,
            open=self.is_open,
            shown=self.shown,
            hidden=self.hidden,
            roster=roster,
            names=self.names,
            title=self.title,
            view=view,
            item=item,
            ends=self.ends,
            began=self.began,
            sources=sources,
            became=self.became,
            k=k,
        )

    def figures(self) -> Data:
        """What this activity came to in numbers, whatever is deleted of it."""
        return self.kind.figures(self.state, self.hidden)

    def remains(self) -> Data:
        """The figures that nothing but the veil knows."""
        return {name: figure for name, figure in self.figures().items() if name not in WORDED}


def _words(data: Data) -> str:
    """The words of a contribution in one piece: title and body of a post, else its text."""
    return "\n".join(data[key] for key in ("title", "body", "text") if data.get(key))


def mask(key: str, subject: str) -> str:
    """The pseudonym of `subject` under `key`; without a key or a subject there is none."""
    return hmac.digest(key.encode(), subject.encode(), "sha256").hex()[:24] if key and subject else ""


def _moment(text: str | None, entry: Entry) -> datetime | None:
    """A moment that an entry speaks of, in the same zone as the entry."""
    return datetime.fromisoformat(text).astimezone(entry.made.tzinfo) if text else None
