"""Measures (Vereinbarungen, Maßnahmen): few, owned, dated.  Staff writes them down, units volunteer and report.

Every measure says where it comes from.  Measures speak of units, so only comments know people; in an anonymous
activity nobody can tell who speaks for a unit, and only staff reports.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from facilitation import agreements, comments, following
from facilitation.activity import REVISES
from facilitation.agreements import Measure, State
from facilitation.comments import Comment
from facilitation.kind import Look
from facilitation.lineage import SOURCES, Carrying
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "measures"
page = "now"

LENGTHS = {"title": 500, "description": 5_000, "first_step": 500, "owner_unit": 500, "helper_unit": 500, "text": 5_000}
WHOLE = 100  # percent

Config = agreements.Config
MaybeText = Literal[""] | Text


class Agree(Carrying, StaffCommand):
    """Write down what was agreed, and of what it was made."""

    title: Text
    description: MaybeText = ""
    first_step: MaybeText = ""
    owner_unit: Text
    helper_unit: MaybeText = ""
    due: date | None = None


class Amend(Carrying, StaffCommand):
    """Change what is given; where it comes from is only added to."""

    measure: str
    title: Text | None = None
    description: MaybeText | None = None
    first_step: MaybeText | None = None
    owner_unit: Text | None = None
    helper_unit: MaybeText | None = None
    due: date | None = None


class Update(Command):
    """How far it is.  The owning unit says so whenever it likes."""

    timed = False

    measure: str
    status: str
    progress: int
    text: Text
    due: date | None = None

    def forbidden(self, state: Any, actor: Actor) -> bool:
        """Only people of the owning unit, whom an anonymous activity cannot know, and staff."""
        measure = state.measures.get(self.measure)
        return measure is not None and not actor.role.is_staff and (not actor.unit or actor.unit != measure.owner_unit)


class Volunteer(Command):
    """„Wir übernehmen das“, „Wir helfen mit“, in the name of one's unit; the last word counts."""

    measure: str
    part: Literal["owner", "helper", "none"]


commands: dict[str, type[Command]] = {
    "agree": Agree,
    "amend": Amend,
    "update": Update,
    "volunteer": Volunteer,
    "comment": Comment,
}


def begin(config: Config) -> State:
    return agreements.begun(config)


def decide(state: State, command: Agree | Amend | Update | Volunteer | Comment, actor: Actor) -> list[Fact]:
    _check_lengths(command)
    match command:
        case Agree():
            return [Fact("measures.agreed", _said(command), contribution=True)]
        case Amend():
            _check_measure(state, command.measure)
            data = _said(command)
            return [Fact("measures.amended", {REVISES: data.pop("measure")} | data)]
        case Update():
            return [_updating(state, command, actor)]
        case Volunteer():
            _check_measure(state, command.measure)
            if state.config.names == "anonymous" or not actor.unit:
                raise Refused("measures.invalid", why="no_unit")
            return [Fact("measures.volunteered", command.model_dump() | {"unit": actor.unit})]
        case _:
            _check_measure(state, command.on)
            return [comments.granted(name, command, state.config.names)]


def _said(command: Agree | Amend) -> Data:
    """What was said, without what was not; SOURCES only where there are some."""
    data = command.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    return {key: value for key, value in data.items() if key != SOURCES or value}


def _updating(state: State, command: Update, actor: Actor) -> Fact:
    _check_measure(state, command.measure)
    if command.status not in state.config.statuses:
        raise Refused("measures.invalid", why="unknown_status")
    if not 0 <= command.progress <= WHOLE:
        raise Refused("measures.invalid", why="out_of_range")
    unit = "" if actor.role.is_staff else actor.unit
    data = command.model_dump(mode="json", exclude_none=True) | {"unit": unit}
    return Fact("measures.updated", data, contribution=True)


def _check_measure(state: State, ref: str) -> None:
    if ref not in state.measures:
        raise Refused("measures.invalid", why="unknown")


def _check_lengths(command: Command) -> None:
    for field, most in LENGTHS.items():
        if not isinstance(command, Comment) and len(getattr(command, field, None) or "") > most:
            raise Refused("measures.too_long", most=most)


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Offering(NamedTuple):
    """What one's own unit has offered for a measure: `part` is owner, helper or none."""

    measure: str
    unit: str
    part: str
    owns: bool
    open: bool


class Replying(NamedTuple):
    on: str
    names: str


class Own(NamedTuple):
    """A measure of one's own unit, with what may be reported."""

    measure: Measure
    statuses: tuple[str, ...]


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return following.staged(state, look)
        case Audience.DESK:
            return following.desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    visible = following.visible(state, look.hidden)
    parts: View = {
        "": Slot(("head", "mine-own", "list")),
        "head": following.Head(look.title, len(visible), look.open),
        "list": len(visible),
        "measures": Slot(f"measure-{it.ref}" for it in visible),
    }
    for measure in visible:
        parts |= _measure(state, measure, look)
    return parts


def _measure(state: State, measure: Measure, look: Look) -> View:
    ref = measure.ref
    course: View = {f"report-{it.ref}": it for it in following.reports(state, ref, look)}
    said: View = {f"comment-{it.ref}": comments.said(it, look) for it in following.remarks(state, ref, look)}
    reply: View = {f"reply-{ref}": Replying(ref, look.names)} if look.open else {}
    return {
        f"measure-{ref}": following.Agreed(
            measure, tuple(state.volunteers.get(ref, {}).items()), following.origins(measure, look)
        ),
        f"offers-{ref}": Slot((f"mine-offer-{ref}",)),
        f"course-{ref}": Slot(course),
        f"below-{ref}": Slot((*said, *reply)),
        **course,
        **said,
        **reply,
    }


def mine(state: State, actor: Actor, look: Look) -> View:
    visible = following.visible(state, look.hidden)
    parts: View = {"mine-own": (), "marks": Marks(_marks(state, actor, look))}
    if look.names == "anonymous" or not actor.unit or actor.role.is_staff:
        return parts
    parts["mine-own"] = tuple(Own(it, state.config.statuses) for it in visible if it.owner_unit == actor.unit)
    for it in visible:
        part = state.volunteers.get(it.ref, {}).get(actor.unit, "none")
        parts[f"mine-offer-{it.ref}"] = Offering(it.ref, actor.unit, part, it.owner_unit == actor.unit, look.open)
    return parts


def _marks(state: State, actor: Actor, look: Look) -> Iterator[tuple[str, str]]:
    for measure in following.visible(state, look.hidden):
        for it in following.remarks(state, measure.ref, look):
            if it.author == actor.id:
                yield f"comment-{it.ref}", "own"


def rows(state: State, look: Look) -> Iterator[Data]:
    """Measures in the order of agreement, each with how far it is; what is hidden only for staff."""
    for it in state.measures.values():
        hidden = look.hidden.get(it.ref, "")
        if look.is_staff or not hidden:
            yield {
                "ref": it.ref,
                "title": it.title,
                "text": it.description,
                "first_step": it.first_step,
                "owner_unit": it.owner_unit,
                "helper_unit": it.helper_unit,
                "due": it.due,
                "status": it.status,
                "progress": it.progress,
                "sources": " ".join(it.sources),
                "hidden": hidden,
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:  # what is hidden counts too
    return state.figures()
