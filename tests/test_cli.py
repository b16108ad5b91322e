"""The command line: exit codes, one line on stderr, JSON and nothing else on stdout."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app import cli
from tests.days import day

SECRET = "0123456789abcdef" * 3


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RATSCHLAG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("RATSCHLAG_SECRET", SECRET)
    monkeypatch.setenv("RATSCHLAG_URL", "http://127.0.0.1:9")  # where nobody answers
    return tmp_path


@pytest.fixture
def ratschlag(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command; its exit code, stdout and stderr."""

    def run(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["ratschlag", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tag.json"
    path.write_text(json.dumps(day()), encoding="utf-8")
    return path


def test_a_day_goes_in_is_compared_and_comes_out(ratschlag: Any, file: Path, tmp_path: Path) -> None:
    code, out, err = ratschlag("import", file, "--stream", "--json")
    made = json.loads(out)
    assert (code, err, made["title"]) == (0, "", "Klausur: Gemeinsam anpacken")
    assert made["links"]["join"] == f"http://127.0.0.1:9/j/{made['code']}"
    assert made["outcomes"]["accepted"] == 110

    code, out, err = ratschlag("verify", made["code"], file, "--json")
    assert (code, err, json.loads(out)["differences"]) == (0, "", [])

    assert ratschlag("export", made["code"], "--format", "script", "--out", tmp_path / "aus.json") == (0, "", "")
    assert ratschlag("verify", made["code"], tmp_path / "aus.json") == (0, "0 Unterschiede.\n", "")


def test_a_difference_is_exit_1_with_a_path_and_two_values(ratschlag: Any, file: Path) -> None:
    _, out, _ = ratschlag("import", file, "--json")

    code, out, err = ratschlag("verify", json.loads(out)["code"], file)

    assert (code, err) == (1, "")
    assert "polls.thema.ballots: erwartet 2, gefunden 0\n" in out


def test_without_json_a_command_speaks(ratschlag: Any, file: Path) -> None:
    code, out, err = ratschlag("import", file, "--stream")

    assert (code, err) == (0, "")
    assert out.startswith("Klausur: Gemeinsam anpacken: Code ")
    assert "   110 accepted\n" in out


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["import", "{tmp}/nirgends.json"], "the file cannot be read"),
        (["import", "{tmp}"], "the file cannot be read"),
        (["import", "{tmp}/bild.json"], "bild.json: the file is not text in UTF-8"),
        (["verify", "000000", "{tmp}/tag.json"], "there is no workshop with the code 000000"),
        (["export", "000000", "--format", "csv", "--out", "{tmp}/aus.csv"], "no workshop with the code 000000"),
        (["play", "{tmp}/tag.json"], "no Ratschlag answers at http://127.0.0.1:9: "),
        (["play", "{tmp}/tag.json", "--url", "file:///etc/passwd?"], "no Ratschlag answers at file:///etc/passwd?: "),
        (["play", "{tmp}/tag.json", "--speed", "schnell"], "--speed must be a number above 0, or max"),
        (["play", "{tmp}/tag.json", "--speed", "0"], "--speed must be a number above 0, or max"),
        (["import"], "Missing argument"),
        (["import", "{tmp}/tag.json", "--schnell"], "No such option"),
        (["einfuhr"], "No such command"),
    ],
)
def test_wrong_use_is_exit_2_with_one_line(
    ratschlag: Any, file: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    (tmp_path / "bild.json").write_bytes(b"\x89PNG\xff")

    code, out, err = ratschlag(*(word.format(tmp=tmp_path) for word in words))

    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert err.startswith("ratschlag: ")


@pytest.mark.parametrize(
    "name, value, sentence",
    [
        ("SECRET", "kurz", "RATSCHLAG_SECRET is too short"),
        ("URL", "ratschlag.example", "RATSCHLAG_URL is not valid"),
        ("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/nothing", "the database cannot be reached"),
        ("DATABASE_URL", "oracle", "RATSCHLAG_DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_exit_2_with_one_line(
    ratschlag: Any, file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"RATSCHLAG_{name}", value)

    code, out, err = ratschlag("import", file)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


def test_a_file_that_is_no_script_changes_nothing(ratschlag: Any, file: Path, installation: Path) -> None:
    file.write_text("{}", encoding="utf-8")

    assert ratschlag("import", file)[0] == 2
    assert not (installation / "data").exists()


def test_our_own_mistakes_are_one_line_too(ratschlag: Any, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.scripts.reading.read", lambda path: path / 0)

    assert ratschlag("import", file) == (
        1,
        "",
        "ratschlag: unexpected error: TypeError: unsupported operand type(s) for /: 'PosixPath' and 'int'\n",
    )


def test_help_names_every_command(ratschlag: Any) -> None:
    code, out, _ = ratschlag("--help")

    assert code == 0
    assert {word for word in ("import", "play", "verify", "export", "serve") if f"\n  {word} " not in out} == set()
