"""Poll (Abfrage): one question; its form says what a ballot is.

One ballot per person or per unit; the last one counts while the poll is open.  A room device sends the
counts of the people in front of it.  Nobody sees a tendency before the result is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from facilitation.ballots import Box
from facilitation.form import Hints, Option
from facilitation.forms import FORMS
from facilitation.kind import Look
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


commands: dict[str, type[Command]] = {"vote": Vote, "amend": Amend, "reset": Reset}


@dataclass(slots=True)
class State:
    config: Config
    box: Box


def begin(config: Config) -> State:
    return State(config, Box(FORMS[config.form], config.settings))


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    match command:
        case Vote():
            return [_vote(state, command, actor)]
        case Amend(option=option, label=label):
            if option not in {known.id for known in state.box.options}:
                raise Refused("poll.invalid", why="unknown_option")
            return [Fact("poll.amended", {"option": option, "label": label})]
        case Reset():
            return [_reset(state)]
    raise AssertionError(command)


def _vote(state: State, vote: Vote, actor: Actor) -> Fact:
    config, box, data = state.config, state.box, dict(vote.model_extra or {})
    if "counts" in data:
        _check_counts(box, data, actor)
    else:
        try:
            ballot = box.form.Ballot.model_validate(data)
        except ValidationError:
            raise Refused("poll.invalid", why="malformed") from None
        box.form.check(box.settings, ballot)
        if config.ballot_unit == "unit" and actor.unit:
            data["unit"] = actor.unit
    if not config.revote and (data.get("unit", actor.id) in box.ballots or actor.id in box.collective):
        raise Refused("poll.already_voted")
    return Fact("poll.voted", veil=data) if config.names == "anonymous" else Fact("poll.voted", data)


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
    match entry.type:
        case "poll.voted":
            state.box.take(entry)
        case "poll.amended":
            state.box.labels[entry.data["option"]] = entry.data["label"]
        case "poll.reset":
            state.box.discard(entry.data)
        case "activity.sealed":
            state.box.seal(entry.data["figures"])


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
    """What was answered, as (label or value, votes).  None where too few answered to show it."""

    title: str
    form: str
    rows: tuple[tuple[str | int, int], ...] | None
    mean: float | None
    turnout: Turnout
    replaced: int
    ends: tuple[str, ...]


class MyBallot(NamedTuple):
    """The form to answer, with the answer already given, if any."""

    form: str
    options: tuple[Option, ...]
    hints: Hints
    chosen: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    made: datetime | None
    open: bool
    revote: bool
    names: str
    by_unit: bool
    headcount: int


class Mending(NamedTuple):
    """What the desk sees of a poll: never a tendency, and what can be mended."""

    turnout: Turnout
    replaced: int
    options: tuple[Option, ...]


def view(state: State, look: Look) -> View:
    ask = Ask(look.title, look.names, state.config.ballot_unit == "unit", look.began, look.ends, look.open)
    turnout = _turnout(state, look)
    if look.audience is Audience.STAGE and look.view == RESULT and look.shown:
        return {"": Slot(("stage-result",)), "stage-result": _result(state, look)}
    if look.audience is Audience.STAGE:
        return {"": Slot(("stage-question",)), "stage-question": Question(ask, turnout)}
    if look.audience is Audience.DESK:
        mending = Mending(turnout, state.box.replaced, tuple(state.box.options))
        return {"": Slot(("desk-turnout",)), "desk-turnout": mending}
    parts: View = {"ask": ask, "turnout": Participation(turnout, look.shown)}
    if look.shown:
        return {"": Slot(("ask", "mine-ballot", "result", "turnout")), "result": _result(state, look), **parts}
    return {"": Slot(("ask", "mine-ballot", "turnout")), **parts}


def _turnout(state: State, look: Look) -> Turnout:
    by_unit = state.config.ballot_unit == "unit"
    return Turnout(state.box.total, look.units if by_unit else look.heads, by_unit)


def _result(state: State, look: Look) -> Result:
    enough = _enough(state.box, look)
    return Result(
        title=look.title,
        form=state.config.form,
        rows=_rows(state.box) if enough else None,
        mean=state.box.figures().get("mean") if enough else None,
        turnout=_turnout(state, look),
        replaced=state.box.replaced,
        ends=state.box.form.hints(state.box.settings).ends,
    )


def _enough(box: Box, look: Look) -> bool:
    """Whether so many answered that the tally leads back to nobody."""
    return look.names == "named" or box.total >= look.k


def _rows(box: Box) -> tuple[tuple[str | int, int], ...]:
    """A scale in its own order, everything else by votes."""
    if box.form.name == "scale":
        return tuple((int(bar.option.id), bar.votes) for bar in box.bars())
    return tuple((bar.option.label, bar.votes) for bar in sorted(box.bars(), key=lambda bar: -bar.votes))


def mine(state: State, actor: Actor, look: Look) -> View:
    config, box = state.config, state.box
    by_unit = config.ballot_unit == "unit"
    ballot = box.ballots.get(actor.unit if by_unit and actor.unit else actor.id)
    counted = box.collective.get(actor.id)
    given = counted or ballot
    return {
        "mine-ballot": MyBallot(
            form=config.form,
            options=tuple(box.options),
            hints=box.form.hints(box.settings),
            chosen=_chosen(ballot.data) if ballot else (),
            counts=tuple(counted.data["counts"].items()) if counted else (),
            made=given.made if given else None,
            open=look.open,
            revote=config.revote,
            names=look.names,
            by_unit=by_unit,
            headcount=actor.headcount if actor.role is Role.ROOM and box.form.counts else 0,
        )
    }


def _chosen(data: Data) -> tuple[str, ...]:
    """The ids of the options on a ballot, whatever its form."""
    if "choices" in data:
        return tuple(data["choices"])
    return (str(data["choice"] if "choice" in data else data["value"]),)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Votes per option; None while nobody may know them and where too few answered."""
    countable = (look.shown or not look.open) and _enough(state.box, look)
    for option, votes in state.box.bars():
        yield {"option": option.id, "label": option.label, "votes": votes if countable else None}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.box.figures()
