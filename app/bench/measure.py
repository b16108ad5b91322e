"""Measuring in turns: product, reference, product, reference …, each with a fresh server, until a run is quiet.

What slows the machine for a minute slows both sides of a ratio.  A run in which the generator was the slow side, or in
which a reference did not repeat itself, is thrown away; after five of them the bench says so.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.bench.crowd import Speech
from app.bench.figures import Figures, noise
from app.bench.generator import Plan
from app.bench.servers import Target, cores

ATTEMPTS = 5
_generators: set["subprocess.Popen[str]"] = set()  # that run now
PAD = 220  # bytes of an update of a reference, where no update of ours is there to be imitated
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
AROUND = 40  # bytes that a reference adds

Round = Mapping[str, Figures]  # of each contender


class NotMeasured(Exception):
    """A generator that came to no figures, and why."""


@dataclass(frozen=True)
class Contender:
    """Somebody who is measured; a contender with two targets is measured by two generators at once."""

    name: str
    opened: Callable[[], AbstractContextManager[Sequence[Target]]]
    plan: Mapping[str, object] = field(default_factory=dict)  # how its plan differs from that of the scenario


@dataclass(frozen=True)
class Row:
    """A line of the table: a figure of one round, and the most (or least) that it may be; None: only reported."""

    name: str
    value: Callable[[Round], float]
    target: float | None = None
    least: bool = False
    relaxed: float | None = None  # for the quick run, where one and a half times does not fit
    unit: str = "×"

    def limit(self, *, quick: bool) -> float | None:
        if not quick or self.target is None:
            return self.target
        return self.relaxed or (self.target / 1.5 if self.least else self.target * 1.5)


@dataclass(frozen=True)
class Scenario:
    """Contenders that play the same, and what is read from their figures."""

    plan: Mapping[str, object]  # of every generator, without what the target says
    contenders: Sequence[Contender]
    rows: Sequence[Row]
    steady: Mapping[str, Sequence[str]] = field(default_factory=dict)  # reference -> figures that must repeat
    rounds: int = 3


class Measured(NamedTuple):
    rounds: list[Round]
    noise: list[str]  # why they say nothing; empty if they are quiet
    attempts: int


def measured(scenario: Scenario, progress: Callable[[str], None]) -> Measured:
    """All rounds of a scenario, again and again until they are quiet, five times at most."""
    for attempt in range(1, ATTEMPTS + 1):
        rounds = []
        for number in range(scenario.rounds):
            progress(f"round {number + 1} of {scenario.rounds}, attempt {attempt}")
            rounds.append(_round(scenario))
        reasons = noise(rounds, scenario.steady)
        if not reasons:
            break
        progress("; ".join(reasons))
    return Measured(rounds, reasons, attempt)


def _round(scenario: Scenario) -> Round:
    """Everybody once.  Where an update is asked for, references send as many bytes as the product just did."""
    figures: dict[str, Figures] = {}
    pad = PAD
    with ExitStack() as servers:
        with ThreadPoolExecutor(len(scenario.contenders)) as threads:  # they start at once and are measured in turn
            opened = list(threads.map(lambda each: servers.enter_context(each.opened()), scenario.contenders))
        for contender, targets in zip(scenario.contenders, opened, strict=True):
            figures[contender.name] = _merged(_generated(targets, {**scenario.plan, **contender.plan}, pad))
            if size := figures[contender.name].get("bytes"):
                pad = max(1, round(size) - AROUND)
    return figures


def _generated(targets: Sequence[Target], plan: Mapping[str, object], pad: int) -> list[Figures]:
    """The figures of one generator for each target, all at once."""
    core = cores()[1] if len(targets) == 1 else None
    plans = [
        Plan(port=port, pids=pids, speech=_padded(speech, pad), core=core, **plan)  # type: ignore[arg-type]
        for port, pids, speech in targets
    ]
    with ThreadPoolExecutor(len(plans)) as threads:
        return list(threads.map(_figures, plans))


def _figures(plan: Plan) -> Figures:
    command = [sys.executable, "-m", "app.bench.generator"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as generator:
        _generators.add(generator)
        said, complaint = generator.communicate(plan.text())
        _generators.remove(generator)
    if generator.returncode:
        raise NotMeasured(complaint.strip()[-2000:])
    figures: Figures = json.loads(said)
    return figures


@contextmanager
def ended_in_order() -> Iterator[None]:
    """While it lasts, whoever ends us ends what we started: servers are left, generators waited for no more."""

    def end(*_: object) -> None:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # once is enough
        for generator in list(_generators):
            generator.kill()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _padded(speech: Speech, pad: int) -> Speech:
    event, data = speech.update
    return replace(speech, update=(event, data.replace("$pad", "x" * pad)))


def _merged(figures: Sequence[Figures]) -> Figures:
    """Of several generators: what they counted in all, and the worst of everything else."""
    if len(figures) == 1:
        return figures[0]
    sums = ("per_s", "acknowledged", "refused", "messages", "lost")
    merged = {name: (sum if name in sums else max)(one[name] for one in figures) for name in figures[0]}
    return merged | {"others": 0}  # to each generator the other one is a stranger
