"""What is shown of questions: one that was asked, with what became of it, as others see it and as its author does."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from facilitation import comments, labels
from facilitation.comments import Remark, Said
from facilitation.fate import Fate
from facilitation.kind import Look
from facilitation.qa import OPEN, Answer, Question, Settled, State
from facilitation.record import Actor

WRITTEN = 86_400  # seconds: an answer that came so much later was not given on the day

ANSWERING = "answering"  # it stands on the stage by itself


class Given(NamedTuple):
    """An answer as it is shown; `later`: on another day, which is then said."""

    text: str
    who: str
    made: datetime
    later: bool


class Asked(NamedTuple):
    """A question as others see it.  `others`: what was merged into it; `against` is None where nobody can oppose."""

    said: Said
    status: str
    support: int
    against: int | None
    fair: bool  # its author cannot support it
    open: bool
    answer: Given | None = None
    settled: Settled = OPEN
    to: str = ""
    labels: tuple[str, ...] = ()
    mended: bool = False
    others: tuple[Said, ...] = ()


class Item(NamedTuple):
    """A question or a comment on one (`on`) as its author and staff see it; `reason` is why nobody else does."""

    said: Said
    on: str
    status: str
    reason: str
    support: int = 0
    answer: Given | None = None
    settled: Settled = OPEN
    to: str = ""
    labels: tuple[str, ...] = ()  # ids
    original: str = ""
    shortlisted: bool = False
    into: str = ""


def said(question: Question, look: Look) -> Said:
    return Said(question.ref, question.text, look.author(question.author), question.anonymous, question.made)


def status(state: State, question: Question, look: Look) -> str:
    """Where a question stands, in one word; whichever is on the stage is being answered."""
    word = state.status(question, look.hidden)
    on_stage = bool(look.on_stage) and state.head(question).ref == look.on_stage
    return ANSWERING if on_stage and word in ("visible", "approved", "in_writing") else word


def given(question: Question, answer: Answer | None) -> Given | None:
    if answer is None:
        return None
    later = question.made is None or (answer.made - question.made).total_seconds() > WRITTEN
    return Given(*answer, later)


def asked(state: State, it: Question, look: Look) -> Asked:
    config = state.config
    to = labels.chosen(config.addressees, [it.to])
    return Asked(
        said(it, look),
        status(state, it, look),
        state.support(it),
        state.against(it) if config.opposable else None,
        fair=not config.own_support,
        open=look.open,
        answer=given(it, it.answer),
        settled=it.settled,
        to=to[0] if to else "",
        labels=labels.chosen(config.labels, it.labels),
        mended=bool(it.original),
        others=tuple(said(part, look) for part in state.group(it)[1:] if state.is_visible(part, look.hidden)),
    )


def items(state: State, look: Look, own: set[str] | None = None) -> list[Item]:
    """Everything that was written here, hidden and waiting too, in the order of writing; or what `own` wrote."""
    found = [(it.at, _item(state, it, look)) for it in state.questions.values() if own is None or it.author in own]
    found += [
        (remark.at, _remark(remark, look))
        for remark in chain.from_iterable(state.remarks.values())
        if own is None or remark.author in own
    ]
    return [item for _, item in sorted(found, key=itemgetter(0))]


def _remark(it: Remark, look: Look) -> Item:
    hidden = it.ref in look.hidden
    return Item(comments.said(it, look), it.on, "hidden" if hidden else "visible", look.hidden.get(it.ref, ""))


def _item(state: State, it: Question, look: Look) -> Item:
    to, head = labels.chosen(state.config.addressees, [it.to]), state.head(it)
    return Item(
        said(it, look),
        "",
        status(state, it, look),
        look.hidden.get(it.ref) or state.gate.rejected.get(it.ref, ""),
        0 if it.into else state.support(it),  # the one that it was merged into counts
        given(head, head.answer),
        head.settled,
        to[0] if to else "",
        it.labels,
        it.original,
        it.shortlisted,
        it.into,
    )


def tops(state: State, look: Look) -> list[Question]:
    """The questions that everybody may see and that stand for themselves."""
    return [it for it in state.visible(look.hidden) if not it.into]


def labelled(questions: Iterable[Question], label: str) -> list[Question]:
    return [it for it in questions if label in it.labels]


class Followed(NamedTuple):
    """A question that somebody supported, and what became of it."""

    ref: str
    text: str
    fate: Fate


def fate(state: State, question: Question) -> Fate | None:
    """What became of a question, or of the one that it was merged into; None as long as there is nothing to say."""
    head, into = state.head(question), question.into
    if question.ref in state.gate.rejected:
        return Fate("rejected", state.gate.rejected[question.ref])
    if state.gate.waits(question.ref):
        return Fate("waiting")
    if head.answer:
        return Fate("answered", head.answer.text, head.answer.who, into=into)
    end, reason, owner, due = head.settled
    if end or owner or due:
        return Fate(end or "open", reason, owner, due, into)
    return Fate("merged", into=into) if into else None


def followed(state: State, actor: Actor, hidden: Mapping[str, str]) -> Iterator[Followed]:
    """What became of the questions of others that `actor` supported, as long as it is known who supports them."""
    for it in state.visible(hidden):
        told = None if it.into else fate(state, it)
        if told and actor.id in state.supporters(it) and not {actor.id, actor.alias} & state.authors(it):
            yield Followed(it.ref, it.text, told)
