"""A server that refuses to start says why in one line, and touches nothing."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.settings import Settings, SettingsError
from tests import real
from tests.town import SECRET, copied


def refusal(folder: Path, *args: str, **env: str) -> str:
    """The one line with which `serve` does not start."""
    usual = {"RATSCHLAG_DATA_DIR": str(folder), "RATSCHLAG_SECRET": SECRET}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RATSCHLAG_")}
    said = {f"RATSCHLAG_{name}": value for name, value in env.items()}
    command = [str(Path(sys.executable).with_name("ratschlag")), "serve", "--port", str(real.free_port()), *args]
    done = subprocess.run(command, env=plain | usual | said, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "secret, word", [("", "is missing"), ("zu-kurz-und-geheim", "too short"), ("Demo" + 40 * "x", "demo secret")]
)
def test_a_bad_secret_is_refused_and_not_repeated(secret: str, word: str) -> None:
    with pytest.raises(SettingsError, match=word) as refused:
        Settings(secret=secret).key()

    assert not secret or secret not in str(refused.value)


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings(secret_file=tmp_path / "fehlt").key()


def test_serve_refuses_the_secret_of_the_demo_and_touches_nothing(tmp_path: Path) -> None:
    assert "demo secret" in refusal(tmp_path, SECRET="demo" + 40 * "x")
    assert list(tmp_path.iterdir()) == []


def test_serve_refuses_several_processes_on_sqlite(tmp_path: Path) -> None:
    assert "several processes need PostgreSQL" in refusal(tmp_path, "--workers", "2")
    assert list(tmp_path.iterdir()) == []


def test_serve_refuses_a_database_of_a_newer_build_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    file = copied(tmp_path)
    with closing(sqlite3.connect(file)) as on, on:
        on.execute("UPDATE alembic_version SET version_num = 'aus-der-zukunft'")
    before = file.read_bytes()

    assert "newer Ratschlag" in refusal(tmp_path, DATABASE_URL=f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_serve_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        assert f"port {port} on 127.0.0.1 is taken" in refusal(tmp_path, "--port", str(port))
    assert list(tmp_path.iterdir()) == []


def test_serve_refuses_a_database_it_cannot_reach_and_does_not_tell_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://u:kanarienwort@127.0.0.1:{real.free_port()}/x"

    assert "kanarienwort" not in refusal(tmp_path, DATABASE_URL=url)
