"""What the tests of the browser write into a page, do on it and look at."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.hall import Hall


def form(activity: str, command: str, inside: str) -> str:
    address = f"{activity}.{command}?once=once"
    return f'<form method="post" action="{address}" data-activity="{activity}" data-command="{command}">{inside}</form>'


FIELD = '<textarea name="text" id="text" data-most="30"></textarea><p class="counter"></p>'
WRITE = form("wall-x", "write", f"{FIELD}<button>Karte senden</button>")


def write(page: Page, *lines: str) -> None:
    for line in lines:
        page.locator("#text").fill(line)
        page.locator("form button").click()
        expect(page.locator("#text")).to_have_value("")  # free again after half a second, at the latest


def heard(hall: Hall, what: Callable[[], Any], seconds: float = 20) -> None:
    """Wait until `what` is true of the server."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, hall.commands
        time.sleep(0.02)


def texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def same_nodes(page: Page, *names: str) -> bool:
    """Whether the parts are still the very elements that `remember` saw."""
    script = "names => names.every(n => window.seen[n] === document.querySelector(`[data-part='${n}']`))"
    return page.evaluate(script, list(names))


def remember(page: Page) -> None:
    page.evaluate("""() => {
      window.seen = Object.fromEntries([...document.querySelectorAll("[data-part]")].map(e => [e.dataset.part, e]));
      window.left = 0;
      addEventListener("focusout", () => window.left++);
    }""")


def times_left(page: Page) -> int:
    """How often the focus went away since `remember`, if only for a moment: a keyboard on the screen would fold."""
    return page.evaluate("window.left")
