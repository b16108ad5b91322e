"""A day played live: real clients, a real server, and what is on record afterwards."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import real
from tests.days import day


@pytest.fixture(scope="module")
def server() -> Iterator[real.Ratschlag]:
    with real.served({"RATSCHLAG_ALLOWANCE": "300"}) as server:  # some must wait and come again, but not for long
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tag.json"
    path.write_text(json.dumps(day()), encoding="utf-8")
    return path


def ratschlag(server: real.Ratschlag, *words: object) -> tuple[int, Any]:
    """The exit code and the JSON of a command that runs beside the server, with the same settings."""
    command = [str(Path(sys.executable).with_name("ratschlag")), *map(str, words), "--json"]
    done = subprocess.run(command, env=server.env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_a_day_played_live_comes_to_what_was_counted_by_hand(server: real.Ratschlag, file: Path) -> None:
    _, made = ratschlag(server, "import", file)

    code, report = ratschlag(server, "play", file, "--code", made["code"], "--speed", "max")

    refused = day()["expected"]["not_accepted"]
    unsupported = {id for id, word in report["not_accepted"].items() if word == "unsupported"}
    assert (code, report["actions"], report["unanswered"], len(unsupported)) == (0, 156, 0, 6)
    supported = {id: word for id, word in report["not_accepted"].items() if id not in unsupported}
    assert supported == {id: word for id, word in refused.items() if id not in unsupported}
    assert report["ack_ms"]["p50"] <= report["ack_ms"]["p99"] <= report["ack_ms"]["max"]
    assert ratschlag(server, "verify", made["code"], file) == (0, {"differences": [], "unsupported": _left_out()})


def test_a_day_played_again_in_the_same_place_is_nothing_but_repeats(server: real.Ratschlag, file: Path) -> None:
    _, made = ratschlag(server, "import", file, "--stream")

    _, report = ratschlag(server, "play", file, "--code", made["code"], "--speed", "max")

    assert report["by_outcome"] == {"duplicate": 150, "unsupported": 6}


def test_without_a_place_a_day_is_played_in_a_new_one_with_the_gaps_of_the_script(
    server: real.Ratschlag, file: Path
) -> None:
    early = day()
    early["stream"] = early["stream"][:3]  # ten and fifty seconds apart, and a minute
    file.write_text(json.dumps(early), encoding="utf-8")

    code, report = ratschlag(server, "play", file, "--speed", "1000")

    assert (code, report["by_outcome"]) == (0, {"accepted": 3})


def test_an_export_can_be_played_but_for_what_it_has_no_content_of(
    server: real.Ratschlag, file: Path, tmp_path: Path
) -> None:
    _, made = ratschlag(server, "import", file, "--stream")
    out = tmp_path / "aus.json"
    command = [str(Path(sys.executable).with_name("ratschlag")), "export", made["code"], "--format", "script"]
    subprocess.run([*command, "--out", str(out)], env=server.env, check=True)

    code, report = ratschlag(server, "play", out, "--speed", "max")

    refused = Counter(
        "outcome" in action or action["kind"] == "sealed" for action in json.loads(out.read_text())["stream"]
    )
    assert code == 0
    assert report["by_outcome"] == {"accepted": refused[False], "unsupported": refused[True]}


def _left_out() -> dict[str, int]:
    return {"befragen": 2, "hide": 1, "open": 1, "show": 1, "vote": 1}
