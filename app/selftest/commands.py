"""`ratschlag selftest`: for whoever wants to see it on their own machine before they believe it."""

import asyncio
import json
import random
import signal
from typing import Annotated

import typer

from app.scripts.console import progress

commands = typer.Typer()


@commands.command()
def selftest(
    *,
    kill: Annotated[int, typer.Option(min=1, help="Wie oft der Server abgeschossen wird")] = 10,
    people: Annotated[int, typer.Option(min=2, max=500, help="Simulierte Teilnehmende")] = 30,
    database: Annotated[str, typer.Option(help="Eine leere Datenbank; sonst SQLite in einem Ordner auf Zeit")] = "",
    seed: Annotated[int | None, typer.Option(help="Startwert des Zufalls, um einen Lauf zu wiederholen")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Ein JSON-Objekt statt Sätzen")] = False,
) -> None:
    """Den Server unter Last abschießen und prüfen, dass nichts Bestätigtes verloren geht und nichts doppelt zählt."""
    from app.selftest.trial import Plan, run
    from app.selftest.victim import NotStarted

    _check_empty(database)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it ends, its server ends too
    plan = Plan(kill, people, random.randrange(1_000_000) if seed is None else seed, database)  # noqa: S311  # printed
    try:
        with progress("Abschüsse", kill) as step:
            report = asyncio.run(run(plan, step))
    except NotStarted as failure:
        typer.echo(f"ratschlag: the server does not serve: {' '.join(str(failure).split())}", err=True)
        raise typer.Exit(1) from failure
    figures = report.figures()
    typer.echo(json.dumps(figures, ensure_ascii=False) if as_json else "\n".join(report.sentences()))
    raise typer.Exit(0 if figures["ok"] else 1)


def _check_empty(url: str) -> None:
    """The selftest fills what it is given: never a database that is in use."""
    from app.database import Schema, schema
    from app.settings import WrongUse

    if url and schema(url) is not Schema.EMPTY:
        raise WrongUse("--database must name an empty database: the selftest fills it with simulated people")
