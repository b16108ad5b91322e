"""The commands of whoever runs an installation: backup, restore, doctor, migrate, purge."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer()


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Die Datei, die geschrieben wird, etwa ratschlag.jsonl.gz")],
) -> None:
    """Alles sichern, während der Server läuft. Eine vollständige Kopie: nur für die Organisation."""
    from app.operating import copying

    counts = copying.backup(_database(), file)
    typer.echo(f"Gesichert: {file}, {_counted(counts)}.")
    typer.echo("Die Datei enthält alle Personen und Beiträge. Bitte wie die Datenbank selbst schützen.")
    typer.echo("Der Schlüssel (RATSCHLAG_SECRET) ist nicht dabei; ohne ihn gelten die Links nicht mehr.")


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Eine Datei, die `backup` geschrieben hat")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Auch wenn dabei alles in der Datenbank ersetzt wird")
    ] = False,
) -> None:
    """Eine Sicherung zurückspielen; der Server darf dabei nicht laufen."""
    from app.operating import copying

    counts = copying.restore(_database(), file, replace=replace)
    typer.echo(f"Zurückgespielt: {_counted(counts)}.")


@commands.command()
def doctor() -> None:
    """Sagen, wie es der Installation geht."""
    from app.operating.doctor import Finding, Level, findings
    from app.settings import SettingsError, settings

    try:
        found = list(findings(settings()))
    except SettingsError as error:
        found = [Finding(Level.BAD, f"Einstellungen: nicht brauchbar ({error}).")]
    for level, sentence in found:
        typer.echo(f"{level:<8} {sentence}")
    raise typer.Exit(Level.BAD in {level for level, _ in found})


@commands.command()
def migrate() -> None:
    """Die Tabellen auf den Stand dieser Fassung bringen; auch `serve` tut das."""
    from app import database
    from app.database import Schema
    from app.settings import WrongUse

    url = _database()
    state = database.schema(url)
    if state is Schema.AHEAD:
        raise WrongUse("the database belongs to a newer Ratschlag")
    database.upgrade(url)
    typer.echo("Nichts zu tun." if state is Schema.CURRENT else "Die Tabellen sind auf dem Stand dieser Fassung.")


@commands.command()
def purge(
    *,
    days: Annotated[int, typer.Option(min=0, help="So viele Tage nach ihrem Ende")],
    whole: Annotated[
        bool, typer.Option("--whole", help="Ganze Veranstaltungen löschen, nicht nur die Personen")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Nur sagen, was geschähe")] = False,
) -> None:
    """Personen von beendeten Veranstaltungen lösen, oder diese ganz löschen."""
    from datetime import UTC, datetime

    from app.operating import retention
    from app.scripts.console import opened
    from app.settings import settings

    with opened(settings()) as store:
        found = retention.old(store, datetime.now(UTC), days)
        due = [it for it in found if whole or it.people]
        for it in due:
            fate = "wird gelöscht" if whole else f"{len(it.people)} Personen werden gelöst"
            typer.echo(f"{it.code} {it.title}, beendet am {it.ended:%d.%m.%Y}: {fate}")
        if not due:
            typer.echo(f"Keine Veranstaltung ist seit mehr als {days} Tagen beendet.")
        if not due or dry_run:
            return
        if whole:
            retention.remove(store, due)
        else:
            asyncio.run(retention.detach(store, due))
        if not retention.wipe(store):
            typer.echo("Gelöscht. Aus den Dateien der Datenbank verschwindet es erst, wenn niemand mehr darin liest.")


def _database() -> str:
    """The URL of the installation's database; the folder of a SQLite file is there."""
    from app.settings import settings

    known = settings()
    if not known.database_url:
        known.data_dir.mkdir(parents=True, exist_ok=True)
    return known.database


def _counted(rows: Mapping[str, int]) -> str:
    workshops = rows["workshop"]
    return f"{workshops} {'Veranstaltung' if workshops == 1 else 'Veranstaltungen'}, {rows['entry']} Einträge"
