"""The connection: what the page says of it, and how it works without one."""

import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.hall import Hall
from tests.browser.page import WRITE, write
from tests.conftest import PageErrors


def test_without_websockets_the_page_works_by_plain_requests_and_goes_back_when_it_can(
    hall: Hall, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to")
    hall.deaf = True
    hall.body = '<p data-part="sum">0</p>' + WRITE
    page = browser.new_page()
    page.goto(hall.url)
    begun = time.monotonic()
    expect(page.locator(".conn")).to_have_text("eingeschränkt")
    assert time.monotonic() - begun > 3

    hall.answer = {"at": 18, "parts": {"sum": '<p data-part="sum">1</p>'}}
    write(page, "auf dem Umweg")
    expect(page.locator("[data-part=sum]")).to_have_text("1")
    assert [(command["command"], command["plain"], command["data"]) for command in hall.commands] == [
        ("write", True, {"text": "auf dem Umweg"})
    ]

    hall.deaf, hall.answer = False, {}
    expect(page.locator(".conn")).to_have_text("verbunden")


def test_a_lost_connection_is_said_and_what_was_written_meanwhile_follows(
    hall: Hall, entered: Callable[[str], Page], page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to|Failed to load resource")
    page = entered(WRITE)
    hall.gone = True
    hall.cut()
    expect(page.locator(".conn")).to_have_text("getrennt")
    write(page, "eins", "zwei")

    expect(page.locator("form .receipt b")).to_have_text(["wartet", "wartet"])
    expect(page.locator(".notice--off")).to_contain_text("2 Beiträge liegen auf diesem Gerät")
    hall.gone = False
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".notice--back")).to_have_text("Wieder da. 2 Beiträge nachgereicht, jeder zählt einmal.")
    assert [command["data"]["text"] for command in hall.commands] == ["eins", "zwei"]
    write(page, "drei")
    expect(page.locator(".notice")).to_have_count(0)


def test_a_new_version_waits_until_nothing_can_be_lost(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(WRITE)
    page.locator("#text").fill("halb")
    hall.build = "cd34"
    hall.emit("reload", {"build": "cd34"})
    page.wait_for_timeout(6500)
    expect(page.locator("body")).to_have_attribute("data-build", "ab12")

    page.get_by_role("button").click()
    expect(page.locator("body")).to_have_attribute("data-build", "cd34")
