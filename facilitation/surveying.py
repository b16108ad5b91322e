"""What a survey is set to, what may be wished of it, and what the parts of its screens hold."""

from collections.abc import Hashable
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.electorate import Eligible
from facilitation.form import MANY
from facilitation.forms import FORMS
from facilitation.poll_parts import Result, Turnout
from facilitation.record import Command, Data


class Question(BaseModel):
    """One question.  Its form is one of those of polls; `id` stands in names of parts and of fields."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
    title: Annotated[str, Field(min_length=1, max_length=1000)]
    form: str
    settings: Any  # validated by the form
    required: bool = False

    @model_validator(mode="after")
    def _fits_its_form(self) -> Self:
        if self.form not in FORMS:
            raise ValueError(f"no such form of a question: {self.form}")
        self.settings = FORMS[self.form].Settings.model_validate(self.settings)
        if not self.required and getattr(self.settings, "top", 0) is None:
            raise ValueError("a list that is ordered as a whole has an order from the beginning: it must be required")
        return self


class Config(BaseModel):
    """`revote`: who has answered may mend it until the survey closes."""

    model_config = ConfigDict(extra="forbid")

    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MANY)]
    names: Literal["named", "moderators", "anonymous"] = "anonymous"
    revote: bool = True
    eligible: Eligible | None = None

    @model_validator(mode="after")
    def _names_each_question_once(self) -> Self:
        if len({question.id for question in self.questions}) < len(self.questions):
            raise ValueError("the id of a question stands twice")
        return self


class Submit(Command):
    """All answers at once, by question; a question that is left out is not answered."""

    answers: dict[str, Data]


class Ask(NamedTuple):
    """What everybody reads first; `whom` names for whom it is open, nobody for everybody."""

    title: str
    names: str
    questions: int
    began: datetime | None
    ends: datetime | None
    open: bool
    whom: tuple[str, ...]


class Sheet(NamedTuple):
    """A question as somebody answers it, with what they answered."""

    id: str
    title: str
    form: str
    paper: Hashable
    required: bool
    answered: bool


class MyPaper(NamedTuple):
    sheets: tuple[Sheet, ...]
    made: datetime | None
    open: bool
    revote: bool
    names: str
    eligible: bool


class Participation(NamedTuple):
    turnout: Turnout
    shown: bool


class Outcome(NamedTuple):
    """What was answered to question `number` of `of`; the turnout is of those who have submitted at all."""

    number: int
    of: int
    survey: str
    result: Result


class Opening(NamedTuple):
    ask: Ask
    turnout: Turnout


class Line(NamedTuple):
    """A question at the desk; `on_stage` where the stage shows it by itself."""

    id: str
    title: str
    answers: int
    on_stage: bool


class Overview(NamedTuple):
    """What the desk sees; `before` and `after` are the questions beside the one that is shown, or ""."""

    turnout: Turnout
    replaced: int
    lines: tuple[Line, ...]
    before: str
    after: str
    showing: bool  # results may be shown one by one
