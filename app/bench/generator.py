"""The load generator, a process of its own: reads a plan as JSON from stdin, plays it, prints its figures as JSON.

`python -m app.bench.generator`.  Only aim it at a server that is yours.
"""

import asyncio
import gc
import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import uvloop

from app.bench import plays
from app.bench.crowd import Crowd, Speech
from app.bench.figures import Figures
from app.bench.forming import forming
from app.bench.plays import Stretch
from app.bench.wire import Lost


@dataclass(frozen=True)
class Plan:
    """What is played against whom, and which processes are watched meanwhile."""

    play: str
    port: int
    clients: int
    pids: Sequence[int]
    speech: Speech = field(default_factory=Speech)
    core: int | None = None  # the generator stays on this one
    seconds: float = 1.0  # of a wave or a closed loop
    updates: int = 10
    gap: float = 0.2  # seconds between two updates
    sleeping: int = 0  # clients that stop reading
    times: int = 10  # how often all leave and come back, or groups are formed
    parallel: int = 32  # connections on which pages are loaded

    def text(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def read(text: str) -> "Plan":
        plan = json.loads(text)
        speech = plan.pop("speech")
        said = {name: tuple(speech[name]) for name in ("update", "vote")}
        return Plan(**plan, speech=Speech(**speech | said))


async def play(plan: Plan) -> Figures:
    """Everybody comes in, the play is played, and both are measured."""
    crowd = Crowd(plan.port, plan.clients, plan.speech, plan.sleeping)
    if plan.play == "pages":
        return await plays.pages(crowd, plan.pids, plan.parallel, plan.seconds)
    coming = Stretch(plan.pids)
    await crowd.come()
    figures = {f"join_{name}": value for name, value in coming.over(crowd.size).items()}
    await asyncio.sleep(0.3)
    figures["join_memory_kib"] = (coming.usage().memory - coming.began.memory) / crowd.size
    match plan.play:
        case "fan_out":
            figures |= await plays.fan_out(crowd, plan.pids, plan.updates, plan.gap)
        case "wave":
            figures |= await plays.wave(crowd, plan.pids, plan.seconds)
        case "closed_loop":
            figures |= await plays.closed_loop(crowd, plan.pids, plan.seconds)
        case "forming":
            figures |= await forming(crowd, plan.pids, plan.times)
        case "reconnects":
            figures |= await plays.reconnects(crowd, plan.pids, plan.times)
        case "join":
            figures |= {name: figures[f"join_{name}"] for name in ("generator_share", "others")}
        case unknown:
            raise ValueError(f"no such play: {unknown}")
    await crowd.go()
    return figures


def main() -> int:
    plan = Plan.read(sys.stdin.read())
    if plan.core is not None:
        os.sched_setaffinity(0, {plan.core})
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()  # a run is short, and a pause here would look like one there
    try:
        figures = uvloop.run(play(plan))
    except (Lost, TimeoutError, OSError) as failure:
        print(f"{plan.play}: {type(failure).__name__} {failure}", file=sys.stderr)
        return 1
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
