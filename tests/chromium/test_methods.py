"""The pages of methods as a desk uses them: by the rules of access, by keyboard alone, the live desk beside."""

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import Day, until
from tests.chromium.test_access import Checked
from tests.chromium.test_keyboard import tab
from tests.conftest import PageErrors


def plain(day: Day, browser: Browser, path: str, **options: object) -> Page:
    """A page of the desk that is not live."""
    page = day.browser(browser, "mo", place="desk", **options).new_page()
    page.goto(day.address(path))
    return page


def test_the_pages_of_methods_by_the_rules(day: Day, browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("422")
    page = plain(day, browser, "methods")
    checked = Checked(page)
    checked.state("list")
    for path in ("methods/textwerkstatt", "methods/widerstandsabfrage", "activity"):
        page.goto(day.address(path))
        checked.state(path)
    page.get_by_label("Frage oder Titel").fill("Was bleibt?")
    page.get_by_label("Art").select_option("wand")
    page.get_by_role("button", name="Hinzufügen und einstellen").click()
    page.get_by_label("Punkte für jede Person").fill("7")
    checked.state("settings")
    page.get_by_label("Frage oder Titel").fill(" ")
    page.get_by_role("button", name="Einstellungen speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte schreiben Sie")
    expect(page.get_by_label("Punkte für jede Person")).to_have_value("7")
    checked.state("what does not hold")
    assert checked.wrong == []


def test_by_keyboard_alone_a_method_is_taken_over_and_the_other_desk_shows_it(day: Day, browser: Browser) -> None:
    other = day.desk(browser, person="org")
    page = plain(day, browser, "desk")
    tab(page, "Methoden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Methoden", exact=True)).to_be_visible()
    tab(page, "Blitzlicht")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Blitzlicht", exact=True)).to_be_visible()
    tab(page, "Titel im Ablauf")
    page.keyboard.press("Control+a")
    page.keyboard.type("Wie geht es uns?")
    tab(page, "Wohin")
    tab(page, "In den Ablauf übernehmen")
    page.keyboard.press("Enter")

    expect(other.locator(".sheetrun")).to_contain_text("Wie geht es uns?")
    expect(page.locator(".sheetrun")).to_contain_text("Wie geht es uns?")
    assert [data["ids"] for _, data in day.entries("activity.prepared")] == [["blitzlicht-puls", "blitzlicht-1"]]


def test_a_question_that_nobody_planned_is_on_the_phones_with_two_keys(day: Day, browser: Browser) -> None:
    phone = day.phone(browser)
    page = plain(day, browser, "activity", java_script_enabled=False)
    page.get_by_label("Frage oder Titel").fill("Sollen wir die Pause verlängern?")
    page.get_by_role("button", name="Baustein hinzufügen").click()
    page.wait_for_url("**/desk?activity=ja-nein")
    page.locator(".console__key", has_text="Öffnen").click()

    expect(phone.get_by_text("Sollen wir die Pause verlängern?")).to_be_visible()
    until(lambda: day.entries("activity.opened"))


def test_what_cannot_be_made_is_said_beside_what_was_typed(day: Day, browser: Browser, page_errors: PageErrors) -> None:
    page = plain(day, browser, "activity")
    page_errors.permit("422")
    page.get_by_label("Frage oder Titel").fill("Was zuerst?")
    page.get_by_label("Art").select_option(label="Eine Antwort …")
    page.get_by_role("button", name="Baustein hinzufügen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dieser Baustein braucht Zeilen")
    expect(page.get_by_label("Frage oder Titel")).to_have_value("Was zuerst?")
    expect(page.get_by_label("Art")).to_have_value("auswahl")
