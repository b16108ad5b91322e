"""The commands that run the server: serve and bench."""

from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Adresse, auf der gelauscht wird")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Prozesse; mehr als einer braucht PostgreSQL")] = 1,
) -> None:
    """Den Server starten."""
    from app.serving import serve as run

    run(host, port, workers)


@commands.command()
def bench(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Ein JSON-Objekt statt einer Tabelle")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Eine Minute: kleiner, mit weiteren Grenzen")] = False,
    show: Annotated[bool, typer.Option("--show", help="Die Vergleichsprogramme zeigen")] = False,
    only: Annotated[str, typer.Option(help="Nur dieses Szenario")] = "",
) -> None:
    """Messen, was der Server kostet, im Verhältnis zu einfachsten Vergleichsprogrammen."""
    from app.bench.command import bench as run

    raise typer.Exit(run(as_json=as_json, quick=quick, show=show, only=only))
