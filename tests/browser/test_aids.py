"""Rulers, drafts, counters and keys."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hall import Hall
from tests.browser.page import WRITE, form, heard

RULER = """<div class="ruler" data-begins="{begins}" data-ends="{ends}"><svg class="ruler__line" viewBox="0 0 1000 28">
<path class="ln" d="M100 9V24"/><path class="ln" d="M900 16V24"/>
<path class="ln ln--hair" d="M0 25H0"/><path class="ln ln--bold" d="M0 25H1000"/><path class="ln ln--needle"/></svg>
<p class="ruler__left" data-left hidden>noch <b></b></p></div>"""


def test_a_ruler_counts_by_the_clock_of_the_server(hall: Hall, entered: Callable[[str], Page]) -> None:
    now = time.time() * 1000 + 3_600_000  # the server's clock is an hour ahead
    hall.answer = {"now": now}
    ruler = RULER.format(begins=int(now - 8_000), ends=int(now + 12_400))
    page = entered(ruler)

    expect(page.locator(".ruler__left")).to_have_text("noch 0:11")
    expect(page.locator("[role=status].kern-sr-only")).to_be_empty()
    expect(page.locator(".ruler__left")).to_have_text("noch 0:09")
    expect(page.locator("[role=status].kern-sr-only")).to_have_text("noch 10 Sekunden")
    needle = page.locator(".ln--needle").get_attribute("d") or ""
    assert 500 < int(needle.removeprefix("M").removesuffix(" 2V28")) < 620
    assert page.locator("path.ln").evaluate_all("all => all.map(p => p.classList.contains('ln--hair'))") == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_half_a_text_survives_a_reload_and_its_length_is_counted_in_characters(entered: Callable[[str], Page]) -> None:
    page = entered(WRITE)
    expect(page.locator(".counter")).to_have_text("noch 30 Zeichen")
    page.locator("#text").fill("Züge 🚆")
    expect(page.locator(".counter")).to_have_text("noch 24 Zeichen")

    page.reload()

    expect(page.locator("#text")).to_have_value("Züge 🚆")
    expect(page.locator(".counter")).to_have_text("noch 24 Zeichen")


def test_keys_of_the_desk_press_what_they_name(hall: Hall, entered: Callable[[str], Page]) -> None:
    release = form("questions", "approve", '<button name="of" value="{0}" aria-keyshortcuts="F">Freigeben</button>')
    item = f'<li class="inbox__item" data-part="{{0}}">{release}</li>'
    hall.script = "desk.js"
    page = entered(
        '<input id="field"><label><input type="checkbox" data-keys> Tasten</label>'
        + form("poll-x", "close", '<button aria-keyshortcuts="S">Schließen <kbd>S</kbd></button>')
        + form("poll-x", "open", '<button aria-keyshortcuts="O" disabled>Öffnen</button>')
        + f'<ul class="inbox" data-slot="inbox">{item.format("q1")}{item.format("q2")}</ul>'
    )
    said = lambda: [(command["command"], command["data"]) for command in hall.commands]  # noqa: E731

    page.locator("#field").press("s")
    page.locator("#field").blur()
    for key in "osj":
        page.keyboard.press(key)
    expect(page.locator("[data-part=q2]")).to_be_focused()
    hall.patch(inbox=["q3", "q1", "q2"], q3=item.format("q3"))
    expect(page.locator(".inbox__item")).to_have_count(3)
    page.keyboard.press("f")
    heard(hall, lambda: len(hall.commands) == 2)
    assert said() == [("close", {}), ("approve", {"of": "q2"})]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Schließen")
    page.keyboard.press("Escape")
    page.locator("[data-keys]").uncheck()
    page.reload()
    expect(page.locator(".conn")).to_have_text("verbunden")
    expect(page.locator("[data-keys]")).not_to_be_checked()
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert len(hall.commands) == 2
