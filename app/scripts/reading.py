"""Reading a script from a file.  Whatever is wrong with it is said in one sentence, before anything has changed."""

import json
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from app.scripts.format import Script
from app.settings import WrongUse

LARGEST = 64 * 1024 * 1024  # bytes; a day of a thousand people is a tenth of it


class ScriptError(WrongUse):
    """A file that is no script."""


def read(path: Path) -> Script:
    """The script in a file, its actions in the order of `seq`; ScriptError if it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise ScriptError(f"{path.name}: Die Datei ist größer als {LARGEST // 1024 // 1024} MiB.")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"{path}: Die Datei ist nicht lesbar ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path.name}: Die Datei ist kein Text in UTF-8.") from error
    return parsed(text, path.name)


def parsed(text: str, name: str) -> Script:
    """The script that `text` is; `name` is what a ScriptError calls it."""
    try:
        script = Script.model_validate(_json(text))
    except (ValueError, RecursionError) as error:
        raise ScriptError(f"{name}: {_sentence(error)}.") from error
    return script.model_copy(update={"stream": tuple(sorted(script.stream, key=lambda action: action.seq))})


def _json(text: str) -> Any:
    def never(constant: str) -> NoReturn:
        raise ValueError(f"{constant} ist keine Zahl in JSON")

    return json.loads(text, parse_constant=never)


def _sentence(error: Exception) -> str:
    """The first thing that is wrong, in words."""
    match error:
        case json.JSONDecodeError():
            return f"Das ist kein JSON (Zeile {error.lineno}, Spalte {error.colno})"
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
            why = first["msg"].removeprefix("Value error, ")
            return f"{where}: {SENTENCES.get(first['type'], why)}" if where else SENTENCES.get(first["type"], why)
        case RecursionError():
            return "Das ist zu tief verschachtelt"
    return str(error)


SENTENCES = {
    "missing": "fehlt",
    "literal_error": "ist nicht das erwartete Format; gelesen wird workshop-event-script, Version 1",
    "string_type": "ist kein Text",
    "string_pattern_mismatch": "ist keine brauchbare Kennung",
    "string_too_short": "ist leer",
    "string_too_long": "ist zu lang",
    "string_unicode": "enthält unlesbare Zeichen",
    "datetime_from_date_parsing": "ist kein Zeitpunkt",
    "datetime_parsing": "ist kein Zeitpunkt",
    "timezone_aware": "ist ein Zeitpunkt ohne Zeitzone",
    "int_parsing": "ist keine Zahl",
    "int_type": "ist keine Zahl",
    "model_type": "hat nicht die Form, die das Format vorsieht",
    "tuple_type": "ist keine Liste",
    "dict_type": "hat nicht die Form, die das Format vorsieht",
}
