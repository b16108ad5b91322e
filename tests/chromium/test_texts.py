"""Work on texts and measures, in browsers: votes, new wordings, decisions, agreements."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import MEASURES, TEXT, WALL, Day
from tests.chromium.hands import press, same, stays, unfold


def unfolded(page: Page, title: str) -> None:
    page.locator("summary.paragraph__head").filter(has_text=title).click()


def test_a_vote_is_one_tap_and_the_paragraph_stays_open(day: Day, browser: Browser) -> None:
    day.opens(TEXT)
    page = day.phone(browser)
    unfolded(page, "Ziel")

    press(page, "trägt nicht")

    expect(page.get_by_text("Ihre Stimme: trägt nicht")).to_be_visible()
    expect(page.get_by_role("button", name="trägt nicht")).to_have_attribute("aria-pressed", "true")
    press(page, "trägt mit Änderung")
    expect(page.get_by_text("Ihre Stimme: trägt mit Änderung")).to_be_visible()
    assert day.said("text.voted", "value") == ["traegt_nicht", "mit_aenderung"]


def test_one_paragraph_is_open_at_a_time_also_by_keyboard(day: Day, browser: Browser) -> None:
    day.opens(TEXT)
    page = day.phone(browser)
    unfolded(page, "Ziel")
    expect(page.get_by_text("Wir sind für alle da.").first).to_be_visible()

    page.locator("summary.paragraph__head").filter(has_text="Weg").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Wir hören zu und entscheiden dann.").first).to_be_visible()
    expect(page.get_by_text("Wir sind für alle da.").first).to_be_hidden()


def test_a_new_wording_keeps_the_revision_it_was_begun_with(day: Day, browser: Browser) -> None:
    day.opens(TEXT)
    page = day.phone(browser)
    stays(page)
    unfolded(page, "Ziel")
    unfold(page, "Änderung vorschlagen zu 1.1")
    field = page.get_by_label("Absatz 1.1, wie er lauten soll")
    expect(field).to_have_value("Wir sind für alle da.")
    field.fill("Wir sind für Menschen da.")

    day.joined("ben")
    other = day.did("ben", TEXT, "suggest", paragraph="lb-1", text="Wir sind für Sie da.")
    day.did("mo", TEXT, "decide", suggestion=other, decision="accepted")
    expect(page.locator(".paragraph__text").first).to_have_text("Wir sind für Sie da.")
    expect(field).to_have_value("Wir sind für Menschen da.")
    page.get_by_label("Warum").first.fill("Klarer")
    press(page, "Vorschlag senden")

    expect(page.get_by_text("zu einer früheren Fassung geschrieben")).to_be_visible()
    assert day.said("text.suggested", "base_revision") == [1, 1]
    assert same(page)


def test_the_desk_decides_and_the_author_reads_what_became_of_it(day: Day, browser: Browser) -> None:
    day.opens(TEXT)
    page, desk = day.phone(browser), day.desk(browser, TEXT)
    ref = day.did("ada", TEXT, "suggest", paragraph="lb-2", text="Wir hören zu.", reason="Kürzer")
    expect(page.get_by_text("noch nicht entschieden")).to_be_visible()

    unfold(desk, "Entscheiden")
    desk.get_by_label("Grund, für alle lesbar").first.fill("Überzeugt")
    press(desk, f"{ref} annehmen")

    expect(page.locator(".trail").get_by_text("angenommen")).to_be_visible()
    expect(page.get_by_role("heading", name="Was sich geändert hat")).to_be_visible()
    expect(desk.get_by_text("0 von 1 Vorschlag")).to_be_visible()


def test_a_measure_is_written_down_with_its_origin_and_its_unit_says_how_far_it_is(day: Day, browser: Browser) -> None:
    day.opens(WALL, MEASURES)
    day.joined("ada")
    card = day.did("ada", WALL, "write", column="mit", text="Aushilfe hat geklappt")
    page, desk = day.phone(browser), day.desk(browser, MEASURES)

    desk.get_by_label("Was ist vereinbart?").first.fill("Personalpool verstetigen")
    desk.get_by_label("Federführendes Amt").first.select_option("amt-33")
    desk.get_by_label("Termin").first.fill("2026-12-31")
    unfold(desk, "Von den Wänden wählen")
    desk.get_by_role("checkbox", name=re.compile("Aushilfe")).check()
    press(desk, "Vereinbarung speichern")

    expect(page.get_by_role("heading", name="Ihr Amt ist federführend")).to_be_visible()
    assert day.said("measures.agreed", "sources") == [[card]]
    page.locator("summary", has_text="Stand melden").click()
    page.get_by_label("in Arbeit").check()
    page.get_by_label("Fortschritt in Prozent").fill("40")
    page.get_by_label("Was ist geschehen").fill("Umfrage läuft")
    press(page, "Stand senden")
    expect(desk.locator(".measure .state").first).to_have_text(re.compile(r"in Arbeit, 40.%"))
