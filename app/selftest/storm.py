"""Bad weather: connections are cut, answers swallowed, and at a random moment the server is killed."""

import asyncio
import random
from dataclasses import replace

from app.faults import Faults, Proxy

FAIR = Faults(latency=(0, 0.02))
DEAF = replace(FAIR, deaf=True)  # a one-way black hole: commands arrive, answers do not


async def rage(proxy: Proxy, draws: random.Random) -> None:
    """Some moments of load with faults in them; returns at the moment to kill, sometimes in the middle of a fault."""
    await asyncio.sleep(draws.uniform(0.2, 0.7))
    if draws.random() < 0.5:
        proxy.cut()
        await asyncio.sleep(draws.uniform(0.2, 0.6))
    proxy.faults = DEAF
    await asyncio.sleep(draws.uniform(0.1, 0.3))
    if draws.random() < 0.5:
        return
    proxy.faults = FAIR
    await asyncio.sleep(draws.uniform(0, 0.5))


def clear_up(proxy: Proxy) -> None:
    """Fair weather; whoever is still deaf learns it."""
    proxy.faults = FAIR
    proxy.cut()
