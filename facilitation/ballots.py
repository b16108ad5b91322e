"""The ballot box (Urne) of a poll: what was cast, what counts, and the figures that remain when it is sealed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from facilitation.form import Bar, Form, Option
from facilitation.record import Data, Entry


class Ballot(NamedTuple):
    data: Data
    made: datetime


@dataclass(slots=True)
class Box:
    form: Form
    settings: Any  # the form's own
    ballots: dict[str, Ballot] = field(default_factory=dict)  # by person or unit, or their pseudonyms
    collective: dict[str, Ballot] = field(default_factory=dict)  # by room device
    replaced: int = 0
    discarded: int = 0
    labels: dict[str, str] = field(default_factory=dict)  # mended ones
    sealed: Data | None = None  # the figures, once the ballots are gone

    @property
    def cast(self) -> int:
        """How many ballots count, those of room devices not among them."""
        return int(self.sealed["ballots"]) if self.sealed else len(self.ballots)

    @property
    def total(self) -> int:
        """How many people's votes count, those behind room devices included."""
        if self.sealed:
            return self.cast + int(self.sealed.get("collective_votes", 0))
        return self.cast + sum(self.counts.values())

    @property
    def counts(self) -> Counter[str]:
        """The votes of the room devices, added up."""
        return sum((Counter(ballot.data["counts"]) for ballot in self.collective.values()), Counter())

    @property
    def options(self) -> list[Option]:
        """What can be chosen, in its present wording."""
        known = self.form.options(self.settings)
        return [option._replace(label=self.labels.get(option.id, option.label)) for option in known]

    def take(self, entry: Entry) -> None:
        """Count a ballot.  One whose veil is gone counts no more: its figures stand in another entry."""
        ballot = Ballot(entry.full, entry.made)
        if not ballot.data or entry.by is None:
            return
        unit = ballot.data.get("unit", entry.by)
        earlier = self.ballots.pop(unit, None), self.collective.pop(unit, None)
        self.replaced += any(earlier)
        (self.collective if "counts" in ballot.data else self.ballots)[unit] = ballot

    def discard(self, figures: Data) -> None:
        """All ballots are void; voting may start afresh."""
        self.replaced, self.discarded = figures["replaced"], self.discarded + figures["ballots"]
        self.sealed = None
        self._empty()

    def seal(self, figures: Data) -> None:
        """Only the figures remain."""
        self.replaced, self.discarded = figures["replaced"], figures["discarded"]
        self.sealed = figures
        self._empty()

    def _empty(self) -> None:
        self.ballots.clear()
        self.collective.clear()

    def bars(self) -> tuple[Bar, ...]:
        """Votes per option, in the order of the options."""
        if self.sealed:
            votes = self.sealed.get("by_option") or self.sealed["by_value"]
        else:
            votes = {bar.option.id: bar.votes for bar in self.form.tally(self.settings, self._data(), self.counts)}
        return tuple(Bar(option, votes[option.id]) for option in self.options)

    def figures(self) -> Data:
        """The poll's block of the script format (FORMAT 5)."""
        if self.sealed:
            return self.sealed
        head = {"kind": self.form.name, "ballots": self.cast, "replaced": self.replaced, "discarded": self.discarded}
        if self.collective:
            head |= {"collective_ballots": len(self.collective), "collective_votes": sum(self.counts.values())}
        return head | self.form.figures(self.settings, self._data(), self.counts)

    def _data(self) -> list[Data]:
        return [ballot.data for ballot in self.ballots.values()]
