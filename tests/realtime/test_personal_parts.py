import asyncio
import json

import pytest

from realtime.seat import Message, Picture, Seat
from tests.realtime.hall import Hall, command, seat, served, token, until
from tests.realtime.screens import Screen, wire


async def test_whoever_leaves_while_personal_parts_are_drawn_is_forgotten() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as one, Screen(url, token("p2")) as two:

        async def drawing() -> None:
            hall.drawing = None
            await one.sio.disconnect()
            await two.sio.disconnect()
            await until(lambda: not len(hall.live.crowd))

        hall.drawing = drawing
        hall.live.stir(1, None)
        await until(lambda: not (hall.drawing or len(hall.live.crowd)))
        await asyncio.sleep(0.05)

        assert hall.live._beat._unsaid == set()


async def test_personal_parts_reach_every_device_of_the_person_and_nobody_else() -> None:
    hall = Hall()
    async with (
        served(hall, seconds=0.01) as url,
        Screen(url, token("p1")) as phone,
        Screen(url, token("p1", device="laptop")) as laptop,
        Screen(url, token("p2")) as other,
    ):
        before = other.mine
        receipt = await phone.command(command("vote", choice="nein"))
        await until(lambda: laptop.mine == receipt["mine"])

        assert "chosen='nein'" in str(laptop.mine)
        assert other.mine is before


class Slow(Hall):
    """A house that answers only after some time, or breaks then, though all is on record."""

    def __init__(self, seconds: float, *, breaks: bool = False) -> None:
        super().__init__()
        self.seconds, self.breaks = seconds, breaks

    async def submit(self, seat: Seat, message: Message) -> Message:
        receipt = await super().submit(seat, message)
        await asyncio.sleep(self.seconds)
        if self.breaks:
            raise RuntimeError
        return receipt


async def test_a_receipt_does_not_wait_until_everybody_is_told() -> None:
    async with served(Slow(0)) as url, wire(url, token("p1")) as voter:
        await voter.join()
        await voter.heard('42["presence"')
        await voter.say(f'422["command",{json.dumps(command("vote", choice="ja"))}]')

        said = [str(await voter.socket.recv())[:10] for _ in range(2)]

        assert said == ['432[{"ok":', '42["patch"']


async def test_who_asks_is_shown_what_is_theirs_also_where_the_answer_breaks() -> None:
    hall = Slow(0.1, breaks=True)
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        assert (await screen.command(command("vote", choice="nein")))["code"] == "broken"
        await until(lambda: "chosen='nein'" in str(screen.mine))


async def test_the_beat_rests_while_somebody_waits_for_an_answer() -> None:
    hall = Slow(0.3)
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        await asyncio.sleep(0.05)  # what joining stirred is over
        beats: list[None] = []
        beat = hall.live._beat.beat

        async def counted() -> None:
            beats.append(None)
            await beat()

        hall.live._beat.beat = counted  # type: ignore[method-assign]
        await screen.command(command("vote", choice="nein"))
        await until(lambda: "chosen='nein'" in str(screen.mine))

        assert len(beats) == 1


async def test_personal_parts_that_did_not_change_are_not_sent() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        before = screen.mine
        hall.live.stir(1, None)
        hall.vote("p2")
        await until(lambda: screen.at == hall.room.at)
        await asyncio.sleep(0.05)

        assert screen.mine is before


async def test_personal_parts_that_are_broken_come_with_the_next_touch(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        hall.broken = {"mine"}
        hall.vote("p1", "ja")
        await until(lambda: caplog.records)
        hall.broken = set()
        hall.vote("p1", "nein")
        await until(lambda: "chosen='nein'" in str(screen.mine))

        assert [record.getMessage() for record in caplog.records] == ["the personal picture now is broken"]


async def test_personal_parts_drawn_before_another_touch_are_drawn_again() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        draw, drawings = hall.mine, 0

        async def overtaken(seat: Seat, page: str) -> Picture:
            nonlocal drawings
            drawings += 1
            parts = await draw(seat, page)
            if drawings == 1:
                hall.vote("p1", "nein")
            return parts

        hall.mine = overtaken  # type: ignore[method-assign]
        said: list[str] = []
        screen.sio.on("mine", lambda message: said.append(str(message["parts"]["mine-ballot"])))
        hall.vote("p1", "ja")
        await until(lambda: said)
        await asyncio.sleep(0.05)

        assert [("'nein'" in text, "'ja'," in text.partition("chosen")[2]) for text in said] == [(True, False)]


async def test_whoever_asks_is_shown_what_is_theirs_by_the_receipt_alone() -> None:
    hall = Hall()
    submit = hall.submit

    async def slowly(at: Seat, message: Message) -> Message:
        receipt = await submit(at, message)
        await until(lambda: watching.at == hall.room.at)  # a beat later
        return receipt

    hall.submit = slowly  # type: ignore[method-assign]
    async with (
        served(hall, seconds=0.01) as url,
        Screen(url, token("p1")) as asking,
        Screen(url, token("p2")) as watching,
    ):
        told: list[Message] = []
        asking.sio.on("mine", told.append)
        receipt = await asking.command(command("vote", choice="nein"))
        await asyncio.sleep(0.05)

        assert (receipt["ok"], receipt["mine"] == await hall.mine(seat("p1"), "now"), told) == (True, True, [])
