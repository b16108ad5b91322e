"""What is seen of a card: by everybody as a note with what stands below it, by its author and staff as an item.

A card is laid out once for each way of looking: as long as nothing of it changed, the same objects are handed out, so
that whoever compares two pictures of a wall of a thousand cards sees at once which are the same.
"""

from datetime import datetime
from typing import NamedTuple

from facilitation import comments, reactions
from facilitation.comments import Remark
from facilitation.kind import Look
from facilitation.labels import Label, chosen
from facilitation.screen import View
from facilitation.walls.cards import SEED, Card
from facilitation.walls.links import Tie
from facilitation.walls.phases import Phase
from facilitation.walls.settings import Column
from facilitation.walls.state import State


class Under(NamedTuple):
    """An original beneath a merged card."""

    ref: str
    text: str


class Note(NamedTuple):
    """A card as others see it.  `author` is "" where this look must not know it."""

    ref: str
    text: str
    author: str
    edited: bool
    parts: tuple[tuple[str, str], ...] = ()  # headings of the template with the words under them
    corrected: bool = False
    seed: bool = False
    origin: str = ""  # where it was carried over from
    beneath: tuple[Under, ...] = ()
    ties: tuple[Tie, ...] = ()
    points: int | None = None  # its dots, once they may be known
    giving: bool = False  # dots can be put on it
    topics: tuple[str, ...] = ()  # their titles
    tag: tuple[str, str] | None = None  # where its author belongs: by what, and where


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
    original: str = ""  # the author's words, where staff corrected them
    flags: int = 0
    under: str = ""
    became: tuple[str, ...] = ()
    silent: bool = False  # nobody else sees it before it is revealed
    listed: bool | None = None  # on the shortlist, where there is one
    topics: tuple[Label, ...] = ()  # that it can be put under
    chosen: tuple[str, ...] = ()  # ids of those that it is under


class Scene(NamedTuple):
    """A look with what the phase of the wall and the window of its dots allow; `key` tells it from another one."""

    look: Look
    talk: Look  # `open` while people may react
    reply: Look  # `open` while people may comment
    giving: bool
    counted: bool
    key: tuple[object, ...]


def scene(state: State, look: Look) -> Scene:
    settings, stand = state.config.dots, state.stand
    talk = look._replace(open=look.open and stand.allows("talk"))
    reply = look._replace(open=look.open and stand.allows("comment"))
    giving, known = bool(state.dots.open and settings and settings.on != "cluster"), counted(state, look)
    key = (look.names, talk.open, reply.open, giving, known, frozenset(look.hidden))
    if state.laid_out.get("") != key:
        state.laid_out[""] = key
    return Scene(look, talk, reply, giving, known, state.laid_out[""])


def counted(state: State, look: Look) -> bool:
    """Whether everybody may know how the dots lie: enough people laid some, nobody does now, the result is shown."""
    known = look.shown or state.stand.phase is Phase.DECIDE
    return known and not state.dots.open and state.dots.voters >= least(look)


def least(look: Look) -> int:
    """How many people must have taken part before it is told what came of it."""
    return 1 if look.names == "named" else look.k


def note(state: State, card: Card, look: Look) -> Note:
    """A card in its own words, for lists and forms."""
    titles = {heading.id: heading.title for heading in state.config.fields}
    return Note(
        card.ref,
        card.text,
        look.author(card.author),
        edited=card.edits > 0,
        parts=tuple((titles[id], words) for id, words in card.fields if id in titles),
        corrected=card.original is not None,
        seed=card.origin == SEED,
        origin="" if card.origin == SEED else card.origin,
        topics=chosen(state.config.topics, card.topics),
        tag=(state.config.tagged_by, card.tag) if card.tag else None,
    )


def ties(state: State, ref: str, look: Look) -> tuple[Tie, ...]:
    """What a card or an island hangs together with, of what may be seen."""
    there = state.ties.get(ref, {})
    return tuple(Tie(other, _name(state, other), why) for other, why in there.items() if other not in look.hidden)


def _name(state: State, ref: str) -> str:
    return state.islands[ref].title if ref in state.islands else state.cards[ref].text


def bundle(state: State, card: Card, here: Scene) -> View:
    """A card with all that stands below it, as parts.

    The same objects as last time, unless a fact touched the card, the scene is another one, or somebody is named anew.
    """
    look, kept = here.look, state.laid_out.get(card.ref)
    names = [look.author(card.author)] if look.names == "named" else None
    if names is not None:
        names += [look.author(it.author) for it in state.said_below(card.ref)]
    if kept is None or kept[0] is not here.key or kept[1] != names:
        kept = state.laid_out[card.ref] = here.key, names, _laid_out(state, card, here)
    parts: View = kept[2]
    return parts


def _laid_out(state: State, card: Card, here: Scene) -> View:
    ref, look = card.ref, here.look
    below = [state.cards[it] for it in state.beneath.get(ref, ())]
    shown = note(state, card, look)._replace(
        beneath=tuple(Under(it.ref, it.text) for it in below if it.ref not in look.hidden and not it.withdrawn),
        ties=ties(state, ref, look),
        points=state.points(ref) if here.counted else None,
        giving=here.giving,
    )
    given = {ref: state.reactions.together(state.family(ref))}
    parts: View = {f"card-{ref}": shown}
    parts |= reactions.below(ref, given, state.config.reactions, here.talk)
    return parts | comments.below(ref, {ref: state.said_below(ref)}, here.reply)


def item(state: State, it: Card | Remark, look: Look) -> Item:
    hidden = look.hidden.get(it.ref, "")
    if isinstance(it, Remark):
        said = Note(it.ref, it.text, look.author(it.author), edited=False)
        return Item(said, _title(state, state.cards[it.on].column), it.made, hidden, on=it.on)
    return Item(
        note(state, it, look),
        _title(state, it.column),
        it.made,
        hidden,
        tuple(column for column in state.config.columns if column.id != it.column),
        original=it.original or "",
        flags=state.flags[it.ref],
        under=it.under,
        became=look.became.get(it.ref, ()),
        silent=state.stand.silent,
        listed=it.ref in state.ratings.listed if state.config.criteria else None,
        topics=state.config.topics,
        chosen=it.topics,
    )


def _title(state: State, column: str) -> str:
    return next(it.title for it in state.config.columns if it.id == column)
