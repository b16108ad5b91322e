"""Poll (Abfrage): one question; its form says what a ballot is.

One ballot per person or per unit; the last one counts while the poll is open.  A room device sends the
counts of the people in front of it.  Nobody sees a tendency before the result is shown.
"""

from collections.abc import Container, Iterator, Mapping

from facilitation import picking, polling, tallying
from facilitation.ballots import Box
from facilitation.form import Paged, untold
from facilitation.forms import FORMS
from facilitation.kind import Look
from facilitation.poll_parts import Ask, Item, Mending, MyBallot, Participation, Question, Turnout
from facilitation.polling import Accept, Adopt, Amend, Ban, Permit, Propose, Reset, Reveal, Vote
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, Role
from facilitation.screen import Audience, Slot, View
from facilitation.stage import RESULT
from facilitation.voting import adopting, holder, proposing, voting

name = "poll"
page = "now"

Config = polling.Config
State = tallying.State
commands = polling.commands
unrevealed = tallying.unrevealed


def begin(config: Config) -> State:
    return State(config, Box(FORMS[config.form], config.settings))


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    config, box = state.config, state.box
    match command:
        case Vote():
            return voting(config, box, command, actor)
        case Propose():
            return [proposing(config, box, command, actor)]
        case Adopt():
            return adopting(box, command)
    return [_mending(config, box, command)]


def _mending(config: Config, box: Box, command: Command) -> Fact:
    """What staff does to options, words and ballots."""
    match command:
        case Accept(option=option):
            _check_option(option, box.proposed)
            return Fact("poll.accepted", {"option": option})
        case Ban(word=word):
            return Fact("poll.permitted" if isinstance(command, Permit) else "poll.banned", {"text": word})
        case Amend(option=option, label=label):
            _check_option(option, {known.id for known in box.options})
            return Fact("poll.amended", {"option": option, "label": label})
        case Reveal():
            return Fact("poll.revealed")
        case Reset():
            figures = {"ballots": box.cast, "replaced": box.replaced}
            return Fact("poll.reset", figures, unveils=config.names == "anonymous")
    raise AssertionError(command)


def _check_option(option: str, known: Container[str]) -> None:
    if option not in known:
        raise Refused("poll.invalid", why="unknown_option")


def fold(state: State, entry: Entry) -> None:
    state.box.fold(entry)


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
    parts: View = {
        "ask": _ask(state, look),
        "mine-ballot": None,
        "mine-result": None,
        "result": tallying.result(state, look) if _is_seen(state, look) else None,
        "comparison": tallying.compared(state, look) if _is_seen(state, look) else None,
        "turnout": Participation(tallying.turnout(state, look), look.shown, look.open, state.config.seen),
    }
    own = ["mine-ballot", *(["mine-result"] if state.config.seen == "voted" else [])]
    tops = [name for name, part in parts.items() if part or name in own]
    return {"": Slot(tops)} | {name: part for name, part in parts.items() if part}


def _ask(state: State, look: Look) -> Ask:
    config = state.config
    whom = config.eligible.named if config.eligible else ()
    return Ask(look.title, look.names, config.ballot_unit == "unit", look.began, look.ends, look.open, whom)


def _is_seen(state: State, look: Look) -> bool:
    """Whether everybody sees the result."""
    seen = state.config.seen
    return (look.shown and seen != "never") or (seen == "always" and look.began is not None)


def _stage(state: State, look: Look) -> View:
    if look.shown and look.view in (RESULT, *tallying.ways(state)):
        result = tallying.result(state, look)
        if isinstance(result.content, Paged):
            result = result._replace(content=result.content.beginning(look.item, look.view))
        return {"": Slot(("stage-result",)), "stage-result": result}
    if look.shown and look.view == "comparison" and (compared := tallying.compared(state, look)):
        return {"": Slot(("stage-comparison",)), "stage-comparison": (look.title, compared)}
    if look.shown and look.view == "flow" and (compared := tallying.compared(state, look)) and compared.flow:
        return {"": Slot(("stage-flow",)), "stage-flow": (look.title, compared.title, compared.flow)}
    if look.shown and look.view == "sure" and (result := tallying.result(state, look)).sure:
        return {"": Slot(("stage-sure",)), "stage-sure": result}
    if look.shown and look.view in state.config.segments and (parts := tallying.broken_down(state, look, look.view)):
        return {"": Slot(("stage-breakdown",)), "stage-breakdown": (look.title, look.view, parts)}
    return {"": Slot(("stage-question",)), "stage-question": Question(_ask(state, look), tallying.turnout(state, look))}


def _desk(state: State, look: Look) -> View:
    """The work on this poll, unless another one is worked on, and what comes in."""
    work = {} if look.aside else _work(state, look)
    items, banned = {f"item-{item.ref}": item for item in _items(state.box, look)}, tuple(sorted(state.box.banned))
    inbox: View = {"inbox": (len(items), banned), "items": Slot(items)} | items if items or banned else {}
    return {"": Slot(name for name in ("desk-turnout", "result", "inbox") if name in work | inbox)} | work | inbox


def _work(state: State, look: Look) -> View:
    box = state.box
    offered = picking.picks(look, box.added) if box.form.grows and not look.shown else {}
    tops = tuple(picking.tops(look, box.added)) if offered else ()
    mending = Mending(
        turnout=tallying.turnout(state, look),
        replaced=box.replaced,
        options=box.options,
        grows=box.form.grows,
        proposed=tuple(option for option in box.proposed.values() if option.id not in look.hidden),
        views=tuple(tallying.views(state, look)) if look.shown and not look.open else (),
        masked=tuple(tallying.masked(state, look)) if look.shown and not look.open else (),
        view=look.on_stage_as,
        carries="words" not in box.form.worded and bool(tallying.told(state, look)),
        again=look.began is not None and not look.open,
        reveals=look.shown and not look.open and tallying.unrevealed(state),
        picks=len(offered),
        tops=tops,
        pages=tallying.pages(state, look) if look.shown else None,
    )
    running = {"result": tallying.result(state, look)} if state.config.desk and look.open else {}
    return {"desk-turnout": mending, "picks": Slot(offered)} | running | offered


def _items(box: Box, look: Look) -> Iterator[Item]:
    """The words on ballots and the options that people added, the latest first."""
    labels = {option.id: option.label for option in box.options}
    for answer in reversed(box.answers.values()):
        banned = box.is_banned(answer.text)
        name = look.author(answer.by)
        yield Item(answer.ref, labels.get(answer.on, ""), answer.text, name, look.hidden.get(answer.ref, ""), banned)
    own = [it for it in box.added.values() if it.id not in box.adopted]  # the others are hidden where they stand
    for option in reversed([*box.proposed.values(), *own]):
        yield Item(option.id, "", option.label, "", look.hidden.get(option.id, ""), banned=False)


def _asks_for_words(box: Box) -> bool:
    asked = getattr(box.settings, "other", True) and getattr(box.settings, "reasons", True)  # where that is a choice
    return bool(box.form.worded and asked)


def mine(state: State, actor: Actor, look: Look) -> View:
    config, box = state.config, state.box
    whose = holder(config, actor)
    counted = box.collective.get(actor.id)
    given = counted or box.ballots.get(whose)
    counts = counted.data["counts"] if counted else {}
    is_room = actor.role is Role.ROOM and box.form.counts
    options = tallying.offered(state, look)
    ballot = MyBallot(
        form=config.form,
        paper=box.form.paper(box.settings, options, box.given(whose), actor.seed),
        made=given.made.replace(second=0, microsecond=0) if given else None,  # as it is shown: many look the same
        open=look.open,
        revote=config.revote,
        names=look.names,
        by_unit=config.ballot_unit == "unit",
        headcount=actor.headcount if is_room else 0,
        lines=tuple((option, counts.get(option.id)) for option in options) if is_room else (),
        eligible=actor.eligible,
        sure=(given.data.get("sure", 0) if given else 0) if config.sure else None,
        seen=config.seen,
        desk=config.desk,
        proposals=config.proposals,
        worded=_asks_for_words(box),
    )
    parts: View = {"mine-ballot": ballot}
    if config.seen == "voted" and given and look.open:
        parts["mine-result"] = tallying.result(state, look)._replace(
            turnout=Turnout(box.total, 0, ballot.by_unit)
        )  # whoever left
    return parts


def rows(state: State, look: Look) -> Iterator[Data]:
    """The tally, None while nobody may know it and where too few answered; and the words that were written."""
    box = state.box
    known = look.shown or not look.open
    countable = known and tallying.enough(box, look)
    for row in box.form.rows(box.settings, box.options, box.figures | {"revealed": box.revealed}):
        yield row if countable else untold(row)
    for answer in box.answers.values() if known else ():
        hidden = look.hidden.get(answer.ref, "")
        if look.is_staff or not hidden:
            author = look.author(answer.by)
            yield {"ref": answer.ref, "option": answer.on, "text": answer.text, "author": author, "hidden": hidden}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.box.figures
