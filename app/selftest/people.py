"""Simulated people: each has one device with an outbox that sends one command at a time until it is answered."""

import asyncio
import random

from app.caller import Caller, Lost, Message, Screen
from app.selftest.history import History, Wish
from app.selftest.workload import Will

PATIENCE = 2.5  # seconds that an answer may take; then the connection is taken for dead
COMING_BACK = (0.05, 0.6)  # seconds, least and most, before a connection is tried again
THINKING = (0.3, 1.4)  # seconds between an answer and the next wish


class Device:
    """A browser's part of the protocol: come back with the number of the last picture, send until it is answered."""

    def __init__(self, url: str, seat: tuple[str, str], history: History, draws: random.Random) -> None:
        """`seat` is a signed token and the page that is watched from there."""
        self.url, self.history, self.draws = url, history, draws
        self.token, self.page = seat
        self.screen = Screen()
        self.caller: Caller | None = None

    async def deliver(self, wish: Wish) -> None:
        """Send a wish, under one id, until the answer is final."""
        self.history.invoke(wish)
        self.history.under_way += 1
        while wish.answer is None:
            answer = await self._sent(wish)
            if answer is None:
                self.history.note("unknown", wish)
            elif wait := answer.get("retry_after_ms"):
                self.history.note("patience", wish)
                await asyncio.sleep(wait / 1000)
            else:
                self.history.close(wish, answer)
        self.history.under_way -= 1

    async def _sent(self, wish: Wish) -> Message | None:
        """One answer, or None if it did not come: perhaps the command is on record, perhaps not."""
        caller = await self.connected()
        message = {"id": wish.id, "activity": wish.activity, "command": wish.command, "data": wish.data}
        wish.sent += 1
        self.history.note("sent", wish)
        try:
            return await caller.ask("command", message, PATIENCE)
        except (Lost, TimeoutError):
            await self.hang_up()
            return None

    async def connected(self) -> Caller:
        """A connection that watches, however long it takes to get one."""
        while self.caller is None or self.caller.over.is_set():
            await self.hang_up()
            try:
                self.caller = await Caller.call(self.url, self.token, self.page, self.screen, PATIENCE)
            except Lost:
                await asyncio.sleep(self.draws.uniform(*COMING_BACK))
        return self.caller

    async def stay(self) -> None:
        """Watch until cancelled, and come back whenever the connection is lost."""
        while True:
            await (await self.connected()).over.wait()

    async def hang_up(self) -> None:
        if self.caller:
            caller, self.caller = self.caller, None
            await caller.hang_up()


async def take_part(device: Device, will: Will, end: asyncio.Event) -> None:
    """Wish, send, think, until the end; then watch until cancelled."""
    await asyncio.sleep(device.draws.uniform(0, THINKING[1]))
    try:
        while not end.is_set():
            wish = will.wish()
            await device.deliver(wish)
            will.learn(wish)
            await asyncio.sleep(device.draws.uniform(*THINKING))
        await device.stay()
    finally:
        await device.hang_up()
