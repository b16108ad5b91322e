"""Questions (Fragen) to whoever is on the podium: asked, supported, approved, shown one by one, answered.

A question that waits for approval is seen by its author and the desk only.  Where the settings allow it, a single
question is asked anonymously among named ones: then only its author is veiled.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from facilitation import comments, qa
from facilitation.activity import REVISES
from facilitation.comments import Comment, Said
from facilitation.kind import Look
from facilitation.qa import Question, State
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "questions"
page = "questions"

ON_STAGE = 5  # questions in one picture
ANSWER = 10_000  # code points

Config = qa.Config


class Ask(Command):
    text: Text
    anonymous: bool = False


class Support(Command):
    """To ask this too (mitfragen)."""

    question: str


class Unsupport(Command):
    question: str


class Approve(StaffCommand):
    question: str


class Answer(StaffCommand):
    """What was answered; without words: it was answered aloud."""

    question: str
    text: Text | None = None


commands: dict[str, type[Command]] = {
    "ask": Ask,
    "support": Support,
    "unsupport": Unsupport,
    "comment": Comment,
    "approve": Approve,
    "answer": Answer,
}


def begin(config: Config) -> State:
    return State(config)


def decide(state: State, command: Ask | Comment | Support | Unsupport | Approve | Answer, actor: Actor) -> list[Fact]:
    match command:
        case Ask():
            return [_asking(state.config, command)]
        case Comment():
            _known(state, command.on)
            return [comments.granted(name, command, state.config.names)]
        case Support(question=ref):
            if actor.id in _known(state, ref).supporters:
                raise Refused("questions.already_voted")
            return [_of_a_person(state, "questions.supported", ref)]
        case Unsupport(question=ref):
            _known(state, ref)  # taking back what was never given is accepted and changes nothing
            return [_of_a_person(state, "questions.unsupported", ref)]
        case Approve(question=ref):
            _known(state, ref)
            return [Fact("questions.approved", {"question": ref})]
        case _:
            return [_answering(state, command)]


def _known(state: State, ref: str) -> Question:
    if ref not in state.questions:
        raise Refused("questions.invalid", why="unknown")
    return state.questions[ref]


def _asking(config: Config, ask: Ask) -> Fact:
    veiled = config.names == "anonymous"
    if ask.anonymous and not (veiled or config.anonymous_allowed):
        raise Refused("questions.invalid", why="named_only")  # rather than to publish a name against a wish
    if len(ask.text) > config.max_length:
        raise Refused("questions.too_long", most=config.max_length)
    veil: Data | None = {} if veiled or ask.anonymous else None
    return Fact("questions.asked", ask.model_dump(exclude_defaults=True), veil=veil, contribution=True)


def _answering(state: State, answer: Answer) -> Fact:
    _known(state, answer.question)
    if answer.text and len(answer.text) > ANSWER:
        raise Refused("questions.too_long", most=ANSWER)
    return Fact("questions.answered", {REVISES: answer.question, "answer": answer.text or ""})


def _of_a_person(state: State, type: str, ref: str) -> Fact:  # noqa: A002  # the record says type
    data = {"question": ref}
    return Fact(type, veil=data) if state.config.names == "anonymous" else Fact(type, data)


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Head(NamedTuple):
    title: str
    began: datetime | None
    ends: datetime | None
    open: bool


class Asked(NamedTuple):
    """A question as others see it, with its answer."""

    said: Said
    support: int
    answer: str
    answered: datetime | None
    open: bool


class OnStage(NamedTuple):
    """The most supported questions, or one of them in large type: number `number` of `of`."""

    title: str
    questions: tuple[Asked, ...]
    number: int
    of: int


class Counts(NamedTuple):
    title: str
    questions: int
    waiting: int
    answered: int


class Item(NamedTuple):
    """A question or a comment on one (`on`) as its author and staff see it; `reason` is why nobody else does."""

    said: Said
    on: str
    status: str
    reason: str
    support: int = 0
    answer: str = ""


class MyAsk(NamedTuple):
    """The form to ask; `author` is the name that will stand below a question."""

    names: str
    author: str
    anonymous_allowed: bool
    premoderated: bool
    max_length: int
    open: bool


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return _stage(state, look)
        case Audience.DESK:
            return _desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    visible = state.visible(look.hidden)
    parts: View = {
        "": Slot(("head", "mine-ask", "mine-written", "list")),
        "head": Head(look.title, look.began, look.ends, look.open),
        "list": len(visible),
        "questions": Slot(f"question-{question.ref}" for question in visible),
    }
    for question in visible:
        parts[f"question-{question.ref}"] = _asked(question, look)
        parts |= comments.below(question.ref, state.remarks, look)
    return parts


def _stage(state: State, look: Look) -> View:
    """Exactly one question if one that everybody may see is asked for, else the most supported."""
    visible = state.visible(look.hidden)
    number = next((n for n, question in enumerate(visible, 1) if question.ref == look.item), 0)
    chosen = visible[number - 1 : number] if number else visible[:ON_STAGE]
    part = "stage-one" if number else "stage-list"
    asked = tuple(_asked(question, look) for question in chosen)
    return {"": Slot((part,)), part: OnStage(look.title, asked, number, len(visible))}


def _desk(state: State, look: Look) -> View:
    """What waits comes first, then the latest."""
    items = _items(state, look)[::-1]
    items.sort(key=lambda item: item.status != "waiting")
    parts = {f"item-{item.said.ref}": item for item in items}
    questions = state.questions.values()
    counts = Counts(
        title=look.title,
        questions=len(questions),
        waiting=sum(item.status == "waiting" for item in items),
        answered=sum(question.answered is not None for question in questions),
    )
    tops: View = {"": Slot(("desk-questions", "inbox")), "desk-questions": counts, "inbox": counts}
    return tops | {"items": Slot(parts)} | parts


def mine(state: State, actor: Actor, look: Look) -> View:
    config, own = state.config, {actor.id, actor.alias}
    items = _items(state, look, own)
    form = MyAsk(
        names=look.names,
        author=look.author(actor.id),
        anonymous_allowed=config.anonymous_allowed,
        premoderated=config.premoderated,
        max_length=config.max_length,
        open=look.open,
    )
    shown = {question.ref: question for question in state.visible(look.hidden)}
    own_shown = [item for item in items if item.status != "hidden" and (item.on or item.said.ref) in shown]
    marks = {f"{'comment' if item.on else 'question'}-{item.said.ref}": "own" for item in own_shown}
    for ref, question in shown.items():
        if actor.id in question.supporters:
            marks[f"question-{ref}"] = f"{marks.get(f'question-{ref}', '')} supported".lstrip()
    return {"mine-ask": form, "mine-written": tuple(reversed(items)), "marks": Marks(marks.items())}


def _said(question: Question, look: Look) -> Said:
    return Said(question.ref, question.text, look.author(question.author), question.anonymous, question.made)


def _asked(it: Question, look: Look) -> Asked:
    return Asked(_said(it, look), it.support, it.answer, it.answered, look.open)


def _items(state: State, look: Look, own: set[str] | None = None) -> list[Item]:
    """Everything that was written here, hidden and waiting too, in the order of writing; or what `own` wrote."""
    items: list[tuple[int, Item]] = []
    for it in state.questions.values():
        if own is None or it.author in own:
            status, reason = state.status(it, look.hidden), look.hidden.get(it.ref, "")
            items.append((it.at, Item(_said(it, look), "", status, reason, it.support, it.answer)))
    for remark in chain.from_iterable(state.remarks.values()):
        if own is None or remark.author in own:
            reason = look.hidden.get(remark.ref, "")
            status = "hidden" if reason else "visible"
            items.append((remark.at, Item(comments.said(remark, look), remark.on, status, reason)))
    return [item for _, item in sorted(items, key=itemgetter(0))]


def rows(state: State, look: Look) -> Iterator[Data]:
    """Questions and comments in the order of writing; what waits or is hidden, with the reason, only for staff."""
    shown = {question.ref for question in state.visible(look.hidden)}
    for item in _items(state, look):
        if look.is_staff or (item.status != "hidden" and (item.on or item.said.ref) in shown):
            yield {
                "ref": item.said.ref,
                "on": item.on,
                "text": item.said.text,
                "author": item.said.author,
                "support": item.support,
                "status": item.status,
                "answer": item.answer,
                "hidden": item.reason,
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
