"""Fixed lists (CSV): who sits where, or who wishes what, one person to a line, as a spreadsheet gives them out."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from facilitation.groups.settings import Group
from facilitation.record import Person

HEADS = ("person", "name", "id")  # what the first line begins with where it names the columns


class Wrong(NamedTuple):
    """A line that cannot be followed, and why: person, several, group, missing, twice, or many."""

    line: int
    why: str
    said: str


class Lines(NamedTuple):
    """Person -> groups in the order of the line, and what is wrong."""

    groups: dict[str, tuple[str, ...]]
    wrong: list[Wrong]


def read(text: str, people: Mapping[str, Person], groups: Sequence[Group], most: int = 1) -> Lines:
    """The lines of a list with at most so many groups for each person, by id, name or number."""
    known, named = _groups(groups), _people(people.values())
    found: dict[str, tuple[str, ...]] = {}
    wrong: list[Wrong] = []
    for number, cells in _rows(text):
        who, *there = [cell.strip() for cell in cells]
        there = [cell for cell in there if cell]
        those = named.get(who.casefold(), [])
        unknown = [cell for cell in there if cell.casefold() not in known]
        problem = _problem(who, those, there, unknown, most)
        if not problem and those[0] in found:
            problem = Wrong(0, "twice", who)
        if problem:
            wrong.append(problem._replace(line=number))
        else:
            found[those[0]] = tuple(dict.fromkeys(known[cell.casefold()] for cell in there))
    return Lines(found, wrong)


def _problem(who: str, those: list[str], there: list[str], unknown: list[str], most: int) -> Wrong | None:
    if len(those) != 1:
        return Wrong(0, "several" if those else "person", who)
    if not there:
        return Wrong(0, "missing", who)
    if unknown:
        return Wrong(0, "group", unknown[0])
    return Wrong(0, "many", who) if len(there) > most else None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, by their numbers; whatever stands between the columns."""
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    between = next((sign for sign in (";", "\t", ",") if sign in first), ";")
    for number, line in enumerate(lines, 1):
        cells = next(csv.reader(StringIO(line), delimiter=between), [])
        is_head = number == 1 and bool(cells) and cells[0].strip().casefold() in HEADS
        if any(cell.strip() for cell in cells) and not is_head:
            yield number, cells


def _groups(groups: Sequence[Group]) -> dict[str, str]:
    """Group by number, title and id; an id counts before a title, a title before a number."""
    known = {str(number): group.id for number, group in enumerate(groups, 1)}
    known |= {group.title.casefold(): group.id for group in groups}
    return known | {group.id.casefold(): group.id for group in groups}


def _people(people: Iterable[Person]) -> dict[str, list[str]]:
    """Everybody by id and by name; a name may be that of several."""
    named: dict[str, list[str]] = {}
    everybody = [person for person in people if not person.role.is_staff]
    for person in everybody:
        named.setdefault(person.label.strip().casefold(), []).append(person.id)
    return named | {person.id.casefold(): [person.id] for person in everybody}
