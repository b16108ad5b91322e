"""What people do on a page, by its words: press, choose, write; and what they then look for."""

import re

from playwright.sync_api import Locator, Page, expect

Where = Page | Locator


def press(where: Where, words: str) -> None:
    where.get_by_role("button", name=words).click()


def choose(where: Where, words: str) -> None:
    """Press the row of an answer: the whole of it is its label."""
    where.locator("label").filter(has_text=re.compile(f"^{re.escape(words)}$")).click()


def unfold(where: Where, words: str) -> None:
    where.locator("summary").filter(has_text=words).click()


def vote(page: Page, *answers: str) -> None:
    for answer in answers:
        choose(page, answer)
    press(page, "Antwort senden")
    expect(page.locator(".receipt__word")).to_have_text("gespeichert")


def write(page: Page, text: str) -> None:
    """Send a card for the column in sight."""
    page.get_by_label("Ein Gedanke je Karte").fill(text)
    page.get_by_role("button", name=re.compile("Karte (senden|zum)")).click()
    expect(page.get_by_label("Ein Gedanke je Karte")).to_have_value("")


def own(page: Page, *texts: str) -> None:
    """These are one's cards, the latest first, each with its receipt."""
    expect(page.locator(".card--own .card__text")).to_have_text(list(texts))
    expect(page.locator(".card--own .receipt b")).to_have_text(["gespeichert"] * len(texts))


def stays(page: Page) -> None:
    """Remember this very page: `same` says whether it was loaded anew since."""
    page.evaluate("window.stayed = true")


def same(page: Page) -> bool:
    stayed: bool = page.evaluate("window.stayed === true")
    return stayed
