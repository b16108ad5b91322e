"""Word cloud (Wortwolke): one word or a few; the same words count together, whatever their spelling."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.cloud import Word, cloud, on_stage, spelt
from facilitation.form import Answer, Cast, Given, Option
from facilitation.record import Data, Refused
from facilitation.texts import Text, word_key

name = "wordcloud"
counts = False
grows = False
worded: Mapping[str, str] = {"words": ""}


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    max_words: Annotated[int, Field(ge=1, le=10)] = 2
    max_length: Annotated[int, Field(ge=1, le=100)] = 40  # code points of a word
    stop: tuple[str, ...] = ()  # words that are counted and not drawn


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    words: list[Text]


class Paper(NamedTuple):
    """One field for each word, with what was written there."""

    words: tuple[str, ...]
    max_length: int


class Result(NamedTuple):
    """The words by how often they were said, equal ones by the alphabet."""

    words: tuple[Word, ...]

    @property
    def cloud(self) -> tuple[Word, ...]:
        """What of it the stage shows."""
        return on_stage(self.words)


def options(settings: Settings) -> tuple[Option, ...]:
    return ()


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not 1 <= len(ballot.words) <= settings.max_words:
        raise Refused("poll.invalid", why="number_of_words", most=settings.max_words)
    if any(len(word) > settings.max_length for word in ballot.words):
        raise Refused("poll.too_long", most=settings.max_length)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    said = [answer.text for answer in given.said] if given else []
    return Paper(tuple(said + [""] * (settings.max_words - len(said))), settings.max_length)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    by_word = Counter(word_key(answer.text) for answer in cast.said if answer.text)
    return {"words_total": len(cast.said), "by_word": dict(by_word)}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    """Of the words that everybody may see; where only counts are left, of these."""
    spellings = spelt(answer.text for answer in said)
    times = {key: counts.total() for key, counts in spellings.items()} if said else figures.get("by_word", {})
    stop = {word_key(word) for word in settings.stop}
    return Result(cloud({key: count for key, count in times.items() if key and key not in stop}, spellings))


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for word, times in sorted(figures.get("by_word", {}).items(), key=lambda it: (-it[1], it[0])):
        yield {"label": word, "votes": times}
