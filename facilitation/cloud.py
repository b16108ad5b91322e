"""Words as a cloud (Wolke): the same words count together, whatever their spelling; size only underlines how often."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from facilitation.stopwords import tells
from facilitation.texts import word_key

ENOUGH, MOST = 20, 40  # words in one picture of the stage
EMS = (36, 48, 64, 84, 108)  # how large the sizes 1 to 5 are drawn on the stage, of whose 1080 lines ROOM are free
WIDTH, ROOM, GAP = 1680, 560, 48
GLYPH, LINE = 0.6, 1.5  # of an em: a letter with room to spare, and a line with what lies between lines
COUNT = 60  # the number beside a word

Spellings = Mapping[str, Counter[str]]  # how often a word is spelt how, by its key


class Word(NamedTuple):
    """A word in its most frequent spelling, how often it was said, and how large the stage draws it: 1 to 5."""

    text: str
    times: int
    size: int = 1


def spelt(words: Iterable[str]) -> Spellings:
    """The words that were said, together with those that differ only in their spelling."""
    spellings: dict[str, Counter[str]] = {}
    for word in words:
        spellings.setdefault(word_key(word), Counter())[" ".join(word.split())] += 1
    return spellings


def telling(text: str) -> Iterator[str]:
    """The words of a text that say something, each once."""
    words = {word_key(word): word for word in re.findall(r"\w+(?:[-'’]\w+)*", text)}
    return (word for key, word in words.items() if tells(key))


def cloud(times: Mapping[str, int], spellings: Spellings) -> tuple[Word, ...]:
    """The words by how often they were said, equal ones by the alphabet; those without a spelling as their keys."""
    ordered = sorted(times.items(), key=lambda it: (-it[1], it[0]))
    return tuple(Word(_spelling(spellings, key), count) for key, count in ordered)


def on_stage(words: Sequence[Word]) -> tuple[Word, ...]:
    """The first words, as many as fit: so large that these are enough, or all."""
    drawn: tuple[Word, ...] = ()
    for largest in range(len(EMS), 1, -1):
        sized = [it._replace(size=1 + (largest - 1) * it.times // words[0].times) for it in words[:MOST]]
        drawn = tuple(sized[: _fitting(sized)])
        if len(drawn) >= min(ENOUGH, len(sized)):
            break
    return drawn


def _fitting(words: Sequence[Word]) -> int:
    """How many of the words stand in the picture, line by line, the largest of each line making it high."""
    above = line = along = 0.0
    for number, word in enumerate(words):
        em = EMS[word.size - 1]
        wide = GLYPH * em * len(word.text) + (COUNT if word.times > 1 else 0)
        if along and along + wide > WIDTH:
            above, line, along = above + line, 0.0, 0.0
        line, along = max(line, LINE * em * -(-wide // WIDTH)), along + wide + GAP
        if above + line > ROOM:
            return number
    return len(words)


def _spelling(spellings: Spellings, key: str) -> str:
    return spellings[key].most_common(1)[0][0] if key in spellings else key
