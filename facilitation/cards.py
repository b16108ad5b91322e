"""The cards of a wall: where they stand, what is said below them, and what of it counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from facilitation import comments
from facilitation.activity import REVISES
from facilitation.comments import Remarks
from facilitation.reactions import USUAL, Reactions, Words
from facilitation.record import Data, Entry


class Column(NamedTuple):
    id: Annotated[str, Field(pattern=r"""^[^\s"'&<>]+$""")]  # names of parts are made of it
    title: str
    text: str = ""  # what belongs here, in a sentence


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_default=True)

    columns: tuple[Column, ...] = ()  # a wall without columns gets one
    max_length: Annotated[int, Field(ge=1)] = 280  # of a card, in Unicode code points
    reactions: Words = USUAL
    names: Literal["named", "moderators", "anonymous"] = "anonymous"

    @field_validator("columns")
    @classmethod
    def _can_be_told_apart(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        if len({column.id for column in columns}) < len(columns):
            raise ValueError("two columns have the same id")
        return columns or (Column("cards", "Karten"),)


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


@dataclass(slots=True)
class State:
    config: Config
    cards: dict[str, Card] = field(default_factory=dict)  # by reference, in the order of writing
    remarks: Remarks = field(default_factory=dict)
    reactions: Reactions = field(default_factory=Reactions)
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

    def take(self, entry: Entry) -> None:
        data = entry.data
        card = self.cards.get(data.get(REVISES, ""))
        match entry.type:
            case "wall.written":
                ref = data["ref"]
                self.cards[ref] = Card(entry.at, ref, data["column"], data["text"], entry.by, entry.made)
            case "wall.edited" if card:
                self.cards[card.ref] = card._replace(text=data["text"], edits=card.edits + 1)
            case "wall.withdrawn" if card:
                self.cards[card.ref] = card._replace(withdrawn=True)
            case "wall.moved" if card:
                self.cards[card.ref] = card._replace(column=data["column"], moves=card.moves + 1)
            case "wall.commented":
                comments.note(self.remarks, entry)
            case "wall.reacted":
                self.reactions.take(entry)
            case "activity.sealed":
                self._seal(data["figures"])

    def _seal(self, figures: Data) -> None:
        self.authors = figures["authors"]
        self.reactions.seal(figures["reactions_by_idea"])
        self.cards = {ref: card._replace(author=None, made=None) for ref, card in self.cards.items()}
        self.remarks = comments.nameless(self.remarks)

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The wall's block of the script format, and what else must outlive the veil: which card got which words."""
        cards, lanes = self.cards.values(), self.lanes(hidden)
        columns, remarks = Counter(card.column for card in cards), comments.counts(self.remarks)
        return {
            "ideas": len(cards),
            "visible": len(self.visible(hidden)),
            "withdrawn": sum(card.withdrawn for card in cards),
            "by_column": {id: columns[id] for id in self.columns},
            "visible_by_column": {column.id: len(lane) for column, lane in lanes.items()},
            "authors": len({card.author for card in cards}) if self.authors is None else self.authors,
            "edited": sum(card.edits for card in cards),
            "moved": sum(card.moves for card in cards),
            "comments": sum(remarks.values()),
            "comments_by_idea": remarks,
            "reactions": self.reactions.total,
            "reactions_by_idea": self.reactions.counts,
        }
