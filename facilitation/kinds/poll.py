"""Poll (Abfrage): one question; its form says what a ballot is.

One ballot per person or per unit; the last one counts while the poll is open.  A room device sends the
counts of the people in front of it.  Nobody sees a tendency before the result is shown.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from facilitation.activity import REVISES
from facilitation.ballots import Box
from facilitation.form import Option, spoken
from facilitation.forms import FORMS
from facilitation.kind import Look
from facilitation.lineage import SOURCES, Carrying
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, Role, StaffCommand
from facilitation.screen import Audience, Slot, View
from facilitation.stage import RESULT
from facilitation.texts import Text

name = "poll"
page = "now"


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")

    form: str
    settings: Any  # validated by the form
    names: Literal["named", "moderators", "anonymous"] = "anonymous"
    revote: bool = True
    ballot_unit: Literal["person", "unit"] = "person"

    @model_validator(mode="after")
    def _fits_its_form(self) -> Self:
        if self.form not in FORMS:
            raise ValueError(f"no such form of a poll: {self.form}")
        self.settings = FORMS[self.form].Settings.model_validate(self.settings)
        return self


class Vote(Command):
    """The ballot itself: its fields are the form's, or `counts` of a room device."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)


class Amend(StaffCommand):
    """Mend the words of an option while people vote; ballots stay."""

    option: str
    label: Text


class Reset(StaffCommand):
    """Discard all ballots; a later opening starts afresh."""


class Adopt(Carrying, StaffCommand):
    """Make options of earlier contributions."""


commands: dict[str, type[Command]] = {"vote": Vote, "amend": Amend, "reset": Reset, "adopt": Adopt}


@dataclass(slots=True)
class State:
    config: Config
    box: Box


def begin(config: Config) -> State:
    return State(config, Box(FORMS[config.form], config.settings))


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    match command:
        case Vote():
            return _vote(state, command, actor)
        case Amend(option=option, label=label):
            if option not in {known.id for known in state.box.options}:
                raise Refused("poll.invalid", why="unknown_option")
            return [Fact("poll.amended", {"option": option, "label": label})]
        case Reset():
            return [_reset(state)]
        case Adopt():
            return _adopt(state.box, command)
    raise AssertionError(command)


def _vote(state: State, vote: Vote, actor: Actor) -> list[Fact]:
    config, box, data = state.config, state.box, dict(vote.model_extra or {})
    if "counts" in data:
        _check_counts(box, data, actor)
    else:
        try:
            ballot = box.form.Ballot.model_validate(data)
        except ValidationError:
            raise Refused("poll.invalid", why="malformed") from None
        box.form.check(box.settings, box.options, ballot)
    holder = actor.unit if config.ballot_unit == "unit" and actor.unit and "counts" not in data else actor.id
    if not config.revote and (holder in box.ballots or actor.id in box.collective):
        raise Refused("poll.already_voted")
    veiled, unit = config.names == "anonymous", {"unit": holder} if holder != actor.id else {}
    bare = {field: value for field, value in data.items() if field not in box.form.worded} | unit
    cast = Fact("poll.voted", veil=bare) if veiled else Fact("poll.voted", bare)
    return [cast, *_said(box, spoken(box.form, data), holder, unit, veiled=veiled)]


def _said(box: Box, words: list[tuple[str, str, str]], holder: str, unit: Data, *, veiled: bool) -> Iterator[Fact]:
    """The words on a ballot are contributions; those of a later ballot revise those of the earlier one."""
    earlier = [answer.ref for answer in box.said_by(holder)]
    for (field, on, text), ref in zip_longest(words, earlier[: len(words)]):
        data, veil = {"field": field, "on": on, "text": text}, unit if veiled else None
        data |= {REVISES: ref} if ref else {}
        yield Fact("poll.said", data if veiled else data | unit, veil=veil, contribution=not ref)
    for ref in earlier[len(words) :]:
        yield Fact("poll.unsaid", {REVISES: ref}, veil={} if veiled else None)


def _adopt(box: Box, adopt: Adopt) -> list[Fact]:
    if not box.form.grows or not adopt.sources:
        raise Refused("poll.invalid", why="no_options")
    if any(source.hidden or not source.text for source in adopt.carried):
        raise Refused("poll.invalid", why="hidden")
    return [Fact("poll.grown", {"text": it.text, SOURCES: [it.ref]}, contribution=True) for it in adopt.carried]


def _check_counts(box: Box, data: Data, actor: Actor) -> None:
    counts = data["counts"]
    if actor.role is not Role.ROOM or not box.form.counts:
        raise Refused("poll.invalid", why="counts")
    if set(data) != {"counts"} or not isinstance(counts, dict):
        raise Refused("poll.invalid", why="malformed")
    if not set(counts) <= {option.id for option in box.options}:
        raise Refused("poll.invalid", why="unknown_option")
    if any(type(count) is not int or count < 0 for count in counts.values()):
        raise Refused("poll.invalid", why="malformed")
    if not 1 <= sum(counts.values()) <= actor.headcount:
        raise Refused("poll.invalid", why="headcount", most=actor.headcount)


def _reset(state: State) -> Fact:
    figures = {"ballots": state.box.cast, "replaced": state.box.replaced}
    return Fact("poll.reset", figures, unveils=state.config.names == "anonymous")


def fold(state: State, entry: Entry) -> None:
    box, data = state.box, entry.data
    match entry.type:
        case "poll.voted":
            box.take(entry)
        case "poll.said":
            box.hear(entry)
        case "poll.unsaid":
            box.unhear(entry)
        case "poll.amended":
            box.amend(data["option"], data["label"])
        case "poll.grown":
            box.add(Option(data["ref"], data["text"]))
        case "poll.reset":
            box.discard(data)
        case "activity.sealed":
            box.seal(data["figures"])


class Ask(NamedTuple):
    title: str
    names: str
    by_unit: bool
    began: datetime | None
    ends: datetime | None
    open: bool


class Turnout(NamedTuple):
    """Participation: `cast` of `of`, one per person or one per unit."""

    cast: int
    of: int
    by_unit: bool


class Participation(NamedTuple):
    turnout: Turnout
    shown: bool


class Question(NamedTuple):
    ask: Ask
    turnout: Turnout


class Result(NamedTuple):
    """What was answered, as the form draws it: `content`, None where too few answered to show it."""

    title: str
    form: str
    content: Hashable | None
    turnout: Turnout
    replaced: int


class MyBallot(NamedTuple):
    """The paper to answer on, with the answer already given, if any; a room device gets lines for counts."""

    form: str
    paper: Hashable
    made: datetime | None
    open: bool
    revote: bool
    names: str
    by_unit: bool
    headcount: int
    lines: tuple[tuple[Option, int | None], ...]


class Mending(NamedTuple):
    """What the desk sees of a poll: never a tendency, and what can be mended."""

    turnout: Turnout
    replaced: int
    options: tuple[Option, ...]
    grows: bool


def view(state: State, look: Look) -> View:
    ask = Ask(look.title, look.names, state.config.ballot_unit == "unit", look.began, look.ends, look.open)
    turnout = _turnout(state, look)
    if look.audience is Audience.STAGE and look.view == RESULT and look.shown:
        return {"": Slot(("stage-result",)), "stage-result": _result(state, look)}
    if look.audience is Audience.STAGE:
        return {"": Slot(("stage-question",)), "stage-question": Question(ask, turnout)}
    if look.audience is Audience.DESK:
        mending = Mending(turnout, state.box.replaced, state.box.options, state.box.form.grows)
        return {"": Slot(("desk-turnout",)), "desk-turnout": mending}
    parts: View = {"ask": ask, "turnout": Participation(turnout, look.shown)}
    if look.shown:
        return {"": Slot(("ask", "mine-ballot", "result", "turnout")), "result": _result(state, look), **parts}
    return {"": Slot(("ask", "mine-ballot", "turnout")), **parts}


def _turnout(state: State, look: Look) -> Turnout:
    by_unit = state.config.ballot_unit == "unit"
    return Turnout(state.box.total, look.units if by_unit else look.heads, by_unit)


def _result(state: State, look: Look) -> Result:
    box = state.box
    seen = tuple(answer for answer in box.answers.values() if answer.ref not in look.hidden)
    content = box.form.result(box.settings, box.options, box.figures, seen) if _enough(box, look) else None
    return Result(look.title, box.form.name, content, _turnout(state, look), box.replaced)


def _enough(box: Box, look: Look) -> bool:
    """Whether so many answered that the tally leads back to nobody."""
    return look.names == "named" or box.total >= look.k


def mine(state: State, actor: Actor, look: Look) -> View:
    config, box = state.config, state.box
    by_unit = config.ballot_unit == "unit"
    holder = actor.unit if by_unit and actor.unit else actor.id
    counted = box.collective.get(actor.id)
    given = counted or box.ballots.get(holder)
    counts = counted.data["counts"] if counted else {}
    is_room = actor.role is Role.ROOM and box.form.counts
    return {
        "mine-ballot": MyBallot(
            form=config.form,
            paper=box.form.paper(box.settings, box.options, box.given(holder), holder),
            made=given.made if given else None,
            open=look.open,
            revote=config.revote,
            names=look.names,
            by_unit=by_unit,
            headcount=actor.headcount if is_room else 0,
            lines=tuple((option, counts.get(option.id)) for option in box.options) if is_room else (),
        )
    }


def rows(state: State, look: Look) -> Iterator[Data]:
    """The tally, None while nobody may know it and where too few answered; and the words that were written."""
    box = state.box
    known = look.shown or not look.open
    countable = known and _enough(box, look)
    for row in box.form.rows(box.settings, box.options, box.figures):
        yield row if countable else {name: None if _is_number(it) else it for name, it in row.items()}
    for answer in box.answers.values() if known else ():
        hidden = look.hidden.get(answer.ref, "")
        if look.is_staff or not hidden:
            author = look.author(answer.by)
            yield {"ref": answer.ref, "option": answer.on, "text": answer.text, "author": author, "hidden": hidden}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.box.figures
