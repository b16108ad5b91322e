"""The arithmetic of the benchmark and its references; how fast anything is, no test says."""

import json
import math
import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from app.bench import measure
from app.bench.command import UnknownScenario, bench
from app.bench.figures import Spread, noise, percentile, ratio, spread
from app.bench.ledger import Ledger
from app.bench.measure import Contender, Row, Scenario, measured
from app.bench.product import Hall
from app.bench.scenarios import EMIT, PLAIN, QUICK, SCENARIOS, TOLD, US, bare
from app.bench.servers import REFERENCES
from app.bench.usage import tree
from app.bench.wire import Websocket
from app.bench.workshop import DIGEST

SPEECHES = {
    "bare_emit": (EMIT, "fan_out"),
    "emit_per_vote": (EMIT, "wave"),
    "emit_on_tick": (TOLD, "wave"),
    "commit_per_vote": (EMIT, "closed_loop"),
    "ws_broadcast": (PLAIN, "fan_out"),
    "kernel_send": (PLAIN, "fan_out"),
}
OURSELVES = {"no_database": "closed_loop", "drawn_page": "pages"}


def rounds(*figures: float, busy: float = 0.1) -> list[dict[str, dict[str, float]]]:
    return [{"ours": {"cpu_us": 1, "generator_share": busy}, "bare": {"cpu_us": figure}} for figure in figures]


def test_a_percentile_is_a_sample_that_was_really_seen() -> None:
    assert [percentile([4, 1, 3, 2], share) for share in (0.01, 0.5, 0.51, 0.99)] == [1, 2, 3, 4]


def test_without_samples_there_is_no_percentile() -> None:
    assert math.isnan(percentile([], 0.5))


def test_the_ratio_of_a_run_is_the_median_of_the_ratios_of_its_rounds() -> None:
    ours, bare = (1, 20, 3), (2, 10, 3)

    assert spread([ratio(a, b) for a, b in zip(ours, bare, strict=True)]) == Spread(1, 0.5, 2)


def test_nothing_is_infinitely_more_than_nothing() -> None:
    assert ratio(1, 0) == math.inf


def test_a_run_is_quiet_while_its_reference_repeats_itself() -> None:
    assert noise(rounds(10, 12, 15), {"bare": ["cpu_us"]}) == []


def test_a_reference_that_does_not_repeat_itself_makes_a_run_say_nothing() -> None:
    assert noise(rounds(10, 16), {"bare": ["cpu_us"]}) == ["cpu_us of bare lay between 10 and 16"]


def test_a_generator_that_was_the_slow_side_makes_a_run_say_nothing() -> None:
    assert noise(rounds(10, 10, busy=0.71), {}) == ["the generator used 71% of its core against ours"]


def test_a_quick_run_is_given_half_as_much_again() -> None:
    assert Row("", lambda _: 0, 0.4).limit(quick=True) == pytest.approx(0.6)


def test_a_quick_run_need_only_reach_two_thirds_of_what_must_be_reached() -> None:
    assert Row("", lambda _: 0, 0.75, least=True).limit(quick=True) == pytest.approx(0.5)


def test_a_row_may_say_itself_how_much_a_quick_run_is_given() -> None:
    assert Row("", lambda _: 0, 0.06, relaxed=0.3).limit(quick=True) == 0.3


@pytest.mark.parametrize("name", [*SPEECHES, *OURSELVES])
def test_a_reference_has_at_most_forty_lines(name: str) -> None:
    assert len((REFERENCES / f"{name}.py").read_text().splitlines()) <= 40


def test_every_reference_is_tried_here() -> None:
    assert {file.stem for file in REFERENCES.glob("[!_]*.py")} == {*SPEECHES, *OURSELVES}


@pytest.mark.parametrize("name", SPEECHES)
def test_a_reference_answers_and_everybody_hears_it(name: str, tmp_path: Path) -> None:
    speech, play = SPEECHES[name]
    plan = {"play": play, "clients": 3, "updates": 2, "gap": 0.05, "seconds": 0.1}

    run = measured(Scenario(plan, [bare(name, speech, tmp_path)], [], rounds=1), print)

    figures = run.rounds[0][name]
    assert figures["complete"] == figures["updates"]
    assert figures["acknowledged"] >= 2 or not speech.socketio
    assert figures["updates"] >= 1 or play == "closed_loop"


@pytest.mark.parametrize("by", ["", *OURSELVES])
def test_our_own_server_is_measured_like_its_references(by: str, tmp_path: Path) -> None:
    hall, play = Hall(tmp_path, 3), OURSELVES.get(by, "fan_out")
    plan = {"play": play, "clients": 3, "updates": 2, "gap": 0.2, "seconds": 0.1, "parallel": 3}
    opened = partial(hall.served, by, joined=play == "fan_out", page=True)

    figures = measured(Scenario(plan, [Contender(US, opened)], [], rounds=1), print).rounds[0][US]

    if play == "pages":
        assert figures["per_s"] > 0
    else:
        assert figures["refused"] == 0
        assert figures["acknowledged"] >= 2
        assert figures["updates"] == figures["complete"] == (2 if play == "fan_out" else 0)


def test_the_editing_desk_hears_of_each_card_that_it_changes(tmp_path: Path) -> None:
    hall = Hall(tmp_path, 0, DIGEST, said=3)
    plan = {"play": "fan_out", "clients": 1, "updates": 2, "gap": 0.2}

    figures = measured(Scenario(plan, [Contender(US, hall.served)], [], rounds=1), print).rounds[0][US]

    assert (figures["refused"], figures["updates"], figures["complete"], figures["true"]) == (0, 2, 2, 1)


def test_what_stays_noisy_is_tried_again_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "ATTEMPTS", 2)
    plan = {"play": "closed_loop", "clients": 1, "seconds": 0.01}
    never = {"emit_on_tick": ["refused"]}  # nothing is refused, and nothing is no measure

    run = measured(Scenario(plan, [bare("emit_on_tick", EMIT, tmp_path)], [], never, rounds=1), print)

    assert (run.attempts, run.noise) == (2, ["refused of emit_on_tick lay between 0 and 0"])


def test_whoever_ends_it_ends_all_servers_too(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(sys.executable).with_name("ratschlag")), "bench", "--quick", "--only", "join"]
    with (tmp_path / "said").open("wb") as words:
        bench = subprocess.Popen(command, stdout=words, stderr=words)
    until = time.monotonic() + 60
    while len(started := tree(bench.pid)) < 3 and time.monotonic() < until:  # two servers beside it
        time.sleep(0.05)

    bench.terminate()

    assert len(started) >= 3
    assert bench.wait(30) == 130
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_the_references_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(show=True) == 0

    shown = capsys.readouterr().out
    assert [line[2:-3] for line in shown.splitlines() if line.startswith("# ")] == sorted({*SPEECHES, *OURSELVES})


def test_a_quick_run_plays_some_of_all_scenarios_and_each_of_them_has_a_quick_form(tmp_path: Path) -> None:
    for name in QUICK:
        (folder := tmp_path / name).mkdir()
        assert SCENARIOS[name](folder, quick=True)
    assert len(QUICK) < len(SCENARIOS)


def test_a_scenario_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownScenario, match="no scenario is called nothing"):
        bench(only="nothing")


CHAINED = re.compile(rb'"since":(?:null|(?P<since>\d+)),"at":(?P<at>\d+)')


@pytest.mark.parametrize(
    "heard, whole",
    [
        ([(None, 1), (1, 2), (2, 5)], True),
        ([(None, 1), (2, 3)], False),
        ([(None, 1), (2, 3), (3, 4)], False),
        ([(None, 1), (2, 3), (None, 3)], True),
    ],
    ids=["one after the other", "one missing", "a hole is not closed by going on", "but by a whole picture"],
)
async def test_a_client_knows_when_its_picture_has_a_hole(heard: list[tuple[int | None, int]], whole: bool) -> None:  # noqa: FBT001
    client = Websocket(Ledger(), "/", CHAINED)

    for since, at in heard:
        client.said(json.dumps({"since": since, "at": at, "parts": {}}, separators=(",", ":")).encode())

    assert (client.whole, client.number) == (whole, heard[-1][1])
