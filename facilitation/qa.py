"""The questions of a round: who asks them too, where each of them stands, and what of it counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.comments import Remarks
from facilitation.record import Data, Entry


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    premoderated: bool = False  # visible only after approval
    anonymous_allowed: bool = True
    max_length: Annotated[int, Field(ge=1, le=10_000)] = 500  # of a question, in code points
    names: Literal["named", "moderators", "anonymous"] = "named"


@dataclass(slots=True)
class Question:
    """A question as it stands.  Sealing takes the author and the time of an anonymous one away."""

    at: int
    ref: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime | None
    anonymous: bool
    approved: bool = False
    answer: str = ""
    answered: datetime | None = None
    supporters: set[str] = field(default_factory=set)
    counted: int | None = None  # how many supported it, once it is forgotten who

    @property
    def support(self) -> int:
        return len(self.supporters) if self.counted is None else self.counted


@dataclass(slots=True)
class State:
    config: Config
    questions: dict[str, Question] = field(default_factory=dict)  # by reference, in the order of asking
    remarks: Remarks = field(default_factory=dict)

    def waits(self, question: Question) -> bool:
        return self.config.premoderated and not question.approved

    def visible(self, hidden: Mapping[str, str]) -> list[Question]:
        """The questions that everybody may see, the most supported first, of equals the oldest."""
        those = [it for it in self.questions.values() if it.ref not in hidden and not self.waits(it)]
        return sorted(those, key=lambda question: -question.support)

    def status(self, question: Question, hidden: Mapping[str, str]) -> str:
        """Where a question stands: hidden, waiting, answered, approved or visible (where none needs approval)."""
        if question.ref in hidden:
            return "hidden"
        if self.waits(question):
            return "waiting"
        if question.answered:
            return "answered"
        return "approved" if self.config.premoderated else "visible"

    def take(self, entry: Entry) -> None:
        data = entry.full
        match entry.type:
            case "questions.asked":
                anonymous = self.config.names == "anonymous" or data.get("anonymous", False)
                asked = Question(entry.at, data["ref"], data["text"], entry.by, entry.made, anonymous)
                self.questions[asked.ref] = asked
            case "questions.commented":
                comments.note(self.remarks, entry)
            case "questions.supported" if entry.by:  # without a veil there is nobody: the seal counts
                self.questions[data["question"]].supporters.add(entry.by)
            case "questions.unsupported" if entry.by:
                self.questions[data["question"]].supporters.discard(entry.by)
            case "questions.approved":
                self.questions[data["question"]].approved = True
            case "questions.answered":
                question = self.questions[data[REVISES]]
                question.answer, question.answered = data["answer"], entry.made
            case "activity.sealed":
                self._seal(data["figures"])

    def _seal(self, figures: Data) -> None:
        for question in self.questions.values():
            if question.anonymous:
                question.author = question.made = None
        if self.config.names == "anonymous":
            self.remarks = comments.nameless(self.remarks)
            for question in self.questions.values():
                question.supporters, question.counted = set(), figures["upvotes"][question.ref]

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The block of the script format."""
        upvotes = {question.ref: question.support for question in self.questions.values()}
        return {
            "questions": len(upvotes),
            "visible": len(self.visible(hidden)),
            "answered": sum(question.answered is not None for question in self.questions.values()),
            "upvotes": upvotes,
            "upvotes_total": sum(upvotes.values()),
            "comments": sum(comments.counts(self.remarks).values()),
        }
