"""`ratschlag bench`: measures one scenario after the other and prints ratios, targets and whether they hold."""

import json
import math
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bench.figures import spread
from app.bench.measure import Measured, NotMeasured, Row, Scenario, ended_in_order, measured
from app.bench.scenarios import QUICK, SCENARIOS
from app.bench.servers import REFERENCES, NotStarted
from app.settings import WrongUse

QUICK_ROUNDS = 1
OTHERS = 0.3  # cores on which others work before it is mentioned
PARTS = ("python-socketio", "python-engineio", "uvicorn", "uvloop", "websockets", "starlette", "SQLAlchemy", "sqlmodel")


class UnknownScenario(WrongUse):
    """There is no scenario of this name."""


def bench(*, as_json: bool = False, quick: bool = False, show: bool = False, only: str = "") -> int:
    """Measure and print; 0 if every target holds, 1 if one does not or it was too noisy to say.

    UnknownScenario if `only` names none.
    """
    if show:
        print("\n".join(f"# {file.name}\n{file.read_text()}" for file in sorted(REFERENCES.glob("[!_]*.py"))))
        return 0
    if only and only not in SCENARIOS:
        raise UnknownScenario(f"no scenario is called {only}: {', '.join(SCENARIOS)}")
    report: dict[str, Any] = {"quick": quick, "machine": _machine(), "versions": _versions(), "scenarios": {}}
    for name in [only] if only else QUICK if quick else SCENARIOS:
        with ended_in_order(), TemporaryDirectory(prefix="ratschlag-bench-") as folder:
            lines = _measured(name, Path(folder), quick=quick)
        if lines:
            report["scenarios"][name] = lines
            if not as_json:
                _print(name, lines)
    report["ok"] = all(lines["ok"] for lines in report["scenarios"].values())
    if as_json:
        print(json.dumps(report, indent=2))
    return 0 if report["ok"] else 1


def _measured(name: str, folder: Path, *, quick: bool) -> dict[str, Any] | None:
    scenario: Scenario | None = SCENARIOS[name](folder, quick=quick)
    if scenario is None:
        return None
    if quick:
        scenario = replace(scenario, rounds=min(scenario.rounds, QUICK_ROUNDS))
    try:
        result = measured(scenario, _progress(name))
    except (NotMeasured, NotStarted) as failure:
        return {"ok": False, "failure": str(failure), "rows": []}
    rows = [_row(row, result, quick=quick) for row in scenario.rows]
    return {
        "ok": not result.noise and all(row["ok"] is not False for row in rows),
        "noise": result.noise,
        "attempts": result.attempts,
        "others": max(figures["others"] for each in result.rounds for figures in each.values()),
        "rows": rows,
        "rounds": result.rounds,
    }


def _row(row: Row, result: Measured, *, quick: bool) -> dict[str, Any]:
    value = spread([row.value(figures) for figures in result.rounds])
    limit = row.limit(quick=quick)
    ok = None if limit is None else bool(value.median >= limit if row.least else value.median <= limit)
    figures = {name: one if math.isfinite(one) else None for name, one in value._asdict().items()}
    return {"name": row.name, **figures, "unit": row.unit, "target": limit, "least": row.least, "ok": ok}


def _print(name: str, lines: dict[str, Any]) -> None:
    print(f"\n{name}")
    for row in lines["rows"]:
        value, least, most = (_short(row[key]) for key in ("median", "least_seen", "most_seen"))
        target = "" if row["target"] is None else f"{'≥' if row['least'] else '≤'} {_short(row['target'])}"
        verdict = {True: "ok", False: "MISSED", None: ""}[row["ok"]]
        print(f"  {row['name']:<48}{value + row['unit']:>10}  ({least} – {most})".ljust(82) + f"{target:>8}  {verdict}")
    if lines.get("others", 0) > OTHERS:
        print(f"  others used {lines['others']:.1f} cores meanwhile: ratios bear that better than latencies")
    if lines.get("failure"):
        print(f"  not measured: {lines['failure']}")
    if lines.get("noise"):
        print(f"  too noisy after {lines['attempts']} attempts: {'; '.join(lines['noise'])}")


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _progress(name: str) -> Callable[[str], None]:
    """Says on a terminal what is being measured; nothing in a pipe."""

    def say(what: str) -> None:
        if sys.stderr.isatty():
            print(f"{name}: {what}", file=sys.stderr)

    return say


def _machine() -> dict[str, Any]:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    return {
        "system": platform.platform(),
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory) / 2**20),
        "load": os.getloadavg()[0],
    }


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text().splitlines() if path.exists() else []


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), "ratschlag": version("ratschlag"), **{p: version(p) for p in PARTS}}
