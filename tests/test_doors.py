"""The ways in by code and QR, as guest; and the doors in between."""

import asyncio
import re

import httpx2
import pytest
import qrcode

from app.doors import GUESTS, NOTICE, TOO_OFTEN, UNKNOWN
from tests.controls import form
from tests.doors import alert, enter, joins, link, presence, town
from tests.town import CODE, OTHER_CODE, PEOPLE, POLL, QUESTIONS, URL, WALL, Town, seat

__all__ = ["town"]

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


async def test_a_hall_that_comes_in_at_once_asks_for_its_code_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    store, asked = town.app.clerk.store, []
    look = store.workshop_by_code
    monkeypatch.setattr(store, "workshop_by_code", lambda code: asked.append(code) or look(code))

    async with town.browser() as browser:
        addresses = [f"/w/{code}/now" for code in [CODE] * 20 + [OTHER_CODE] * 20]
        answers = await asyncio.gather(*map(browser.get, addresses))

    assert {answer.headers["location"] for answer in answers} == {f"/j/{CODE}", f"/j/{OTHER_CODE}"}
    assert sorted(asked) == sorted({CODE, OTHER_CODE})


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


async def guests(town: Town) -> list[str]:
    """Who came without an invitation since the day began."""
    roster = (await town.app.clerk.room(1)).roster
    return [person.id for person in roster.people.values() if person.guest and person.id != "g-1"]


async def test_a_browser_is_one_guest_however_often_its_door_is_opened(town: Town) -> None:
    async with town.browser() as browser:
        doors = [form((await browser.get(f"/j/{CODE}")).text, f"/j/{CODE}") for _ in range(3)]  # three tabs
        answers = [await browser.post(door.action, data=door.filled()) for door in doors]

    assert [answer.headers["location"] for answer in answers] == [f"/w/{CODE}/now"] * 3
    assert len(await guests(town)) == 1


async def test_a_guest_whose_access_was_withdrawn_does_not_come_back_as_another(town: Town) -> None:
    async with town.browser() as browser:
        door = form((await browser.get(f"/j/{CODE}")).text, f"/j/{CODE}")
        await browser.post(door.action, data=door.filled(name="Laut"))
        (loud,) = await guests(town)
        await town.revoke(loud)
        answer = await enter(browser, "Leise")
        browser.cookies.clear()
        same_page = await browser.post(door.action, data=door.filled(name="Leise"))

    withdrawn = "Ihr Gastzugang wurde zurückgezogen. Bitte wenden Sie sich an die Organisation."
    assert [(each.status_code, alert(each)) for each in (answer, same_page)] == [(422, withdrawn)] * 2
    assert await guests(town) == [loud]


async def test_a_whole_hall_comes_in_at_once_and_no_endless_row_of_guests_does(town: Town) -> None:
    async def comes() -> httpx2.Response:
        async with town.browser() as browser:
            return await enter(browser)

    hall = await asyncio.gather(*(comes() for _ in range(120)))
    assert {answer.status_code for answer in hall} == {303}
    answer = hall[0]
    for _ in range(2 * GUESTS):
        if (answer := await comes()).status_code != 303:
            break

    crowded = "Gerade kommen sehr viele Gäste auf einmal. Bitte versuchen Sie es in einer Minute noch einmal."
    assert (answer.status_code, alert(answer)) == (429, crowded)
    there = len(await guests(town))
    assert GUESTS <= there < GUESTS + 60  # a few more were allowed while this test took its time
    async with town.browser() as invited:
        assert (await invited.post(link("eva"), data={"answer": "yes"})).status_code == 303


# ── and out again ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_leaves_counts_no_more_and_comes_back_by_the_same_page(town: Town) -> None:
    async with town.browser(seat("participant")) as ada:

        async def pressed(address: str) -> str:
            door = form((await ada.get(f"/w/{CODE}/mine")).text, address)
            answer = await ada.post(f"/w/{CODE}/{door.action}", data=door.filled())
            assert answer.headers["location"] == f"/w/{CODE}/mine"
            return (await ada.get(f"/w/{CODE}/mine")).text

        assert "Sie haben die Veranstaltung verlassen." in await pressed("roster.leave")
        assert not presence(town, "ada").here
        assert "Veranstaltung verlassen</summary>" in await pressed("roster.join")
        assert presence(town, "ada").here


async def test_a_device_that_signs_off_forgets_who_sat_there_and_nothing_else(town: Town) -> None:
    before = town.rows()
    async with town.browser(seat("participant"), seat("elsewhere")) as shared:
        leaving = form((await shared.get(f"/w/{CODE}/mine")).text, "sign-off")
        answer = await shared.post(f"/w/{CODE}/{leaving.action}")
        pages = [await shared.get(f"/w/{code}/now") for code in (CODE, OTHER_CODE)]
        again = await shared.post(f"/w/{CODE}/{leaving.action}")

    assert "Dieses Gerät ist abgemeldet" in answer.text
    assert [page.status_code for page in pages] == [303, 200]
    assert (again.status_code, again.headers["location"]) == (303, "/")
    assert town.rows() == before


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

    assert re.search(r'<b class="num">18</b> von 20 da · 1 warten', shown)  # six people and twelve in the room


async def test_what_is_written_on_the_wall_by_a_guest_bears_the_guest_s_name(town: Town) -> None:
    async with town.browser() as browser:
        await enter(browser, "Bürgerforum")
        card = form((await browser.get(f"/w/{CODE}/now")).text, f"{WALL}.write")
        await browser.post(f"/w/{CODE}/{card.action}", data=card.filled(text="Vom Gast"))
        shown = (await browser.get(f"/w/{CODE}/now")).text

    assert re.search(r"Vom Gast.*?Bürgerforum", shown, re.DOTALL)
