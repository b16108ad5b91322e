"""The state of a wall: its cards and islands, what people gave to them, and what of it counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from facilitation import comments
from facilitation.comments import Remark, Remarks
from facilitation.reactions import Reactions
from facilitation.record import Data, Refused
from facilitation.walls import dots, links, rating
from facilitation.walls.cards import Card, Shelf
from facilitation.walls.dots import Dots
from facilitation.walls.islands import Island
from facilitation.walls.phases import Stand
from facilitation.walls.rating import Ratings
from facilitation.walls.settings import Column, Config

ALONE = ""  # on no island


class Step(NamedTuple):
    """What somebody did who sorts: `field` of cards was `old` and became `new`, perhaps on an island made for it."""

    at: int
    field: str  # column, island or under
    old: Mapping[str, str]
    new: str
    island: str = ""


@dataclass(slots=True)
class State:
    config: Config
    cards: dict[str, Card] = field(default_factory=dict)  # by reference, in the order of writing
    islands: dict[str, Island] = field(default_factory=dict)  # by reference, in the order of founding
    columns: dict[str, Shelf] = field(default_factory=dict)  # column -> the cards that stand there
    grounds: dict[str, Shelf] = field(default_factory=dict)  # island or ALONE -> the cards that lie there
    beneath: dict[str, tuple[str, ...]] = field(default_factory=dict)  # card -> those merged into it
    ties: dict[str, dict[str, str]] = field(default_factory=dict)  # card or island -> what it hangs together with, why
    by: dict[str, list[str]] = field(default_factory=dict)  # author -> cards, in the order of writing
    remarks: Remarks = field(default_factory=dict)
    reactions: Reactions = field(default_factory=Reactions)
    dots: Dots = field(default_factory=Dots)
    ratings: Ratings = field(default_factory=Ratings)
    stand: Stand = field(default_factory=Stand)
    steps: dict[str, list[Step]] = field(default_factory=dict)  # whoever sorts -> what can be undone, in order
    flags: Counter[str] = field(default_factory=Counter)  # card -> how many people find it too personal
    flaggers: dict[str, set[str]] = field(default_factory=dict)
    authors: int | None = None  # how many people wrote, once it is forgotten who
    laid_out: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # see facilitation.walls.notes

    @property
    def sealed(self) -> bool:
        return self.authors is not None

    def column(self, id: str) -> Column | None:
        return next((column for column in self.config.columns if column.id == id), None)

    # ── what is refused whoever asks ──

    def check_card(self, ref: str) -> None:
        if ref not in self.cards:
            raise Refused("wall.invalid", why="unknown_card")

    def check_column(self, id: str) -> None:
        if self.column(id) is None:
            raise Refused("wall.invalid", why="unknown_column")

    def check_island(self, ref: str) -> None:
        if ref not in self.islands:
            raise Refused("wall.invalid", why="unknown_island")

    def check_target(self, ref: str) -> None:
        """Refused unless it is a card or an island."""
        if ref not in self.islands:
            self.check_card(ref)

    # ── changing ──

    def put(self, card: Card) -> None:
        """Take a card in as it stands now, and lay it where it belongs."""
        old = self.cards.get(card.ref)
        if old and old.stands:
            self.columns[old.column].take(old)
            self.grounds[old.island].take(old)
        if old is None and card.author:
            self.by.setdefault(card.author, []).append(card.ref)
        self.cards[card.ref] = card
        self.touch(card.ref)
        if card.stands:
            self.columns.setdefault(card.column, Shelf()).put(card)
            self.grounds.setdefault(card.island, Shelf()).put(card)

    def touch(self, ref: str) -> None:
        """A card or island looks different: so do the card that it lies beneath and what it hangs together with."""
        into = (self.cards[ref].under,) if ref in self.cards else ()
        for seen in (ref, *filter(None, into), *self.ties.get(ref, ())):
            self.laid_out.pop(seen, None)

    def stir(self, ref: str, at: int) -> None:
        """Somebody said something about a card: where cards fade, it comes to the top."""
        self.touch(ref)
        if self.config.fades:
            self.put(self.cards[ref]._replace(rank=at))

    def seal(self, figures: Data) -> None:
        """Who and when is forgotten.  Reactions are too, so cards that fade keep what their comments did for them."""
        self.authors = figures["authors"]
        self.reactions.seal(figures["reactions_by_idea"], figures.get("reactions_merged", {}))
        self.dots.seal(figures)
        self.ratings.seal(figures)
        self.remarks = comments.nameless(self.remarks)
        self.by, self.flaggers, cards = {}, {}, list(self.cards.values())
        for card in cards:
            rank = max(card.at, *(it.at for it in self.remarks.get(card.ref, ())), 0) if self.config.fades else card.at
            self.put(card._replace(author=None, made=None, rank=rank))

    # ── reading ──

    def kept(self) -> list[Card]:
        """The cards that are not withdrawn, newest first."""
        return [card for card in reversed(self.cards.values()) if not card.withdrawn]

    def visible(self, hidden: Mapping[str, str]) -> list[Card]:
        """The cards that everybody may see once they are revealed, newest first."""
        return [card for card in self.kept() if card.ref not in hidden]

    def lying(self, shelves: Mapping[str, Shelf], where: str, hidden: Mapping[str, str]) -> Iterator[Card]:
        """The visible cards in a column or on an island, from the top."""
        return (self.cards[ref] for ref in shelves.get(where, ()) if ref not in hidden)

    def number(self, shelves: Mapping[str, Shelf], where: str, hidden: Mapping[str, str]) -> int:
        """How many visible cards lie there."""
        shelf = shelves.get(where)
        name = "column" if shelves is self.columns else "island"
        gone = (self.cards[ref] for ref in hidden if ref in self.cards)
        return len(shelf) - sum(it.stands and getattr(it, name) == where for it in gone) if shelf else 0

    def shown_islands(self, hidden: Mapping[str, str]) -> list[Island]:
        return [island for island in self.islands.values() if island.ref not in hidden]

    def family(self, ref: str) -> tuple[str, ...]:
        """A card with all that lies beneath it."""
        return (ref, *self.beneath.get(ref, ()))

    def said_below(self, ref: str) -> list[Remark]:
        """The comments on a card and on all that lies beneath it, the oldest first."""
        if ref not in self.beneath:
            return self.remarks.get(ref, [])
        return sorted(remark for each in self.family(ref) for remark in self.remarks.get(each, ()))

    def points(self, target: str) -> int:
        """The dots on a card with all beneath it, or on an island with all its cards."""
        if target in self.cards:
            return self.dots.on(self.family(target))
        lying = self.grounds.get(target, ())
        return self.dots.on((target,)) + sum(self.points(ref) for ref in lying)

    def figures(self, hidden: Mapping[str, str]) -> Data:
        """The wall's block of the script format, and what else must outlive the veil."""
        cards = self.cards.values()
        seen = [card for card in cards if not card.withdrawn and card.ref not in hidden]
        lanes, columns = Counter(card.column for card in seen), Counter(card.column for card in cards)
        lying, remarks = Counter(card.island for card in cards), comments.counts(self.remarks)
        return {
            "ideas": len(cards),
            "visible": len(seen),
            "withdrawn": sum(card.withdrawn for card in cards),
            "by_column": {column.id: columns[column.id] for column in self.config.columns},
            "visible_by_column": {column.id: lanes[column.id] for column in self.config.columns},
            "authors": len(self.by) if self.authors is None else self.authors,
            "edited": sum(card.edits for card in cards),
            "moved": sum(card.moves for card in cards),
            "clusters": {it.ref: {"title": it.title, "ideas": lying[it.ref]} for it in self.islands.values()},
            "unclustered": lying[ALONE],
            **dots.figures(self.dots),
            "links": links.count(self.ties),
            "comments": sum(remarks.values()),
            "comments_by_idea": remarks,
            "reactions": self.reactions.total,
            "reactions_by_idea": self.reactions.counts,
            "reactions_merged": {ref: self.reactions.together(self.family(ref)) for ref in self.beneath},
            **rating.figures(self.ratings),
        }
