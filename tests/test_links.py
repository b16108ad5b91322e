"""The way in by personal link, as oneself, as deputy, with a room device."""

import pytest

from app.tokens import sign
from realtime.seat import Seat
from tests.controls import form
from tests.doors import alert, joins, link, presence, town
from tests.town import CODE, POLL, UNITS, Town, seat

__all__ = ["town"]

# ── personal links ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", [link("eva"), link("mo", "desk"), link("", "stage"), f"/j/{CODE}", "/"])
async def test_looking_at_a_link_has_no_effect(town: Town, method: str, address: str) -> None:
    before = town.rows()
    async with town.browser() as scanner:
        answer = await scanner.request(method, address)

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert town.rows() == before


async def test_a_personal_link_asks_who_one_is_and_the_button_takes_the_seat(town: Town) -> None:
    async with town.browser() as browser:
        asked = await browser.get(link("eva"))
        answer = await browser.post(link("eva"), data={"answer": "yes"})
        page = await browser.get(f"/w/{CODE}/now")

    assert "Leitung Amt 40" in asked.text
    assert answer.headers["location"] == f"/w/{CODE}/now"
    assert 'data-person="eva"' in page.text
    assert [(entry.by, entry.data["via"]) for entry in joins(town)] == [("eva", "link")]


async def test_the_same_person_on_two_devices_counts_once(town: Town) -> None:
    here = (await town.app.clerk.room(1)).roster.heads
    async with town.browser() as phone, town.browser() as laptop:
        for device, choice in ((phone, "rot"), (laptop, "blau")):
            await device.post(link("eva"), data={"answer": "yes"})
            ballot = form((await device.get(f"/w/{CODE}/now")).text, f"{POLL}.vote")
            assert (await device.post(f"/w/{CODE}/{ballot.action}", data=ballot.filled(choice=choice))).is_redirect

    room = await town.app.clerk.room(1)
    assert room.roster.heads == here + 1
    assert len(presence(town, "eva").devices) == 2
    assert room.activities[POLL].figures()["by_option"] == {"rot": 0, "blau": 1}


async def test_who_is_somebody_else_leaves_the_link_as_it_was(town: Town) -> None:
    before = town.rows()
    async with town.browser() as browser:
        answer = await browser.post(link("eva"), data={"answer": "no"})

    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers
    assert town.rows() == before


async def test_coming_back_on_another_device_continues_the_same_ballot(town: Town) -> None:
    await town.did("ada", POLL, "vote", choice="blau")
    async with town.browser() as browser:
        await browser.post(link("ada"), data={"answer": "yes"})
        page = await browser.get(f"/w/{CODE}/now")

    assert form(page.text, f"{POLL}.vote").control("choice").chosen == ("blau",)


async def test_the_roster_s_attributes_come_with_the_person(town: Town) -> None:
    async with town.browser() as browser:
        asked = (await browser.get(link("ben"))).text

    assert all(word in asked for word in ("Amtsleitung", "Leitung Amt 20", "Dezernat II"))


async def test_who_sits_down_gets_up_from_the_seat_that_was_taken_in_this_browser(town: Town) -> None:
    async with town.browser(seat("participant")) as browser:
        await browser.post(link("eva"), data={"answer": "yes"})
        assert 'data-person="eva"' in (await browser.get(f"/w/{CODE}/now")).text


DAMAGED = [
    "x",
    "a.b",
    link("eva")[3:-1],
    link("eva")[3:] + "x",
    link("eva")[3:].replace(".", "%2E"),
    "%FF%FE",
    sign("somebody else's secret, long enough", Seat(1, "eva", "person", "", 1)),
    f"{'x' * 5000}.y",
]


@pytest.mark.parametrize("token", DAMAGED, ids=range(len(DAMAGED)))
async def test_a_damaged_link_says_so_and_takes_no_seat(town: Town, token: str) -> None:
    async with town.browser() as browser:
        answers = [await browser.get(f"/p/{token}"), await browser.post(f"/p/{token}", data={"answer": "yes"})]

    if "%2E" in token:  # that is the same link, written otherwise
        assert [answer.status_code for answer in answers] == [200, 303]
        return
    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Dieser Link gilt nicht mehr" in answer.text for answer in answers)
    assert joins(town) == []


@pytest.mark.parametrize("place", ["person", "desk"])
async def test_a_revoked_link_says_so_and_takes_no_seat(town: Town, place: str) -> None:
    await town.revoke("mo")
    async with town.browser() as browser:
        answer = await browser.post(link("mo", place), data={"answer": "yes"})

    assert (answer.status_code, "set-cookie" in answer.headers) == (410, False)
    assert "Dieser Link gilt nicht mehr" in answer.text


# ── deputies and rooms ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_deputy_may_say_for_whom_and_both_have_one_vote(town: Town) -> None:
    async with town.browser() as browser:
        asked = await browser.get(link("dep"))
        await browser.post(link("dep"), data={"answer": "represent"})
        ballot = form((await browser.get(f"/w/{CODE}/now")).text, f"{UNITS}.vote")
        await town.did("ben", UNITS, "vote", choice="rot")
        await browser.post(f"/w/{CODE}/{ballot.action}", data=ballot.filled(choice="blau"))

    room = await town.app.clerk.room(1)
    assert "Ich vertrete: <bdi" in asked.text
    assert presence(town, "dep").represents == "ben"
    assert room.activities[UNITS].figures()["by_option"] == {"rot": 0, "blau": 1}


async def test_nobody_else_represents_anybody(town: Town) -> None:
    async with town.browser() as browser:
        assert "Ich vertrete" not in (await browser.get(link("eva"))).text
        await browser.post(link("eva"), data={"answer": "represent"})

    assert presence(town, "eva").represents is None


async def test_a_room_device_says_how_many_sit_before_it(town: Town) -> None:
    async with town.browser() as browser:
        door = form((await browser.get(link("saal"))).text, "")
        await browser.post(link("saal"), data=door.filled(headcount="17"))

    assert door.control("headcount").chosen == ("12",)
    assert presence(town, "saal").headcount == 17


@pytest.mark.parametrize("heads", ["0", "-1", "1001", "viele", "", "9" * 5000])
async def test_a_head_count_that_is_none_is_asked_for_again(town: Town, heads: str) -> None:
    async with town.browser() as browser:
        answer = await browser.post(link("saal"), data={"answer": "yes", "headcount": heads})

    assert answer.status_code == 422
    assert alert(answer)
    assert joins(town) == []
