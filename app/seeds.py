"""Seeds (Vorlagen) for a wall, many at a time: as lines that somebody pastes, or as a table from a file (CSV)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from facilitation.record import Data, Refused

HEADINGS = {"spalte", "text", "karte", "vorlage"}  # a first row of nothing but these is no card
_DELIMITER = re.compile(r"[;\t,]")
_QUOTED = re.compile(r'"[^"]*"')


def pasted(text: str, columns: Mapping[str, str], column: str) -> Iterator[Data]:
    """One card for each line; a line may name its column first, as in a table: `Mitnehmen;Mehr Mut`."""
    for line in text.splitlines():
        cells = next(iter(_rows(line, ";")), [])
        named = len(cells) > 1 and cells[0].strip() in columns
        where, words = (columns[cells[0].strip()], ";".join(cells[1:])) if named else (column, line)
        if words.strip():
            yield {"column": where, "text": words.strip()}


def filed(file: bytes, columns: Mapping[str, str], column: str) -> Iterator[Data]:
    """One card for each row, as spreadsheets write them; Refused where the file is no table."""
    text = _text(file)
    found = _DELIMITER.search(_QUOTED.sub("", text.partition("\n")[0]))
    sign = found[0] if found else ";"
    rows = _rows(text, sign)
    headed = rows and {cell.strip().casefold() for cell in rows[0]} <= HEADINGS
    return _seeds(rows[1:] if headed else rows, sign, columns, column)


def _rows(text: str, sign: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as error:
        raise Refused("upload.invalid", why="no_table") from error


def _text(file: bytes) -> str:
    """What the file says: in UTF-8, or as Windows still writes it."""
    if b"\x00" in file:
        raise Refused("upload.invalid", why="no_table")
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.decode("cp1252", "replace")


def _seeds(rows: Iterable[list[str]], delimiter: str, columns: Mapping[str, str], column: str) -> Iterator[Data]:
    for cells in rows:
        first = cells[0].strip() if len(cells) > 1 else None
        words = delimiter.join(cells[1:] if first == "" or first in columns else cells).rstrip(f"{delimiter} ").strip()
        if words:
            yield {"column": columns.get(first or "", column), "text": words}
