"""The questions of a round: who asks them too, where each of them stands, and what of it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.approval import Gate
from facilitation.comments import Remarks
from facilitation.labels import Labels
from facilitation.record import Data, Entry

Order = Literal["support", "newest", "best", "disputed"]


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    premoderated: bool = False  # visible only after approval
    anonymous_allowed: bool = True
    max_length: Annotated[int, Field(ge=1, le=10_000)] = 500  # of a question, in code points
    most_open: Annotated[int | None, Field(ge=1, le=100)] = None  # questions of one person that are not answered yet
    own_support: bool = False  # whether one may support one's own
    opposable: bool = False  # whether one may speak against a question
    order: Order = "support"
    addressees: Labels = ()  # who may be asked, such as the mayor or a division
    labels: Labels = ()
    rules: Annotated[str, Field(max_length=2_000)] = ""  # by which moderation lets questions through
    names: Literal["named", "moderators", "anonymous"] = "named"

    @property
    def orders(self) -> tuple[str, ...]:
        return ("support", "newest", "best", *(["disputed"] if self.opposable else []))

    @property
    def choices(self) -> tuple[str, ...]:
        """How a person may look at the questions: in an order, or at those of one label."""
        return (*self.orders, *(f"label-{label.id}" for label in self.labels))


class Settled(NamedTuple):
    """What becomes of a question that nobody has answered: "", in_writing or dropped; who sees to it, by when."""

    end: str = ""
    reason: str = ""
    owner: str = ""
    due: str = ""  # a day, or ""


OPEN = Settled()


class Answer(NamedTuple):
    """`text` is "" where it was answered aloud; `who` is who gave it, as staff wrote it down."""

    text: str
    who: str
    made: datetime


@dataclass(slots=True)
class Question:
    """A question as it stands.  Sealing takes the author and the time of an anonymous one away."""

    at: int
    ref: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime | None
    anonymous: bool
    to: str = ""  # the addressee
    original: str = ""  # how it was asked, where moderation has mended the spelling
    labels: tuple[str, ...] = ()
    withdrawn: bool = False
    shortlisted: bool = False
    answer: Answer | None = None
    settled: Settled = OPEN
    into: str = ""  # the question it was merged into
    parts: list[str] = field(default_factory=list)  # those that were merged into it; one level only
    supporters: set[str] = field(default_factory=set)
    opponents: set[str] = field(default_factory=set)
    counted: "Counted | None" = None  # how many there were, once it is forgotten who

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not (self.answer or self.withdrawn or self.settled.end == "dropped")


class Counted(NamedTuple):
    """What is left of supporters and opponents; `together` with those of the questions merged into it."""

    support: int
    against: int
    together: int


@dataclass(slots=True)
class State:
    config: Config
    gate: Gate
    order: str  # in which the desk has put them
    questions: dict[str, Question] = field(default_factory=dict)  # by reference, in the order of asking
    remarks: Remarks = field(default_factory=dict)
    voters: dict[str, int] = field(default_factory=dict)  # who supported or opposed anything -> the last such entry

    def group(self, question: Question) -> list[Question]:
        """A question with those that were merged into it."""
        return [question, *(self.questions[ref] for ref in question.parts)]

    def head(self, question: Question) -> Question:
        """The question that stands for it: itself unless it was merged into another."""
        return self.questions[question.into] if question.into else question

    def authors(self, question: Question) -> set[str | None]:
        return {it.author for it in self.group(question)}

    def supporters(self, question: Question) -> set[str]:
        return set[str]().union(*(it.supporters for it in self.group(question)))

    def opponents(self, question: Question) -> set[str]:
        return set[str]().union(*(it.opponents for it in self.group(question)))

    def support(self, question: Question) -> int:
        """How many ask it too; whoever supported two that were merged counts once."""
        return question.counted.together if question.counted else len(self.supporters(question))

    def against(self, question: Question) -> int:
        return question.counted.against if question.counted else len(self.opponents(question))

    def is_visible(self, question: Question, hidden: Mapping[str, str]) -> bool:
        return question.ref not in hidden and self.gate.passes(question.ref) and not question.withdrawn

    def visible(self, hidden: Mapping[str, str]) -> list[Question]:
        """The questions that everybody may see, as they were asked."""
        return [it for it in self.questions.values() if self.is_visible(it, hidden)]

    def status(self, question: Question, hidden: Mapping[str, str]) -> str:
        """Where a question stands, in one word."""
        if question.withdrawn:
            return "withdrawn"
        if question.ref in hidden:
            return "hidden"
        if question.ref in self.gate.rejected:
            return "rejected"
        if self.gate.waits(question.ref):
            return "waiting"
        head = self.head(question)
        if head.answer:
            return "answered"
        return head.settled.end or ("approved" if self.config.premoderated else "visible")

    def take(self, entry: Entry) -> None:
        data = entry.full
        match entry.type.removeprefix("questions."):
            case "asked":
                self._ask(entry, data)
            case "commented":
                comments.note(self.remarks, entry)
            case "supported" | "unsupported" | "opposed" | "unopposed" as what if entry.by:
                self._vote(what, entry)  # without a veil there is nobody: the seal counts
            case "rejected":
                self.gate.reject(entry)
            case "sorted":
                self.order = data["order"]
            case "activity.sealed":
                self._seal(data["figures"])
            case what if ref := data.get(REVISES) or data.get("question") or data.get("on"):
                self._revise(what, self.questions[ref], entry)

    def _ask(self, entry: Entry, data: Data) -> None:
        anonymous = self.config.names == "anonymous" or data.get("anonymous", False)
        self.questions[data["ref"]] = Question(
            entry.at, data["ref"], data["text"], entry.by, entry.made, anonymous, data.get("to", "")
        )

    def _vote(self, what: str, entry: Entry) -> None:
        """Whoever takes a vote back takes it back from all that were merged; who is for it is not against it."""
        by, question = str(entry.by), self.questions[entry.full["question"]]
        for it in self.group(question):
            it.opponents.discard(by)
            it.supporters.discard(by)
        if what in ("supported", "opposed"):
            (question.supporters if what == "supported" else question.opponents).add(by)
            self.voters[by] = entry.at

    def _revise(self, what: str, question: Question, entry: Entry) -> None:
        data = entry.data
        match what:
            case "withdrawn":
                question.withdrawn = True
            case "approved":
                self.gate.approve(question.ref)
            case "mended":
                question.original = question.original or question.text
                question.text = data["text"]
            case "labelled":
                question.labels = tuple(data["labels"])
            case "shortlisted":
                question.shortlisted = data["chosen"]
            case "answered":
                question.answer = Answer(data["answer"], data.get("answerer", ""), entry.made)
            case "settled":
                question.settled = Settled(data["end"], data["reason"], data["owner"], data["due"])
                question.answer = None
            case "merged":
                self._merge(question, self.questions[data["into"]])
            case _:  # split
                self.questions[question.into].parts.remove(question.ref)
                question.into = ""

    def _merge(self, question: Question, head: Question) -> None:
        for part in self.group(question):
            part.into = head.ref
            head.parts.append(part.ref)
        question.parts = []

    def _seal(self, figures: Data) -> None:
        for question in self.questions.values():
            if question.anonymous:
                question.author = question.made = None
        if self.config.names != "anonymous":
            return
        self.remarks, self.voters = comments.nameless(self.remarks), {}
        opposed, merged = figures.get("opposed", {}), figures.get("merged", {})
        for ref, question in self.questions.items():
            support = figures["upvotes"][ref]
            question.counted = Counted(support, opposed.get(ref, 0), merged.get(ref, support))
            question.supporters, question.opponents = set(), set()

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The block of the script format; beside it what only our own rounds have."""
        questions = self.questions.values()
        upvotes = {it.ref: it.counted.support if it.counted else len(it.supporters) for it in questions}
        figures = {
            "questions": len(upvotes),
            "visible": len(self.visible(hidden)),
            "answered": sum(it.answer is not None for it in questions),
            "upvotes": upvotes,
            "upvotes_total": sum(upvotes.values()),
            "comments": sum(comments.counts(self.remarks).values()),
        }
        more = {
            "opposed": {it.ref: self.against(it) for it in questions if self.against(it)},
            "merged": {it.ref: self.support(it) for it in questions if it.parts},
        }
        return figures | {name: those for name, those in more.items() if those}


def begun(config: Config) -> State:
    return State(config, Gate(config.premoderated), config.order)


def open_of(questions: Iterable[Question], authors: set[str]) -> int:
    """How many questions of somebody, under whichever of these names, still wait for an answer."""
    return sum(it.is_open and it.author in authors and not it.into for it in questions)
