"""Survey (Fragebogen): several questions of mixed forms, answered at one's own pace and submitted once, as a whole.

Each question has a ballot box of its own, and its form is one of those of polls.  Nobody sees a tendency before the
desk shows the results, question by question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from facilitation import surveying
from facilitation.ballots import Box
from facilitation.electorate import electorate
from facilitation.form import spoken, untold, wordless
from facilitation.forms import FORMS
from facilitation.kind import Look
from facilitation.poll_parts import Item, Result, Turnout
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused
from facilitation.screen import Audience, Slot, View
from facilitation.stage import RESULT
from facilitation.surveying import Ask, Line, MyPaper, Opening, Outcome, Overview, Participation, Sheet, Submit
from facilitation.voting import check, said

name = "survey"
page = "now"

Config = surveying.Config
commands: dict[str, type[Command]] = {"submit": Submit}


@dataclass(slots=True)
class State:
    """`made` says when somebody, or their pseudonym, has submitted what counts."""

    config: Config
    boxes: dict[str, Box]  # by question
    made: dict[str, datetime] = field(default_factory=dict)
    replaced: int = 0
    sealed: int | None = None  # how many had submitted, once nobody knows who

    @property
    def submitted(self) -> int:
        return len(self.made) if self.sealed is None else self.sealed


def begin(config: Config) -> State:
    return State(config, {it.id: Box(FORMS[it.form], it.settings) for it in config.questions})


# ── the rules ──


def decide(state: State, command: Submit, actor: Actor) -> list[Fact]:
    """The ballots without their words in one fact, and each of the words in one of its own."""
    config, answers = state.config, command.answers
    if not actor.eligible:
        raise Refused("survey.not_eligible")
    if not answers:
        raise Refused("survey.invalid", why="empty")
    if not answers.keys() <= state.boxes.keys():
        raise Refused("survey.invalid", why="unknown_question")
    for question in config.questions:
        _check(state.boxes[question.id], question, answers.get(question.id))
    if not config.revote and actor.id in state.made:
        raise Refused("survey.already_voted")
    veiled = config.names == "anonymous"
    ballots = {"answers": {id: wordless(box.form, answers[id]) for id, box in state.boxes.items() if id in answers}}
    cast = Fact("survey.submitted", veil=ballots) if veiled else Fact("survey.submitted", ballots)
    return [cast, *_said(state, answers, actor, veiled=veiled)]


def _check(box: Box, question: surveying.Question, ballot: Data | None) -> None:
    """Refuse what does not hold, and say to which question it was given."""
    if ballot is None:
        if question.required:
            raise Refused("survey.invalid", why="required", question=question.title)
        return
    try:
        check(box, ballot)
    except Refused as refused:
        code = f"survey.{refused.outcome}"
        raise Refused(code, question=question.title, within=refused.code, **refused.values) from None


def _said(state: State, answers: Mapping[str, Data], actor: Actor, *, veiled: bool) -> Iterator[Fact]:
    """The words of all ballots, and that of earlier ones nothing is left."""
    for id, box in state.boxes.items():
        words = spoken(box.form, answers.get(id, {}))
        for fact in said(box, words, actor.id, {}, veiled=veiled):
            kind = "survey.unsaid" if fact.type == "poll.unsaid" else "survey.said"
            yield replace(fact, type=kind, data={"question": id} | fact.data)


def fold(state: State, entry: Entry) -> None:
    match entry.type:
        case "survey.submitted" if entry.by is not None:
            _take(state, entry, entry.by)
        case "survey.said":
            state.boxes[entry.data["question"]].hear(entry)
        case "survey.unsaid":
            state.boxes[entry.data["question"]].unhear(entry)
        case "activity.sealed":
            _seal(state, entry.data["figures"])


def _take(state: State, entry: Entry, by: str) -> None:
    """Count what somebody submitted, in place of what they submitted earlier."""
    ballots = entry.full["answers"]
    for id, box in state.boxes.items():
        if id in ballots:
            box.take(entry._replace(data=ballots[id], veil=None))
        else:
            box.withdraw(by)
    state.replaced += by in state.made
    state.made[by] = entry.made


def _seal(state: State, figures: Data) -> None:
    state.sealed, state.replaced = figures["submitted"], figures["replaced"]
    state.made.clear()
    for id, box in state.boxes.items():
        box.seal(figures["questions"][id])


# ── what is seen ──


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
    parts: View = {"ask": _ask(state, look)}
    if look.shown:
        parts |= {f"result-{id}": _outcome(state, look, id) for id in state.boxes}
    parts["turnout"] = Participation(_turnout(state, look), look.shown)
    return {"": Slot(("ask", "mine-paper", *(part for part in parts if part != "ask")))} | parts


def _ask(state: State, look: Look) -> Ask:
    config = state.config
    whom = config.eligible.named if config.eligible else ()
    return Ask(look.title, look.names, len(config.questions), look.began, look.ends, look.open, whom)


def _turnout(state: State, look: Look) -> Turnout:
    of = look.voters or electorate(look.roster, state.config.eligible)
    return Turnout(state.submitted, of.heads, by_unit=False)


def _stage(state: State, look: Look) -> View:
    if look.shown and look.view == RESULT:
        id = look.item if look.item in state.boxes else next(iter(state.boxes))
        return {"": Slot(("stage-result",)), "stage-result": _outcome(state, look, id)}
    return {"": Slot(("stage-question",)), "stage-question": Opening(_ask(state, look), _turnout(state, look))}


def _outcome(state: State, look: Look, id: str) -> Outcome:
    number = list(state.boxes).index(id)
    box, question = state.boxes[id], state.config.questions[number]
    enough = look.names == "named" or box.total >= look.k  # else the tally might lead back to somebody
    seen = box.visible(look.hidden)
    result = Result(
        title=question.title,
        form=question.form,
        content=box.form.result(box.settings, box.options, box.drawable(), seen) if enough else None,
        turnout=Turnout(box.total, state.submitted, by_unit=False),
        replaced=box.replaced,
        sure=(),
        open=look.open,
    )
    return Outcome(number + 1, len(state.boxes), look.title, result)


def _desk(state: State, look: Look) -> View:
    parts: View = {"desk-survey": _overview(state, look)}
    items = {f"item-{item.ref}": item for item in _items(state, look)}
    if not items and not any(box.form.worded for box in state.boxes.values()):
        return {"": Slot(parts)} | parts
    parts["inbox"] = len(items)
    return {"": Slot(parts)} | parts | {"items": Slot(items)} | items


def _overview(state: State, look: Look) -> Overview:
    ids = list(state.boxes)
    shown = ids.index(look.on_stage) if look.on_stage in ids else 0 if look.shown else -1
    lines = (Line(it.id, it.title, state.boxes[it.id].total, it.id == look.on_stage) for it in state.config.questions)
    return Overview(
        turnout=_turnout(state, look),
        replaced=state.replaced,
        lines=tuple(lines),
        before=ids[shown - 1] if shown > 0 else "",
        after=ids[shown + 1] if shown + 1 < len(ids) else "",
        showing=look.began is not None and not look.open,
    )


def _items(state: State, look: Look) -> Iterator[Item]:
    """The words of all answers, by question, the latest first."""
    for question in state.config.questions:
        for answer in reversed(state.boxes[question.id].answers.values()):
            name, hidden = look.author(answer.by), look.hidden.get(answer.ref, "")
            yield Item(answer.ref, question.title, answer.text, name, hidden, banned=False)


def mine(state: State, actor: Actor, look: Look) -> View:
    def sheet(question: surveying.Question) -> Sheet:
        box = state.boxes[question.id]
        given = box.given(actor.id)
        paper = box.form.paper(box.settings, box.options, given, actor.seed)
        return Sheet(question.id, question.title, question.form, paper, question.required, given is not None)

    config = state.config
    paper = MyPaper(
        sheets=tuple(map(sheet, config.questions)),
        made=state.made.get(actor.id),
        open=look.open,
        revote=config.revote,
        names=look.names,
        eligible=actor.eligible,
    )
    return {"mine-paper": paper}


def rows(state: State, look: Look) -> Iterator[Data]:
    """Tally and words of each question, as they would be of a poll."""
    known = look.shown or not look.open
    for question in state.config.questions:
        box = state.boxes[question.id]
        countable = known and (look.names == "named" or box.total >= look.k)
        for row in box.form.rows(box.settings, box.options, box.figures):
            yield {"question": question.title} | (row if countable else untold(row))
        for answer in box.answers.values() if known else ():
            hidden = look.hidden.get(answer.ref, "")
            if look.is_staff or not hidden:
                written = {"ref": answer.ref, "option": answer.on, "text": answer.text}
                yield {"question": question.title} | written | {"author": look.author(answer.by), "hidden": hidden}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    questions = {id: box.figures for id, box in state.boxes.items()}
    return {"submitted": state.submitted, "replaced": state.replaced, "questions": questions}
