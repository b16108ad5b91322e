"""Back to the plenary (Galerie): others comment on the results and support them, whoever wrote one answers.

The gallery opens when the results are shown, or by hand, and closes with the next step, or by hand.  Nobody sees how
much support a result has before it is closed.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.comments import Remarks
from facilitation.groups.settings import Group
from facilitation.record import Actor, Command, Data, Entry, StaffCommand
from facilitation.texts import Text

if TYPE_CHECKING:
    from facilitation.groups.state import State

Aspect = Literal["strength", "question", "link"]  # Stärke, Frage, Verknüpfung


class InGallery(Command):
    """What is done while the gallery is open."""

    timed = False

    @classmethod
    def shut(cls, state: Any) -> bool:
        return not state.harvest.open


class Comment(comments.Comment, InGallery):
    aspect: Aspect


class Support(InGallery):
    """Say „das tragen wir mit“, each person once."""

    result: str


class Unsupport(Support):
    pass


class Answering(InGallery):
    """What the group does with a comment on its result; whoever runs the workshop may do it for every group."""

    comment: str

    def outside(self, state: Any, actor: Actor) -> bool:
        voice = state.harvest.voices.get(self.comment)
        if voice is None or actor.role.is_staff:
            return False
        return bool(state.home(actor.id) != state.merged.place(owner(state, voice.on)))


class Answer(Answering):
    text: Text


class Accept(Answering):
    """Take up what a comment says („übernommen“)."""


class Exhibit(StaffCommand):
    """Open the gallery, whatever the stage shows, or close it."""

    open: bool


class Arrange(StaffCommand):
    """Put a group before another in the gallery, or at its end."""

    group: str
    ahead_of: str = ""


COMMANDS: dict[str, type[Command]] = {
    "comment": Comment,
    "support": Support,
    "unsupport": Unsupport,
    "answer": Answer,
    "accept": Accept,
    "exhibit": Exhibit,
    "arrange": Arrange,
}


class Reply(NamedTuple):
    """What a group answered; the latest wording replaces the earlier ones."""

    ref: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime


class Voice(NamedTuple):
    """What a comment is beside its words, and what became of it in the group whose result it is on."""

    on: str  # the result
    aspect: str
    reply: Reply | None = None
    accepted: bool = False


@dataclass(slots=True)
class Harvest:
    open: bool = False
    shown: bool = False  # the stage has shown the results
    order: list[str] = field(default_factory=list)  # groups, where the desk has put them in an order
    remarks: Remarks = field(default_factory=dict)  # by result, the oldest first
    voices: dict[str, Voice] = field(default_factory=dict)  # by comment
    supporters: dict[str, set[str]] = field(default_factory=dict)  # result -> who

    def waits(self, ref: str) -> bool:
        """Whether a comment is a question that nobody has answered or taken up."""
        voice = self.voices[ref]
        return voice.aspect == "question" and not (voice.reply or voice.accepted)

    def steer(self, entry: Entry) -> None:
        """Showing the results opens the gallery, once: what the desk has closed stays so whatever the stage shows."""
        match entry.type:
            case "activity.shown":
                self.open |= not self.shown
                self.shown = True
            case "activity.opened" | "activity.covered":
                self.open = self.shown = False

    @property
    def visits(self) -> dict[str, set[str]]:
        """Who has commented on a result or supports it, by result."""
        found = {on: {it.author for it in those if it.author} for on, those in self.remarks.items()}
        return {on: found.get(on, set()) | self.supporters.get(on, set()) for on in {*found, *self.supporters}}

    def figures(self) -> Data:
        """What came to the block of the script format; nothing where nobody said anything."""
        said = {"comments": len(self.voices), "support": sum(map(len, self.supporters.values()))}
        return said if any(said.values()) else {}


def owner(state: "State", ref: str) -> str:
    """The group that handed a result in; "" where there is no such result."""
    return next((group for group, result in state.results.items() if result.ref == ref), "")


def arranged(state: "State") -> list[Group]:
    """The groups in the order in which their results are shown: as the desk has put them, else by number."""
    place = {group: n for n, group in enumerate(state.harvest.order)}
    return sorted(state.groups.values(), key=lambda group: place.get(group.id, len(place)))


def fold(state: "State", entry: Entry) -> None:
    harvest, data = state.harvest, entry.data
    match entry.type:
        case "groups.commented":
            comments.note(harvest.remarks, entry)
            harvest.voices[data["ref"]] = Voice(data["on"], data["aspect"])
        case "groups.supported" if entry.by:
            harvest.supporters.setdefault(data["result"], set()).add(entry.by)
        case "groups.unsupported" if entry.by:
            harvest.supporters.get(data["result"], set()).discard(entry.by)
        case "groups.answered":
            reply = Reply(data.get("ref") or data[REVISES], data["text"], entry.by, entry.made)
            harvest.voices[data["comment"]] = harvest.voices[data["comment"]]._replace(reply=reply)
        case "groups.accepted":
            harvest.voices[data["comment"]] = harvest.voices[data["comment"]]._replace(accepted=True)
        case "groups.exhibited":
            harvest.open = data["open"]
        case "groups.arranged":
            harvest.order = _moved([group.id for group in arranged(state)], data["group"], data["ahead_of"])


def _moved(order: list[str], group: str, ahead_of: str) -> list[str]:
    rest = [id for id in order if id != group]
    place = rest.index(ahead_of) if ahead_of in rest else len(rest)
    return [*rest[:place], group, *rest[place:]]
