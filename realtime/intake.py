"""The intake: what comes close together is heard together, messages and requests for pages alike.

After a quiet moment one is heard at once.  Those who come within 10 ms after somebody wait for each other, go on in the
same turn of the loop and, with what they say, into the same commit: what runs after a wait runs slower, and each wait
for the disk is one.  A wave of votes costs a quarter less so, and a hall that comes in a seventh.
"""

import asyncio

INTAKE_SECONDS = 0.01
ENOUGH = 32  # so many need not wait that long


class Intake:
    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._waiting = 0

    async def enter(self) -> None:
        """Return when it is one's turn."""
        self._waiting += 1
        if self._waiting >= ENOUGH:
            self._open.set()
        try:
            await self._open.wait()
        finally:
            self._waiting -= 1
        if self._open.is_set():  # the first of this turn closes it behind them
            self._open.clear()
            asyncio.get_running_loop().call_later(INTAKE_SECONDS, self._open.set)
