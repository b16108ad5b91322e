"""The questions on the stage and at the desk: one by itself, the first ones of a list, and all that is still open."""

from typing import NamedTuple

from facilitation.asked import Asked, Item, asked, items, labelled, status, tops
from facilitation.kind import Look
from facilitation.labels import Label
from facilitation.orders import arranged
from facilitation.qa import Question, Settled, State
from facilitation.screen import Slot, View

ON_STAGE = 5  # questions in one picture
LABEL = "label-"  # a picture of the stage, and a way to look at the phone: the questions of one label


class OnStage(NamedTuple):
    """The first questions of a list, or one of them in large type: number `number` of `of`."""

    title: str
    questions: tuple[Asked, ...]
    number: int
    of: int


class Counts(NamedTuple):
    title: str
    questions: int
    waiting: int
    answered: int


class Line(NamedTuple):
    """A question that is still open, for whoever leads through them."""

    ref: str
    text: str
    support: int
    against: int | None
    status: str
    shortlisted: bool
    settled: Settled


class Sheet(NamedTuple):
    """Open questions under one label; `view` puts them on the stage."""

    title: str
    view: str
    lines: tuple[Line, ...]


class Podium(NamedTuple):
    order: str
    orders: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    alike: tuple[tuple[str, str], ...]  # reference and text of what can be merged, as it was asked


class DeskItem(NamedTuple):
    item: Item
    labels: tuple[Label, ...]


def stage(state: State, look: Look) -> View:
    """Exactly one question if one that everybody may see is asked for, else the first of the list."""
    label = look.view.removeprefix(LABEL)
    known = {it.id: it.title for it in state.config.labels}
    there = tops(state, look)
    if label in known:
        there = labelled(there, label)
    elif look.view == "shortlist":
        there = [it for it in there if it.shortlisted]
    there = arranged(state, there, state.order)
    number = next((n for n, question in enumerate(there, 1) if question.ref == look.item), 0)
    part = "stage-one" if number else "stage-list"
    shown = there[number - 1 : number] if number else [it for it in there if it.is_open][:ON_STAGE] or there[:ON_STAGE]
    questions = tuple(asked(state, it, look) for it in shown)
    return {"": Slot((part,)), part: OnStage(known.get(label, look.title), questions, number, len(there))}


def desk(state: State, look: Look) -> View:
    """What waits comes first, then the latest."""
    written = items(state, look)[::-1]
    written.sort(key=lambda item: item.status != "waiting")
    config, questions = state.config, state.questions.values()
    parts = {f"item-{it.said.ref}": it if it.on else DeskItem(it, config.labels) for it in written}
    counts = Counts(
        title=look.title,
        questions=len(questions),
        waiting=sum(item.status == "waiting" for item in written),
        answered=sum(question.answer is not None for question in questions),
    )
    log = tuple(state.gate.log)
    tops_: View = {
        "": Slot(("desk-questions", "desk-podium", *(["log"] if log else []), "inbox")),
        "desk-questions": counts,
        "desk-podium": Podium(state.order, config.orders, tuple(_sheets(state, look)), _alike(state, look)),
        "inbox": counts,
    }
    return tops_ | ({"log": log} if log else {}) | {"items": Slot(parts)} | parts


def _alike(state: State, look: Look) -> tuple[tuple[str, str], ...]:
    """What may ask the same; nothing where it is forgotten who supported what."""
    away = ("withdrawn", "hidden", "rejected")
    questions = state.questions.values()
    there = [it for it in questions if not it.into and state.status(it, look.hidden) not in away]
    sealed = any(it.counted for it in questions)
    return tuple((it.ref, it.text) for it in there) if len(there) > 1 and not sealed else ()


def _sheets(state: State, look: Look) -> list[Sheet]:
    """All that is open, then the shortlist, then those of each label; empty lists are left out."""
    there = arranged(state, (it for it in tops(state, look) if it.is_open), state.order)
    sheets = [Sheet("Alle offenen Fragen", "question", _lines(state, there, look))]
    sheets.append(Sheet("Vorauswahl", "shortlist", _lines(state, [it for it in there if it.shortlisted], look)))
    sheets += [
        Sheet(label.title, f"{LABEL}{label.id}", _lines(state, labelled(there, label.id), look))
        for label in state.config.labels
    ]
    return [sheet for sheet in sheets if sheet.lines]


def _lines(state: State, questions: list[Question], look: Look) -> tuple[Line, ...]:
    against = state.against if state.config.opposable else lambda _: None
    return tuple(
        Line(it.ref, it.text, state.support(it), against(it), status(state, it, look), it.shortlisted, it.settled)
        for it in questions
    )
