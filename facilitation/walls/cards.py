"""The cards of a wall: people write, edit and withdraw their own; staff moves them and corrects a slip of the pen."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from facilitation import labels
from facilitation.activity import REVISES
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.tagging import Tagged
from facilitation.texts import Text
from facilitation.walls import phases

if TYPE_CHECKING:
    from facilitation.walls.state import State

SEED = "seed"  # the origin of cards that staff brings


class Card(NamedTuple):
    """A card as it stands.  Sealing takes author and time away: together they would lead back to a person."""

    at: int
    ref: str
    column: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime | None
    edits: int = 0
    moves: int = 0
    withdrawn: bool = False
    fields: tuple[tuple[str, str], ...] = ()  # id of a heading -> the words under it
    original: str | None = None  # the author's words, where staff corrected them
    island: str = ""
    under: str = ""  # the card that it is merged into
    origin: str = ""  # SEED, or where it was carried over from
    rank: int = 0  # the entry that last brought it to the top
    topics: tuple[str, ...] = ()  # ids of labels
    tag: str = ""  # where its author belongs

    @property
    def stands(self) -> bool:
        """Whether it lies on the wall by itself."""
        return not self.withdrawn and not self.under


@dataclass(slots=True)
class Shelf:
    """References in order: what came last is on top."""

    order: list[tuple[int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[str]:
        return (ref for _, ref in reversed(self.order))

    def put(self, card: Card) -> None:
        insort(self.order, (card.rank, card.ref))

    def take(self, card: Card) -> None:
        del self.order[bisect_left(self.order, (card.rank, card.ref))]


def _said(fields: Any) -> Any:
    """A form sends every field; what was left empty says nothing."""
    return {id: words for id, words in fields.items() if words != ""} if isinstance(fields, dict) else fields


Fields = Annotated[dict[str, Text], BeforeValidator(_said)]


class Write(Tagged):
    """A card; where the wall has a template, `fields` holds the words under each heading and `text` says nothing."""

    column: str
    text: Text | None = None
    fields: Fields = Field(default_factory=dict)
    topics: tuple[str, ...] = ()


class OwnCard(Command):
    """What only the author may do to a card.  After sealing nobody is known to be the author."""

    card: str

    def forbidden(self, state: Any, actor: Actor) -> bool:
        return self.card in state.cards and state.cards[self.card].author != actor.id


class Edit(OwnCard):
    """Put other words on a card; the earlier ones stay on record."""

    text: Text | None = None
    fields: Fields = Field(default_factory=dict)


class Withdraw(OwnCard):
    pass


class Move(StaffCommand):
    """Put a card into another column."""

    card: str
    column: str


class Correct(StaffCommand):
    """Mend a slip of the pen (Tippfehler); the author's words stay on record and at the desk."""

    card: str
    text: Text


COMMANDS: dict[str, type[Command]] = {
    "write": Write,
    "edit": Edit,
    "withdraw": Withdraw,
    "move": Move,
    "correct": Correct,
}


def decide(state: "State", command: Write | Edit | Withdraw | Move | Correct, actor: Actor) -> list[Fact]:  # noqa: ARG001
    if not isinstance(command, Write):
        state.check_card(command.card)
    if not isinstance(command, Move | Correct):
        phases.check(state, "write")
    if isinstance(command, Write | Move):
        state.check_column(command.column)
    veil: Data | None = {} if state.config.names == "anonymous" and not command.staff else None
    match command:
        case Write(column=column, topics=topics):
            labels.check(state.config.topics, topics)
            more = {"topics": list(topics), "tag": command.tag}
            data = {"column": column} | _words(state, command) | {name: it for name, it in more.items() if it}
            return [Fact("wall.written", data, veil=veil, contribution=True)]
        case Edit(card=ref):
            return [Fact("wall.edited", {REVISES: ref} | _words(state, command), veil=veil)]
        case Withdraw(card=ref):
            return [Fact("wall.withdrawn", {REVISES: ref}, veil=veil)]
        case Move(card=ref, column=column):
            return [Fact("wall.moved", {REVISES: ref, "column": column})]
    check_length(state, command.text)
    return [Fact("wall.corrected", {REVISES: command.card, "text": command.text})]


def _words(state: "State", command: Write | Edit) -> Data:
    """What a card says: its text, and where the wall has a template what stands under each heading.

    The words under the headings are kept as one text too, for whoever knows no template.
    """
    config, fields = state.config, command.fields
    if fields.keys() - {heading.id for heading in config.fields}:
        raise Refused("wall.invalid", why="unknown_field")
    if not fields and command.text is None:
        raise Refused("wall.invalid", why="empty")
    if not fields:
        check_length(state, command.text or "")
        return {"text": command.text}
    for words in fields.values():
        check_length(state, words)
    ordered = {heading.id: fields[heading.id] for heading in config.fields if heading.id in fields}
    return {"text": "\n".join(ordered.values()), "answer": ordered}


def check_length(state: "State", text: str) -> None:
    """Refused where a text is longer than a card of this wall."""
    if len(text) > state.config.max_length:
        raise Refused("wall.too_long", most=state.config.max_length)


def _under_headings(data: Data) -> tuple[tuple[str, str], ...]:
    return tuple((data.get("answer") or {}).items())  # blanked, it is ""


def fold(state: "State", entry: Entry) -> None:
    data = entry.data
    if entry.type == "wall.written":
        ref = data["ref"]
        new = Card(entry.at, ref, data["column"], data["text"], entry.by, entry.made, rank=entry.at)
        state.put(
            new._replace(fields=_under_headings(data), topics=tuple(data.get("topics", ())), tag=data.get("tag", ""))
        )
        return
    card = state.cards.get(data.get(REVISES, ""))
    match entry.type:
        case "wall.edited" if card:
            words = {"text": data["text"], "fields": _under_headings(data), "original": None}
            state.put(card._replace(edits=card.edits + 1, **words))
        case "wall.withdrawn" if card:
            state.put(card._replace(withdrawn=True))
        case "wall.moved" if card:
            state.put(card._replace(column=data["column"], moves=card.moves + 1))
        case "wall.corrected" if card:
            original = card.text if card.original is None else card.original
            state.put(card._replace(text=data["text"], fields=(), original=original))
