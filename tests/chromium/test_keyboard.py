"""Without a mouse: the focus is always seen, never lost, and everything can be done. And one's own colours."""

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import CARRIED, MOOD, QUESTIONS, WALL, Day, connected
from tests.chromium.hands import choose, own, vote

SEEN = """() => [document.activeElement, document.activeElement.parentElement].some((node) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
})"""
NAME = """() => {
  const { activeElement: node } = document;
  return node.ariaLabel ?? (node.labels?.[0] ?? node).textContent.trim();
}"""


def tab(page: Page, to: str) -> None:
    """Tab until something of that name is reached; every stop on the way is seen, but the one between end and start."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        name = page.evaluate(NAME)
        assert page.evaluate(SEEN), f"nobody sees the focus on {name}"
        if to in name:
            return
    raise AssertionError(f"{to} is not reached")


def somewhere(page: Page) -> bool:
    """Whether the focus is on something in sight."""
    there: bool = page.evaluate("document.activeElement !== document.body && document.activeElement.isConnected")
    return there


def test_by_keyboard_alone_one_joins_votes_writes_and_asks(day: Day, browser: Browser) -> None:
    day.opens(CARRIED, MOOD, WALL, QUESTIONS)
    page = browser.new_page()
    page.goto(day.link("ada"))
    tab(page, "Ja, teilnehmen")
    page.keyboard.press("Enter")
    connected(page)

    tab(page, "1 erschöpft")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    tab(page, "Antwort senden")
    page.keyboard.press("Enter")
    expect(page.locator("p.t-title")).to_have_text("7")
    assert "Antwort ändern" in page.evaluate(NAME)

    tab(page, "Zusammenhalt im Team")
    page.keyboard.press("ArrowDown")
    tab(page, "Antwort senden")
    page.keyboard.press("Enter")
    expect(page.locator("p.t-title")).to_have_text(["7", "Technische Ausstattung"])
    assert somewhere(page)

    tab(page, "Ein Gedanke je Karte")
    page.keyboard.type("Ganz ohne Maus")
    tab(page, "Karte senden")
    page.keyboard.press("Space")
    own(page, "Ganz ohne Maus")
    assert somewhere(page)

    tab(page, "Fragen")
    page.keyboard.press("Enter")
    connected(page)
    tab(page, "Ihre Frage")
    page.keyboard.type("Und hier auch?")
    tab(page, "mit Namen")
    page.keyboard.press("ArrowRight")
    tab(page, "Frage senden")
    page.keyboard.press("Enter")
    expect(page.locator(".trail > li")).to_contain_text("Und hier auch?")
    assert somewhere(page)
    assert [len(day.entries(kind)) for kind in ("poll.voted", "wall.written", "questions.asked")] == [2, 1, 1]


def test_a_patch_takes_the_focus_from_nobody(day: Day, browser: Browser) -> None:
    day.joined("ben")
    day.opens(CARRIED)
    page = day.phone(browser)
    tab(page, "Zusammenhalt im Team")
    day.did("mo", CARRIED, "extend", seconds=60)
    expect(page.get_by_role("timer")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == "team"
    day.did("mo", CARRIED, "close")
    expect(page.get_by_text("Hier ist gerade nichts zu tun.")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "main"


def test_zum_inhalt_comes_first(day: Day, browser: Browser) -> None:
    page = day.phone(browser)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("navigation").get_by_role("link", name="Jetzt")).to_be_focused()


def test_colours_that_the_person_has_chosen_show_what_is_chosen_and_what_is_now(day: Day, browser: Browser) -> None:
    day.opens(CARRIED)
    page = day.phone(browser, forced_colors="active")
    choose(page, "Humor")
    page.keyboard.press("Tab")

    outlines = page.locator(".choice__item").evaluate_all(
        "rows => rows.map((row) => getComputedStyle(row).outlineStyle)"
    )
    assert outlines == [*5 * ["none"], "solid"]
    marked, paper = page.locator(".marker, body").evaluate_all(
        "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)"
    )[::-1]
    assert marked != paper


def test_only_the_receipt_moves_and_for_who_wants_no_motion_nothing_does(day: Day, browser: Browser) -> None:
    day.opens(CARRIED)
    moving = "receipt => getComputedStyle(receipt).animationName"
    for motion, name in (("no-preference", "arrive"), ("reduce", "none")):
        page = day.phone(browser, {"reduce": "ben"}.get(motion, "ada"), reduced_motion=motion)
        vote(page, "Humor")
        assert page.locator(".receipt").evaluate(moving) == name
