"""What goes wrong in halls: no network, no server, no websockets, another person at the same browser, no scripts.

Whatever it is, everything said arrives once: that is read from the rows of the record.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.faults import CLEAR, Faults
from tests.chromium.day import CARRIED, QUESTIONS, WALL, Day, connected, until
from tests.chromium.hands import choose, own, press, same, stays, vote, write
from tests.conftest import PageErrors

BERLIN = ZoneInfo("Europe/Berlin")
LOST = "WebSocket connection to|Failed to load resource|ERR_INTERNET_DISCONNECTED"


def dismissed(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())


def vote_and_write_apart(page: Page) -> None:
    """While there is no connection."""
    connected(page, "getrennt", 15)
    choose(page, "Humor")
    page.get_by_role("button", name="Antwort zum Senden vormerken").click()
    expect(page.locator(".receipt--waiting b").first).to_have_text("wartet")
    page.get_by_label("Ein Gedanke je Karte").fill("Kurze Drähte")
    press(page, "Karte zum Senden vormerken")
    expect(page.get_by_label("Ein Gedanke je Karte")).to_have_value("")
    expect(page.locator(".notice--off")).to_contain_text("2 Beiträge liegen auf diesem Gerät")


def arrived_once(day: Day, page: Page) -> None:
    expect(page.locator(".notice--back")).to_have_text(
        "Wieder da. 2 Beiträge nachgereicht, jeder zählt einmal.", timeout=20_000
    )
    own(page, "Kurze Drähte")
    expect(page.locator(".receipt--waiting")).to_have_count(0)
    assert day.said("poll.voted", "choice") == ["humor"]
    assert day.said("wall.written", "text") == ["Kurze Drähte"]


def test_what_is_said_without_a_network_is_sent_when_it_is_back(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(CARRIED, WALL)
    page = day.phone(browser)
    page.context.set_offline(True)
    vote_and_write_apart(page)

    page.context.set_offline(False)

    arrived_once(day, page)
    write(page, "Und noch eine")
    expect(page.locator(".notice")).to_have_count(0)


def test_a_device_of_another_zone_says_when_it_was_by_the_clock_of_the_workshop(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(WALL)
    page = day.phone(browser, timezone_id="America/New_York")
    page.context.set_offline(True)
    before = datetime.now(BERLIN)
    write(page, "Aus der Ferne")

    said = page.locator(".receipt--waiting time").inner_text()
    assert said in {f"{before:%H:%M}", f"{datetime.now(BERLIN):%H:%M}"}


def test_what_comes_too_late_is_said_and_kept_and_not_counted(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(WALL)
    page = day.phone(browser)
    page.context.set_offline(True)
    connected(page, "getrennt", 15)
    write(page, "Bitte mehr Pausen einplanen")
    day.did("mo", WALL, "close")

    page.context.set_offline(False)

    late = page.locator(".notice--late")
    expect(late.locator(".keep")).to_have_text("Bitte mehr Pausen einplanen", timeout=15_000)
    expect(page.locator(".notice")).to_have_count(1)
    press(late, "Verwerfen")
    expect(late).to_have_count(0)
    assert day.entries("wall.written") == []


def test_a_killed_server_and_a_page_loaded_anew_lose_nothing(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(CARRIED, WALL)
    page = day.phone(browser)
    dismissed(page)
    day.rathaus.gone()
    vote_and_write_apart(page)
    page.goto("about:blank")  # else this page may send something before the next one is there
    day.rathaus.server.start()

    page.goto(day.address())

    arrived_once(day, page)


def test_where_answers_get_lost_each_thing_is_recorded_once(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(CARRIED, WALL)
    page = day.phone(browser)
    day.rathaus.proxied.proxy.faults = Faults(deaf=True)
    choose(page, "Humor")
    press(page, "Antwort senden")
    until(lambda: day.entries("poll.voted"))
    day.rathaus.proxied.proxy.faults = CLEAR

    expect(page.locator(".receipt__word")).to_have_text("gespeichert", timeout=30_000)
    assert day.said("poll.voted", "choice") == ["humor"]


def test_where_websockets_are_refused_everything_works_a_little_later(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(CARRIED, WALL)
    day.joined("ada", "ben")
    day.rathaus.proxied.proxy.faults = Faults(upgrade="refused")
    page = day.browser(browser, "ada").new_page()
    begun = time.monotonic()
    page.goto(day.address())
    connected(page, "eingeschränkt")
    assert time.monotonic() - begun > 3
    expect(page.locator(".notice")).to_contain_text("Neues erscheint mit bis zu zwei Sekunden Verzögerung.")
    stays(page)

    vote(page, "Humor")
    write(page, "Auf dem Umweg")
    own(page, "Auf dem Umweg")
    day.did("ben", WALL, "write", column="mit", text="Von Ben")
    expect(page.locator("[data-slot$=cards-mit] .card__text")).to_have_text(["Von Ben", "Auf dem Umweg"])
    assert same(page)
    assert [len(day.entries(kind)) for kind in ("poll.voted", "wall.written")] == [1, 2]

    day.rathaus.proxied.proxy.faults = CLEAR
    connected(page, "verbunden", 15)


def seated(day: Day, context: BrowserContext, person: str) -> Page:
    page = context.new_page()
    page.goto(day.link(person))
    press(page, "Ja, teilnehmen")
    return page


def test_who_sits_down_at_a_browser_sends_nothing_of_whoever_sat_there(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.opens(WALL)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = seated(day, context, "ada")
    connected(page)
    dismissed(page)
    context.set_offline(True)
    connected(page, "getrennt")
    page.get_by_label("Ein Gedanke je Karte").fill("Von Ada")
    press(page, "Karte zum Senden vormerken")
    expect(page.locator(".receipt--waiting")).to_be_visible()
    page.close()
    context.set_offline(False)

    page = seated(day, context, "ben")
    connected(page)
    write(page, "Von Ben")
    own(page, "Von Ben")
    assert [(by, data["text"]) for by, data in day.entries("wall.written")] == [("ben", "Von Ben")]
    page.close()

    page = seated(day, context, "ada")
    own(page, "Von Ada")
    assert [by for by, _ in day.entries("wall.written")] == ["ben", "ada"]


def test_the_stage_keeps_its_picture_without_a_server_and_comes_back_by_itself(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit(LOST)
    day.did("mo", "agenda", "advance")
    day.did("mo", "agenda", "advance")
    stage = day.stage(browser)
    stays(stage)
    yellow = colour_of_now(stage)
    day.rathaus.gone()
    connected(stage, "getrennt", 15)

    expect(stage.locator(".stage h1")).to_have_text("Impuls: Verwaltung im Krisenmodus")
    expect(stage.locator(".notice, .conn")).to_have_count(0)
    assert colour_of_now(stage) != yellow
    day.rathaus.server.start()
    day.did("mo", "stage", "darken", blank=True)
    expect(stage.locator(".stage h1")).to_have_text("Gleich geht es weiter.", timeout=20_000)
    day.did("mo", "stage", "darken", blank=False)
    expect(stage.locator(".stage h1")).to_have_text("Impuls: Verwaltung im Krisenmodus")
    assert (colour_of_now(stage), same(stage)) == (yellow, True)


def colour_of_now(stage: Page) -> str:
    fill: str = stage.evaluate("getComputedStyle(document.querySelector('.dayline__now')).fill")
    return fill


@pytest.fixture
def plain(browser: Browser) -> BrowserContext:
    """A browser that runs no scripts."""
    return browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)


def test_without_scripts_one_joins_votes_writes_and_asks(day: Day, plain: BrowserContext) -> None:
    day.opens(CARRIED, WALL, QUESTIONS)
    page = seated(day, plain, "ada")
    choose(page, "Humor")
    press(page, "Antwort senden")
    expect(page.locator(".receipt__word")).to_have_text("gespeichert")
    choose(page, "Beibehalten")
    page.get_by_label("Ein Gedanke je Karte").fill("Ohne Skript")
    press(page, "Karte senden")
    own(page, "Ohne Skript")
    page.get_by_role("link", name="Fragen").click()
    page.get_by_label("Ihre Frage").fill("Und ohne Skript?")
    press(page, "Frage senden")

    expect(page.locator(".trail .receipt b")).to_have_text("gespeichert")
    assert day.said("poll.voted", "choice") == ["humor"]
    assert day.said("wall.written", "column") == ["bei"]
    assert day.said("questions.asked", "text") == ["Und ohne Skript?"]
