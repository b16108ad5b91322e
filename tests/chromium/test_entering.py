"""The ways in: by code, by personal link, for a room, through the lobby; and the way out."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.chromium.day import Day, connected
from tests.chromium.hands import press, same, stays
from tests.conftest import PageErrors


def phone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 844})


def test_with_the_code_of_the_stage_one_takes_part_as_a_guest(day: Day, browser: Browser) -> None:
    page = phone(browser).new_page()
    page.goto(day.rathaus.url)
    page.get_by_label("Zugangscode").fill(f"{day.code[:2]} {day.code[2:4]} {day.code[4:]}")
    press(page, "Weiter")
    page.get_by_label("Ihr Name oder Amt").fill("Presseamt")
    press(page, "Als Gast teilnehmen")
    connected(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Amtsleitungstag")
    expect(page.locator(".t-figure")).to_have_text("1")
    assert day.said("roster.joined", "via") == ["code"]


def test_a_wrong_code_stays_in_its_field_and_the_field_says_why(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("422")
    page = phone(browser).new_page()
    page.goto(day.rathaus.url)
    page.get_by_label("Zugangscode").fill("48273")
    press(page, "Weiter")

    field = page.get_by_label("Zugangscode")
    expect(field).to_have_value("48273")
    expect(field).to_have_accessible_description(
        "Sechs Ziffern. Sie stehen auf der Leinwand und in Ihrer Einladung. Der Code hat sechs Ziffern. Es fehlt eine."
    )


def test_a_personal_link_asks_whether_that_is_oneself(day: Day, browser: Browser) -> None:
    page = phone(browser).new_page()
    page.goto(day.link("ada"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sind Sie das?")
    expect(page.locator(".who__name")).to_have_text("Amt 33, Bürgerdienste")
    assert day.entries("roster.joined") == []

    press(page, "Ja, teilnehmen")
    connected(page)
    assert [by for by, _ in day.entries("roster.joined")] == ["ada"]


def test_a_room_says_how_many_sit_in_it_and_votes_for_them(day: Day, browser: Browser) -> None:
    day.opens("getragen")
    page = phone(browser).new_page()
    page.goto(day.link("saal"))
    page.get_by_label("Wie viele Personen").fill("9")
    press(page, "Für diesen Raum teilnehmen")
    connected(page)
    page.get_by_label("Zusammenhalt im Team").fill("5")
    page.get_by_label("Humor").fill("4")
    press(page, "Stimmen des Raums senden")

    expect(page.locator(".receipt__word")).to_have_text("gespeichert")
    expect(page.get_by_text("9 Stimmen aus Ihrem Raum")).to_be_visible()
    assert day.said("roster.joined", "headcount") == [9]
    assert day.said("poll.voted", "counts") == [{"team": 5, "humor": 4}]


def test_who_waits_in_the_lobby_is_let_in_without_loading_anything(day: Day, browser: Browser) -> None:
    day.opens("stimmung")
    desk = day.desk(browser)
    press(desk, "Warteraum")
    page = phone(browser).new_page()
    page.goto(day.link("ada"))
    press(page, "Ja, teilnehmen")
    connected(page)
    expect(page.get_by_text("Die Organisation lässt Sie gleich ein")).to_be_visible()
    stays(page)

    expect(desk.get_by_text("1 warten am Einlass")).to_be_visible()
    press(desk, "Alle einlassen")

    expect(page.get_by_role("heading", level=1)).to_have_text("Wie gehen Sie heute in den Tag?")
    assert same(page)


def test_a_revoked_link_leads_nowhere_and_who_sits_there_gets_up(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("410|403|WebSocket")
    day.opens("getragen")
    page = day.phone(browser, "ada")
    assert day.sent("org", "people/revoke", data={"person": "ada"}).status_code == 303

    again = phone(browser).new_page()
    again.goto(day.link("ada"))
    expect(again.get_by_role("heading", level=1)).to_have_text("Dieser Link gilt nicht mehr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Teilnehmen", timeout=15_000)
