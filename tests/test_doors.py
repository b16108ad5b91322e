"""The ways in: by code, QR or personal link, as guest, as deputy, with a room device; and the doors in between."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import qrcode

from app.doors import NOTICE, TOO_OFTEN, UNKNOWN
from app.tokens import sign
from facilitation.record import Entry
from facilitation.roster import Presence
from realtime.seat import Seat
from tests.town import CODE, PEOPLE, POLL, QUESTIONS, SECRET, UNITS, URL, WALL, Town, copied, form, opened, seat


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The day, with an open door."""
    async with opened(copied(tmp_path)) as it:
        await it.did("mo", "roster", "door", door="open")
        yield it


def joins(town: Town) -> list[Entry]:
    """Who joined since the day began, in order."""
    return [entry for entry in town.app.clerk.store.entries(1) if entry.type == "roster.joined"][7:]


def presence(town: Town, person: str) -> Presence:
    (room,) = town.app.clerk.rooms
    return room.roster.joined[person]


def link(person: str, place: str = "person", version: int = 1) -> str:
    return f"/p/{sign(SECRET, Seat(1, person, place, '', version))}"


def alert(answer: httpx2.Response) -> str:
    """What a page says is wrong with what was typed."""
    found = re.search(
        r'class="kern-error".*?class="kern-body">([^<]*)<|Das geht gerade nicht:</b> ([^<]*)<', answer.text
    )
    return (found[1] or found[2]) if found else ""


# ── code ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_six_digits_lead_to_the_door_however_they_are_spaced(town: Town) -> None:
    async with town.browser() as browser:
        for typed in (CODE, "482 731", " 48 27 31 "):
            answer = await browser.post("/", data={"code": typed})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/j/{CODE}")


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("915000", UNKNOWN),
        ("48273", "Der Code hat sechs Ziffern. Es fehlt eine."),
        ("482", "Der Code hat sechs Ziffern. Es fehlen 3."),
        ("", "Der Code besteht aus sechs Ziffern."),
        ("48273a", "Der Code besteht aus sechs Ziffern."),
        ("4827311", "Der Code besteht aus sechs Ziffern."),
        ("٤٨٢٧٣١", "Der Code besteht aus sechs Ziffern."),
    ],
)
async def test_a_wrong_code_gets_one_clear_sentence_and_stays_in_its_field(
    town: Town, typed: str, sentence: str
) -> None:
    async with town.browser() as browser:
        answer = await browser.post("/", data={"code": typed})

    assert (answer.status_code, alert(answer)) == (422, sentence)
    assert form(answer.text, "/").control("code").chosen == (typed,)


async def test_one_wrong_guess_a_second_is_heard_on_the_whole_server(town: Town) -> None:
    async with town.browser() as one, town.browser() as other:
        first = await one.post("/", data={"code": "915000"})
        second, third = await other.post("/", data={"code": "915001"}), await other.get("/j/915002")
        right = await other.post("/", data={"code": CODE})

        assert [first.status_code, second.status_code, third.status_code] == [422, 429, 429]
        assert (alert(second), alert(third)) == (TOO_OFTEN, TOO_OFTEN)
        assert right.status_code == 303  # nobody who knows the code is locked out by somebody who does not
        await asyncio.sleep(1.01)
        assert (await other.get("/j/915002")).status_code == 404


async def test_before_a_link_nobody_s_name_is_told(town: Town) -> None:
    async with town.browser() as browser:
        pages = [await browser.get(f"/j/{CODE}"), await browser.get("/"), await browser.get("/j/915000")]

    told = "".join(page.text for page in pages)
    assert [person.label for person in PEOPLE if "Amt" in person.label and person.label in told] == []


# ── QR ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def modules(svg: str) -> list[list[bool]]:
    """The dark modules of a drawn QR code, read back from its strokes."""
    found = re.search(r'class="qr".*?viewBox="0 0 (\d+) \1"><path d="([^"]*)"', svg)
    assert found
    dark = [[False] * int(found[1]) for _ in range(int(found[1]))]
    for x, y, width in re.findall(r"M(\d+) (\d+)\.5h(\d+)", found[2]):
        dark[int(y)][int(x) : int(x) + int(width)] = [True] * int(width)
    return dark


async def test_the_stage_shows_a_qr_code_of_the_way_in_and_the_code_in_digits(town: Town) -> None:
    await town.did("mo", "stage", "show", view="join_qr")
    async with town.browser(seat("stage")) as stage:
        shown = (await stage.get(f"/w/{CODE}/stage")).text

    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(f"{URL}/j/{CODE}")
    assert modules(shown) == code.get_matrix()
    assert f'aria-label="Zugangscode {" ".join(CODE)}"' in shown


@pytest.mark.parametrize(
    "activity, page", [(QUESTIONS, "questions"), (POLL, "now"), ("", "now"), ("//evil.test", "now")]
)
async def test_a_qr_code_of_one_activity_leads_to_it_and_never_past_the_door(
    town: Town, activity: str, page: str
) -> None:
    async with town.browser() as browser:
        asked = await browser.get(f"/j/{CODE}", params={"to": activity})
        door = form(asked.text, f"/j/{CODE}")
        answer = await browser.post(door.action, data=door.filled())

        assert asked.status_code == 200
        assert answer.headers["location"] == f"/w/{CODE}/{page}"
        again = await browser.get(f"/j/{CODE}", params={"to": activity})
        assert again.headers["location"] == f"/w/{CODE}/{page}"


# ── guests ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def enter(browser: httpx2.AsyncClient, name: str = "") -> httpx2.Response:
    """Join with the code, as a browser does."""
    door = form((await browser.get(f"/j/{CODE}")).text, f"/j/{CODE}")
    return await browser.post(door.action, data=door.filled(name=name))


async def test_a_guest_needs_no_account_and_is_the_same_after_a_reload(town: Town) -> None:
    async with town.browser() as browser:
        await enter(browser, "Bürgerforum")
        first = await browser.get(f"/w/{CODE}/now")
        second = await browser.get(f"/w/{CODE}/now")
        back = await browser.get(f"/j/{CODE}")

    assert (first.status_code, back.headers["location"]) == (200, f"/w/{CODE}/now")
    person = re.search(r'data-person="(g-[0-9a-f]+)"', first.text)
    assert person
    assert f'data-person="{person[1]}"' in second.text
    assert [entry.by for entry in joins(town)] == [person[1]]
    assert (await town.app.clerk.room(1)).roster.people[person[1]].label == "Bürgerforum"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\x00", "\u202e\u2066"])
async def test_who_gives_no_name_that_can_be_seen_is_a_guest(town: Town, name: str) -> None:
    async with town.browser() as browser:
        assert (await enter(browser, name)).status_code == 303

    assert [person.label for person in (await town.app.clerk.room(1)).roster.people.values()].count("Gast") == 2


async def test_a_name_that_is_too_long_stays_in_its_field(town: Town) -> None:
    before = town.rows()
    async with town.browser() as browser:
        answer = await enter(browser, "<b>" + 60 * "x")

    assert (answer.status_code, alert(answer)) == (422, "Bitte höchstens 60 Zeichen.")
    assert form(answer.text, f"/j/{CODE}").control("name").chosen == ("<b>" + 60 * "x",)
    assert town.rows() == before


async def test_a_guest_s_button_pressed_twice_is_one_guest(town: Town) -> None:
    async with town.browser() as impatient, town.browser() as same:  # the first answer never arrived
        door = form((await impatient.get(f"/j/{CODE}")).text, f"/j/{CODE}")
        answers = await asyncio.gather(*(each.post(door.action, data=door.filled()) for each in (impatient, same)))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({entry.by for entry in joins(town)}) == 1


async def test_who_was_taken_off_the_list_may_come_back_as_a_guest(town: Town) -> None:
    async with town.browser(seat("unknown")) as browser:
        assert (await enter(browser)).headers["location"] == f"/w/{CODE}/now"
        assert (await browser.get(f"/w/{CODE}/now")).status_code == 200


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


# ── doors ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_in_the_lobby_people_wait_until_they_are_let_in(town: Town) -> None:
    await town.did("mo", "roster", "door", door="lobby")
    async with town.browser() as browser:
        await enter(browser)
        waiting = await browser.get(f"/w/{CODE}/questions")
        again = await browser.get(f"/j/{CODE}")
        await town.did("mo", "roster", "admit")
        inside = await browser.get(f"/w/{CODE}/questions")

    assert "Die Organisation lässt Sie gleich ein" in waiting.text
    assert again.headers["location"] == f"/w/{CODE}/now"
    assert ("lässt Sie gleich ein" in inside.text, "Was möchten Sie wissen?" in inside.text) == (False, True)


async def test_a_closed_door_lets_nobody_new_in_and_leaves_no_trace_of_them(town: Town) -> None:
    await town.did("mo", "roster", "door", door="closed")
    before = town.rows()
    async with town.browser() as guest, town.browser() as invited:
        answers = [await enter(guest, "Zu spät"), await invited.post(link("eva"), data={"answer": "yes"})]

    assert {(answer.status_code, alert(answer)) for answer in answers} == {
        (422, "Der Einlass ist geschlossen. Bitte wenden Sie sich an die Organisation.")
    }
    assert form(answers[0].text, f"/j/{CODE}").control("name").chosen == ("Zu spät",)
    assert town.rows() == before


async def test_who_was_here_comes_back_through_a_closed_door(town: Town) -> None:
    await town.did("mo", "roster", "door", door="closed")
    async with town.browser() as browser:
        assert (await browser.post(link("ada"), data={"answer": "yes"})).status_code == 303


async def test_the_version_of_the_notice_that_was_read_is_on_record(town: Town) -> None:
    async with town.browser() as guest, town.browser() as invited:
        asked = [await guest.get(f"/j/{CODE}"), await invited.get(link("eva"))]
        await enter(guest)
        await invited.post(link("eva"), data={"answer": "yes"})

    assert all("Gespeichert wird, was Sie hier schreiben" in page.text for page in asked)
    assert [entry.data["notice"] for entry in joins(town)] == [NOTICE, NOTICE]


async def test_the_desk_counts_who_is_here_who_waits_and_who_was_invited(town: Town) -> None:
    await town.did("mo", "roster", "door", door="lobby")
    async with town.browser(seat("facilitator")) as desk, town.browser() as guest:
        await enter(guest)
        shown = (await desk.get(f"/w/{CODE}/desk")).text

    assert re.search(r'<b class="num">18</b> von 7 da · 1 warten', shown)  # six people and twelve in the room


async def test_what_is_written_on_the_wall_by_a_guest_bears_the_guest_s_name(town: Town) -> None:
    async with town.browser() as browser:
        await enter(browser, "Bürgerforum")
        card = form((await browser.get(f"/w/{CODE}/now")).text, f"{WALL}.write")
        await browser.post(f"/w/{CODE}/{card.action}", data=card.filled(text="Vom Gast"))
        shown = (await browser.get(f"/w/{CODE}/now")).text

    assert re.search(r"Vom Gast.*?Bürgerforum", shown, re.DOTALL)
