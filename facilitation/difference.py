"""The difference between two texts, word by word: what stays, what goes, what comes."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

SAME, OUT, IN = "same", "out", "in"
PAIRS = 10_000  # equal words to compare with each other; where there are more, the whole changed part is one change

_WORDS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+$")  # with the white space before them, so that no change is of white alone


class Piece(NamedTuple):
    kind: str  # same, out or in
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces that make `old` without what is in, and `new` without what is out.

    A single word between two changes is part of them: so it is read more easily.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    pieces = [(SAME, before[:head])]
    pieces += _changes(before[head : len(before) - tail], after[head : len(after) - tail])
    pieces.append((SAME, before[len(before) - tail :]))
    return tuple(Piece(kind, "".join(words)) for kind, words in pieces if words)


def _alike(one: list[str], other: list[str]) -> int:
    """How many words are the same at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str]]]:
    out: list[str] = []
    new: list[str] = []
    for i1, i2, j1, j2 in _blocks(before, after):
        if before[i1:i2] == after[j1:j2] and i2 - i1 > 1:
            yield from ((OUT, out), (IN, new), (SAME, before[i1:i2]))
            out, new = [], []
        else:
            out, new = out + before[i1:i2], new + after[j1:j2]
    yield from ((OUT, out), (IN, new))


def _blocks(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    counts = Counter(before)
    if sum(counts[word] for word in after) > PAIRS:
        yield 0, len(before), 0, len(after)
        return
    for _, *block in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        i1, i2, j1, j2 = block
        yield i1, i2, j1, j2


def excerpt(pieces: tuple[Piece, ...], words: int = 4) -> tuple[Piece, ...]:
    """The changes with a few words around each, for where there is no room for more."""
    first, last = pieces[:1], pieces[-1:]
    return tuple(
        it._replace(text=_cut(it.text, words * ((it,) != first), words * ((it,) != last))) if it.kind == SAME else it
        for it in pieces
    )


def _cut(text: str, first: int, last: int) -> str:
    """The first and the last words of a text; what is left out between them leaves its mark."""
    words = _WORDS.findall(text)
    if len(words) <= first + last:
        return text
    return f"{''.join(words[:first])} … {''.join(words[len(words) - last :]).lstrip()}"
