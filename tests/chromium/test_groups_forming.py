"""The page on which groups are formed: by keyboard alone, in light and dark, large and on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.preparing import Planned
from app.scripts.verifying import recorded
from facilitation.groups.forming import Proposal
from tests.chromium.day import CROWD, Day, Rathaus, until
from tests.chromium.test_access import Checked

ROUND = "runde"
TABLES = [{"id": f"t{number}", "title": f"Tisch {number}", "topic": "Mut"} for number in (1, 2, 3)]


@pytest.fixture
def day(house: Rathaus) -> Iterator[Day]:
    day = house.prepared([Planned(ROUND, "groups", "Was nehmen wir mit?", {"groups": TABLES})])
    day.joined("ada", "ben", *CROWD)
    yield day
    house.back()


def proposal(day: Day) -> Proposal | None:
    found: Proposal | None = recorded(day.rathaus.store, day.id)[0].activities[ROUND].state.forming.proposal
    return found


def focused(page: Page, words: str) -> None:
    """Go on by Tab until a button is reached."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(words)


def forming(day: Day, browser: Browser) -> Page:
    desk = day.desk(browser, ROUND)
    desk.goto(day.address(f"groups/{ROUND}"))
    return desk


def test_by_keyboard_alone_somebody_is_moved_and_the_groups_are_published(day: Day, browser: Browser) -> None:
    page = forming(day, browser)
    focused(page, "Vorschlag bilden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vorschlag", exact=True)).to_be_visible()
    made = proposal(day)
    assert made
    person, there = next(iter(made.seats.items()))
    page.get_by_label("Wer", exact=True).focus()
    chosen = "document.activeElement.value"
    for _ in range(len(made.seats)):
        if page.evaluate(chosen) == person:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    key = "ArrowUp" if page.evaluate("document.activeElement.selectedIndex") else "ArrowDown"
    while page.evaluate(chosen) == there:
        page.keyboard.press(key)
    target = page.evaluate(chosen)
    focused(page, "Umsetzen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("von Hand geändert")).to_be_visible()
    changed = proposal(day)
    assert changed
    assert changed.seats == {**made.seats, person: target}
    focused(page, "Veröffentlichen")
    page.keyboard.press("Enter")

    until(lambda: proposal(day) is None)
    seats = recorded(day.rathaus.store, day.id)[0].activities[ROUND].state.seats
    assert seats == {who: group for who, group in changed.seats.items() if group}


def seated(page: Page, person: str) -> str:
    """The group in which somebody is shown."""
    found: str = page.locator(f"[data-seats]:has([data-person={person}])").get_attribute("data-seats") or ""
    return found


def board_at(page: Page) -> float:
    """How far below the edge of the window the groups begin."""
    found: float = page.locator(".formtables").evaluate("it => it.getBoundingClientRect().top")
    return found


def drag(page: Page, person: str, group: str) -> float:
    """Take somebody by hand to the list of a group; where the board was when they were let go."""
    page.wait_for_function("document.fonts.status === 'loaded'")  # nothing shifts any more
    page.locator(f"[data-person={person}]").hover(position={"x": 5, "y": 5})
    page.mouse.down()
    box = page.locator(f"[data-seats='{group}']").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=8)
    expect(page.locator(f"[data-seats='{group}'] [data-person={person}]")).to_be_visible()
    stood = board_at(page)
    page.mouse.up()
    return stood


def test_somebody_is_dragged_to_another_group_and_to_none_and_it_is_taken_back(day: Day, browser: Browser) -> None:
    page = forming(day, browser)
    page.get_by_role("button", name="Vorschlag bilden").click()
    expect(page.get_by_text("in eine andere Gruppe ziehen")).to_be_visible()
    made = proposal(day)
    assert made
    there, target = made.seats["ada"], next(it["id"] for it in TABLES if it["id"] != made.seats["ada"])
    page.locator(".formtables").evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY - 100)")
    stood = drag(page, "ada", target)
    said = page.locator(".formsaid")
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text(re.compile("von Tisch . nach Tisch ."))
    until(lambda: abs(board_at(page) - stood) <= 1)
    assert seated(page, "ada") == target
    drag(page, "ada", "")
    expect(said).to_contain_text("nach ohne Gruppe")
    for group in (target, there):
        said.get_by_role("button", name="Wechsel zurücknehmen").click()
        expect(page.locator(f"[data-seats={group}] [data-person=ada]")).to_be_visible()
    assert proposal(day) == made
    expect(said).to_have_count(0)


def test_the_page_keeps_the_rules_of_every_screen(day: Day, browser: Browser) -> None:
    checked = Checked(forming(day, browser))
    checked.state("before a proposal")
    checked.page.get_by_role("button", name="Vorschlag bilden").click()
    expect(checked.page.get_by_role("heading", name="Vorschlag", exact=True)).to_be_visible()
    checked.state("a proposal")
    checked.page.locator("#shift").get_by_label("nach").select_option("")
    checked.page.locator("#shift").get_by_role("button", name="Umsetzen").click()
    expect(checked.page.get_by_text("Wechsel zurücknehmen")).to_be_visible()
    checked.state("a change by hand")
    checked.page.get_by_role("link", name="Tisch 1", exact=True).click()
    expect(checked.page.get_by_role("button", name="Angaben speichern")).to_be_visible()
    for summary in checked.page.locator("summary:visible").all():
        summary.click()
    checked.state("unfolded")
    assert checked.wrong == []
