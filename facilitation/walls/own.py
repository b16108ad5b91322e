"""What one person alone sees of a wall: the form for a card, own cards, own dots and ratings, and marks."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.labels import Label
from facilitation.record import Actor
from facilitation.screen import Marks, View
from facilitation.walls.notes import Item, item, least
from facilitation.walls.settings import Column, Criterion, Heading
from facilitation.walls.state import State


class Form(NamedTuple):
    """What a form for a card asks for; `author` is the name that will stand on it."""

    columns: tuple[Column, ...]
    max_length: int
    names: str
    author: str
    began: bool
    open: bool
    fields: tuple[Heading, ...] = ()
    silent: bool = False
    paused: bool = False  # the wall is open, and in this phase nobody writes
    topics: tuple[Label, ...] = ()
    tagged_by: str = "no"
    k: int = 1  # a tag hides its author among so many


class Gift(NamedTuple):
    """A target with the dots that this person laid on it."""

    ref: str
    text: str
    cards: int  # on an island
    island: bool
    dots: int


class Purse(NamedTuple):
    """The dots of one person.  Islands are all listed; of cards those with dots: the others have a button each."""

    budget: int
    left: int
    most: int  # on one target
    on: str
    gifts: tuple[Gift, ...]
    shuffled: bool
    names: str


class Paper(NamedTuple):
    """What one person says about one card of the shortlist."""

    ref: str
    text: str
    values: tuple[tuple[Criterion, int | None], ...]


class Sheet(NamedTuple):
    papers: tuple[Paper, ...]
    names: str


def mine(state: State, actor: Actor, look: Look) -> View:
    config, own = state.config, [state.cards[ref] for ref in reversed(state.by.get(actor.id, ()))]
    form = Form(
        config.columns,
        config.max_length,
        look.names,
        look.author(actor.id),
        bool(look.began),
        look.open and state.stand.allows("write"),
        config.fields,
        state.stand.silent,
        look.open and not state.stand.allows("write"),
        config.topics,
        config.tagged_by,
        least(look),
    )
    parts: View = {
        "mine-write": form,
        "mine-cards": (form, tuple(_own(state, card.ref, look) for card in own if not card.withdrawn)),
    }
    if state.dots.open:
        parts["mine-dots"] = _purse(state, actor, look)
    if state.stand.allows("rate") and look.open and state.ratings.listed:
        parts["mine-rating"] = _sheet(state, actor, look)
    return parts | {"marks": Marks(_marks(state, actor, look))}


def _own(state: State, ref: str, look: Look) -> Item:
    return item(state, state.cards[ref], look)._replace(flags=0, others=())


def _purse(state: State, actor: Actor, look: Look) -> Purse:
    settings, laid = state.config.dots, state.dots.of(actor.id)
    if settings is None:
        raise AssertionError("a window of dots without dots")
    islands = [it for it in state.shown_islands(look.hidden) if settings.on != "idea" or it.ref in laid]
    # So that what stands first has no advantage.
    islands.sort(key=lambda it: hashlib.blake2b(f"{actor.seed} {it.ref}".encode()).digest())
    gifts = [
        Gift(it.ref, it.title, state.number(state.grounds, it.ref, look.hidden), island=True, dots=laid.get(it.ref, 0))
        for it in islands
    ]
    gifts += [
        Gift(ref, state.cards[ref].text, 0, island=False, dots=dots) for ref, dots in laid.items() if ref in state.cards
    ]
    left = settings.budget - sum(laid.values())
    return Purse(
        settings.budget, left, settings.max_per_target, settings.on, tuple(gifts), len(islands) > 1, look.names
    )


def _sheet(state: State, actor: Actor, look: Look) -> Sheet:
    mine = state.ratings.people.get(actor.id, {})
    papers = (
        Paper(ref, state.cards[ref].text, tuple((it, mine.get(ref, {}).get(it.id)) for it in state.config.criteria))
        for ref in state.ratings.listed
        if ref not in look.hidden and state.cards[ref].stands
    )
    return Sheet(tuple(papers), look.names)


def _marks(state: State, actor: Actor, look: Look) -> Iterator[tuple[str, str]]:
    """What is one's own of what everybody may see.

    What is not on the screen just now is marked too: it marks nothing, and when others bring it back it is right.
    """
    if state.stand.silent:
        return
    signs: dict[str, str] = {}
    for ref in _shown(state, state.by.get(actor.id, ()), look):
        signs[ref] = "own"
    for ref in _shown(state, state.dots.of(actor.id) if state.dots.open else (), look):
        signs[ref] = f"{signs[ref]} dotted" if ref in signs else "dotted"
    yield from ((f"card-{ref}", sign) for ref, sign in signs.items())
    for remark in chain.from_iterable(state.remarks.values()):
        if remark.author == actor.id and {remark.on, remark.ref}.isdisjoint(look.hidden):
            yield f"comment-{remark.ref}", "own"
    words = state.config.reactions
    given = ((on, word) for on, word in state.reactions.given(actor.id) if word in words and on not in look.hidden)
    yield from dict.fromkeys((f"word-{words.index(word)}-{state.cards[on].under or on}", "own") for on, word in given)


def _shown(state: State, refs: Iterable[str], look: Look) -> Iterator[str]:
    """The cards in which these are seen by everybody."""
    cards = (state.cards[ref] for ref in refs if ref in state.cards and ref not in look.hidden)
    return (card.under or card.ref for card in cards if not card.withdrawn)
