"""What there is to do for a simulated person in an activity that is open, besides voting."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from app.demo import chatter
from facilitation.activity import Activity
from facilitation.record import Data, Person

Wish = tuple[str, Data]  # command, data

NEWEST = 12  # cards that somebody looks at


class Mood(NamedTuple):
    """Who it is, what nobody has said yet, and what is left to chance."""

    person: Person
    cards: list[tuple[str, str]]
    questions: list[str]
    draws: Random


def wishes(activity: Activity, mood: Mood) -> Iterator[Wish]:
    """Everything that is possible; whoever wishes chooses."""
    possible = WISHES.get(activity.kind.name)
    return possible(activity, mood) if possible else iter(())


def _id(activity: Activity, mood: Mood) -> str:
    """As whom the activity knows them."""
    return activity.actor(mood.person).id


def _wall(wall: Activity, mood: Mood) -> Iterator[Wish]:
    state = wall.state
    if state.stand.allows("write") and not state.config.fields:
        for column, text in mood.cards:
            if state.column(column) and len(text) <= state.config.max_length:
                yield "write", {"column": column, "text": text}
    if state.dots.open:
        yield from _dots(wall, mood)
    if not state.stand.silent:
        cards = [card.ref for card in state.visible(wall.hidden) if card.stands][:NEWEST]
        yield from _answers(wall, cards, mood, react=state.stand.allows("talk"), comment=state.stand.allows("comment"))


def _dots(wall: Activity, mood: Mood) -> Iterator[Wish]:
    state, settings = wall.state, wall.state.config.dots
    laid = state.dots.of(_id(wall, mood))
    if sum(laid.values()) < settings.budget:
        targets = state.shown_islands(wall.hidden) or state.visible(wall.hidden)
        free = (it.ref for it in targets if laid.get(it.ref, 0) < settings.max_per_target)
        yield from (("dot", {"on": ref, "dots": 1}) for ref in free)


def _answers(activity: Activity, refs: Sequence[str], mood: Mood, *, react: bool, comment: bool) -> Iterator[Wish]:
    """A word or a comment to what somebody else wrote."""
    words, given = activity.config.reactions if react else (), activity.state.reactions.given(_id(activity, mood))
    for ref in refs if words else ():
        word = mood.draws.choice(words)
        if (ref, word) not in given:
            yield "react", {"on": ref, "word": word}
    if refs and comment:
        yield "comment", {"on": mood.draws.choice(refs), "text": mood.draws.choice(chatter.COMMENTS)}


def _questions(questions: Activity, mood: Mood) -> Iterator[Wish]:
    yield from (("ask", {"text": text}) for text in mood.questions)
    state, actor = questions.state, questions.actor(mood.person)
    for question in state.visible(questions.hidden):
        if {actor.id, actor.alias}.isdisjoint(state.supporters(question) | state.authors(question)):
            yield "support", {"question": question.ref}


def _stream(stream: Activity, mood: Mood) -> Iterator[Wish]:
    posts = [post.ref for post in stream.state.visible(stream.hidden) if not post.locked]
    return _answers(stream, posts, mood, react=True, comment=True)


def _text(text: Activity, mood: Mood) -> Iterator[Wish]:
    draws, paragraphs = mood.draws, list(text.state.revisions)
    for paragraph in paragraphs:
        yield "vote", {"paragraph": paragraph, "value": draws.choice(text.config.vote_values)}
        for suggestion in text.state.suggested(paragraph, text.hidden):
            if _id(text, mood) not in text.state.supporters.get(suggestion.ref, ()):
                yield "support", {"suggestion": suggestion.ref}
    if paragraphs:
        yield "suggest", {"paragraph": draws.choice(paragraphs), "text": draws.choice(chatter.WORDINGS)}
        yield "comment", {"on": draws.choice(paragraphs), "text": draws.choice(chatter.COMMENTS)}


def _measures(measures: Activity, mood: Mood) -> Iterator[Wish]:
    for measure in measures.state.measures.values():
        if measures.names != "anonymous" and mood.person.unit not in ("", measure.owner_unit):
            yield "volunteer", {"measure": measure.ref, "part": "helper"}
        yield "comment", {"on": measure.ref, "text": mood.draws.choice(chatter.COMMENTS)}


def _speaking(_speaking: Activity, _mood: Mood) -> Iterator[Wish]:
    yield "request", {}


def _pulse(pulse: Activity, mood: Mood) -> Iterator[Wish]:
    yield "signal", {"signal": mood.draws.choice(pulse.config.offered).id}


WISHES: dict[str, Callable[[Activity, Mood], Iterator[Wish]]] = {
    "wall": _wall,
    "questions": _questions,
    "stream": _stream,
    "text": _text,
    "measures": _measures,
    "speaking": _speaking,
    "pulse": _pulse,
}
