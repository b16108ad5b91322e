"""Word cloud (Wortwolke): one word or a few; the same words count together, whatever their spelling."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import Answer, Cast, Given, Option
from facilitation.record import Data, Refused
from facilitation.texts import Text, word_key

name = "wordcloud"
counts = False
grows = False
worded: Mapping[str, str] = {"words": ""}

SIZES = 5


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


class Word(NamedTuple):
    """A word in its most frequent spelling, how often it was said, and how large it is drawn: 1 to 5."""

    text: str
    times: int
    size: int


class Result(NamedTuple):
    """The words by how often they were said, equal ones by the alphabet."""

    words: tuple[Word, ...]


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
    spellings: dict[str, Counter[str]] = {}
    for answer in said:
        spellings.setdefault(word_key(answer.text), Counter())[" ".join(answer.text.split())] += 1
    times = {key: counts.total() for key, counts in spellings.items()} if said else figures.get("by_word", {})
    stop = {word_key(word) for word in settings.stop}
    drawn = {key: count for key, count in times.items() if key and key not in stop}
    most = max(drawn.values(), default=1)
    ordered = sorted(drawn.items(), key=lambda it: (-it[1], it[0]))
    return Result(tuple(Word(_spelt(spellings, key), count, 1 + (SIZES - 1) * count // most) for key, count in ordered))


def _spelt(spellings: dict[str, Counter[str]], key: str) -> str:
    return spellings[key].most_common(1)[0][0] if key in spellings else key


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for word, times in sorted(figures.get("by_word", {}).items(), key=lambda it: (-it[1], it[0])):
        yield {"label": word, "votes": times}
