"""Text (Grundlagentext, Textwerkstatt): numbered paragraphs to vote and comment on and to suggest other words for.

A suggestion is the whole new wording.  Staff decides each one; what is accepted is the next revision of its paragraph.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from facilitation import comments, paragraphs, textwork
from facilitation.activity import REVISES
from facilitation.comments import Comment
from facilitation.fate import Fate
from facilitation.kind import Look
from facilitation.paragraphs import Paragraph, State
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "text"
page = "now"

WORDING, REASON = 20_000, 5_000  # code points

Config = paragraphs.Config


class Vote(Command):
    """What one says of a paragraph; the last value counts, also when the wording changes."""

    paragraph: str
    value: str


class Suggest(Command):
    """A whole new wording; `base_revision` is the one it was written against, None: the present one."""

    paragraph: str
    text: Text
    reason: Literal[""] | Text = ""
    base_revision: Annotated[int | None, Field(strict=True)] = None


class Support(Command):
    suggestion: str


class Decide(StaffCommand):
    """What becomes of a suggestion; accepted with a `wording` of its own, that one replaces the paragraph."""

    suggestion: str
    decision: Literal["accepted", "rejected", "deferred"]
    wording: Text | None = None
    reason: Literal[""] | Text = ""


commands: dict[str, type[Command]] = {
    "vote": Vote,
    "suggest": Suggest,
    "support": Support,
    "decide": Decide,
    "comment": Comment,
}


def begin(config: Config) -> State:
    return paragraphs.begun(config)


def decide(state: State, command: Vote | Suggest | Support | Decide | Comment, actor: Actor) -> list[Fact]:
    match command:
        case Vote(paragraph=paragraph, value=value):
            _check_paragraph(state, paragraph)
            if value not in state.config.vote_values:
                raise Refused("text.invalid", why="unknown_value")
            return [_of_a_person(state, "text.voted", command.model_dump())]
        case Suggest():
            return [_suggesting(state, command)]
        case Support(suggestion=ref):
            _check_suggestion(state, ref)
            if actor.id in state.supporters.get(ref, ()):
                raise Refused("text.already_voted")
            return [_of_a_person(state, "text.supported", command.model_dump())]
        case Decide():
            return [_deciding(state, command)]
        case _:
            _check_paragraph(state, command.on)
            return [comments.granted(name, command, state.config.names)]


def _suggesting(state: State, command: Suggest) -> Fact:
    _check_paragraph(state, command.paragraph)
    present = len(state.revisions[command.paragraph])
    base = present if command.base_revision is None else command.base_revision
    if not 1 <= base <= present:
        raise Refused("text.invalid", why="unknown_revision")
    _check_length(command.text, WORDING)
    _check_length(command.reason, REASON)
    data = command.model_dump(exclude_defaults=True) | {"base_revision": base}
    return Fact("text.suggested", data, veil={} if state.config.names == "anonymous" else None, contribution=True)


def _deciding(state: State, command: Decide) -> Fact:
    _check_suggestion(state, command.suggestion)
    _check_length(command.wording or "", WORDING)
    _check_length(command.reason, REASON)
    own = command.wording if command.wording != state.suggestions[command.suggestion].text else None
    if own and command.decision != "accepted":
        raise Refused("text.invalid", why="not_accepted")
    data = command.model_dump(include={"decision", "reason"}, exclude_defaults=True)
    return Fact("text.decided", {REVISES: command.suggestion} | data | ({"wording": own} if own else {}))


def _of_a_person(state: State, type: str, data: Data) -> Fact:  # noqa: A002  # the record says type
    return Fact(type, veil=data) if state.config.names == "anonymous" else Fact(type, data)


def _check_paragraph(state: State, id: str) -> None:
    if id not in state.revisions:
        raise Refused("text.invalid", why="unknown_paragraph")


def _check_suggestion(state: State, ref: str) -> None:
    if ref not in state.suggestions:
        raise Refused("text.invalid", why="unknown_suggestion")


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("text.too_long", most=most)


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Head(NamedTuple):
    title: str
    paragraphs: int
    began: datetime | None
    ends: datetime | None
    open: bool


class Heading(NamedTuple):
    """A paragraph before it is opened; `talked`, `changing`: whether there are comments or suggestions to head."""

    id: str
    number: str
    title: str
    changing: bool
    talked: bool


class Present(NamedTuple):
    text: str
    revision: int


class Writing(NamedTuple):
    """The form for a new wording, with the present one to begin with."""

    id: str
    number: str
    text: str
    revision: int
    names: str


class Replying(NamedTuple):
    on: str
    number: str
    names: str


class MyVote(NamedTuple):
    id: str
    number: str
    values: tuple[str, ...]
    chosen: str
    names: str
    open: bool


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.STAGE:
            return textwork.staged(state, look)
        case Audience.DESK:
            return textwork.desk(state, look)
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    """A list of paragraphs with counts; what changes often, counts and contributions, are parts in each of them."""
    documents = [f"document-{document.id}" for document in state.config.documents]
    parts: View = {
        "": Slot(("head", *documents, "changes", "mine-written")),
        "head": Head(look.title, len(state.revisions), look.began, look.ends, look.open),
    }
    for document in state.config.documents:
        parts[f"document-{document.id}"] = (document.id, document.title)
        parts[f"paragraphs-{document.id}"] = Slot(f"paragraph-{it.id}" for it in document.paragraphs)
    changes: View = {}
    for number, paragraph in state.numbered:
        parts |= _paragraph(state, number, paragraph, look)
        if change := textwork.change(state, number, paragraph, look):
            changes[f"change-{paragraph.id}"] = change
    return parts | {"changes": len(changes), "changed": Slot(changes)} | changes


def _paragraph(state: State, number: str, paragraph: Paragraph, look: Look) -> View:
    """One paragraph and everything in it."""
    id, now = paragraph.id, state.reading(paragraph.id, look.hidden)
    row = textwork.row(state, number, paragraph, look)
    suggestions = {
        f"suggestion-{it.ref}": textwork.proposed(state, it, number, paragraph.title, look)
        for it in state.suggested(id, look.hidden)
    }
    said: View = {
        f"comment-{it.ref}": comments.said(it, look) for it in state.remarks.get(id, ()) if it.ref not in look.hidden
    }
    parts: View = {f"present-{id}": Present(now.text, now.number)}
    if row.votes:
        parts[f"tally-{id}"] = row.votes
    writing: View = {f"suggest-{id}": Writing(id, number, now.text, now.number, look.names)} if look.open else {}
    reply: View = {f"reply-{id}": Replying(id, number, look.names)} if look.open else {}
    return {
        f"paragraph-{id}": Heading(id, number, paragraph.title, bool(suggestions), bool(said)),
        f"counts-{id}": Slot((f"count-{id}",)),
        f"count-{id}": row._replace(votes=()),
        f"body-{id}": Slot((*parts, f"mine-vote-{id}")),
        f"proposals-{id}": Slot((*suggestions, *writing)),
        f"below-{id}": Slot((*said, *reply)),
        **parts,
        **suggestions,
        **said,
        **writing,
        **reply,
    }


def mine(state: State, actor: Actor, look: Look) -> View:
    items = textwork.written(state, look, actor.id)
    values = state.config.vote_values
    votes: View = {
        f"mine-vote-{it.id}": MyVote(
            it.id, number, values, state.votes.get(it.id, {}).get(actor.id, ""), look.names, look.open
        )
        for number, it in state.numbered
    }
    return votes | {"mine-written": tuple(reversed(items)), "marks": Marks(_marks(state, actor, items, look.hidden))}


def _marks(
    state: State, actor: Actor, items: list[textwork.Item], hidden: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What is one's own, and what one supports, of what everybody may see."""
    for item in items:
        if not item.hidden:
            yield f"{'comment' if item.is_comment else 'suggestion'}-{item.said.ref}", "own"
    for ref, supporters in state.supporters.items():
        if actor.id in supporters and ref not in hidden:
            yield f"suggestion-{ref}", "supported"


def rows(state: State, look: Look) -> Iterator[Data]:
    """Suggestions and comments in the order of writing; what is hidden, with the reason, only for staff."""
    for item in textwork.written(state, look):
        if look.is_staff or not item.hidden:
            yield {
                "ref": item.said.ref,
                "paragraph": item.number,
                "type": "comment" if item.is_comment else "suggestion",
                "text": item.said.text,
                "author": item.said.author,
                "support": item.support,
                "status": item.state,
                "answer": item.why,
                "hidden": item.hidden,
            }


def fate(state: State, ref: str) -> Fate | None:
    return state.fate(ref)


def figures(state: State, hidden: Mapping[str, str]) -> Data:  # what is hidden counts too
    return state.figures()
