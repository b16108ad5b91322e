"""Questions (Fragen) to whoever is on the podium: asked, supported, approved, shown one by one, answered.

A question that waits for approval is seen by its author and the desk only.  Where the settings allow it, a single
question is asked anonymously among named ones: then only its author is veiled.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from facilitation import asking, comments, podium, qa
from facilitation.activity import REVISES
from facilitation.approval import Rejection
from facilitation.asked import Followed, Item, asked, items, labelled, tops
from facilitation.asked import fate as fate_of
from facilitation.asked import followed as followed_by
from facilitation.fate import Fate
from facilitation.kind import Look
from facilitation.labels import Label, chosen
from facilitation.orders import arranged
from facilitation.podium import LABEL
from facilitation.qa import Question, State, open_of
from facilitation.record import Actor, Command, Data, Entry, Fact
from facilitation.screen import Audience, Marks, Slot, View

name = "questions"
page = "questions"

Config = qa.Config
commands = asking.COMMANDS


def begin(config: Config) -> State:
    return qa.begun(config)


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    return asking.decide(state, command, actor)


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Head(NamedTuple):
    title: str
    began: datetime | None
    ends: datetime | None
    open: bool


class Tab(NamedTuple):
    """A list of questions, and how many are in it."""

    id: str
    questions: int


class Orders(NamedTuple):
    """The ways to look at the questions, and which one this is."""

    chosen: str
    orders: tuple[str, ...]
    labels: tuple[Label, ...]


class Rules(NamedTuple):
    """By which rules moderation lets questions through, and what it did not let through."""

    text: str
    premoderated: bool
    log: tuple[Rejection, ...]


class MyAsk(NamedTuple):
    """The form to ask; `author` is the name that will stand below a question, `left` how many may still be asked."""

    names: str
    author: str
    anonymous_allowed: bool
    premoderated: bool
    max_length: int
    addressees: tuple[Label, ...]
    left: int | None
    open: bool


class MyItem(NamedTuple):
    item: Item
    open: bool  # it may be withdrawn


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return podium.stage(state, look)
        case Audience.DESK:
            return podium.desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    """Open questions, answered ones and those that are not pursued are three lists; empty ones are left out."""
    config = state.config
    there = tops(state, look)
    if look.choice.startswith(LABEL):
        there = labelled(there, look.choice.removeprefix(LABEL))
    order = look.choice if look.choice in config.orders else state.order
    lists: dict[str, list[Question]] = {"open": [], "answered": [], "archive": []}
    for question in arranged(state, there, order):
        lists["open" if question.is_open else "answered" if question.answer else "archive"].append(question)
    tabs = tuple(Tab(id, len(those)) for id, those in lists.items() if those or id == "open")
    tops_ = ("head", "mine-ask", "rules", "mine-written", "orders", "tabs", *(f"list-{tab.id}" for tab in tabs))
    parts: View = {
        "": Slot(tops_),
        "head": Head(look.title, look.began, look.ends, look.open),
        "rules": Rules(config.rules, config.premoderated, tuple(state.gate.log)),
        "orders": Orders(look.choice or order, config.orders, config.labels) if there or look.choice else None,
        "tabs": tabs,
    }
    for tab in tabs:
        parts |= {f"list-{tab.id}": tab, f"questions-{tab.id}": Slot(f"question-{it.ref}" for it in lists[tab.id])}
    for question in there:
        parts[f"question-{question.ref}"] = asked(state, question, look)
        parts |= comments.below(question.ref, {question.ref: _remarks(state, question)}, look)
    return parts


def _remarks(state: State, question: Question) -> list[comments.Remark]:
    """What is said about a question and about those that were merged into it, the oldest first."""
    said = [remark for it in state.group(question) for remark in state.remarks.get(it.ref, ())]
    return sorted(said) if question.parts else said


def mine(state: State, actor: Actor, look: Look) -> View:
    config, own = state.config, {actor.id, actor.alias}
    written = items(state, look, own)
    left = config.most_open and max(0, config.most_open - open_of(state.questions.values(), own))
    form = MyAsk(
        names=look.names,
        author=look.author(actor.id),
        anonymous_allowed=config.anonymous_allowed,
        premoderated=config.premoderated,
        max_length=config.max_length,
        addressees=config.addressees,
        left=left,
        open=look.open,
    )
    return {
        "mine-ask": form,
        "mine-written": tuple(MyItem(item, look.open and _withdrawable(item)) for item in reversed(written)),
        "marks": Marks(_marks(state, actor, look, written)),
    }


def _withdrawable(item: Item) -> bool:
    return not item.on and item.status not in ("withdrawn", "answered", "answering")


def _marks(state: State, actor: Actor, look: Look, written: list[Item]) -> Iterator[tuple[str, str]]:
    """What is a person's own, and what they support or oppose: one mark for each part."""
    own = {actor.id, actor.alias}
    shown = tops(state, look)
    below = {part.ref for it in shown for part in state.group(it)}
    for item in written:
        if item.on in below and item.status != "hidden":
            yield f"comment-{item.said.ref}", "own"
    for question in shown:
        words = [
            *(["own"] if own & state.authors(question) else []),
            *(["supported"] if actor.id in state.supporters(question) else []),
            *(["opposed"] if actor.id in state.opponents(question) else []),
        ]
        if words:
            yield f"question-{question.ref}", " ".join(words)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Questions and comments in the order of writing; what is not for everybody, with the reason, only for staff."""
    shown = {question.ref for question in state.visible(look.hidden)}
    for item in items(state, look):
        if look.is_staff or (item.status != "hidden" and (item.on or item.said.ref) in shown):
            yield {
                "ref": item.said.ref,
                "on": item.on,
                "to": item.to,
                "text": item.said.text,
                "original": item.original,
                "author": item.said.author,
                "labels": ", ".join(chosen(state.config.labels, item.labels)),
                "support": item.support,
                "status": item.status,
                "answer": item.answer.text if item.answer else "",
                "answerer": item.answer.who if item.answer else "",
                "answered": item.answer.made.isoformat(timespec="minutes") if item.answer else "",
                "end_reason": item.settled.reason,
                "owner": item.settled.owner,
                "due": item.settled.due,
                "into": item.into,
                "hidden": item.reason,
            }


def withheld(state: State, ref: str) -> bool:
    """Whether nobody but staff and its author may read a question: it waits for approval, or was rejected."""
    return ref in state.questions and not state.gate.passes(ref)


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)


def fate(state: State, ref: str) -> Fate | None:
    """What became of a question; nothing becomes of a comment."""
    return fate_of(state, state.questions[ref]) if ref in state.questions else None


def followed(state: State, actor: Actor, hidden: Mapping[str, str]) -> Iterator[Followed]:
    return followed_by(state, actor, hidden)


def concerned(state: State, entry: Entry) -> list[str]:
    """Whoever is for or against a question that its author takes back, or that is left by itself then."""
    if entry.type not in ("questions.withdrawn", "questions.split"):
        return []
    question = state.questions[entry.full.get(REVISES) or entry.full["question"]]
    return [*state.supporters(question), *state.opponents(question)]
