"""What a poll is set to, and what may be wished of it."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from facilitation.electorate import Eligible
from facilitation.forms import FORMS
from facilitation.lineage import Carrying
from facilitation.record import Command, StaffCommand
from facilitation.texts import Text

ATTRIBUTES = Literal["division", "function", "unit"]


class Config(BaseModel):
    """`seen` says when everybody sees the result, whatever the stage shows.

    shown: when the desk shows it; closed: as soon as it closes; voted: whoever has answered, at once; always: at once;
    never: on the stage only.  `desk` lets the desk see a running tally.  The sentence at the input says so.
    """

    model_config = ConfigDict(extra="forbid")

    form: str
    settings: Any  # validated by the form
    names: Literal["named", "moderators", "anonymous"] = "anonymous"
    revote: bool = True
    ballot_unit: Literal["person", "unit"] = "person"
    seen: Literal["shown", "closed", "voted", "always", "never"] = "shown"
    desk: bool = False
    eligible: Eligible | None = None
    quorum: Annotated[int | None, Field(ge=1, le=100)] = None  # per cent of those who could answer
    follows: str = ""  # the activity that was the earlier round of this question
    segments: tuple[ATTRIBUTES, ...] = ()  # attributes by which the result may be broken down
    proposals: Literal["no", "moderated", "free"] = "no"  # options added by participants
    sure: bool = False  # asks how sure one is, from 1 to 5

    @model_validator(mode="after")
    def _fits_its_form(self) -> Self:
        if self.form not in FORMS:
            raise ValueError(f"no such form of a poll: {self.form}")
        form = FORMS[self.form]
        self.settings = form.Settings.model_validate(self.settings)
        if self.proposals != "no" and not form.grows:
            raise ValueError("options cannot be added to this form")
        return self

    @model_validator(mode="after")
    def _keeps_what_it_promises(self) -> Self:
        if self.names == "anonymous" and self.segments:
            raise ValueError("an anonymous poll is not broken down")
        return self

    @property
    def together(self) -> bool:
        """Whether what one person alone sees changes with what others do."""
        return self.seen == "voted" or self.proposals == "free"

    @property
    def reveals(self) -> bool:
        """Whether closing shows the result to everybody."""
        return self.seen in ("closed", "voted", "always")


class Vote(Command):
    """The ballot itself: its fields are the form's, or `counts` of a room device; `sure` where it is asked for."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


class Propose(Command):
    """Add an option."""

    text: Text


class Accept(StaffCommand):
    """Let a proposed option be chosen."""

    option: str


class Ban(StaffCommand):
    """Keep a word off all screens, whoever says it and however it is spelt."""

    word: Text


class Permit(Ban):
    """Let a word be seen again."""


class Amend(StaffCommand):
    """Mend the words of an option while people vote; ballots stay."""

    option: str
    label: Text


class Reveal(StaffCommand):
    """Say which answers are right, or how it really is."""

    led = True


class Reset(StaffCommand):
    """Discard all ballots; a later opening starts afresh."""


class Adopt(Carrying, StaffCommand):
    """Make options of earlier contributions."""


commands: dict[str, type[Command]] = {
    "vote": Vote,
    "propose": Propose,
    "accept": Accept,
    "ban": Ban,
    "permit": Permit,
    "amend": Amend,
    "reveal": Reveal,
    "reset": Reset,
    "adopt": Adopt,
}
