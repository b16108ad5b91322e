"""`ratschlag demo`: to look around before anything is installed for good."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def demo(
    *,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; sonst 8000 oder ein freier")] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Ordner, in dem die Daten bleiben, auch für das nächste Mal")
    ] = None,
    simulate: Annotated[int, typer.Option(min=0, max=97, help="So viele simulierte Teilnehmende machen mit")] = 0,
) -> None:
    """Einen erfundenen Amtsleitungstag zeigen, in dem alles einmal vorkommt."""
    from app.demo.show import show

    show(port, keep, simulate)
