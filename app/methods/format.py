"""What stands in the file of a method: for whom it is, what one says, its activities, its steps.

Words in braces are filled in when it is taken over: {title} and {question} anywhere, {option} where an activity is made
for each option, {slug} for the activity's own id; in a list "{options}" and "{paragraphs}" stand for all of them, and a
table that says {option} stands there once for each, with its {number}.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.kinds import KINDS
from facilitation.texts import Text
from facilitation.walls.phases import Phase

MOMENTS = (
    "Ankommen und Stimmung",
    "Zuhören und fragen",
    "Sammeln und ordnen",
    "Vertiefen und klären",
    "Gewichten",
    "Entscheiden",
    "Vereinbaren und abschließen",
)
FEW, MANY = 30, 120  # lines of options: of a poll, of groups
FOLLOWS = "follows"  # the setting that names an earlier round

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,23}$")]  # ids are made of it
Line = Annotated[Text, Field(max_length=300)]
Type = Literal[
    "plenum",
    "abfrage",
    "impuls",
    "fragen",
    "ideenwand",
    "punkte",
    "blog",
    "massnahmen",
    "entscheidung",
    "fishbowl",
    "kleingruppen",
    "galerie",
]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Activity(Part):
    """`each`: one for each option, which is {option} in its title."""

    kind: str
    title: Line
    settings: dict[str, Any] = {}
    each: bool = False


class Step(Part):
    """`say`: sentences to say.  `phase` is what the wall in it enters with *Weiter*, `opens` whether that opens."""

    title: Line
    type: Type = "plenum"
    minutes: Annotated[int, Field(ge=1, le=600)]
    instruction: Text
    say: tuple[Line, ...] = ()
    activities: tuple[Name, ...] = ()
    phase: Literal[""] | Phase = ""
    opens: bool = True


class Method(Part):
    """A method.  `question`, `options` and `paragraphs` are samples; `asks` says what the lines of the options are."""

    name: Name
    title: Line
    moment: Line
    purpose: Text
    size: Line
    question: Literal[""] | Line = ""
    asks: Literal[""] | Line = ""
    options: tuple[Line, ...] = ()
    paragraphs: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    activities: Annotated[dict[Name, Activity], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def most(self) -> int:
        """How many lines its options may have: of groups many, for a pair is one; else what a screen shows at once."""
        others = [it for it in self.activities.values() if it.each or it.kind != "groups"]
        return FEW if any(it.each or "{option" in str(it.settings) for it in others) else MANY

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if complaint := next(self._complaints(), ""):
            raise ValueError(complaint)
        return self

    def _complaints(self) -> Iterator[str]:
        if self.moment not in MOMENTS:
            yield f"moment is one of: {', '.join(MOMENTS)}"
        if bool(self.asks) != bool(self.options):
            yield "options need words that ask for them, and the other way round"
        for name, activity in self.activities.items():
            if activity.kind not in KINDS:
                yield f"activity {name}: there is no kind {activity.kind}"
            if activity.settings.get(FOLLOWS, name) not in self.activities:
                yield f"activity {name} follows none of this file"
        if unused := self.activities.keys() - {name for step in self.steps for name in step.activities}:
            yield f"activity {min(unused)} is in no step"
        for number, step in enumerate(self.steps, 1):
            if unknown := set(step.activities) - self.activities.keys():
                yield f"step {number}: there is no activity {min(unknown)}"
            elif step.phase and not any("phase" in self._commands(name) for name in step.activities):
                yield f"step {number}: nothing in it has phases"

    def _commands(self, name: str) -> set[str]:
        return set(KINDS[self.activities[name].kind].commands)
