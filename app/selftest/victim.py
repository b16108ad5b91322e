"""The server under test: `ratschlag serve` as everybody runs it, killed and started again on the same port."""

import asyncio
import os
import random
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

START_SECONDS = 60.0


class NotStarted(Exception):
    """The server did not come up; with its last words."""


def serve() -> list[str]:
    """The command that runs the product; the port is appended."""
    return [str(Path(sys.executable).with_name("ratschlag")), "serve", "--port"]


def free_port() -> int:
    """A port that nobody has, below those the system lends to clients.

    Else a client that keeps calling a killed server may be lent the server's own port, and the server cannot come back.
    """
    while True:
        port = random.randrange(20_000, 32_768)  # noqa: S311  # a port is no secret
        with closing(socket.socket()) as attempt, suppress(OSError):
            attempt.bind(("127.0.0.1", port))
            return port


class Victim:
    def __init__(self, command: Sequence[str], database_url: str, folder: Path) -> None:
        self.port = free_port()
        self.secret = secrets.token_hex(32)
        self._out, self._err = folder / "server.out", folder / "server.err"  # since the last start, and the first
        self._command = [*command, str(self.port)]
        self._env = {name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")} | {
            "RATSCHLAG_DATA_DIR": str(folder),
            "RATSCHLAG_DATABASE_URL": database_url,
            "RATSCHLAG_SECRET": self.secret,
            "RATSCHLAG_URL": self.url,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def start(self) -> None:
        """Start it and return when it says that it is ready; NotStarted if it does not."""
        with self._out.open("wb") as out, self._err.open("ab") as err:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603  # forking is quick; it is our own program
                self._command, env=self._env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
            )
        until = time.monotonic() + START_SECONDS
        while b"ready http" not in self._out.read_bytes():
            if not self.running or time.monotonic() > until:
                await self.kill()
                raise NotStarted(self.last_words())
            await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """What a power cut does to a process: -9, no last wish."""
        if self._process:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def last_words(self) -> str:
        return self._err.read_text(encoding="utf-8", errors="replace")[-2000:]
