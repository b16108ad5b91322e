"""Form fields as command data.  The name of a field says what it is: the browser decodes in the same way.

`text` is a string, `choices[]` a list, `value:int` a number, `blank:bool` yes or no, `counts[team]:int` a map.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from facilitation.record import Data

_NAME = re.compile(r"(?P<name>[^\[\]:]+)(?:\[(?P<key>[^\]]*)\])?(?::(?P<type>int|bool))?")
_TYPES: dict[str | None, Callable[[str], Any]] = {
    None: str,
    "int": lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,15}", text.strip()) else text,
    "bool": lambda text: text in ("true", "on"),
}


def decoded(pairs: Iterable[tuple[str, str]]) -> Data:
    """The fields of a form as data; an empty number is left out, what does not fit stays text and is refused later.

    Where two fields make different things of one name, the first says what it is.
    """
    data: Data = {}
    for field, written in pairs:
        match, text = _NAME.fullmatch(field), written.replace("\r\n", "\n")  # as plain forms send it
        if match is None or (match["type"] == "int" and not text.strip()):
            continue
        value = _TYPES[match["type"]](text)
        if match["key"] is None:
            data[match["name"]] = value
        elif match["key"] == "" and isinstance(values := data.setdefault(match["name"], []), list):
            values.append(value)
        elif match["key"] and isinstance(values := data.setdefault(match["name"], {}), dict):
            values[match["key"]] = value
    return data
