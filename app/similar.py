"""Which cards say much the same (ähnliche Karten): by the stems of their German words, on this server alone.

A hint for people who write and sort.  It decides nothing and waits for nobody.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from rapidfuzz import fuzz

from facilitation.stopwords import tells

LIKE_ENOUGH = (
    50  # of 100; tried on the walls of two real days, where nine of ten repeats have their twin in the first three
)
MOST = 3
_stemmer = snowballstemmer.stemmer("german")


class Like(NamedTuple):
    ref: str
    score: float  # up to 100


def similar(text: str, cards: Iterable[tuple[str, str]]) -> list[Like]:
    """The cards (reference, text) that are most like a text, best first, at most three."""
    said = _stems(text)
    if not said:
        return []
    scores = (Like(ref, _score(said, stems)) for ref, other in cards if (stems := _stems(other)))
    return sorted((it for it in scores if it.score >= LIKE_ENOUGH), key=lambda it: -it.score)[:MOST]


def _score(one: str, other: str) -> float:
    """Half for what both say, half for how little each says besides."""
    shared: float = fuzz.token_set_ratio(one, other)
    whole: float = fuzz.token_sort_ratio(one, other)
    return (shared + whole) / 2


@lru_cache(maxsize=20_000)
def _stems(text: str) -> str:
    words = (word for word in re.findall(r"\w+", text.casefold()) if tells(word))
    return " ".join(_stemmer.stemWords(list(words)))


def forget() -> None:
    """Drop what was worked out: after a redaction nothing may be known from memory."""
    _stems.cache_clear()
