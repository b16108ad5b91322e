"""The one cookie: what it holds, who may read it, and whose it is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.responses import Response

from app.identity import Browser, Cookies
from realtime.seat import Seat
from tests.town import CODE, SECRET, Town, copied, opened, seat


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


def parts(header: str) -> set[str]:
    return {part.strip() for part in header.split(";")[1:]}


async def test_there_is_one_cookie_and_scripts_cannot_read_it(town: Town) -> None:
    async with town.browser() as browser:
        answer = await browser.post(f"/j/{CODE}")

    (header,) = answer.headers.get_list("set-cookie")
    assert header.startswith("ratschlag=")
    assert parts(header) == {"HttpOnly", "SameSite=lax", "Path=/", f"Max-Age={30 * 24 * 3600}"}


def test_on_https_the_cookie_is_the_host_s_alone_and_never_goes_out_in_the_open() -> None:
    response = Cookies(SECRET, https=True).remember(Response(), Browser("d", {"1/person": ("ada", 1)}))

    header = response.headers["set-cookie"]
    assert header.startswith("__Host-ratschlag=")
    assert parts(header) == {"HttpOnly", "SameSite=lax", "Path=/", "Secure", f"Max-Age={30 * 24 * 3600}"}


@pytest.mark.parametrize("value", ["", "x", "W10.x", "é", f"{'a' * 4000}.b"])
async def test_a_cookie_that_is_not_ours_is_a_stranger_s(town: Town, value: str) -> None:
    async with town.browser() as browser:
        answer = await browser.get(f"/w/{CODE}/now", headers={"Cookie": f"ratschlag={value}".encode()})

    assert answer.headers["location"] == f"/j/{CODE}"


async def test_a_cookie_of_another_application_does_not_hide_ours(town: Town) -> None:
    async with town.browser(seat("participant")) as browser:
        ours = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)
        odd = f'prefs={{"a": "b, c"}}; {ours}; [x]=y'
        assert (await browser.get(f"/w/{CODE}/now", headers={"Cookie": odd})).status_code == 200
        assert town.app.house.who({"HTTP_COOKIE": odd}, {"workshop": "1", "place": "person"}) == seat("participant")


def test_whoever_sits_down_after_somebody_got_up_is_on_another_device() -> None:
    browser = Browser("d", {"1/person": ("ada", 1), "2/person": ("zoe", 1)})
    browser.leave(Seat(1, "ada", "person", "d", 1))

    assert (browser.seats, browser.device == "d") == ({"2/person": ("zoe", 1)}, False)


async def test_a_browser_keeps_the_seats_of_its_last_twelve_workshops() -> None:
    browser = Browser("d")
    for workshop in range(1, 15):
        browser.take(Seat(workshop, "p", "person", "d", 1))

    assert [browser.seat(workshop, "person") is not None for workshop in (1, 2, 3, 14)] == [False, False, True, True]


def test_what_becomes_of_a_browser_changes_no_cookie_that_was_read_before() -> None:
    cookies, sat = Cookies(SECRET, https=False), Seat(1, "ada", "person", "d", 1)
    browser = Browser("d")
    browser.take(sat)
    value = cookies.remember(Response(), browser).headers["set-cookie"].partition(";")[0].partition("=")[2]
    shown = {cookies.name: value}

    cookies.browser(shown).leave(sat)
    assert cookies.browser(shown).seat(1, "person") == sat
    assert cookies.browser({cookies.name: value[:-1]}).seat(1, "person") is None
