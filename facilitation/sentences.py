"""Sentences (Verdichtungen): what editors made of what came in, who works on which original, and in which order.

What is knowingly not pursued is remembered with the original, whatever activity it stands in (lineage.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.activity import REVISES
from facilitation.lineage import DECLINED, SOURCES
from facilitation.record import Data, Entry

ORIGINALS = "originals"  # the key under which a fact names what it is about without making anything of it


class Topic(NamedTuple):
    id: str
    title: str


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    topics: Annotated[tuple[Topic, ...], Field(max_length=12)] = ()
    names: Literal["named", "moderators", "anonymous"] = "moderators"  # of the editors, at the desk


class Sentence(NamedTuple):
    """`text` is "" once it is redacted.  Without sources it was said aloud."""

    ref: str
    text: str
    sources: tuple[str, ...]
    topic: str
    made: datetime
    edited: bool = False
    withdrawn: bool = False


@dataclass(slots=True)
class State:
    config: Settings
    sentences: dict[str, Sentence] = field(default_factory=dict)  # by reference, in the order of writing
    order: list[str] = field(default_factory=list)  # of those that are not withdrawn, the first one on top
    claims: dict[str, str] = field(default_factory=dict)  # original -> editor
    topics: dict[str, str] = field(default_factory=dict)  # original -> topic

    @property
    def kept(self) -> list[Sentence]:
        """The sentences that are not withdrawn, in the order that the editors gave them, else newest first."""
        return [self.sentences[ref] for ref in self.order]

    def visible(self, hidden: Mapping[str, str]) -> list[Sentence]:
        return [sentence for sentence in self.kept if sentence.ref not in hidden]

    @property
    def made_of(self) -> dict[str, tuple[str, ...]]:
        """Original -> the sentences that were made of it."""
        made: dict[str, tuple[str, ...]] = {}
        for sentence in self.kept:
            for ref in sentence.sources:
                made[ref] = (*made.get(ref, ()), sentence.ref)
        return made

    def claimed(self) -> Iterator[tuple[str, list[str]]]:
        """Each editor who works on something, and on what, in the order of claiming."""
        for editor in sorted(set(self.claims.values())):
            yield editor, [ref for ref, by in self.claims.items() if by == editor]

    def take(self, entry: Entry) -> None:
        data = entry.data
        match entry.type:
            case "digest.claimed" if entry.by:  # without a veil there is nobody
                self.claims |= dict.fromkeys(data[ORIGINALS], entry.by)
            case "digest.released":
                self._done_with(data[ORIGINALS])
            case "digest.declined":
                self._done_with(data[DECLINED])
            case "digest.tagged":
                self.topics |= dict.fromkeys(data[ORIGINALS], data["topic"])
            case "digest.condensed":
                self._condense(data, entry.made)
            case "digest.placed":
                self._place(data["sentence"], data["before"])
            case "activity.sealed":
                self.claims.clear()
            case _ if sentence := self.sentences.get(data.get(REVISES, "")):
                self._revise(entry.type, sentence, data)

    def _revise(self, type: str, sentence: Sentence, data: Data) -> None:  # noqa: A002  # the record says type
        match type:
            case "digest.rewritten":
                sentence = sentence._replace(text=data["text"], topic=data["topic"], edited=True)
            case "digest.linked":
                sentence = sentence._replace(sources=tuple(dict.fromkeys((*sentence.sources, *data[SOURCES]))))
                self._done_with(data[SOURCES])
            case _:  # digest.withdrawn
                sentence = sentence._replace(withdrawn=True)
                self.order = [ref for ref in self.order if ref != sentence.ref]
        self.sentences[sentence.ref] = sentence

    def _condense(self, data: Data, made: datetime) -> None:
        ref = data["ref"]
        self.sentences[ref] = Sentence(ref, data["text"], tuple(data[SOURCES]), data["topic"], made)
        self.order.insert(0, ref)
        self._done_with(data[SOURCES])

    def _done_with(self, refs: Iterable[str]) -> None:
        for ref in refs:
            self.claims.pop(ref, None)

    def _place(self, ref: str, before: str) -> None:
        """Put a sentence before another one; where there is none, at the end."""
        self.order.remove(ref)
        self.order.insert(self.order.index(before) if before in self.order else len(self.order), ref)

    def figures(self, hidden: Mapping[str, str]) -> Data:
        return {
            "sentences": len(self.sentences),
            "withdrawn": len(self.sentences) - len(self.order),
            "visible": len(self.visible(hidden)),
            "originals": len(self.made_of),
        }
