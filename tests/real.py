"""The real servers of the tests: PostgreSQL, Redis, Chromium and our own `ratschlag serve`.

Each gets a free port of the loopback and a temporary folder, and at the end exactly the processes started here end.
A test that kills a server starts one of its own; the fixtures in conftest.py are shared by all tests.
"""

import asyncio
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import ClassVar, TypeVar

import psycopg
from psycopg import sql

from app.faults import CLEAR, Faults, Proxy

START_SECONDS = 60
END_SECONDS = 60


def program(*names: str) -> str:
    """The path of the first of these programs that is here; `deploy/servers` looks in the same places."""
    folders = [os.environ.get("PATH", ""), "/usr/bin", *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    for name in names:
        if path := shutil.which(name, path=os.pathsep.join(folders)):
            return path
    raise FileNotFoundError(f"{names[0]} is not installed: deploy/servers installs it")


def chromium() -> str:
    return program("chromium", "chromium-browser", "google-chrome")


def free_port() -> int:
    """A port that nobody has, below those the system lends to clients.

    Else a client that keeps calling a killed server may be lent the server's own port, and the server cannot come back.
    """
    while True:
        port = random.randrange(20_000, 32_768)  # noqa: S311 -- a port is no secret
        with closing(socket.socket()) as attempt, suppress(OSError):
            attempt.bind(("127.0.0.1", port))
            return port


class Server(ABC):
    """A program that listens on one port: started, killed, started again. What it says is kept in two files."""

    end_signal: ClassVar = signal.SIGTERM
    owner: pwd.struct_passwd | None = None  # who runs it, if not we
    env: Mapping[str, str] | None = None  # its environment, if not ours

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.stdout = folder / "stdout"  # since the last start
        self.stderr = folder / "stderr"  # since the first
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "never started"
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool:
        """Whether somebody who asks now is answered."""

    def start(self) -> None:
        """Start it and return when it answers. RuntimeError with its own words if it ends or stays silent."""
        self._process = self._launched(self.command)
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if not self.running:
                raise RuntimeError(f"{self.command[0]} ended:\n{self.last_words()}")
            if time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not answer in {START_SECONDS} s:\n{self.last_words()}")
            time.sleep(0.02)

    def kill(self) -> None:
        """What a power cut does to a process: -9, for its workers too."""
        if self._process is not None and self.running:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()

    def end(self) -> None:
        """Ask it to end. RuntimeError, and killed, if it does not."""
        if self._process is not None and self.running:
            self._process.send_signal(self.end_signal)
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not end:\n{self.last_words()}") from None

    def restart(self) -> None:
        self.end()
        self.start()

    def last_words(self) -> str:
        return "".join(file.read_text(errors="replace")[-10_000:] for file in (self.stdout, self.stderr))

    def _launched(self, command: list[str]) -> "subprocess.Popen[bytes]":
        with self.stdout.open("wb") as stdout, self.stderr.open("ab") as stderr:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
            )


class Postgres(Server):
    """A PostgreSQL with its safe defaults: it syncs to disk before it says that something is committed."""

    end_signal = signal.SIGINT  # "fast": waits for no client

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self.owner = pwd.getpwnam("nobody")
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)
        options = ["--username=ratschlag", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        if self._launched([program("initdb"), "--pgdata=data", *options]).wait() != 0:
            raise RuntimeError(f"initdb failed:\n{self.last_words()}")

    @property
    def command(self) -> list[str]:
        settings = ["listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}"]
        return [program("postgres"), "-D", "data", *(part for setting in settings for part in ("-c", setting))]

    def answers(self) -> bool:
        try:
            with self.connected():
                return True
        except psycopg.OperationalError:
            return False

    def start(self) -> None:
        """As any server; after a kill as soon as the last of the old processes has let go of the shared memory."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return super().start()
            except RuntimeError:
                if "is still in use" not in self.last_words() or time.monotonic() > deadline:
                    raise
            time.sleep(0.05)

    def end(self) -> None:
        if not self.running:
            self.start()  # so that nothing left over from a kill still writes into the folder while it is removed
        super().end()

    def connected(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection, for `with`, that commits each statement."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="ratschlag", dbname=database, autocommit=True, connect_timeout=5
        )

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://ratschlag@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"test_{secrets.token_hex(6)}"
        with self.connected() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        return self.url(name)


class Redis(Server):
    """A Redis that keeps nothing on disk: what it knew is gone after a kill."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def command(self) -> list[str]:
        return [program("redis-server"), "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False


class Ratschlag(Server):
    """`ratschlag serve`, which answers from the moment it prints `ready http://…`."""

    def __init__(self, folder: Path, env: Mapping[str, str], args: tuple[str, ...]) -> None:
        super().__init__(folder)
        self.url = f"http://127.0.0.1:{self.port}"
        self._args = args
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")},
            "RATSCHLAG_DATA_DIR": str(folder),
            "RATSCHLAG_SECRET": secrets.token_hex(32),
            "RATSCHLAG_URL": self.url,
            **env,
        }

    @property
    def command(self) -> list[str]:
        ratschlag = Path(sys.executable).with_name("ratschlag")
        return [str(ratschlag), "serve", "--host", "127.0.0.1", "--port", str(self.port), *self._args]

    def answers(self) -> bool:
        return any(line.startswith("ready http://") for line in self.stdout.read_text().splitlines())


S = TypeVar("S", bound=Server)


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="ratschlag-") as folder:
        yield Path(folder)


@contextmanager
def _running(server: S) -> Iterator[S]:
    server.start()
    try:
        yield server
    finally:
        server.end()


@contextmanager
def postgres() -> Iterator[Postgres]:
    with _folder() as folder, _running(Postgres(folder)) as server:
        yield server


@contextmanager
def redis() -> Iterator[Redis]:
    with _folder() as folder, _running(Redis(folder)) as server:
        yield server


@contextmanager
def served(env: Mapping[str, str] | None = None, *args: str) -> Iterator[Ratschlag]:
    """Our own server with these settings (RATSCHLAG_…) over usable ones: SQLite in a temporary folder, a fresh secret.

    What it wrote becomes captured output of the test: pytest shows it when the test fails.
    """
    with _folder() as folder:
        server = Ratschlag(folder, env or {}, args)
        try:
            with _running(server):
                yield server
        finally:
            sys.stderr.write(server.last_words())


@dataclass(frozen=True)
class Proxied:
    """A fault proxy in a thread of its own, for tests that are no coroutines; `proxy.faults` may be set at any time."""

    proxy: Proxy
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.proxy.port}"

    def cut(self) -> None:
        self.loop.call_soon_threadsafe(self.proxy.cut)


@contextmanager
def proxied(port: int, faults: Faults = CLEAR, *, seed: int = 1) -> Iterator[Proxied]:
    """A fault proxy in front of the server on this port."""
    started: Future[tuple[Proxied, asyncio.Event]] = Future()

    async def run() -> None:
        async with Proxy(port, faults, seed=seed) as proxy:
            over = asyncio.Event()
            started.set_result((Proxied(proxy, asyncio.get_running_loop()), over))
            await over.wait()

    thread = Thread(target=asyncio.run, args=(run(),))
    thread.start()
    proxied, over = started.result(START_SECONDS)
    try:
        yield proxied
    finally:
        proxied.loop.call_soon_threadsafe(over.set)
        thread.join()
