"""Reading a script from a file.  Whatever is wrong with it is said in one sentence, before anything has changed."""

import json
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from app.scripts.format import Script
from app.settings import WrongUse

LARGEST = 256 * 1024 * 1024  # bytes; a day of a thousand people is a fortieth of it, 500 pictures are half


class ScriptError(WrongUse):
    """A file that is no script."""


def read(path: Path) -> Script:
    """The script in a file, its actions in the order of `seq`; ScriptError if it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise ScriptError(f"{path.name}: the file is larger than {LARGEST // 1024 // 1024} MiB")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"{path}: the file cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path.name}: the file is not text in UTF-8") from error
    return parsed(text, path.name)


def parsed(text: str, name: str) -> Script:
    """The script that `text` is; `name` is what a ScriptError calls it."""
    try:
        script = Script.model_validate(_json(text))
    except (ValueError, RecursionError) as error:
        raise ScriptError(f"{name}: {_sentence(error)}") from error
    return script.model_copy(update={"stream": tuple(sorted(script.stream, key=lambda action: action.seq))})


def _json(text: str) -> Any:
    def never(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is not a number in JSON")

    return json.loads(text, parse_constant=never)


def _sentence(error: Exception) -> str:
    """The first thing that is wrong, in words."""
    match error:
        case json.JSONDecodeError():
            return f"not JSON (line {error.lineno}, column {error.colno})"
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
            why = first["msg"].removeprefix("Value error, ")
            return f"{where}: {SENTENCES.get(first['type'], why)}" if where else SENTENCES.get(first["type"], why)
        case RecursionError():
            return "nested too deeply"
    return str(error)


SENTENCES = {
    "missing": "is missing",
    "literal_error": "is not the format that is read: workshop-event-script, version 1",
    "string_type": "is not a text",
    "string_pattern_mismatch": "is not a usable id",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "string_unicode": "contains unreadable characters",
    "datetime_from_date_parsing": "is not a date with a time",
    "datetime_parsing": "is not a date with a time",
    "timezone_aware": "has a time without a time zone",
    "int_parsing": "is not a number",
    "int_type": "is not a number",
    "model_type": "does not have the shape of the format",
    "tuple_type": "is not a list",
    "dict_type": "does not have the shape of the format",
}
