"""The file of a backup: compressed lines of JSON, each row of each table on one, a head before and a seal behind.

The seal is the checksum of everything before it and the number of rows.  A file without it, or with another one, is
damaged, and whoever reads it is told so before the first row is used.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.settings import WrongUse

FORMAT, VERSION = "ratschlag-backup", 1
NOTICE = "Vollständige Kopie mit Personen und allem, was sie gesagt haben: nur für die Organisation."

Line = dict[str, Any] | list[Any]
Rows = Iterable[tuple[str, dict[str, Any]]]  # table, row


class Damaged(WrongUse):
    """A file that is no backup, or not all of one."""


@dataclass(frozen=True, slots=True)
class Head:
    schema: str  # revision of the tables
    made: str  # ISO, UTC


def write(file: Path, head: Head, rows: Rows) -> Counter[str]:
    """How many rows of each table were written.  The file is there when all of it is safe on disk, or not at all."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.touch(mode=0o600)
        with unfinished.open("wb") as raw:
            with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6) as packed:
                counts = _write(packed, head, rows)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise WrongUse(f"{file} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def _write(packed: gzip.GzipFile, head: Head, rows: Rows) -> Counter[str]:
    digest, counts = hashlib.sha256(), Counter[str]()

    def put(line: Line) -> None:
        words = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        digest.update(words)
        packed.write(words)

    put({"format": FORMAT, "version": VERSION, "schema": head.schema, "made": head.made, "notice": NOTICE})
    for table, row in rows:
        put([table, row])
        counts[table] += 1
    put({"rows": counts, "sha256": digest.hexdigest()})
    return counts


def check(file: Path) -> tuple[Head, Counter[str]]:
    """The head of a backup that is whole, and how many rows of each table it holds; else Damaged."""
    head, seal, digest, counts = None, None, hashlib.sha256(), Counter[str]()
    for words in _lines(file):
        if seal is not None:
            raise Damaged(f"{file} is damaged: there is more behind its end")
        line = _parsed(file, words)
        if isinstance(line, dict) and "sha256" in line:
            seal = line
            continue
        digest.update(words)
        if head is None:
            head = _head(file, line)
        else:
            counts[_table(file, line)] += 1
    if head is None:
        raise Damaged(f"{file} is empty")
    if seal is None:
        raise Damaged(f"{file} is damaged: its end is missing")
    if seal != {"rows": counts, "sha256": digest.hexdigest()}:
        raise Damaged(f"{file} is damaged: its content does not match its checksum")
    return head, counts


def rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a backup that was checked, in the order in which they can be inserted."""
    for words in _lines(file):
        line = _parsed(file, words)
        if isinstance(line, list):
            yield line[0], line[1]


def _lines(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file) as packed:
            yield from packed
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Damaged(f"{file} is damaged or no backup: {error}") from error
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror or error}") from error


def _parsed(file: Path, words: bytes) -> Line:
    try:
        line: Line = json.loads(words)
    except ValueError as error:
        raise Damaged(f"{file} is damaged: a line is not JSON") from error
    return line


def _table(file: Path, line: Line) -> str:
    match line:
        case [str(table), dict()]:
            return table
    raise Damaged(f"{file} is damaged: a line is no row")


def _head(file: Path, line: Line) -> Head:
    match line:
        case {"format": str(name), "version": int(version), "schema": str(schema), "made": str(made)} if name == FORMAT:
            if version > VERSION:
                raise WrongUse(f"{file} was made by a newer Ratschlag")
            return Head(schema, made)
    raise Damaged(f"{file} is no backup of Ratschlag")
