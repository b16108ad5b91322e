import asyncio

import pytest

from facilitation.record import Role
from facilitation.screen import Audience
from realtime.seat import Seat, Watch
from tests.realtime.hall import DESK, NOW, Hall, command, served, token, until
from tests.realtime.screens import Screen


async def test_whoever_is_let_in_is_moved_and_gets_the_whole_picture() -> None:
    hall = Hall()
    hall.act("mo", command("door", "roster", door="lobby"))
    hall.room.roster.joined.clear()
    hall.act("p1", command("join", "roster", client="phone", via="code"), device="phone")
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        assert screen.parts == {"": ["wait"], "wait": "<p>Bitte warten</p>"}

        hall.act("mo", command("admit", "roster"))
        await until(lambda: screen.parts == hall.picture(NOW))

        assert (screen.gaps, screen.wholes) == (0, 2)
        assert set(hall.live.crowd.watched) == {NOW}
        hall.vote("p1")
        await until(lambda: screen.at == hall.room.at)
        assert (screen.parts, screen.gaps, screen.wholes) == (hall.picture(NOW), 0, 2)


def demote(hall: Hall) -> None:
    """Let the moderator be staff no more."""
    hall.room.roster.people["mo"] = hall.room.roster.people["p1"]
    hall.live.stir(1, {"mo"})


async def test_whoever_may_not_watch_any_more_is_cut_off_before_the_next_picture() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("mo", "desk"), "desk") as desk:
        before = dict(desk.parts)

        async def painting(_watch: Watch) -> None:
            hall.painting = None
            demote(hall)  # while the picture is painted that they still could see

        hall.painting = painting
        hall.vote("p1")
        await until(lambda: not desk.sio.connected)

        assert (desk.parts, desk.patches, list(hall.live.crowd.watched)) == (before, 0, [])


async def test_whoever_cannot_be_checked_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        hall.broken = {"admit"}
        hall.vote("p1")
        await until(lambda: not screen.sio.connected)

        assert [record.getMessage() for record in caplog.records] == ["admission is broken"]


async def test_somebody_who_leaves_while_they_are_asked_about_is_not_put_back() -> None:
    hall = Hall()
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        asked, go_on, admit = asyncio.Event(), asyncio.Event(), hall.admit

        async def slow(seat: Seat, page: str) -> Watch | None:
            asked.set()
            await go_on.wait()
            return await admit(seat, page)

        hall.admit = slow  # type: ignore[method-assign]
        hall.vote("p1")
        await asked.wait()
        await screen.sio.disconnect()
        await until(lambda: not len(hall.live.crowd))
        go_on.set()
        await asyncio.sleep(0.05)

        assert list(hall.live.crowd.watched) == []


async def test_somebody_moved_to_a_broken_picture_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    hall = Hall()
    hall.act("mo", command("door", "roster", door="lobby"))
    hall.room.roster.joined.clear()
    hall.act("p1", command("join", "roster", client="phone", via="code"), device="phone")
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as screen:
        hall.broken = {Audience.PLENARY}
        hall.act("mo", command("admit", "roster"))
        await until(lambda: not screen.sio.connected)

        assert [record.getMessage() for record in caplog.records] == ["the picture plenary now is broken"]


async def test_whoever_leaves_while_their_new_picture_is_painted_is_forgotten() -> None:
    hall = Hall()
    hall.act("mo", command("door", "roster", door="lobby"))
    hall.room.roster.joined.clear()
    for person in ("p1", "p2"):
        hall.act(person, command("join", "roster", client="phone", via="code"), device="phone")
    async with served(hall, seconds=0.01) as url, Screen(url, token("p1")) as one, Screen(url, token("p2")) as two:

        async def painting(watch: Watch) -> None:
            if watch == NOW:
                await one.sio.disconnect()
                await two.sio.disconnect()
                await until(lambda: not len(hall.live.crowd))

        hall.painting = painting
        hall.act("mo", command("admit", "roster"))
        await until(lambda: hall.live._beat.channels._channels.get(NOW))

        assert (hall.live._beat._behind, hall.live._beat._unsaid, one.patches, two.patches) == (set(), set(), 0, 0)


async def test_roles_are_read_from_the_house_and_not_from_the_token() -> None:
    hall = Hall()
    hall.room.roster.people["p1"] = hall.room.roster.people["mo"]
    async with served(hall) as url, Screen(url, token("p1", "desk"), "desk") as desk:
        assert hall.room.person("p1").role is Role.FACILITATOR
        assert desk.parts == hall.picture(DESK)
