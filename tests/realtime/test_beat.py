import asyncio

import pytest

from facilitation.screen import Audience
from realtime.seat import Watch
from tests.realtime.hall import DESK, NOW, Hall, served, token, until
from tests.realtime.screens import Screen

STREAM = Watch(1, Audience.PLENARY, "stream")


async def test_a_broken_picture_silences_no_other_channel(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    async with (
        served(hall, seconds=0.01) as url,
        Screen(url, token("mo", "desk"), "desk") as desk,
        Screen(url, token("p1")) as screen,
    ):
        hall.broken = {Audience.DESK}
        for person in ("p1", "p2", "p3"):
            hall.vote(person)
            await until(lambda: screen.at == hall.room.at)
        assert (screen.parts, desk.patches) == (hall.picture(NOW), 0)
        assert [record.getMessage() for record in caplog.records] == ["the picture desk desk is broken"]

        hall.broken = set()
        hall.vote("p4")
        await until(lambda: desk.at == hall.room.at)
        assert desk.parts == hall.picture(DESK)


async def test_a_broken_picture_is_answered_to_whoever_joins(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    hall.broken = {"now"}
    async with served(hall) as url, Screen(url, token("p1")) as screen:
        assert screen.answer == {"ok": False, "code": "broken", "sentence": "Das ging nicht: broken."}
        assert [record.getMessage() for record in caplog.records] == ["join is broken"]

        hall.broken = set()
        assert (await screen.join())["ok"]


async def test_the_beat_survives_what_nobody_thought_of(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        with monkeypatch.context() as broken:
            broken.setattr("realtime.beat.Frame", lambda *_: 1 / 0)
            hall.vote("p1")
            await until(lambda: caplog.records)
        await screen.resync()
        hall.vote("p2")
        await until(lambda: screen.at == hall.room.at)

        assert screen.parts == hall.picture(NOW)
        assert [record.getMessage() for record in caplog.records] == ["a beat is broken"]


async def test_long_painting_lets_others_have_a_turn() -> None:
    hall = Hall()
    async with (
        served(hall, seconds=0.01) as url,
        Screen(url, token("mo", "desk"), "desk"),
        Screen(url, token("p1"), "now"),
        Screen(url, token("p1"), "stream"),
    ):
        turns: list[str] = []

        async def painting(_watch: Watch) -> None:
            turns.append("painted")
            asyncio.get_running_loop().call_soon(turns.append, "turn")
            until_then = asyncio.get_running_loop().time() + 0.025
            while asyncio.get_running_loop().time() < until_then:
                pass  # a picture that takes its time, as templates do

        hall.painting = painting
        hall.vote("p1")
        await until(lambda: len(turns) == 6)

        assert turns == ["painted", "turn"] * 3


async def test_a_slow_fan_out_stretches_the_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        now, times = asyncio.get_running_loop().time, []

        def slow(*_: object) -> list[object]:
            times.append(now())
            until_then = now() + 0.05
            while now() < until_then:
                pass
            return []

        monkeypatch.setattr("realtime.beat.fan_out", slow)
        for person in ("p1", "p2"):
            hall.vote(person)
            count = len(times)
            await until(lambda: len(times) > count)  # noqa: B023 -- called at once

        assert times[1] - times[0] >= 0.15
        assert screen.patches == 0


async def test_after_long_painting_others_have_as_long_as_after_a_short_one() -> None:
    hall = Hall()
    async with served(hall, seconds=0.05) as url, Screen(url, token("p1")) as screen:
        now, times = asyncio.get_running_loop().time, []

        async def painting(_watch: Watch) -> None:
            times.append(now())
            await asyncio.sleep(0.1)
            times.append(now())

        hall.painting = painting
        for person in ("p1", "p2"):
            hall.vote(person)
            at = hall.room.at
            await until(lambda: screen.at == at)  # noqa: B023 -- called at once

        assert times[2] - times[1] >= 0.05


async def test_a_page_shows_what_happened_before_it_was_asked_for() -> None:
    hall = Hall()
    async with served(hall, seconds=0.05) as url, Screen(url, token("p1")) as screen:
        for person in ("p1", "p2", "p3"):
            hall.vote(person)
            assert (await hall.live.channel(NOW)).seen == hall.picture(NOW)

        await until(lambda: screen.at == hall.room.at)
        assert (screen.parts, screen.gaps) == (hall.picture(NOW), 0)


async def test_a_page_is_served_the_last_good_picture_where_the_new_one_is_broken() -> None:
    hall = Hall()
    async with served(hall):
        before = dict((await hall.live.channel(NOW)).seen)
        hall.broken = {"now"}
        hall.vote("p1")

        assert (await hall.live.channel(NOW)).seen == before


async def test_many_pages_at_once_cost_one_painting_and_the_first_may_go() -> None:
    hall = Hall()
    async with served(hall):
        started, go_on = asyncio.Event(), asyncio.Event()

        async def painting(_watch: Watch) -> None:
            started.set()
            await go_on.wait()

        hall.painting = painting
        pages = [asyncio.create_task(hall.live.channel(NOW)) for _ in range(10)]
        await started.wait()
        pages[0].cancel()
        go_on.set()
        channels = [await page for page in pages[1:]]

        assert (hall.paintings, {id(channel) for channel in channels}) == (1, {id(channels[0])})


async def test_what_happens_while_a_channel_is_opened_is_not_missed() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url:

        async def painting(_watch: Watch) -> None:
            hall.painting = None
            hall.vote("p2")  # this picture does not show it

        hall.painting = painting
        async with Screen(url, token("p1")) as screen:
            await until(lambda: screen.at == hall.room.at)

            assert screen.parts == hall.picture(NOW)


async def test_a_channel_that_nobody_needs_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.channels.KEPT_SECONDS", 0.1)
    monkeypatch.setattr("realtime.live.LOOK_SECONDS", 0.02)
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")):
        await hall.live.channel(STREAM)
        assert len(hall.live._beat.channels) == 2

        await until(lambda: len(hall.live._beat.channels) == 1)
        await asyncio.sleep(0.2)
        assert len(hall.live._beat.channels) == 1


async def test_another_workshop_is_not_painted() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")):
        paintings = hall.paintings
        hall.live.stir(2, None)
        await asyncio.sleep(0.05)

        assert hall.paintings == paintings


async def test_changing_the_page_leaves_the_channel_of_the_old_one() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        screen.page, screen.at = "stream", None
        await screen.join()
        hall.vote("p2")
        await hall.live.channel(STREAM)
        await asyncio.sleep(0.05)

        assert (screen.patches, screen.parts) == (0, hall.picture(STREAM))
        assert set(hall.live.crowd.watched) == {STREAM}


async def test_a_stage_screen_watches_the_stage_and_has_nothing_of_its_own() -> None:
    hall = Hall()
    async with served(hall) as url, Screen(url, token("", "stage"), "stage") as stage:
        assert (stage.parts, stage.mine) == (hall.picture(Watch(1, Audience.STAGE, "stage")), {})
