"""Forming groups, measured: the desk says who works where, while others vote, again and again."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence

from app.bench.crowd import Crowd, filled
from app.bench.figures import Figures, percentile
from app.bench.plays import Stretch, quiet
from app.bench.wire import SocketIO

TABLES = 60  # groups
VOTERS = 40  # people in none
PAUSE = 0.02  # seconds from vote to vote
CALM = 1.5  # seconds before each forming
PATIENCE = 30.0  # seconds until somebody who does not learn their group is given up


async def forming(crowd: Crowd, pids: Sequence[int], times: int) -> Figures:
    """Milliseconds from the receipt until a phone has the picture of its group, and of receipts of votes meanwhile.

    The last client is the desk, those before it vote, and everybody else is moved each time.
    """
    *people, desk = crowd.voters
    movers, voters = people[:-VOTERS], people[-VOTERS:]
    voting = asyncio.create_task(_voting(crowd, voters))
    knows, meanwhile = [], []
    stretch = Stretch(pids)
    for turn in range(times):
        await asyncio.sleep(CALM)
        began = time.monotonic()
        await desk.ask(*filled((crowd.speech.update[0], _said(crowd, len(movers), turn))))
        answered = time.monotonic()
        while any(mover.renewed < began for mover in movers):
            if time.monotonic() > answered + PATIENCE:
                raise TimeoutError("somebody does not know their group")
            await asyncio.sleep(0.005)
        knows += [1e3 * max(0, mover.renewed - answered) for mover in movers]
        meanwhile.append((began, max(mover.renewed for mover in movers)))
    voting.cancel()
    await quiet(crowd)
    waits = list(_waits(crowd, meanwhile))
    calm, busy = ([wait for wait, formed in waits if formed is which] for which in (False, True))
    return stretch.over(times) | {
        "knows_p50_ms": percentile(knows, 0.5),
        "knows_p99_ms": percentile(knows, 0.99),
        "calm_p99_ms": percentile(calm, 0.99),
        "busy_p99_ms": percentile(busy, 0.99),
        "busy": len(busy),
        "refused": crowd.ledger.refused,
    }


def _said(crowd: Crowd, people: int, turn: int) -> str:
    """Who sits where: nobody where they sat before."""
    groups = {f"g{table}": [f"p{n}" for n in range(people) if (n + turn) % TABLES == table] for table in range(TABLES)}
    return crowd.speech.update[1].replace('"$groups"', json.dumps(groups))


async def _voting(crowd: Crowd, voters: Sequence[SocketIO]) -> None:
    while True:
        for voter in voters:
            voter.vote(*filled(crowd.speech.vote))
            await asyncio.sleep(PAUSE)


def _waits(crowd: Crowd, meanwhile: Sequence[tuple[float, float]]) -> Iterator[tuple[float, bool]]:
    """How long each vote waited for its receipt, and whether that was while groups were formed."""
    for asked, answered in crowd.ledger.acknowledged:
        yield 1e3 * (answered - asked), any(asked <= end and answered >= start for start, end in meanwhile)
