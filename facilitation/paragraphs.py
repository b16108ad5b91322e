"""The paragraphs of a text (Grundlagentext): how they read, what was suggested instead, and what of it counts.

A decision is never undone: what was accepted is a revision of its own, and the earlier wordings stay.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.comments import Remarks
from facilitation.fate import Fate
from facilitation.record import Data, Entry

PartName = Annotated[str, Field(pattern=r"""^[^\s"'&<>]+$""")]  # names of parts are made of it

OPEN = "open"  # nobody has decided yet


class Paragraph(NamedTuple):
    id: PartName
    title: str
    text: str


class Document(NamedTuple):
    id: PartName
    title: str
    paragraphs: tuple[Paragraph, ...]


class Config(BaseModel):
    """`vote_values`: what one may say of a paragraph; the first carries it as it is."""

    model_config = ConfigDict(extra="forbid")

    documents: tuple[Document, ...] = ()
    vote_values: Annotated[tuple[str, ...], Field(min_length=1)] = ("traegt", "mit_aenderung", "traegt_nicht")
    names: Literal["named", "moderators", "anonymous"] = "named"

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        paragraphs = [paragraph.id for document in self.documents for paragraph in document.paragraphs]
        for ids in (paragraphs, [document.id for document in self.documents], self.vote_values):
            if len(set(ids)) < len(ids):
                raise ValueError("two documents, paragraphs or values have the same id")
        return self


class Suggestion(NamedTuple):
    """A new wording for a paragraph.  Sealing takes author and time away: together they would lead back to a person."""

    at: int
    ref: str
    paragraph: str
    text: str  # "" once it is redacted
    reason: str
    base: int  # the revision it was written against
    author: str | None
    made: datetime | None
    state: str = OPEN  # open, accepted, rejected or deferred
    why: str = ""  # the reason of the decision
    changed: bool = False  # accepted in other words than these


class Revision(NamedTuple):
    """How a paragraph reads from some moment on; `ref` is the suggestion that brought it about."""

    number: int
    text: str  # "" once it is redacted
    at: int = 0
    ref: str = ""
    why: str = ""


class Counted(NamedTuple):
    votes: dict[str, dict[str, int]]  # paragraph -> value -> how often
    support: dict[str, int]  # of each suggestion
    voters: int


@dataclass(slots=True)
class State:
    config: Config
    revisions: dict[str, list[Revision]]  # by paragraph
    suggestions: dict[str, Suggestion] = field(default_factory=dict)  # by reference, in the order of writing
    proposed: dict[str, list[str]] = field(default_factory=dict)  # paragraph -> references of its suggestions
    remarks: Remarks = field(default_factory=dict)  # by paragraph
    votes: dict[str, dict[str, str]] = field(default_factory=dict)  # paragraph -> who -> value
    supporters: dict[str, set[str]] = field(default_factory=dict)  # suggestion -> who
    counted: Counted | None = None  # what remains once it is forgotten who

    @property
    def numbered(self) -> Iterator[tuple[str, Paragraph]]:
        """The paragraphs in their order, each with its number: 2.1 is the first of the second document."""
        for major, document in enumerate(self.config.documents, 1):
            for minor, paragraph in enumerate(document.paragraphs, 1):
                yield f"{major}.{minor}", paragraph

    def reading(self, paragraph: str, hidden: Mapping[str, str], before: int = 0) -> Revision:
        """How a paragraph reads where these contributions are hidden: without their words, and none that are redacted.

        With `before`: how it read before that revision.
        """
        first, *later = self.revisions[paragraph]
        legible = (it for it in reversed(later) if it.text and it.ref not in hidden and not 0 < before <= it.number)
        return next(legible, first)

    def tally(self, paragraph: str) -> dict[str, int]:
        """How often each value was given."""
        if self.counted:
            return self.counted.votes[paragraph]
        counts = Counter(self.votes.get(paragraph, {}).values())
        return {value: counts[value] for value in self.config.vote_values}

    def support(self, ref: str) -> int:
        return self.counted.support[ref] if self.counted else len(self.supporters.get(ref, ()))

    @property
    def voters(self) -> int:
        """How many people said something of any paragraph by their vote."""
        if self.counted:
            return self.counted.voters
        return len({person for votes in self.votes.values() for person in votes})

    def suggested(self, paragraph: str, hidden: Mapping[str, str]) -> list[Suggestion]:
        """What everybody may see of the suggestions for a paragraph, the most supported first, of equals the oldest."""
        those = (self.suggestions[ref] for ref in self.proposed.get(paragraph, ()) if ref not in hidden)
        return sorted(those, key=lambda it: -self.support(it.ref))

    def fate(self, ref: str) -> Fate | None:
        """What was decided of a suggestion."""
        it = self.suggestions.get(ref)
        if it is None or it.state == OPEN:
            return None
        return Fate("changed" if it.changed else "declined" if it.state == "rejected" else it.state, it.why)

    def take(self, entry: Entry) -> None:
        data = entry.full
        match entry.type:
            case "text.voted" if entry.by:  # without a veil there is nobody: the seal counts
                self.votes.setdefault(data["paragraph"], {})[entry.by] = data["value"]
            case "text.suggested":
                words = data["paragraph"], data["text"], data.get("reason", ""), data["base_revision"]
                self.suggestions[data["ref"]] = Suggestion(entry.at, data["ref"], *words, entry.by, entry.made)
                self.proposed.setdefault(data["paragraph"], []).append(data["ref"])
            case "text.supported" if entry.by:
                self.supporters.setdefault(data["suggestion"], set()).add(entry.by)
            case "text.decided":
                self._decide(entry)
            case "text.commented":
                comments.note(self.remarks, entry)
            case "activity.sealed":
                self._seal(data["figures"])

    def _decide(self, entry: Entry) -> None:
        data, suggestion = entry.data, self.suggestions[entry.data[REVISES]]
        decided = suggestion._replace(state=data["decision"], why=data.get("reason", ""), changed="wording" in data)
        self.suggestions[suggestion.ref] = decided
        if decided.state == "accepted":
            revisions = self.revisions[suggestion.paragraph]
            text = data.get("wording", suggestion.text)
            revisions.append(Revision(len(revisions) + 1, text, entry.at, suggestion.ref, decided.why))

    def _seal(self, figures: Data) -> None:
        given = {id: figures["paragraphs"][id]["votes"] for id in self.revisions}
        votes = {id: {value: int(those[value]) for value in self.config.vote_values} for id, those in given.items()}
        support = {ref: int(figures["support"][ref]) for ref in self.suggestions}
        self.counted, self.votes, self.supporters = Counted(votes, support, int(figures["voters"])), {}, {}
        self.suggestions = {ref: it._replace(author=None, made=None) for ref, it in self.suggestions.items()}
        self.remarks = comments.nameless(self.remarks)

    def figures(self) -> Data:
        """The block of the script format, and how many people voted, which must outlive the veil."""
        remarks, states = comments.counts(self.remarks), Counter(it.state for it in self.suggestions.values())
        return {
            "paragraphs": {
                id: {
                    "revision": len(revisions),
                    "votes": self.tally(id),
                    "comments": remarks.get(id, 0),
                    "suggestions": len(self.proposed.get(id, ())),
                    "final_text": self.reading(id, {}).text,
                }
                for id, revisions in self.revisions.items()
            },
            "suggestions": len(self.suggestions),
            "suggestions_by_state": dict(sorted(states.items())),
            "comments": sum(remarks.values()),
            "support": {ref: self.support(ref) for ref in self.suggestions},
            "voters": self.voters,
        }


def begun(config: Config) -> State:
    """The texts as they were prepared."""
    paragraphs = (paragraph for document in config.documents for paragraph in document.paragraphs)
    return State(config, {paragraph.id: [Revision(1, paragraph.text)] for paragraph in paragraphs})
