"""A wall in the browser: sorting by keyboard alone, dots by buttons, a hint while one writes, every state by axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from app.preparing import Planned
from tests.chromium.day import COLUMNS, CROWD, Day, Rathaus
from tests.chromium.test_access import Checked

TITLE = "Woran soll zuerst gearbeitet werden?"
CRITERIA = [["nutzen", "Nutzen", 2], ["machbar", "Machbarkeit"]]
SAID = ("Mitzeichnung parallel statt nacheinander.", "VPN-Zugänge für alle, die sie brauchen.", "Termine statt Marken")


@pytest.fixture
def wand(house: Rathaus) -> Iterator[Day]:
    """A day with nothing but an open wall, on which three cards stand."""
    settings = {"names": "named", "columns": COLUMNS, "criteria": CRITERIA, "dots": {"budget": 2, "on": "both"}}
    day = alone(house, Planned("wand", "wall", TITLE, settings))
    for text in SAID:
        day.did("ben", "wand", "write", column="mit", text=text)
    yield day
    house.back()


def alone(house: Rathaus, planned: Planned) -> Day:
    """A day with nothing but this, which is open."""
    day = house.prepared([planned])
    day.joined("ada", "ben", *CROWD)
    day.opens(planned.id)
    return day


def ref(day: Day, number: int) -> str:
    return f"{day.prefix}-{number:04d}"


def island(day: Day, title: str, *cards: str) -> str:
    return day.did("mo", "wand", "island", title=title, cards=list(cards))


def lying(desk: Page, title: str) -> Locator:
    """The cards on an island, as its board lists them."""
    named = desk.locator(".isle").filter(has=desk.locator(".isle__name", has_text=title))
    return named.locator(".isle__cards li")


def test_the_desk_sorts_by_keyboard_alone(wand: Day, browser: Browser) -> None:
    desk = wand.desk(browser, "wand")
    desk.locator("body").press("i")
    desk.keyboard.type("Schneller entscheiden")
    desk.keyboard.press("Enter")
    expect(desk.locator(".isle__name")).to_have_text(["Schneller entscheiden"])
    desk.locator(".pick input").nth(1).focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("1")
    expect(desk.locator(".isle__cards")).to_have_text([SAID[1]])
    desk.locator("h1, h2, h3").first.click()
    desk.keyboard.press("1")  # nothing is ticked: the top card
    expect(desk.locator(".isle__cards li")).to_have_count(2)
    expect(desk.locator(".pick__card")).to_have_count(1)


def test_two_who_sort_at_once_see_each_other_and_the_last_one_counts(wand: Day, browser: Browser) -> None:
    one, other = wand.desk(browser, "wand"), wand.desk(browser, "wand", person="org")
    first, second = island(wand, "Zeit"), island(wand, "Geld")
    expect(one.locator(".isle")).to_have_count(2)
    wand.did("mo", "wand", "assign", island=first, cards=[ref(wand, 1)])
    wand.did("org", "wand", "assign", island=second, cards=[ref(wand, 1)])
    for desk in (one, other):
        expect(lying(desk, "Geld")).to_have_text([SAID[0]])
        expect(lying(desk, "Zeit")).to_have_count(0)


def test_dots_are_put_and_taken_back_by_buttons(wand: Day, browser: Browser) -> None:
    island(wand, "Zeit")
    wand.did("mo", "wand", "dots_open")
    page = wand.phone(browser)
    expect(page.get_by_text("noch 2 von 2 Punkten")).to_be_visible()
    page.get_by_role("group", name="Zeit").get_by_label("Punkt geben").click()
    expect(page.get_by_text("noch 1 von 2 Punkten")).to_be_visible()
    page.get_by_role("tab", name="ohne Themeninsel").click()
    page.get_by_role("button", name=f"Punkt geben {ref(wand, 1)}").click()
    expect(page.get_by_text("alle 2 Punkte vergeben")).to_be_visible()
    page.get_by_role("group", name="Zeit").get_by_label("Punkt zurücknehmen").click()
    expect(page.get_by_text("noch 1 von 2 Punkten")).to_be_visible()


def test_a_hint_says_that_much_the_same_stands_there_and_stops_nobody(wand: Day, browser: Browser) -> None:
    page = wand.phone(browser)
    field = page.get_by_label("Ein Gedanke je Karte").first
    field.press_sequentially("Mitzeichnungen bitte parallel")
    expect(page.locator(".similar")).to_contain_text(SAID[0])
    page.get_by_role("button", name="Karte senden").click()
    expect(page.locator(".card--own").first).to_contain_text("Mitzeichnungen bitte parallel")
    expect(page.locator(".similar")).to_have_count(0)


def test_call_outs_are_written_down_one_after_the_other_with_the_return_key(wand: Day, browser: Browser) -> None:
    desk = wand.desk(browser, "wand")
    field = desk.get_by_label("Zuruf, in den Worten der Person")
    field.focus()
    for number, words in enumerate(("Mehr Licht", "Weniger Stufen"), 4):
        desk.keyboard.type(words)
        desk.keyboard.press("Enter")
        expect(desk.locator(".inbox__item", has_text=ref(wand, number))).to_contain_text(words)
        expect(field).to_have_value("")
        expect(field).to_be_focused()


def test_what_was_sent_before_the_hint_came_is_not_said_to_be_like_itself(wand: Day, browser: Browser) -> None:
    page = wand.phone(browser)
    held: list[Route] = []
    page.route("**/wand.similar?*", lambda route: held.append(route))  # noqa: PLW0108  # it is marked
    field = page.get_by_label("Ein Gedanke je Karte").first
    with page.expect_request("**/wand.similar?*"):
        field.press_sequentially("Mitzeichnungen bitte parallel")
    page.get_by_role("button", name="Karte senden").click()
    expect(page.locator(".card--own").first).to_contain_text("Mitzeichnungen bitte parallel")
    with page.expect_response("**/wand.similar?*"):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".similar")).to_have_count(0)


def test_every_state_of_a_wall_by_the_rules(wand: Day, browser: Browser) -> None:
    page, desk = Checked(wand.phone(browser)), Checked(wand.desk(browser, "wand"))
    stage = Checked(wand.stage(browser), dark=False)
    wand.did("mo", "wand", "phase", phase="draft")
    expect(page.page.get_by_text("Nur Sie sehen")).to_be_visible()
    page.state("draft")
    for nth, title in enumerate(("Zeit", "Geld"), 1):
        island(wand, title, ref(wand, nth))
    wand.did("mo", "wand", "merge", card=ref(wand, 1), cards=[ref(wand, 3)])
    wand.did("mo", "wand", "shortlist", cards=[ref(wand, 1), ref(wand, 2)])
    wand.did("mo", "wand", "phase", phase="weigh")
    expect(page.page.get_by_text("noch 2 von 2 Punkten")).to_be_visible()
    page.state("weigh")
    for nth, person in enumerate(("ada", *CROWD)):
        wand.did(person, "wand", "dot", on=ref(wand, 1 + nth % 2), dots=1)
        for number in (1, 2):
            wand.did(person, "wand", "rate", on=ref(wand, number), values={"nutzen": 1 + nth % 5, "machbar": 3})
    for summary in desk.page.locator("section.stack summary:visible, section details:visible > summary").all():
        summary.click()
    desk.state("weighing, unfolded")
    wand.did("mo", "wand", "phase", phase="decide")
    expect(page.page.get_by_role("heading", name="Ergebnis")).to_be_visible()
    page.state("decided")
    for view in ("wall", "dots", "matrix", "rating"):
        wand.did("mo", "wand", "show", view=view)
        expect(stage.page.locator("h1")).to_have_text(TITLE)
        stage.state(view)
    for address, checked in (("wand.cards", page), ("wand.bring?place=desk", desk)):
        checked.page.goto(wand.address(address))
        checked.state(address)
    assert page.wrong + desk.wrong + stage.wrong == []
