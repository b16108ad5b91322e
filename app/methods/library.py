"""The library of methods: the files that are shipped, and those of the house in `methods` of its data folder.

A file that does not hold stops the start, in one sentence: better then than when the hall waits.
"""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from app.methods.adopting import Wish, planned
from app.methods.format import MOMENTS, Method
from app.settings import WrongUse

SHIPPED = Path(__file__).parent


class MethodError(WrongUse):
    """A file of a method that does not hold."""


def library(*folders: Path) -> dict[str, Method]:
    """The methods by name, in the order of the moments they are for.

    A file in a later folder replaces one of the same name.
    """
    files = {file.stem: file for folder in (SHIPPED, *folders) for file in sorted(folder.glob("*.toml"))}
    methods = sorted(map(read, files.values()), key=lambda it: (MOMENTS.index(it.moment), it.title))
    return {method.name: method for method in methods}


def read(file: Path) -> Method:
    """The method in a file; MethodError says what is wrong with it.  It is tried out with its own samples."""
    try:
        method = Method.model_validate({"name": file.stem} | tomllib.loads(file.read_text(encoding="utf-8")))
        planned(method, Wish(), (), datetime(2026, 1, 1, tzinfo=UTC))
    except ValidationError as errors:
        raise MethodError(f"method {file.name}: {_first(errors)}") from errors
    except LookupError as error:  # a word in braces, or an earlier round
        raise MethodError(f"method {file.name}: {error} is not known where it stands") from error
    except (OSError, ValueError) as error:
        raise MethodError(f"method {file.name} cannot be read: {error}") from error
    return method


def _first(errors: ValidationError) -> str:
    error = errors.errors(include_url=False, include_input=False)[0]
    where = [*getattr(errors, "__notes__", ()), ".".join(map(str, error["loc"]))]
    return ": ".join(filter(None, (*where, error["msg"].removeprefix("Value error, "))))
