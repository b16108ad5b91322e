"""Whole invented days against a second reading of the rules: imported, played live, exported and imported again."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.scripts.ways import WAYS
from app.store import Store
from tests import real
from tests.invented import clocks, everything
from tests.ledger import KINDS
from tests.scripts import exported, imported, opened, other, script, store
from tests.test_playing import ratschlag

__all__ = ["other", "store"]

OUTCOMES = {
    *("accepted", "duplicate", "unknown_actor", "forbidden", "not_joined", "not_open", "not_member", "invalid"),
    *("too_long", "over_limit", "over_budget", "already_voted"),
}
BOTH = pytest.mark.parametrize("made", [everything, clocks])
Made = Callable[[], dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[real.Ratschlag]:
    with real.served({"RATSCHLAG_ALLOWANCE": "600"}) as server:
        yield server


def test_everything_happens_on_one_of_the_days() -> None:
    day = everything()

    assert {action["kind"] for action in day["stream"]} == KINDS <= WAYS.keys()
    assert set(day["expected"]["totals"]["by_outcome"]) == OUTCOMES
    assert {activity["type"] for activity in day["activities"]} == {
        *("poll", "wall", "breakout", "qa", "blog", "text", "measures", "speak")
    }


@BOTH
def test_an_invented_day_comes_to_what_the_rules_say(made: Made, database_url: str) -> None:
    with opened(database_url) as store:
        workshop, _ = imported(store, made())

        assert verify(store, workshop, script(made())) == ([], {})


@BOTH
def test_an_invented_day_played_live_comes_to_the_same(made: Made, server: real.Ratschlag, tmp_path: Path) -> None:
    file = tmp_path / "tag.json"
    file.write_text(json.dumps(made()), encoding="utf-8")
    _, place = ratschlag(server, "import", file)

    code, report = ratschlag(server, "play", file, "--code", place["code"], "--speed", "max")

    assert (code, report["unanswered"]) == (0, 0)
    assert ratschlag(server, "verify", place["code"], file) == (0, {"differences": [], "unsupported": {}})


@BOTH
def test_what_is_exported_of_an_invented_day_comes_to_the_same_elsewhere(
    made: Made, store: Store, other: Store, tmp_path: Path
) -> None:
    first, _ = imported(store, made())
    second, _ = imported(other, exported(store, first, tmp_path))

    came_to, again = (results(*recorded(*there)) for there in ((store, first), (other, second)))
    assert again == came_to


def test_the_hour_that_comes_twice_is_two_hours(store: Store, tmp_path: Path) -> None:
    day = clocks()
    workshop, _ = imported(store, day)

    out = exported(store, workshop, tmp_path)

    notes = [action["ts"] for action in out["stream"] if action["kind"] == "note"]
    assert [ts[11:16] + ts[-6:] for ts in notes] == ["02:30+02:00", "02:30+01:00"]
    times = [datetime.fromisoformat(action["ts"]) for action in out["stream"]]
    assert times == sorted(times)
    steps = [[datetime.fromisoformat(step[end]) for end in ("start", "end")] for step in out["agenda"]]
    assert steps == [[datetime.fromisoformat(step[end]) for end in ("start", "end")] for step in day["agenda"]]
    assert {end - start for start, end in steps} == {timedelta(hours=2)}
    assert [step["start"][11:16] for step in out["agenda"]] == ["22:00", "00:00", "02:00", "03:00"]
