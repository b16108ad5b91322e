"""A wall is sorted with the pointer beside the keyboard, and one's own last step is taken back."""

from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium.day import CROWD, Day
from tests.chromium.test_wall import SAID, island, lying, ref, wand

__all__ = ["wand"]


def dragged(page: Page, card: Locator, place: Locator) -> None:
    """Take a card and let go of it somewhere else."""
    card.scroll_into_view_if_needed()
    card.hover()
    page.mouse.down()
    to = place.bounding_box()
    assert to
    page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 12, steps=8)
    expect(place).to_have_class("isle is-over" if "isle" in (place.get_attribute("class") or "") else "pick is-over")
    page.mouse.up()


def test_a_card_is_dragged_onto_an_island_and_back_into_the_tray(wand: Day, browser: Browser) -> None:
    there = island(wand, "Zeit")
    desk = wand.desk(browser, "wand", viewport={"width": 1440, "height": 2400})
    isle, tray = desk.locator(f'.isle[data-island="{there}"]'), desk.locator(".pick")

    dragged(desk, tray.locator("li", has_text=SAID[1]).locator("bdi").first, isle)
    expect(lying(desk, "Zeit")).to_have_text([SAID[1]])
    expect(tray.locator("li")).to_have_count(2)

    dragged(desk, isle.locator(".isle__cards li"), tray)
    expect(lying(desk, "Zeit")).to_have_count(0)
    expect(tray.locator("li")).to_have_count(3)
    assert [len(wand.entries(kind)) for kind in ("wall.assigned", "wall.written")] == [2, len(SAID)]


def test_what_is_ticked_goes_along_with_a_card_that_is_ticked_too(wand: Day, browser: Browser) -> None:
    island(wand, "Zeit")
    desk = wand.desk(browser, "wand", viewport={"width": 1440, "height": 2400})
    cards = desk.locator(".pick li")
    for nth in (0, 1):
        cards.nth(nth).locator("input").check()
    dragged(desk, cards.nth(0).locator("bdi").first, desk.locator(".isle"))
    expect(lying(desk, "Zeit")).to_have_text([SAID[1], SAID[0]])


def test_a_card_that_is_let_go_elsewhere_stays_and_a_phone_drags_nothing(wand: Day, browser: Browser) -> None:
    island(wand, "Zeit")
    desk = wand.desk(browser, "wand", viewport={"width": 1440, "height": 2400})
    card = desk.locator(".pick li").first
    card.hover()
    desk.mouse.down()
    desk.mouse.move(4, 4, steps=8)
    desk.mouse.up()
    expect(desk.locator(".pick li")).to_have_count(len(SAID))
    expect(desk.locator(".sortable-drag")).to_have_count(0)
    assert wand.entries("wall.assigned") == []
    script = wand.phone(browser).locator("script[src]").get_attribute("src") or ""
    assert ("page-" in script, "desk-" in script) == (True, False)


def test_u_takes_back_one_s_own_last_step_and_nobody_else_s(wand: Day, browser: Browser) -> None:
    wand.joined(*CROWD[:1])
    there = island(wand, "Zeit")
    desk = wand.desk(browser, "wand")
    wand.did("mo", "wand", "assign", island=there, cards=[ref(wand, 1)])
    wand.did("org", "wand", "assign", island=there, cards=[ref(wand, 2)])
    expect(lying(desk, "Zeit")).to_have_count(2)
    desk.locator("body").press("u")
    expect(lying(desk, "Zeit")).to_have_text([SAID[1]])
    desk.locator("body").press("u")  # the island is used by others: nothing of one's own is left
    expect(desk.get_by_text("Von Ihnen gibt es hier nichts mehr zurückzunehmen.")).to_be_visible()
