import asyncio
import json

import pytest

from realtime import intake
from realtime.intake import ENOUGH, Intake
from realtime.seat import Message, Seat
from tests.realtime.hall import Hall, command, served, token, until
from tests.realtime.screens import Wire, wire


async def test_after_a_quiet_moment_one_is_heard_at_once() -> None:
    entrance = Intake()
    for _ in range(2):
        first = asyncio.create_task(entrance.enter())
        await asyncio.sleep(0)
        assert first.done()
        await until(entrance._open.is_set)


async def test_those_who_come_close_together_go_on_in_the_same_turn_and_the_next_wait_for_theirs() -> None:
    entrance = Intake()
    await entrance.enter()
    close = [asyncio.create_task(entrance.enter()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in close)

    await close[0]
    late = asyncio.create_task(entrance.enter())
    await asyncio.sleep(0)
    assert [task.done() for task in (*close, late)] == [True, True, True, False]
    await late


async def test_nobody_waits_for_more_than_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "INTAKE_SECONDS", 3600)
    entrance = Intake()
    await entrance.enter()
    gone = [asyncio.create_task(entrance.enter()) for _ in range(ENOUGH - 1)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await asyncio.wait(gone)

    close = [asyncio.create_task(entrance.enter()) for _ in range(ENOUGH - 1)]
    await asyncio.sleep(0.01)
    assert not any(task.done() for task in close)
    await asyncio.gather(*close, entrance.enter())


class Watched(Hall):
    """A house that knows whose commands came in one turn of the loop."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[set[str]] = []

    async def submit(self, seat: Seat, message: Message) -> Message:
        if not self.turns or not self.turns[-1]:
            self.turns.append(set())
            asyncio.get_running_loop().call_soon(self.turns.append, set())
        self.turns[-1].add(seat.person)
        return await super().submit(seat, message)


async def says(voter: Wire, choice: str = "ja") -> None:
    await voter.say(f'422["command",{json.dumps(command("vote", choice=choice))}]')


async def test_votes_that_come_close_together_are_submitted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Watched()
    async with (
        served(hall) as url,
        wire(url, token("p1")) as one,
        wire(url, token("p2")) as two,
        wire(url, token("p3")) as three,
    ):
        monkeypatch.setattr(intake, "INTAKE_SECONDS", 3600)
        await says(one)
        await one.heard("432")
        await says(two)
        await until(lambda: hall.live.intake._waiting == 1)
        await says(three)
        await until(lambda: hall.live.intake._waiting == 2)

        hall.live.intake._open.set()
        for voter in (two, three):
            await voter.heard("432")
        assert [turn for turn in hall.turns if turn] == [{"p1"}, {"p2", "p3"}]


async def test_a_vote_whose_voter_leaves_before_its_turn_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as one, wire(url, token("p2")) as two:
        monkeypatch.setattr(intake, "INTAKE_SECONDS", 3600)
        await says(one)
        await one.heard("432")
        at = hall.room.at
        await says(two, "nein")
        await until(lambda: hall.live.intake._waiting == 1)
        await two.socket.close()
        assert hall.room.at == at

        hall.live.intake._open.set()
        await until(lambda: hall.room.at > at)
