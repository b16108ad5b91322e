"""`ratschlag serve`: the server, and the word `ready` once it answers."""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

import uvicorn
from uvicorn.supervisors import Multiprocess

from app import database
from app.asgi import Application
from app.frames import Framed
from app.settings import Settings, WrongUse, settings

PATIENCE = 60.0  # seconds until a server that does not answer is reported
BACKLOG = 2048  # a whole hall comes back at once
LARGEST_FRAME = 65_536
SILENCE = 35_000  # milliseconds without an acknowledgement from the other end


class NotServed(WrongUse):
    """Why there is no server, in one sentence for whoever wanted to start it."""


def application() -> Application:
    """What each worker runs."""
    known = settings()
    return Application(known, known.key())


def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to end.  NotServed or SettingsError if that cannot be."""
    known = settings()
    known.key()
    if workers > 1 and known.kind_of_database == "sqlite":
        raise NotServed("several processes need PostgreSQL: with SQLite there is exactly one (--workers 1)")
    listening = _bound(host, port)
    _upgrade(known)
    config = uvicorn.Config(
        "app.serving:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        loop="uvloop",
        http="httptools",
        ws=Framed,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        backlog=BACKLOG,
        access_log=False,  # who asked for what when is nobody's business
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # else a phone that stopped reading keeps its connection for many minutes
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE)
    threading.Thread(target=_announce, args=(listening,), daemon=True).start()
    if workers > 1:
        Multiprocess(config, sockets=[listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    """The port, ours before anything is touched."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)  # until then somebody else could take it too
    except (OSError, OverflowError):
        listening.close()
        raise NotServed(f"port {port} on {host} is taken or not allowed: choose another with --port") from None
    listening.set_inheritable(True)  # workers are processes of their own
    return listening


def _upgrade(known: Settings) -> None:
    try:
        known.data_dir.mkdir(parents=True, exist_ok=True)
        schema = database.schema(known.database)
        if schema is not database.Schema.AHEAD:
            database.upgrade(known.database)
    except Exception as failure:
        raise NotServed(f"the database cannot be upgraded: {failure}") from failure
    if schema is database.Schema.AHEAD:
        raise NotServed("the database belongs to a newer Ratschlag: install that one")


def _announce(listening: socket.socket) -> None:
    """Say `ready` when the server answers by itself."""
    host, port = listening.getsockname()[:2]
    reachable = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104  # compared only
    url = f"http://{reachable}:{port}"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310  # our own address
                print(f"ready {url}", flush=True)  # noqa: T201  # what scripts wait for
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    print(f"ratschlag: the server does not answer after {PATIENCE:.0f} seconds", file=sys.stderr, flush=True)  # noqa: T201
    os._exit(1)
