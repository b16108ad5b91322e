"""Writing an export: the whole file, or none."""

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

from sqlalchemy import select

from app.scripts import pictures, sheets
from app.scripts.bundle import bundled
from app.scripts.exporting import exported
from app.scripts.verifying import recorded
from app.settings import WrongUse
from app.store import WORKSHOP, Refusal, Store
from facilitation.record import Data, Entry
from facilitation.room import Room

ESCAPED = ("Cc", "Cf", "Zl", "Zp")  # categories of what nobody would see in a diff


class Source(NamedTuple):
    """Everything an export is made of."""

    room: Room
    entries: list[Entry]
    refusals: list[Refusal]
    settings: Data
    uploads: list[Data]


def _script(source: Source, _out: Path) -> bytes:
    return _lines(exported(*source)).encode()


def _json(source: Source, _out: Path) -> bytes:
    return _lines(bundled(source.room)).encode()


def _csv(source: Source, out: Path) -> bytes:
    return sheets.zipped(source.room) if out.suffix.lower() == ".zip" else sheets.combined(source.room)


FORMATS: dict[str, Callable[[Source, Path], bytes]] = {"script": _script, "json": _json, "csv": _csv}


def write(store: Store, workshop: int, wanted: str, out: Path) -> None:
    """Export a workshop into the file `out`; WrongUse if there is no such format or the file cannot be written."""
    if wanted not in FORMATS:
        raise WrongUse(f"--format must be one of {', '.join(FORMATS)}, not {wanted}")
    if not out.parent.is_dir() or out.is_dir():
        raise WrongUse(f"--out {out} cannot be written: name a file in a folder that is there")
    _replaced(out, FORMATS[wanted](_source(store, workshop), out))


def _source(store: Store, workshop: int) -> Source:
    with store.reading() as on:
        row = on.execute(select(WORKSHOP).where(WORKSHOP.c.id == workshop)).one()
        uploads = pictures.told(on, workshop)
    settings = {**row.settings, "imported_from": row.imported_from}
    return Source(*recorded(store, workshop), settings, uploads)


def _replaced(out: Path, content: bytes) -> None:
    """Put the content in place at once: whoever reads the file sees all of it or what was there before."""
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as made:
            made.write(content)
        Path(made.name).chmod(0o600)  # names and contributions are in it
        os.replace(made.name, out)  # noqa: PTH105  # Path.replace does the same
    except OSError as error:
        raise WrongUse(f"--out {out} cannot be written: {error.strerror}") from error


def _lines(data: Data) -> str:
    """JSON with one element of a list per line, and everything invisible escaped."""
    fields = (f" {json.dumps(name)}: {_value(value)}" for name, value in data.items())
    text = "{\n" + ",\n".join(fields) + "\n}\n"
    return re.sub(r"[^\n -~]", lambda found: _visible(found[0]), text)


def _value(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(json.dumps(it, ensure_ascii=False) for it in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


def _visible(char: str) -> str:
    return json.dumps(char)[1:-1] if unicodedata.category(char) in ESCAPED else char
