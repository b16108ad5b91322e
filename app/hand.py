"""A thread that does one thing after the other, and tells the loop that waits for it.

An executor keeps account of more than one thread needs: it costs a vote twice as much.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Hand:
    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises, after everything that was asked for before.

        It is done also where nobody waits for it any more.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(partial(work, *args, **kwargs), loop, done))
        return await done

    def close(self) -> None:
        """Finish what was asked for."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while job := self._jobs.get():
            job.run()


class _Job(NamedTuple):
    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]

    def run(self) -> None:
        try:
            result, broken = self.work(), None
        except Exception as error:  # noqa: BLE001 -- whatever it is, it belongs to whoever waits
            result, broken = None, error
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            self.loop.call_soon_threadsafe(self._tell, result, broken)

    def _tell(self, result: Any, broken: Exception | None) -> None:
        if self.done.done():
            return  # whoever asked has gone
        if broken is None:
            self.done.set_result(result)
        else:
            self.done.set_exception(broken)
