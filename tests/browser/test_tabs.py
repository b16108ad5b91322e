"""The columns of a wall, drawn by the real templates, with a script and without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.composition import composed, laid_over
from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import wall
from tests.browser.hall import Hall
from tests.browser.page import heard
from tests.rooms import Kept, activity, room, submit

COLUMNS = [{"id": "mit", "title": "Mitnehmen"}, {"id": "bei", "title": "Beibehalten"}, {"id": "neu", "title": "Neu"}]


@pytest.fixture
def opened(entered: Callable[[str], Page], hall: Hall) -> Callable[[Kept], Page]:
    """Opens the page of a wall on a small phone, where nothing is sticky."""

    def enter(table: Kept) -> Page:
        hall.answer = {"mine": mine(table)}
        page = entered(html(table))
        page.set_viewport_size({"width": 320, "height": 800})
        return page

    return enter


@pytest.fixture
def table() -> Kept:
    """A room with an open wall of three columns and a card in the first."""
    table = room(activity(wall, "wand", columns=COLUMNS, names="named"))
    submit(table, "mo", "wand", "open")
    write(table, "mit")
    return table


def write(table: Kept, column: str) -> None:
    submit(table, "ada", "wand", "write", column=column, text=f"Eine Karte in {column}")


def picture(table: Kept) -> dict[str, Any]:
    return drawn(pictures.plenary(table, "now"))


def mine(table: Kept) -> dict[str, Any]:
    return drawn(pictures.personal(table, table.person("ben"), "now"))


def html(table: Kept) -> str:
    return laid_over(f'<div data-slot="page.main">{composed(picture(table), "page.main")}</div>', mine(table))


def tell(hall: Hall, before: dict[str, Any], table: Kept) -> None:
    """The next patch: what has changed on the wall."""
    hall.at += 1
    changed = {name: part for name, part in picture(table).items() if before.get(name) != part}
    hall.emit("patch", {"since": hall.at - 1, "at": hall.at, "parts": changed})


def seen(page: Page) -> tuple[str, list[str]]:
    """The tab that is chosen, and the headings of the columns that are seen."""
    (chosen,) = page.locator("[role=tab][aria-selected=true] bdi").all_inner_texts()
    return chosen, [it.inner_text() for it in page.locator("section:has(> ol) h2").all() if it.is_visible()]


def counts(page: Page) -> list[str]:
    return [re.sub(r"\D", "", text) for text in page.locator(".cols__tab b").all_inner_texts()]


def test_one_column_is_shown_and_the_radio_follows_unseen(opened: Callable[[Kept], Page], table: Kept) -> None:
    page = opened(table)
    assert seen(page) == ("Mitnehmen", ["Mitnehmen"])
    page.get_by_role("tab", name="Neu").click()
    assert seen(page) == ("Neu", ["Neu"])
    expect(page.locator("input[value=neu]")).to_be_checked()
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Neu · Ein Gedanke je Karte")).to_be_visible()


def test_arrows_move_and_tab_leaves(opened: Callable[[Kept], Page], table: Kept) -> None:
    page = opened(table)
    page.locator("[role=tab]").first.focus()
    for key, chosen in (
        ("ArrowRight", "Beibehalten"),
        ("End", "Neu"),
        ("ArrowRight", "Mitnehmen"),
        ("ArrowLeft", "Neu"),
        ("Home", "Mitnehmen"),
        ("x", "Mitnehmen"),
    ):
        page.keyboard.press(key)
        assert seen(page) == (chosen, [chosen])
        expect(page.locator(":focus bdi")).to_have_text(chosen)
    page.keyboard.press("Tab")
    expect(page.locator("textarea[name=text]").first).to_be_focused()


def test_the_tab_survives_patches_and_other_columns_change_their_count(
    opened: Callable[[Kept], Page], hall: Hall, table: Kept
) -> None:
    page = opened(table)
    tab = page.get_by_role("tab", name="Beibehalten")
    tab.click()
    page.locator("textarea[name=text]").first.fill("Halb geschrieben")
    before = picture(table)
    for column in ("neu", "mit"):
        write(table, column)
    tell(hall, before, table)
    heard(hall, lambda: counts(page) == ["2", "0", "1"])
    assert seen(page) == ("Beibehalten", ["Beibehalten"])
    expect(page.locator("textarea[name=text]").first).to_have_value("Halb geschrieben")


def test_a_card_goes_into_the_column_of_the_tab_one_after_the_other(
    opened: Callable[[Kept], Page], hall: Hall, table: Kept
) -> None:
    hall.receipt = lambda _: {"ok": True, "made": "2026-11-20T09:54:00Z", "mine": mine(table)}
    page = opened(table)
    page.get_by_role("tab", name="Neu").click()
    for text in ("Erste", "Zweite"):
        page.locator("textarea[name=text]").first.fill(text)
        page.get_by_role("button", name="Karte senden").click()
        expect(page.locator("textarea[name=text]").first).to_have_value("")
    heard(hall, lambda: len(hall.commands) == 2)
    assert [said["data"] for said in hall.commands] == [
        {"column": "neu", "text": "Erste"},
        {"column": "neu", "text": "Zweite"},
    ]


def test_without_a_script_all_columns_stand_below_each_other(hall: Hall, browser: Browser, table: Kept) -> None:
    hall.body = html(table)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hall.url)
    headings = [it.inner_text() for it in page.locator("section:has(> ol) h2").all() if it.is_visible()]
    assert headings == ["Mitnehmen", "Beibehalten", "Neu"]
    expect(page.get_by_role("radio")).to_have_count(3)
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Ein Gedanke je Karte", exact=True)).to_be_visible()
    context.close()
