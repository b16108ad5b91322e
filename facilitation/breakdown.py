"""A breakdown (Aufschlüsselung) of a tally by an attribute of people, without any cell that leads back to somebody.

Cells below k are suppressed, and so are those from which they could be derived: totals of rows and columns are known.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Counts = list[list[int | None]]


class Line(NamedTuple):
    """One value of the attribute and its counts in the order of the columns; None where they are suppressed."""

    value: str
    counts: tuple[int | None, ...]


class Breakdown(NamedTuple):
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    suppressed: bool

    @property
    def tells(self) -> bool:
        """Whether any cell may be shown."""
        return any(count is not None for line in self.lines for count in line.counts)


def breakdown(
    answers: Iterable[tuple[str, Hashable]],
    columns: Sequence[tuple[Hashable, str]],
    k: int,
    lines: Sequence[str] = (),
) -> Breakdown:
    """Count (value of the attribute, column); `columns` are (key, label) in order; who has no value is left out.

    Values stand in the order of `lines`, where there is one, else by the alphabet.
    """
    counted = Counter((value, key) for value, key in answers if value)
    found = {value for value, _ in counted}
    values = [value for value in dict.fromkeys(lines or sorted(found)) if value in found]
    exact = [[counted[value, key] for key, _ in columns] for value in values]
    cells = suppressed(exact, k)
    drawn = tuple(Line(value, tuple(row)) for value, row in zip(values, cells, strict=True))
    return Breakdown(tuple(label for _, label in columns), drawn, any(None in row for row in cells))


def suppressed(exact: list[list[int]], k: int) -> Counts:
    """The cells that may be shown.

    A line in which one cell alone is missing gives it away, so the smallest other one goes too, until no line does.
    """
    shown: Counts = [[count if count >= k else None for count in row] for row in exact]
    while _rows(shown, exact) | _columns(shown, exact):
        pass
    return shown


def _rows(shown: Counts, exact: list[list[int]]) -> bool:
    return sum(_complement(row, values) for row, values in zip(shown, exact, strict=True)) > 0


def _columns(shown: Counts, exact: list[list[int]]) -> bool:
    changed = False
    for place in range(len(exact[0]) if exact else 0):
        column = [row[place] for row in shown]
        changed |= _complement(column, [row[place] for row in exact])
        for row, count in zip(shown, column, strict=True):
            row[place] = count
    return changed


def _complement(line: list[int | None], values: list[int]) -> bool:
    """Suppress a second cell of a line that has lost one; whether that was necessary and possible."""
    left = [place for place, count in enumerate(line) if count is not None]
    if len(line) - len(left) != 1 or not left:
        return False
    line[min(left, key=lambda place: values[place])] = None
    return True
