"""Wall (Ideenwand): cards in columns.  People write, edit and withdraw their own, staff moves them.

Below a card stand comments and reactions.  Hidden cards stay on record and on the desk, withdrawn ones leave every
screen with all that stands below them.  Newest cards come first.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any, NamedTuple

from facilitation import cards, comments, reactions
from facilitation.activity import REVISES
from facilitation.cards import Card, Column, State
from facilitation.comments import Comment, Remark
from facilitation.kind import Look
from facilitation.reactions import React
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "wall"
page = "now"

Config = cards.Config


class Write(Command):
    column: str
    text: Text


class OwnCard(Command):
    """What only the author may do to a card.  After sealing nobody is known to be the author."""

    card: str

    def forbidden(self, state: Any, actor: Actor) -> bool:
        return self.card in state.cards and state.cards[self.card].author != actor.id


class Edit(OwnCard):
    """Put other words on a card; the earlier ones stay on record."""

    text: Text


class Withdraw(OwnCard):
    pass


class Move(StaffCommand):
    """Put a card into another column."""

    card: str
    column: str


commands: dict[str, type[Command]] = {
    "write": Write,
    "edit": Edit,
    "withdraw": Withdraw,
    "move": Move,
    "comment": Comment,
    "react": React,
}
REVISIONS = {Edit: "wall.edited", Withdraw: "wall.withdrawn", Move: "wall.moved"}


def begin(config: Config) -> State:
    return State(config)


def decide(state: State, command: Write | OwnCard | Move | Comment | React, actor: Actor) -> list[Fact]:
    config = state.config
    match command:
        case Comment(on=ref):
            _check_card(state, ref)
            return [comments.granted(name, command, config.names)]
        case React(on=ref):
            _check_card(state, ref)
            return [state.reactions.granted(name, command, actor, config.names)]
        case Edit(card=ref) | Withdraw(card=ref) | Move(card=ref):
            _check_card(state, ref)
    if isinstance(command, Write | Move) and command.column not in state.columns:
        raise Refused("wall.invalid", why="unknown_column")
    if isinstance(command, Write | Edit) and len(command.text) > config.max_length:
        raise Refused("wall.too_long", most=config.max_length)
    data = command.model_dump()
    veil: Data | None = {} if config.names == "anonymous" and not command.staff else None
    if isinstance(command, Write):
        return [Fact("wall.written", data, veil=veil, contribution=True)]
    return [Fact(REVISIONS[type(command)], {REVISES: data.pop("card")} | data, veil=veil)]


def _check_card(state: State, ref: str) -> None:
    if ref not in state.cards:
        raise Refused("wall.invalid", why="unknown_card")


def fold(state: State, entry: Entry) -> None:
    state.take(entry)


class Ask(NamedTuple):
    title: str
    names: str
    began: datetime | None
    ends: datetime | None
    open: bool


class Note(NamedTuple):
    """A card as others see it.  `author` is "" where this look must not know it."""

    ref: str
    text: str
    author: str
    edited: bool


class Lane(NamedTuple):
    """A column in short: how many cards it has, and as many of the newest as there is room for."""

    column: Column
    cards: int
    newest: tuple[Note, ...] = ()


class Item(NamedTuple):
    """A card, or a comment on one (`on`), as its author and staff see it.

    `hidden` is why nobody else does, `others` where a card can be moved to.
    """

    note: Note
    column: str
    made: datetime | None
    hidden: str
    others: tuple[Column, ...] = ()
    on: str = ""


class Counts(NamedTuple):
    cards: int
    comments: int
    hidden: int


class Form(NamedTuple):
    """What a form for a card asks for; `author` is the name that will stand on it."""

    columns: tuple[Column, ...]
    max_length: int
    names: str
    author: str
    began: bool
    open: bool


def view(state: State, look: Look) -> View:
    match look.audience, look.view:
        case Audience.DESK, _:
            return _desk(state, look)
        case Audience.STAGE, "question":
            return {"": Slot(("stage-question",)), "stage-question": (_ask(look), len(state.visible(look.hidden)))}
        case Audience.STAGE, _:
            return {"": Slot(("stage-wall",)), "stage-wall": (_ask(look), _newest(state, look))}
        case _:
            return _phone(state, look)


def _phone(state: State, look: Look) -> View:
    """Places: a new card is one part and one changed slot, a move two changed slots; the counts stand in the tabs.

    What changes often, words and comments, are parts below a card.
    """
    lanes, counts = state.lanes(look.hidden), state.reactions.counts
    parts: View = {
        "": Slot(("ask", "tabs", "mine-write", "mine-cards", *(f"column-{column.id}" for column in lanes))),
        "ask": _ask(look),
        "tabs": tuple(Lane(column, len(lane)) for column, lane in lanes.items()),
    }
    for column, lane in lanes.items():
        notes: View = {f"card-{card.ref}": _note(card, look) for card in lane}
        notes = notes or {f"empty-{column.id}": (column.title if len(lanes) > 1 else "", look.open)}
        parts |= {f"column-{column.id}": column, f"cards-{column.id}": Slot(notes)} | notes
        for card in lane:
            parts |= reactions.below(card.ref, counts, state.config.reactions, look)
            parts |= comments.below(card.ref, state.remarks, look)
    return parts


def _newest(state: State, look: Look) -> tuple[Lane, ...]:
    """What fits: up to four columns stand in one row, up to eight in two; of more only the counts are legible."""
    lanes = state.lanes(look.hidden)
    width, lines = 84 // min(len(lanes), 4), 14 if len(lanes) <= 4 else 5 if len(lanes) <= 8 else 0
    return tuple(Lane(column, len(lane), _fitting(lane, look, width, lines)) for column, lane in lanes.items())


def _fitting(lane: list[Card], look: Look, width: int, lines: int) -> tuple[Note, ...]:
    """As many as have room in a column of the stage; after each half a line is empty, after four a card is cut."""
    ends = accumulate(min(4, 1 + len(card.text) // width) + 0.5 for card in lane)
    return tuple(_note(card, look) for card, end in zip(lane, ends, strict=True) if end <= lines)


def _desk(state: State, look: Look) -> View:
    written = _written(state)[::-1]
    items = {f"item-{it.ref}": _item(state, it, look) for it in written}
    number = len(state.kept())
    counts = Counts(number, len(written) - number, sum(it.ref in look.hidden for it in written))
    return {"": Slot(("inbox",)), "inbox": counts, "items": Slot(items)} | items


def mine(state: State, actor: Actor, look: Look) -> View:
    config, own = state.config, [card for card in state.kept() if card.author == actor.id]
    author = look.author(actor.id)
    form = Form(config.columns, config.max_length, look.names, author, bool(look.began), look.open)
    return {
        "mine-write": form,
        "mine-cards": (form, tuple(_item(state, card, look) for card in own)),
        "marks": Marks(_marks(state, actor, look)),
    }


def _marks(state: State, actor: Actor, look: Look) -> Iterator[tuple[str, str]]:
    """What is one's own of what everybody may see.

    Below a withdrawn card they stay: they mark nothing, and to withdraw a card changes no screen but its author's.
    """
    yield from ((f"card-{card.ref}", "own") for card in state.visible(look.hidden) if card.author == actor.id)
    shown = state.cards.keys() - look.hidden.keys()
    for remark in chain.from_iterable(state.remarks.values()):
        if remark.author == actor.id and remark.on in shown and remark.ref not in look.hidden:
            yield f"comment-{remark.ref}", "own"
    yield from reactions.marks(actor.id, state.reactions, state.config.reactions, shown)


def _ask(look: Look) -> Ask:
    return Ask(look.title, look.names, look.began, look.ends, look.open)


def _note(card: Card, look: Look) -> Note:
    return Note(card.ref, card.text, look.author(card.author), card.edits > 0)


def _written(state: State) -> list[Card | Remark]:
    """The cards that are not withdrawn and the comments on them, in the order of writing."""
    kept = state.kept()
    said = (remark for card in kept for remark in state.remarks.get(card.ref, ()))
    return sorted(chain[Card | Remark](kept, said), key=attrgetter("at"))


def _item(state: State, it: Card | Remark, look: Look) -> Item:
    hidden = look.hidden.get(it.ref, "")
    if isinstance(it, Remark):
        note = Note(it.ref, it.text, look.author(it.author), edited=False)
        return Item(note, state.columns[state.cards[it.on].column].title, it.made, hidden, on=it.on)
    others = tuple(column for column in state.config.columns if column.id != it.column)
    return Item(_note(it, look), state.columns[it.column].title, it.made, hidden, others)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Cards and comments in the order of writing; what is hidden, with the reason, only for staff."""
    shown, counts = {card.ref for card in state.visible(look.hidden)}, state.reactions.counts
    for it in _written(state):
        item = _item(state, it, look)
        if look.is_staff or (not item.hidden and (item.on or it.ref) in shown):
            yield {
                "ref": it.ref,
                "on": item.on,
                "column": item.column,
                "text": it.text,
                "author": item.note.author,
                "reactions": counts.get(it.ref, {}),
                "hidden": item.hidden,
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
