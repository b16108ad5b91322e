"""A PostgreSQL of its own for the benchmark, with its safe defaults, in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from app.bench.servers import START_SECONDS, NotStarted, free_port, running


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs; None where it is not installed."""
    folders = [os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
    return shutil.which(name, path=os.pathsep.join(folders))


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database; NotStarted where there is no PostgreSQL."""
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        raise NotStarted("PostgreSQL is not installed: deploy/servers installs it")
    with TemporaryDirectory(prefix="ratschlag-bench-") as folder:
        drop = _given_away(folder)
        data, port = f"{folder}/data", free_port()
        options = ["--username=ratschlag", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*drop, initdb, "-D", data, *options], cwd=folder, capture_output=True, check=True)
        settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
        command = [*drop, server, "-D", data, *(part for setting in settings for part in ("-c", setting))]
        with running(command, port, Path(folder, "said")):
            _wait(port)
            yield f"postgresql+psycopg://ratschlag@127.0.0.1:{port}/postgres"


def _given_away(folder: str) -> list[str]:
    """How to run as somebody to whom the folder belongs: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _wait(port: int) -> None:
    """Until it is not only listening but lets somebody in."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="ratschlag", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
