"""Wall (Ideenwand): cards in columns.  People write, edit and withdraw their own, staff moves them.

Hidden cards stay on record and on the desk, withdrawn ones leave every screen.  Newest cards come first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from facilitation.activity import REVISES
from facilitation.kind import Look
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.screen import Audience, Marks, Slot, View
from facilitation.texts import Text

name = "wall"
page = "now"


class Column(NamedTuple):
    id: Annotated[str, Field(pattern=r"""^[^\s"'&<>]+$""")]  # names of parts are made of it
    title: str
    text: str = ""  # what belongs here, in a sentence


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_default=True)

    columns: tuple[Column, ...] = ()  # a wall without columns gets one
    max_length: Annotated[int, Field(ge=1)] = 280  # of a card, in Unicode code points
    names: Literal["named", "moderators", "anonymous"] = "anonymous"

    @field_validator("columns")
    @classmethod
    def _can_be_told_apart(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        if len({column.id for column in columns}) < len(columns):
            raise ValueError("two columns have the same id")
        return columns or (Column("cards", "Karten"),)


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


commands: dict[str, type[Command]] = {"write": Write, "edit": Edit, "withdraw": Withdraw, "move": Move}
REVISIONS = {Edit: "wall.edited", Withdraw: "wall.withdrawn", Move: "wall.moved"}


class Card(NamedTuple):
    """A card as it stands.  Sealing takes author and time away: together they would lead back to a person."""

    ref: str
    column: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime | None
    edits: int = 0
    moves: int = 0
    withdrawn: bool = False


@dataclass(slots=True)
class State:
    config: Config
    cards: dict[str, Card] = field(default_factory=dict)  # by reference, in the order of writing
    authors: int | None = None  # how many people wrote, once it is forgotten who

    @property
    def columns(self) -> dict[str, Column]:
        return {column.id: column for column in self.config.columns}

    def kept(self) -> list[Card]:
        """The cards that are not withdrawn, newest first."""
        return [card for card in reversed(self.cards.values()) if not card.withdrawn]

    def visible(self, hidden: Mapping[str, str]) -> list[Card]:
        """The cards that everybody may see, newest first."""
        return [card for card in self.kept() if card.ref not in hidden]

    def lanes(self, hidden: Mapping[str, str]) -> dict[Column, list[Card]]:
        """The visible cards of each column, newest first."""
        visible = self.visible(hidden)
        return {column: [card for card in visible if card.column == column.id] for column in self.config.columns}


def begin(config: Config) -> State:
    return State(config)


def decide(state: State, command: Write | Edit | Withdraw | Move, actor: Actor) -> list[Fact]:
    if not isinstance(command, Write) and command.card not in state.cards:
        raise Refused("wall.invalid", why="unknown_card")
    if isinstance(command, Write | Move) and command.column not in state.columns:
        raise Refused("wall.invalid", why="unknown_column")
    if isinstance(command, Write | Edit) and len(command.text) > state.config.max_length:
        raise Refused("wall.too_long", most=state.config.max_length)
    data = command.model_dump()
    veil: Data | None = {} if state.config.names == "anonymous" and not command.staff else None
    if isinstance(command, Write):
        return [Fact("wall.written", data, veil=veil, contribution=True)]
    return [Fact(REVISIONS[type(command)], {REVISES: data.pop("card")} | data, veil=veil)]


def fold(state: State, entry: Entry) -> None:
    data = entry.data
    card = state.cards.get(data.get(REVISES, ""))
    match entry.type:
        case "wall.written":
            state.cards[data["ref"]] = Card(data["ref"], data["column"], data["text"], entry.by, entry.made)
        case "wall.edited" if card:
            state.cards[card.ref] = card._replace(text=data["text"], edits=card.edits + 1)
        case "wall.withdrawn" if card:
            state.cards[card.ref] = card._replace(withdrawn=True)
        case "wall.moved" if card:
            state.cards[card.ref] = card._replace(column=data["column"], moves=card.moves + 1)
        case "activity.sealed":
            state.authors = data["figures"]["authors"]
            state.cards = {ref: card._replace(author=None, made=None) for ref, card in state.cards.items()}


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
    """A card as its author and staff see it.  `hidden` is why nobody else does, `others` where it can be moved to."""

    note: Note
    column: str
    made: datetime | None
    hidden: str
    others: tuple[Column, ...]


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
    """Places: a new card is one part and one changed slot, a move two changed slots; the counts stand in the tabs."""
    lanes = state.lanes(look.hidden)
    parts: View = {
        "": Slot(("ask", "tabs", "mine-write", "mine-cards", *(f"column-{column.id}" for column in lanes))),
        "ask": _ask(look),
        "tabs": tuple(Lane(column, len(cards)) for column, cards in lanes.items()),
    }
    for column, cards in lanes.items():
        notes: View = {f"card-{card.ref}": _note(card, look) for card in cards}
        notes = notes or {f"empty-{column.id}": (column.title if len(lanes) > 1 else "", look.open)}
        parts |= {f"column-{column.id}": column, f"cards-{column.id}": Slot(notes)} | notes
    return parts


def _newest(state: State, look: Look) -> tuple[Lane, ...]:
    """What fits: up to four columns stand in one row, up to eight in two; of more only the counts are legible."""
    lanes = state.lanes(look.hidden)
    width, lines = 84 // min(len(lanes), 4), 14 if len(lanes) <= 4 else 5 if len(lanes) <= 8 else 0
    return tuple(Lane(column, len(cards), _fitting(cards, look, width, lines)) for column, cards in lanes.items())


def _fitting(cards: list[Card], look: Look, width: int, lines: int) -> tuple[Note, ...]:
    """As many as have room in a column of the stage; after each half a line is empty, after four a card is cut."""
    ends = accumulate(min(4, 1 + len(card.text) // width) + 0.5 for card in cards)
    return tuple(_note(card, look) for card, end in zip(cards, ends, strict=True) if end <= lines)


def _desk(state: State, look: Look) -> View:
    cards = state.kept()
    items = {f"item-{card.ref}": _item(state, card, look) for card in cards}
    counts = (len(cards), sum(card.ref in look.hidden for card in cards))
    return {"": Slot(("inbox",)), "inbox": counts, "items": Slot(items)} | items


def mine(state: State, actor: Actor, look: Look) -> View:
    config, cards = state.config, [card for card in state.kept() if card.author == actor.id]
    author = look.author(actor.id)
    form = Form(config.columns, config.max_length, look.names, author, bool(look.began), look.open)
    return {
        "mine-write": form,
        "mine-cards": (form, tuple(_item(state, card, look) for card in cards)),
        "marks": Marks((f"card-{card.ref}", "own") for card in cards if card.ref not in look.hidden),
    }


def _ask(look: Look) -> Ask:
    return Ask(look.title, look.names, look.began, look.ends, look.open)


def _note(card: Card, look: Look) -> Note:
    return Note(card.ref, card.text, look.author(card.author), card.edits > 0)


def _item(state: State, card: Card, look: Look) -> Item:
    others = tuple(column for column in state.config.columns if column.id != card.column)
    return Item(_note(card, look), state.columns[card.column].title, card.made, look.hidden.get(card.ref, ""), others)


def rows(state: State, look: Look) -> Iterator[Data]:
    """The cards in the order of writing; the hidden ones, with their reason, only for staff."""
    for card in state.cards.values():
        if not card.withdrawn and (look.is_staff or card.ref not in look.hidden):
            yield {
                "ref": card.ref,
                "column": state.columns[card.column].title,
                "text": card.text,
                "author": look.author(card.author),
                "hidden": look.hidden.get(card.ref, ""),
            }


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    """The wall's block of the script format.  Only the number of authors must outlive the veil by itself."""
    cards, lanes = state.cards.values(), state.lanes(hidden)
    counts = Counter(card.column for card in cards)
    return {
        "ideas": len(cards),
        "visible": len(state.visible(hidden)),
        "withdrawn": sum(card.withdrawn for card in cards),
        "by_column": {id: counts[id] for id in state.columns},
        "visible_by_column": {column.id: len(lane) for column, lane in lanes.items()},
        "authors": len({card.author for card in cards}) if state.authors is None else state.authors,
        "edited": sum(card.edits for card in cards),
        "moved": sum(card.moves for card in cards),
    }
