"""The commands that bring whole days in and out: import, play, verify, export."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.scripts.console import opened, progress, workshop

if TYPE_CHECKING:
    from app.scripts.format import Script
    from app.scripts.importing import Made
    from app.store import Store

commands = typer.Typer()

File = Annotated[Path, typer.Argument(help="Ein Veranstaltungsskript (workshop-event-script, JSON)")]
Code = Annotated[str, typer.Argument(help="Der sechsstellige Code der Veranstaltung")]
AsJson = Annotated[bool, typer.Option("--json", help="Ein JSON-Objekt statt Sätzen")]


@commands.command("import")
def import_(
    file: File,
    *,
    stream: Annotated[bool, typer.Option("--stream", help="Auch den Verlauf, zu den Zeiten des Skripts")] = False,
    as_json: AsJson = False,
) -> None:
    """Eine Veranstaltung aus einem Skript oder einer Ausfuhr anlegen."""
    from app.scripts import importing
    from app.scripts.reading import read
    from app.settings import settings

    script, known = read(file), settings()
    secret = known.key()
    with opened(known) as store:
        made = importing.make(store, script)
        outcomes = asyncio.run(_streamed(store, made, script)) if stream else {}
        found = {
            "code": made.code,
            "title": made.title,
            "links": importing.links(store, made.id, known.url, secret),
            "outcomes": dict(sorted(Counter(outcomes.values()).items())),
        }
    _print(found, _import_sentences, as_json=as_json)


async def _streamed(store: "Store", made: "Made", script: "Script") -> dict[str, str]:
    from app.clerk import Clerk
    from app.scripts import applying

    clerk = Clerk(store)
    try:
        with progress("stream", len(script.stream)) as step:
            return await applying.apply(clerk, made.id, script, step)
    finally:
        await clerk.close()


def _import_sentences(found: dict[str, Any]) -> Iterator[str]:
    links = found["links"]
    yield f"{found['title']}: Code {found['code']}"
    yield f"Teilnehmen  {links['join']}"
    yield f"Regie       {links['desk']}"
    yield f"Leinwand    {links['stage']}"
    yield from _counts(found["outcomes"])


@commands.command("play")
def play(
    file: File,
    *,
    code: Annotated[str, typer.Option(help="In dieser Veranstaltung statt in einer neuen")] = "",
    url: Annotated[str, typer.Option(help="Adresse des Servers; sonst die aus den Einstellungen")] = "",
    speed: Annotated[str, typer.Option(help="Um wie viel schneller als im Skript, oder `max`: ohne Pausen")] = "1",
    as_json: AsJson = False,
) -> None:
    """Den Verlauf eines Skripts live gegen einen laufenden Server spielen."""
    from app.scripts import importing, playing
    from app.scripts.reading import read
    from app.settings import settings

    script, known = read(file), settings()
    pace, where, secret = _pace(speed), url.rstrip("/") or known.url, known.key()
    build = playing.build(where)
    with opened(known) as store:
        id = workshop(store, code).id if code else importing.make(store, script).id
        roster = importing.room(store, id).roster
    server = playing.Server(where, secret, id, roster, build)
    with progress("played", len(script.stream)) as step:
        report = asyncio.run(playing.play(script, server, pace, step))
    found = report.as_json()
    _print(found, _play_sentences, as_json=as_json)
    raise typer.Exit(1 if report.unanswered else 0)


def _pace(speed: str) -> float | None:
    from app.settings import WrongUse

    if speed == "max":
        return None
    try:
        pace = float(speed.replace(",", "."))
    except ValueError:
        pace = 0.0
    if not 0 < pace < 1e6:
        raise WrongUse("--speed must be a number above 0, or max")
    return pace


def _play_sentences(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['actions']} Aktionen gespielt, {found['unanswered']} ohne Antwort."
    yield from _counts(found["by_outcome"])
    acks = found["ack_ms"]
    yield f"Antwort nach {acks['p50']} ms (Median), {acks['p99']} ms (99 %), {acks['max']} ms (höchstens)."


@commands.command("verify")
def verify(code: Code, file: File, *, as_json: AsJson = False) -> None:
    """Die Ergebnisse einer Veranstaltung mit den erwarteten eines Skripts vergleichen."""
    from app.scripts import verifying
    from app.scripts.reading import read
    from app.settings import settings

    script = read(file)
    with opened(settings()) as store:
        comparison = verifying.verify(store, workshop(store, code).id, script)
    differences = [difference._asdict() for difference in comparison.differences]
    _print({"differences": differences, "unsupported": comparison.unsupported}, _verify_sentences, as_json=as_json)
    raise typer.Exit(1 if differences else 0)


def _verify_sentences(found: dict[str, Any]) -> Iterator[str]:
    for it in found["differences"]:
        yield f"{it['path']}: erwartet {_brief(it['expected'])}, gefunden {_brief(it['found'])}"
    yield f"{len(found['differences'])} Unterschiede."
    if found["unsupported"]:
        yield "Noch nicht unterstützt und ausgelassen:"
        yield from _counts(found["unsupported"])


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 200 else f"{text[:200]}…"


@commands.command("export")
def export(
    code: Code,
    wanted: Annotated[str, typer.Option("--format", help="script, json oder csv")],
    out: Annotated[Path, typer.Option(help="Die Datei; csv in eine .zip: eine Tabelle je Bausteinart")],
) -> None:
    """Eine Veranstaltung in eine Datei schreiben."""
    from app.scripts import files
    from app.settings import settings

    with opened(settings()) as store:
        files.write(store, workshop(store, code).id, wanted, out)
    if sys.stdout.isatty():
        typer.echo(f"Geschrieben: {out}")


def _counts(counts: dict[str, int]) -> Iterator[str]:
    return (f"{count:6} {word}" for word, count in counts.items())


def _print(found: dict[str, Any], sentences: Callable[[dict[str, Any]], Iterator[str]], *, as_json: bool) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(sentences(found)))
