"""Servers that are measured: each a fresh process on a core of its own, with a free port and what it said in a file."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from app.bench.crowd import Speech

REFERENCES = Path(__file__).with_name("refs")
START_SECONDS = 30.0
END_SECONDS = 10.0


class NotStarted(Exception):
    """A server that did not answer, and what it said."""


class Target(NamedTuple):
    """What a generator needs to know of a running server."""

    port: int
    pids: Sequence[int]
    speech: Speech


def cores() -> tuple[int, int] | tuple[None, None]:
    """The core of the servers and the core of the generator; nothing is pinned where there is only one."""
    here = sorted(os.sched_getaffinity(0))
    return (here[0], here[-1]) if len(here) > 1 else (None, None)


def free_port() -> int:
    with closing(socket.socket()) as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, said: Path, *, env: Mapping[str, str] | None = None, core: int | None = None
) -> Iterator[int]:
    """The id of a process that listens on `port`; it ends with the block."""
    with said.open("wb") as words:
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True
        )
    try:
        _wait(process, port, said)
        if core is not None:
            _pin(process.pid, core)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _pin(pid: int, core: int) -> None:
    """Keep a process on one core, with all threads that it has and will have."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(thread.name), {core})


def _wait(process: "subprocess.Popen[bytes]", port: int, said: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise NotStarted(said.read_text(errors="replace")[-2000:])


@contextmanager
def reference(name: str, speech: Speech, folder: Path) -> Iterator[Target]:
    """A bare reference that knows nothing of us."""
    port = free_port()
    command = [sys.executable, str(REFERENCES / f"{name}.py"), str(port)]
    with running(command, port, folder / f"{name}.txt", core=cores()[0]) as pid:
        yield Target(port, [pid], speech)


def environment(database_url: str, secret: str, port: int, folder: Path) -> dict[str, str]:
    """Our own settings, and nothing of an installation that may be here.  Benchmarks vote more often than people."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")}
    return foreign | {
        "RATSCHLAG_DATA_DIR": str(folder),
        "RATSCHLAG_DATABASE_URL": database_url,
        "RATSCHLAG_SECRET": secret,
        "RATSCHLAG_URL": f"http://127.0.0.1:{port}",
        "RATSCHLAG_ALLOWANCE": "10000000",
    }


def serve(port: int) -> list[str]:
    """The command that runs the product as everybody runs it."""
    return [str(Path(sys.executable).with_name("ratschlag")), "serve", "--host", "127.0.0.1", "--port", str(port)]


def build(port: int) -> str:
    """The build that a running server of ours names."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        return str(json.load(answer)["build"])
