"""The thread that writes: what it is given is done in order, whatever becomes of who asked."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from app.hand import Hand


@pytest.fixture
def hand() -> Iterator[Hand]:
    made = Hand("a hand")
    yield made
    made.close()


async def test_one_thing_after_the_other_in_a_thread_of_its_own(hand: Hand) -> None:
    done: list[int] = []

    def work(number: int, pause: float) -> str:
        time.sleep(pause)
        done.append(number)
        return threading.current_thread().name

    names = await asyncio.gather(hand.do(work, 1, 0.02), hand.do(work, 2, pause=0))
    assert (done, names) == ([1, 2], ["a hand", "a hand"])


async def test_what_goes_wrong_belongs_to_whoever_asked(hand: Hand) -> None:
    with pytest.raises(ZeroDivisionError):
        await hand.do(lambda: 1 / 0)
    assert await hand.do(lambda: "weiter") == "weiter"


async def test_it_is_done_also_where_nobody_waits_any_more(hand: Hand) -> None:
    may_go, done = threading.Event(), threading.Event()
    asked = [asyncio.create_task(hand.do(may_go.wait)), asyncio.create_task(hand.do(done.set))]
    await asyncio.sleep(0)
    for task in asked:
        task.cancel()
    may_go.set()
    assert await hand.do(done.is_set)


def test_a_loop_that_ended_stops_nothing() -> None:
    hand, may_go, done = Hand("a hand"), threading.Event(), threading.Event()

    async def leave() -> None:
        for work in (may_go.wait, done.set):
            asyncio.create_task(hand.do(work)).add_done_callback(lambda _: None)
        await asyncio.sleep(0)

    asyncio.run(leave())
    may_go.set()
    hand.close()
    assert done.is_set()
