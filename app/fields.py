"""Form fields as command data.  The name of a field says what it is: the browser decodes in the same way.

`text` is a string, `reason:opt` one that may be left empty, `choices[]` a list, `counts[team]:int` a map,
`answers[q1][choices][]` a list in a map in a map, `value:int` a whole number, `number:num` any number,
`blank:bool` yes or no, `sources:refs` references in one line.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from facilitation.record import Data

_NAME = re.compile(  # only the last brackets may be empty; four deep is what the deepest form needs
    r"(?P<name>[^\[\]:]+)(?P<keys>(?:\[[^\[\]]+\]){0,3})(?P<list>\[\])?(?::(?P<type>int|num|bool|opt|refs))?"
)
_KEY = re.compile(r"\[([^\[\]]+)\]")
_MAY_BE_EMPTY = {"int", "num", "opt"}
_TYPES: dict[str | None, Callable[[str], Any]] = {
    None: str,
    "int": lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,15}", text.strip()) else text,
    "num": lambda text: _number(text.strip().replace(",", ".", 1), text),
    "refs": lambda text: [ref for ref in re.split(r"[\s,;]+", text) if ref],
    "opt": str,
    "bool": lambda text: text in ("true", "on"),
}


def _number(plain: str, text: str) -> float | str:
    """A whole number stays one; what is none stays as it was written."""
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", plain):
        return text
    return float(plain) if "." in plain else int(plain)


def decoded(pairs: Iterable[tuple[str, str]]) -> Data:
    """The fields of a form as data; what may be left empty and is, is left out; what does not fit is refused later.

    Where two fields make different things of one name, the first says what it is.
    """
    data: Data = {}
    for field, written in pairs:
        match, text = _NAME.fullmatch(field), written.replace("\r\n", "\n")  # as plain forms send it
        if match is None or (match["type"] in _MAY_BE_EMPTY and not text.strip()):
            continue
        path = [match["name"], *_KEY.findall(match["keys"])]
        _put(data, path, _TYPES[match["type"]](text), listed=match["list"] is not None)
    return data


def _put(data: Data, path: list[str], value: Any, *, listed: bool) -> None:
    there: Any = data
    for key in path[:-1]:
        there = there.setdefault(key, {})
        if not isinstance(there, dict):
            return
    if not listed:
        if not isinstance(there.get(path[-1]), dict | list):
            there[path[-1]] = value
    elif isinstance(values := there.setdefault(path[-1], []), list):
        values.append(value)
