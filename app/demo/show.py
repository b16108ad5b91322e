"""Showing the demo: a folder, a secret, the seeded day, the ordinary server, its links, and people if wanted."""

import asyncio
import logging
import os
import secrets
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import typer

from app.database import upgrade
from app.demo import crowd, seeding, ways
from app.serving import serve
from app.settings import WrongUse
from app.store import Store

log = logging.getLogger(__name__)

HOST, PORT = "127.0.0.1", 8000
START_SECONDS = 60.0


def show(port: int | None, keep: Path | None, simulate: int) -> None:
    """Serve the demo until it is interrupted; WrongUse if it cannot be."""
    port = port or _port()
    url = f"http://{HOST}:{port}"
    with _folder(keep) as folder:
        secret = _secret(folder)
        database = _seeded(folder)
        _set(DATA_DIR=str(folder), DATABASE_URL=database, SECRET=secret, URL=url)
        store = Store(database)
        guide = Guide(_eyes(store), url, secret, kept=str(keep or ""), simulated=simulate)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C
        guide.start()
        try:
            serve(HOST, port, 1)
        except KeyboardInterrupt:
            pass  # that is how it ends
        finally:
            guide.end()
            store.close()
    typer.echo("Die Demo ist beendet.")


def _port() -> int:
    """The usual port, or any that is free."""
    for port in (PORT, 0):
        with closing(socket.socket()) as attempt, suppress(OSError):
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((HOST, port))
            return int(attempt.getsockname()[1])
    raise WrongUse("no port is free")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="ratschlag-demo-") as folder:
            yield Path(folder)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"{keep} cannot be used as a folder: {error.strerror}") from error
    yield keep.resolve()


def _secret(folder: Path) -> str:
    """A secret of the folder's own, made once: so kept links go on working."""
    file = folder / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="utf-8")
    return file.read_text(encoding="utf-8")


def _seeded(folder: Path) -> str:
    """The URL of the demo's database, seeded if it is not there; never a half of it, whatever happens meanwhile."""
    database, unfinished = folder / "demo.db", folder / "demo.db.new"
    if not database.exists():
        for rest in folder.glob(f"{unfinished.name}*"):
            rest.unlink()
        seeding.seed(f"sqlite:///{unfinished}")
        unfinished.replace(database)
    url = f"sqlite:///{database}"
    upgrade(url)  # kept ones may be of an earlier version
    return url


def _eyes(store: Store) -> crowd.Eyes:
    workshop = store.workshop_by_code(seeding.CODE)
    if workshop is None:
        raise WrongUse("the folder holds a database that is not the demo's")
    return crowd.Eyes(store, workshop.id)


def _set(**settings: str) -> None:
    """Settings of the demo alone, and nothing of an installation that may be here."""
    for name in [name for name in os.environ if name.startswith("RATSCHLAG_")]:
        del os.environ[name]
    os.environ.update({f"RATSCHLAG_{name}": value for name, value in settings.items()})


class Guide(Thread):
    """Waits for the server, prints the links, and leads the simulated people until the end."""

    def __init__(self, eyes: crowd.Eyes, url: str, secret: str, *, kept: str, simulated: int) -> None:
        super().__init__(name="guide", daemon=True)
        self.eyes, self.url, self.secret = eyes, url, secret
        self.kept, self.simulated = kept, simulated
        self._over = Event()

    def run(self) -> None:
        if not self._ready():
            return
        lines = ways.printed(self.eyes.room, self.url, self.secret, kept=self.kept, simulated=self.simulated)
        typer.echo("\n".join(lines))
        if self.simulated:
            asyncio.run(self._lead())

    def end(self) -> None:
        self._over.set()
        self.join()

    def _ready(self) -> bool:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self._over.wait(0.05):
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310  # our own
                return True
        return False

    async def _lead(self) -> None:
        people = asyncio.create_task(crowd.gather(self.url, self.secret, self.eyes, self.simulated))
        over = asyncio.create_task(asyncio.to_thread(self._over.wait))
        await asyncio.wait((people, over), return_when=asyncio.FIRST_COMPLETED)
        self._over.set()
        people.cancel()
        _, (fault,) = await over, await asyncio.gather(people, return_exceptions=True)
        if isinstance(fault, Exception):
            log.error("the simulated people have stopped", exc_info=fault)
