"""`ratschlag`: the command line.

Each group of commands is a module with `commands`, a Typer application; it imports what its commands need when they
run, so that `--help` is quick.  Exit 0: done; 1: a check did not hold; 2: wrong use or bad input, one line on stderr.
"""

import sys
from importlib import import_module
from typing import NoReturn

import typer

GROUPS = (
    "app.running",
    "app.demo.commands",
    "app.scripts.commands",
    "app.operating.commands",
    "app.selftest.commands",
)
CHECK_FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    help="Ratschlag: Live-Plattform für Amtsleitungstage und andere große Arbeitstreffen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in GROUPS:
    app.add_typer(import_module(group).commands)


@app.callback()
def ratschlag() -> None:
    """Everything is a command, even where there is only one."""


def main() -> NoReturn:
    """Run a command and leave with its exit code; whatever is wrong is one line, never a traceback."""
    try:
        code = app(standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(_said("interrupted", INTERRUPTED))
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        sys.exit(_said(*_explained(error)))
    sys.exit(code if isinstance(code, int) else 0)


def _said(sentence: str, code: int) -> int:
    print(f"ratschlag: {' '.join(sentence.split())}", file=sys.stderr)
    return code


def _explained(error: Exception) -> tuple[str, int]:
    """What is wrong, and the exit code for it."""
    from sqlalchemy.exc import SQLAlchemyError

    from app.settings import WrongUse

    if isinstance(error, WrongUse):
        return str(error), WRONG_USE
    if message := getattr(error, "format_message", None):  # Typer's own, for wrong words and options
        return message(), WRONG_USE
    if isinstance(error, SQLAlchemyError):
        return f"the database cannot be reached or takes nothing: {str(error).splitlines()[0]}", WRONG_USE
    return f"unexpected error: {type(error).__name__}: {error}", CHECK_FAILED
