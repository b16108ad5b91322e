import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.selftest.report import Report
from app.selftest.trial import Plan, run

MUTANTS = Path(__file__).with_name("mutants.py")


def selftest(*args: str) -> tuple[int, dict[str, Any]]:
    """Exit code and figures of a selftest as an operator starts it."""
    program = Path(sys.executable).with_name("ratschlag")
    done = subprocess.run([program, "selftest", "--json", *args], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


async def mutant(mistake: str) -> Report:
    return await run(Plan(kills=3, people=20, seed=1, command=[sys.executable, "-P", str(MUTANTS), mistake]))


def test_a_server_that_is_killed_ten_times_loses_and_doubles_nothing() -> None:
    code, figures = selftest("--kill", "10", "--people", "30")

    assert (code, figures["flaws"], figures["examples"]) == (0, [], [])
    assert figures["kills"] == 10
    assert (figures["lost"], figures["doubled"], figures["wrong_screens"]) == (0, 0, 0)
    assert figures["acknowledged"] + figures["refused"] == figures["commands"]


async def test_it_finds_a_server_that_acknowledges_before_it_commits() -> None:
    report = await mutant("receipt_before_commit")

    assert "lost" in {fault.kind for fault in report.faults}
    assert report.figures()["ok"] is False


async def test_it_finds_a_server_that_records_what_is_sent_twice() -> None:
    report = await mutant("no_deduplication")

    assert "doubled" in {fault.kind for fault in report.faults}
    assert report.figures()["ok"] is False


def test_a_run_in_which_too_little_went_wrong_proves_nothing() -> None:
    from app.selftest.history import History
    from app.selftest.report import Screens, Weather

    calm = Report(1, "sqlite", History(), Weather(50, 0, 0, 0, 100), Screens(100, 0, 0.1), [], 100)

    assert list(calm.flaws()) == [
        "Kein Beweis: 0 wiederholte Befehle, die schon im Protokoll standen, nötig sind 20.",
        "Kein Beweis: 0 Abschüsse mitten in der Arbeit, nötig sind 25.",
        "Kein Beweis: 0 abgerissene Verbindungen, nötig sind 50.",
        "Kein Beweis: 0 verschluckte Antworten, nötig sind 50.",
    ]


def test_it_fills_no_database_that_is_in_use(tmp_path: Path) -> None:
    from app import database

    url = f"sqlite:///{tmp_path / 'ratschlag.db'}"
    database.upgrade(url)
    program = Path(sys.executable).with_name("ratschlag")

    done = subprocess.run([program, "selftest", "--database", url], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ratschlag: --database must name an empty database: the selftest fills it with simulated people\n"
    )
