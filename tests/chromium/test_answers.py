"""Answers in people's own words: as list, cards or cloud on the stage, and at the desk whatever they are like."""

from playwright.sync_api import Browser, expect

from app.preparing import Planned
from tests.chromium.day import CROWD, Day, Rathaus
from tests.chromium.hands import press, unfold
from tests.chromium.test_access import Checked

FREE = "freitext"
LONGEST = "Donaudampfschifffahrt" * 12


def answered(house: Rathaus, *texts: str) -> Day:
    """Each text is the answer of somebody else, and the result is shown."""
    day = house.prepared((Planned(FREE, "poll", "Was soll sich ändern?", {"form": "open", "settings": {}}),))
    day.joined(*CROWD)
    day.opens(FREE)
    for person, text in zip(CROWD, texts, strict=True):
        day.did(person, FREE, "vote", text=text)
    day.did("mo", FREE, "close")
    day.did("mo", FREE, "show", view="result")
    return day


def test_answers_are_shown_as_list_as_cards_and_as_a_cloud(house: Rathaus, browser: Browser) -> None:
    day = answered(house, *(f"Mehr Mut, und zwar nach Plan {letter}{letter}{letter}" for letter in "ABCDEFGHIJ"))
    desk, stage = day.desk(browser, FREE), day.stage(browser)
    expect(stage.locator(".said--stage li")).to_have_count(8)
    press(desk, "Karten")
    expect(stage.locator(".said--cards li")).to_have_count(6)
    desk.keyboard.press("w")
    expect(stage.locator(".said--cards li")).to_have_count(4)
    checked = [Checked(page, dark=False) for page in (desk, stage)]
    checked[0].state("cards at the desk")
    checked[1].state("cards")
    press(desk, "Wortwolke")
    expect(stage.locator(".cloud li").first).to_have_text("Mut 10")
    checked[1].state("cloud")
    assert [it.wrong for it in checked] == [[], []]
    press(desk, "Liste")
    expect(stage.locator(".said--stage li")).to_have_count(8)


def test_a_cloud_of_the_longest_words_stays_above_the_foot_of_the_stage(house: Rathaus, browser: Browser) -> None:
    day = answered(house, *(f"{LONGEST}{letter} {LONGEST[:30]}{letter}" for letter in "ABCDEFGHIJ"))
    day.did("mo", FREE, "show", view="cloud")
    cloud = day.stage(browser).locator(".cloud")
    expect(cloud).to_be_visible()
    assert cloud.evaluate("it => it.scrollHeight <= it.clientHeight && it.scrollWidth <= it.clientWidth")


def test_the_longest_word_breaks_within_the_inbox(house: Rathaus, browser: Browser) -> None:
    desk = answered(house, *[LONGEST] * 10).desk(browser, FREE)
    item = desk.locator(".inbox__item").first
    unfold(item, "Ausblenden")
    assert item.evaluate("it => it.getBoundingClientRect().right <= innerWidth && it.scrollWidth <= it.clientWidth")
