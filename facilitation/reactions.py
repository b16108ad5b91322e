"""Reactions (Reaktionen) to contributions, in words: each person gives a word once, and may give several.

Any word is counted; screens show those of the settings, for a word cannot be hidden.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

from pydantic import Field

from facilitation.kind import Look
from facilitation.record import Actor, Command, Entry, Fact, Refused
from facilitation.screen import Slot, View
from facilitation.texts import Text

WORD = 32  # code points

Words = Annotated[tuple[Annotated[Text, Field(max_length=WORD)], ...], Field(max_length=12)]  # in settings
USUAL: Words = ("Danke", "Das greifen wir auf", "Das sehe ich anders")


class React(Command):
    on: str  # the reference of what is reacted to
    word: Text


class Reaction(NamedTuple):
    """A word to react with, or that was given: how often."""

    on: str
    word: str
    times: int
    open: bool


@dataclass(slots=True)
class Reactions:
    """Who gave which word to what; once that is forgotten, how often each was given."""

    people: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # reference -> word -> who
    counted: dict[str, dict[str, int]] | None = None
    joint: dict[str, dict[str, int]] = field(default_factory=dict)  # of what was merged, each person once
    gave: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # who -> what they gave to what

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Reference -> word -> how often; without what nobody reacted to."""
        if self.counted is not None:
            return self.counted
        return {on: {word: len(people) for word, people in words.items()} for on, words in self.people.items()}

    @property
    def total(self) -> int:
        return sum(sum(words.values()) for words in self.counts.values())

    def together(self, refs: tuple[str, ...]) -> dict[str, int]:
        """Word -> how many people gave it to the first contribution or to one of the others, which lie beneath it."""
        if self.counted is not None:
            return self.joint.get(refs[0]) or self.counted.get(refs[0], {})
        given = [self.people.get(ref, {}) for ref in refs]
        words = dict.fromkeys(word for each in given for word in each)
        return {word: len(set[str]().union(*(each.get(word, ()) for each in given))) for word in words}

    def granted(self, kind: str, react: React, actor: Actor, names: str) -> Fact:
        """The fact of a word for something that exists; Refused if it is too long or was given before."""
        if len(react.word) > WORD:
            raise Refused("reaction.too_long", most=WORD)
        if actor.id in self.people.get(react.on, {}).get(react.word, ()):
            raise Refused("reaction.already_voted")
        type, data = f"{kind}.reacted", react.model_dump()  # noqa: A001  # the record says type
        return Fact(type, veil=data) if names == "anonymous" else Fact(type, data)

    def take(self, entry: Entry) -> None:
        """Take a reaction in.  Without a veil there is nobody: the seal counts."""
        data = entry.full
        if entry.by:
            self.people.setdefault(data["on"], {}).setdefault(data["word"], set()).add(entry.by)
            self.gave.setdefault(entry.by, []).append((data["on"], data["word"]))

    def seal(self, counts: dict[str, dict[str, int]], joint: dict[str, dict[str, int]] | None = None) -> None:
        """Only the numbers remain."""
        self.people, self.gave, self.counted, self.joint = {}, {}, counts, joint or {}

    def given(self, by: str) -> list[tuple[str, str]]:
        """What somebody reacted to, and in which word."""
        return self.gave.get(by, [])


def below(on: str, counts: dict[str, dict[str, int]], words: Iterable[str], look: Look) -> View:
    """What stands below a contribution: the words to react with; afterwards those that somebody chose."""
    given = counts.get(on, {})
    parts: View = {
        f"word-{n}-{on}": Reaction(on, word, given.get(word, 0), look.open)
        for n, word in enumerate(words)
        if look.open or word in given
    }
    return {f"words-{on}": Slot(parts)} | parts


def marks(by: str, reactions: Reactions, words: tuple[str, ...], shown: Container[str]) -> Iterator[tuple[str, str]]:
    """What marks the words that somebody gave, of those on the screens, to the contributions that are shown."""
    given = ((on, word) for on, word in reactions.given(by) if on in shown and word in words)
    return ((f"word-{words.index(word)}-{on}", "own") for on, word in given)
