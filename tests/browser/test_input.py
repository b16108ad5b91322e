"""Input is sacred: what a person has touched comes out of a patch as it went in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import ACCEPTED, Hall
from tests.browser.page import WRITE, form, heard, remember, times_left


def poll(*options: str, chosen: str = "", text: str = "", box: str = "section", untouched: str = "") -> str:
    radios = "".join(
        f'<input type="radio" name="choice" id="o{n}" value="{option}" aria-label="{option}"{checked}>'
        for n, option in enumerate(options)
        for checked in [" checked" if option == chosen else ""]
    )
    units = "<option>37</option><option>50</option>"
    fields = f"""<p>{len(options)} Antworten</p>{radios}<textarea name="text" id="reason">{text}</textarea>
<input name="other" id="other" value="{untouched}"><select name="unit" id="unit">{units}</select>"""
    return f'<{box} data-part="ballot">{form("poll-x", "vote", fields)}</{box}>'


@pytest.mark.parametrize("box", ["section", "article"], ids=["morphed", "replaced"])
def test_what_a_person_has_touched_stays_while_the_poll_is_amended(
    hall: Hall, entered: Callable[[str], Page], box: str
) -> None:
    page = entered(poll("a", "b") + '<input id="elsewhere">')
    page.get_by_label("b").check()
    page.locator("#reason").fill("halb get")
    page.locator("#unit").select_option("50")
    page.locator("#elsewhere").focus()

    hall.patch(ballot=poll("new", "a", "b", chosen="new", text="vom Server", untouched="vom Server", box=box))
    expect(page.locator("form p")).to_have_text("3 Antworten")

    chosen = page.locator(":checked[type=radio]").evaluate_all("radios => radios.map(r => r.value)")
    values = [page.locator(field).input_value() for field in ("#reason", "#unit", "#other")]
    assert (chosen, values) == (["b"], ["halb get", "50", "vom Server"])
    expect(page.locator("#elsewhere")).to_be_focused()


def test_whoever_types_does_not_notice_a_patch(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(poll("a", "b"))
    page.locator("#reason").fill("mitten im Wort")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    remember(page)

    hall.patch(ballot=poll("new", "a", "b", text="vom Server"))
    expect(page.locator("form p")).to_have_text("3 Antworten")
    page.keyboard.type("!")

    expect(page.locator("#reason")).to_have_value("mitten im! Wort")
    assert times_left(page) == 0


def test_an_option_that_was_taken_back_is_not_chosen_for_another(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(poll("a", "b"))
    page.get_by_label("b").check()

    hall.patch(ballot=poll("c", "a"))
    expect(page.get_by_label("c")).to_be_visible()

    expect(page.locator(":checked[type=radio]")).to_have_count(0)


def test_a_form_that_was_accepted_is_fresh_but_for_what_was_typed_since(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda command: ACCEPTED | {"mine": {"mine-own": f"<p>{command['data']['text']}</p>"}}
    page = entered('<div data-part="mine-own"></div>' + WRITE)
    page.locator("#text").fill("Eine Karte")
    page.get_by_role("button").click()

    expect(page.locator("[data-part=mine-own]")).to_have_text("Eine Karte")
    expect(page.locator("#text")).to_have_value("")

    page.locator("#text").fill("Zwei")
    page.evaluate("document.querySelector('form').requestSubmit()")
    page.locator("#text").press_sequentially(" und drei", delay=0)
    heard(hall, lambda: len(hall.commands) == 2)
    expect(page.locator("[data-part=mine-own]")).to_have_text("Zwei")
    assert page.locator("#text").input_value() in {"Zwei und drei", " und drei"}
