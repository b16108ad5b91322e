"""The ballot box (Urne) of a poll: what was cast, what counts, and the figures that remain when it is sealed.

Invariant: figures, options and answers are all that is drawn, and all three outlive the veil.
"""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from facilitation.activity import REVISES, WORDED
from facilitation.form import Answer, Cast, Form, Given, Option
from facilitation.lineage import SOURCES
from facilitation.record import Data, Entry
from facilitation.texts import within, word_key


class Ballot(NamedTuple):
    data: Data
    made: datetime


@dataclass(slots=True)
class Box:
    form: Form
    settings: Any  # the form's own
    ballots: dict[str, Ballot] = field(default_factory=dict)  # by person or unit, or their pseudonyms
    collective: dict[str, Ballot] = field(default_factory=dict)  # by room device
    answers: dict[str, Answer] = field(default_factory=dict)  # words on ballots, by reference
    added: dict[str, Option] = field(default_factory=dict)  # options that came later, by id
    adopted: set[str] = field(default_factory=set)  # those of them that were said elsewhere
    proposed: dict[str, Option] = field(default_factory=dict)  # options that wait for the desk
    labels: dict[str, str] = field(default_factory=dict)  # mended ones
    banned: set[str] = field(default_factory=set)  # words that nobody is to see, by their keys
    replaced: int = 0
    discarded: int = 0
    heads: int = 0  # votes of room devices that count
    revealed: bool = False  # which answers are right may be seen
    sealed: Data | None = None  # the figures, once the ballots are gone
    _said: dict[str | None, dict[str, Answer]] = field(default_factory=dict, compare=False)  # by person or unit
    _options: tuple[Option, ...] | None = field(default=None, compare=False)
    _figures: Data | None = field(default=None, compare=False)

    @property
    def cast(self) -> int:
        """How many ballots count, those of room devices not among them."""
        return int(self.sealed["ballots"]) if self.sealed else len(self.ballots)

    @property
    def total(self) -> int:
        """How many people's votes count, those behind room devices included."""
        return self.cast + (int(self.sealed.get("collective_votes", 0)) if self.sealed else self.heads)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, in its present wording."""
        if self._options is None:
            known = (*self.form.options(self.settings), *self.added.values())
            self._options = tuple(o._replace(label=self.labels.get(o.id, o.label)) for o in known)
        return self._options

    def fold(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "poll.voted":
                self.take(entry)
            case "poll.said":
                self.hear(entry)
            case "poll.unsaid":
                self.unhear(entry)
            case "poll.banned":
                self.banned.add(word_key(data["text"]))
            case "poll.permitted":
                self.banned.discard(word_key(data["text"]))
            case "poll.revealed":
                self.revealed = True
            case "poll.reset":
                self.discard(data)
            case "activity.sealed":
                self.seal(data["figures"])
            case _:
                self._fold_options(entry)

    def _fold_options(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "poll.amended":
                self.labels[data["option"]] = data["label"]
            case "poll.grown":
                (ref,) = data[SOURCES]
                self.added[ref] = Option(ref, data["text"])
                self.adopted.add(ref)
            case "poll.proposed" if data.get("waits"):
                self.proposed[data["ref"]] = Option(data["ref"], data["text"])
            case "poll.proposed":
                self.added[data["ref"]] = Option(data["ref"], data["text"])
            case "poll.accepted":
                self.added[data["option"]] = self.proposed.pop(data["option"])
        self._options = self._figures = None

    def given(self, holder: str) -> Given | None:
        """The ballot of a person or unit that counts, or their pseudonym's."""
        ballot = self.ballots.get(holder)
        return Given(ballot.data, tuple(self.said_by(holder))) if ballot else None

    def said_by(self, holder: str) -> list[Answer]:
        """The words on the ballot of a person or unit, in the order of writing; asked for every vote."""
        return list(self._said.get(holder, {}).values())

    def take(self, entry: Entry) -> None:
        """Count a ballot.  One whose veil is gone counts no more: its figures stand in another entry."""
        if entry.by is None:
            return
        ballot = Ballot(entry.full, entry.made)
        holder = ballot.data.get("unit", entry.by)
        earlier = self.ballots.pop(holder, None), self.collective.pop(holder, None)
        self.replaced += any(earlier)
        (self.collective if "counts" in ballot.data else self.ballots)[holder] = ballot
        self.heads += _heads(ballot) - (_heads(earlier[1]) if earlier[1] else 0)
        self._figures = None

    def withdraw(self, holder: str) -> None:
        """A ballot counts no more, and none comes in its place."""
        if self.ballots.pop(holder, None):
            self._figures = None

    def hear(self, entry: Entry) -> None:
        """Take in words that stand on a ballot."""
        data = entry.full
        ref = data.get("ref") or data[REVISES]
        answer = Answer(ref, data["field"], data["on"], data["text"], data.get("unit", entry.by))
        self.answers[ref] = self._said.setdefault(answer.by, {})[ref] = answer
        self._figures = None

    def unhear(self, entry: Entry) -> None:
        """Words that stand on no ballot any more."""
        answer = self.answers.pop(entry.data[REVISES])
        del self._said[answer.by][answer.ref]
        self._figures = None

    def visible(self, hidden: Container[str]) -> tuple[Answer, ...]:
        """The words that everybody may see, in the order of writing."""
        return tuple(it for it in self.answers.values() if it.ref not in hidden and not self.is_banned(it.text))

    def is_banned(self, text: str) -> bool:
        """Whether a word that nobody is to see stands in these."""
        return any(within(word, text) for word in self.banned)

    def drawable(self) -> Data:
        """The figures as they may be drawn now: without words that are banned."""
        drawn = self.figures | {"revealed": self.revealed}
        if self.banned and "by_word" in drawn:
            drawn["by_word"] = {word: n for word, n in drawn["by_word"].items() if not self.is_banned(word)}
        return drawn

    def discard(self, figures: Data) -> None:
        """All ballots are void; voting may start afresh."""
        self.replaced, self.discarded = figures["replaced"], self.discarded + figures["ballots"]
        self.sealed, self.revealed = None, False
        self.answers.clear()
        self._empty()

    def seal(self, figures: Data) -> None:
        """Only figures and words remain."""
        self.replaced, self.discarded = figures["replaced"], figures["discarded"]
        self.sealed = figures
        self.answers = {ref: answer._replace(by=None) for ref, answer in self.answers.items()}
        self._empty()

    def _empty(self) -> None:
        self.ballots.clear()
        self.collective.clear()
        self._said.clear()
        self.heads, self._figures = 0, None

    @property
    def figures(self) -> Data:
        """The poll's block of the script format (FORMAT 5)."""
        if self._figures is None:
            self._figures = self._counted()
        return self._figures

    def _counted(self) -> Data:
        said = self.answers.values()
        if self.sealed:
            words = self.form.figures(self.settings, self.options, Cast((), {}, said)) if self.form.worded else {}
            return {name: words[name] for name in WORDED & words.keys()} | self.sealed
        head = {"kind": self.form.name, "ballots": self.cast, "replaced": self.replaced, "discarded": self.discarded}
        if self.collective:
            head |= {"collective_ballots": len(self.collective), "collective_votes": self.heads}
        collective = sum((Counter(ballot.data["counts"]) for ballot in self.collective.values()), Counter[str]())
        ballots = [ballot.data for ballot in self.ballots.values()]
        return head | self.form.figures(self.settings, self.options, Cast(ballots, collective, said)) | _sure(ballots)


def _sure(ballots: list[Data]) -> Data:
    """How sure those were who were asked: by option, "" where a ballot does not choose one, then from 1 to 5."""
    counts = Counter(
        (str(data.get("choice", data.get("value", ""))), str(data["sure"])) for data in ballots if "sure" in data
    )
    by_option: dict[str, dict[str, int]] = {}
    for (option, sure), people in sorted(counts.items()):
        by_option.setdefault(option, {})[sure] = people
    return {"sure": by_option} if by_option else {}


def _heads(ballot: Ballot) -> int:
    return sum(ballot.data["counts"].values()) if "counts" in ballot.data else 0
