"""The intake: what comes close together is heard together.

After a quiet moment a message is heard at once.  Those that come within 10 ms after one wait for each other, go on in
the same turn of the loop and into the same commit: what runs after a wait runs slower, and each wait for the disk is
one.  A wave of votes costs a quarter less, a receipt comes 10 ms later at most.
"""

import asyncio

INTAKE_SECONDS = 0.01


class Intake:
    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    async def enter(self) -> None:
        """Return when it is one's turn."""
        await self._open.wait()
        if self._open.is_set():  # the first of this turn closes it behind them
            self._open.clear()
            asyncio.get_running_loop().call_later(INTAKE_SECONDS, self._open.set)
