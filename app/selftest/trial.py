"""One selftest: fill a hall, let people work through a bad network, kill the server again and again, then check."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from app import database
from app.caller import Screen
from app.faults import Proxy
from app.selftest import checker, storm
from app.selftest.history import History, Wish
from app.selftest.people import Device, take_part
from app.selftest.report import Report, Screens, Weather
from app.selftest.victim import NotStarted, Victim, serve
from app.selftest.workload import SECRET, STAFF, Hall, Will
from app.store import Store
from app.tokens import sign
from realtime.seat import Seat

SETTLING = 60.0  # seconds for all outboxes to be empty and all screens to be equal; more is a failure


@dataclass(frozen=True, slots=True)
class Plan:
    kills: int
    people: int
    seed: int
    database: str = ""  # a URL; empty: SQLite in a temporary folder
    command: Sequence[str] = field(default_factory=serve)  # what is started, before the port


async def run(plan: Plan, progress: Callable[[], None] = lambda: None) -> Report:
    """The whole selftest; NotStarted if the server does not come up.  `progress` is called after each kill."""
    with TemporaryDirectory(prefix="ratschlag-selftest-") as folder:
        url = plan.database or f"sqlite:///{Path(folder) / 'selftest.db'}"
        await asyncio.to_thread(database.upgrade, url)
        store = Store(url)
        hall = Hall(store, plan.people)
        await hall.fill()
        victim = Victim(plan.command, url, Path(folder))
        try:
            async with Proxy(victim.port, storm.FAIR, seed=plan.seed) as proxy:
                return await Trial(plan, hall, victim, proxy).run(progress)
        finally:
            await victim.kill()
            store.close()


class Trial:
    def __init__(self, plan: Plan, hall: Hall, victim: Victim, proxy: Proxy) -> None:
        self.plan, self.hall, self.victim, self.proxy = plan, hall, victim, proxy
        self.draws = random.Random(plan.seed)  # noqa: S311  # repeatable, not secret
        self.history = History()
        self.end = asyncio.Event()
        self.busy = 0

    async def run(self, progress: Callable[[], None]) -> Report:
        through = f"http://127.0.0.1:{self.proxy.port}"
        devices = [self._device(through, person, "person") for person in self.hall.people]
        await self.victim.start()
        tasks = [asyncio.create_task(take_part(device, self._will(n), self.end)) for n, device in enumerate(devices)]
        try:
            for _ in range(self.plan.kills):
                await self._kill()
                progress()
            return await self._judged(devices)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _device(self, url: str, person: str, place: str) -> Device:
        token = sign(self.victim.secret, Seat(self.hall.workshop, person, place, f"device-{person}", 1))
        page = "desk" if place == "desk" else "now"
        return Device(url, (token, page), self.history, self._draws(person))

    def _will(self, number: int) -> Will:
        person = self.hall.people[number]
        return Will(person, self.hall.questions, self._draws(f"will {person}"))

    def _draws(self, of: str) -> random.Random:
        return random.Random(f"{self.plan.seed} {of}")  # noqa: S311  # repeatable, not secret

    async def _kill(self) -> None:
        """Kill the server once people work, and start it again."""
        before = self.history.counts["ok"]
        if not await _happened(lambda: self.history.counts["ok"] > before + self.plan.people // 3):
            raise NotStarted(f"it answers nobody: {self.victim.last_words()}")
        await storm.rage(self.proxy, self.draws)
        self.busy += self.history.under_way > 0
        await self.victim.kill()
        self.proxy.faults = storm.FAIR
        await self.victim.start()

    async def _judged(self, devices: list[Device]) -> Report:
        began = time.monotonic()
        storm.clear_up(self.proxy)
        self.end.set()
        await _happened(lambda: not self.history.under_way)
        store, workshop = self.hall.store, self.hall.workshop
        await self._close()
        screens = [device.screen for device in devices]
        wrong = await self._wrong(screens, store.head([workshop])[workshop])
        converged = None if wrong else round(time.monotonic() - began, 1)
        found = await asyncio.to_thread(checker.record, store, workshop)
        counted = self.proxy.counts
        return Report(
            seed=self.plan.seed,
            database=store.engine.dialect.name,
            history=self.history,
            weather=Weather(self.plan.kills, self.busy, counted["cut"], counted["lost"], counted["connection"]),
            screens=Screens(len(screens), wrong, converged),
            faults=checker.faults(found, self.history, self.hall.prepared),
            entries=len(found.entries),
            said=self.victim.last_words(),
        )

    async def _close(self) -> None:
        """Close a poll: the last entry, and everybody sees it."""
        desk = self._device(self.victim.url, STAFF.id, "desk")
        with suppress(TimeoutError):  # then the checker finds it unanswered
            async with asyncio.timeout(SETTLING):
                await desk.deliver(Wish(token_hex(16), STAFF.id, SECRET, "close", {}))
        await desk.hang_up()

    async def _wrong(self, screens: Sequence[Screen], head: int) -> int:
        """How many screens do not come to show the picture of entry `head`, as a witness sees it who just came."""
        witness = self._device(self.victim.url, self.hall.people[0], "person")
        watching = asyncio.create_task(witness.stay())

        def differing() -> int:
            truth = witness.screen.parts
            return sum(screen.at != head or screen.parts != truth for screen in (*screens, witness.screen))

        await _happened(lambda: not differing())
        watching.cancel()
        await witness.hang_up()
        return differing()


async def _happened(condition: Callable[[], bool]) -> bool:
    """Whether it came to that in time; asked again and again, for many have a part in it and none can say so."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SETTLING):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    return condition()
