"""Ballot papers that do more where a script runs, drawn by the real templates: what they send is what is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.composition import composed, laid_over
from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import poll
from facilitation.record import Data
from tests.browser.hall import Hall
from tests.browser.page import heard, texts
from tests.conftest import PageErrors
from tests.rooms import Kept, activity, room, submit

OPTIONS = [["rot", "Rot"], ["blau", "Blau"], ["grün", "Grün"]]
Enter = Callable[..., Page]


@pytest.fixture
def opened(entered: Callable[[str], Page], hall: Hall) -> Enter:
    """Opens the page of somebody who is asked with this form."""

    def enter(form: str, settings: Data) -> Page:
        table = asked(form, settings)
        hall.answer = {"mine": mine(table)}
        page = entered(html(table))
        page.set_viewport_size({"width": 390, "height": 1200})
        return page

    return enter


def asked(form: str, settings: Data) -> Kept:
    table = room(activity(poll, "abfrage", form=form, settings=settings, names="named"))
    submit(table, "mo", "abfrage", "open")
    return table


def mine(table: Kept) -> dict[str, Any]:
    return drawn(pictures.personal(table, table.person("ada"), "now"))


def html(table: Kept) -> str:
    shared = drawn(pictures.plenary(table, "now"))
    return laid_over(f'<div data-slot="page.main">{composed(shared, "page.main")}</div>', mine(table))


def sent(page: Page, hall: Hall) -> Any:
    """What arrives when the answer is sent."""
    before = len(hall.commands)
    page.get_by_role("button", name="Antwort senden").click()
    heard(hall, lambda: len(hall.commands) > before)
    return hall.commands[-1]["data"]


def order(page: Page) -> list[str]:
    return texts(page, ".rank__item bdi")


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


# ── ranking ──


def test_a_ranking_is_sent_as_it_stands(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS})
    first, second, third = order(page)
    expect(page.locator("select:visible")).to_have_count(0)

    button(page, f"{third} nach oben").click()
    expect(button(page, f"{third} nach oben")).to_be_focused()
    expect(page.locator("[data-moved]")).to_have_text(f"Verschoben: „{third}“ steht jetzt auf Platz 2.")
    page.keyboard.press("Enter")  # at the top now, where the button ends

    assert order(page) == [third, first, second]
    expect(button(page, f"{third} nach unten")).to_be_focused()
    ids = {label: id for id, label in OPTIONS}
    assert sent(page, hall) == {"order": [ids[third], ids[first], ids[second]]}


def test_of_the_first_few_only_those_are_sent_that_somebody_took_up(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS, "top": 2})
    for label in ("Grün", "Rot"):
        button(page, f"{label} aufnehmen").click()
    assert order(page) == ["Grün", "Rot", "Blau"]
    expect(button(page, "Blau aufnehmen")).to_be_disabled()

    button(page, "Grün herausnehmen").click()
    expect(button(page, "Grün aufnehmen")).to_be_focused()
    button(page, "Blau aufnehmen").click()
    button(page, "Blau nach oben").click()

    assert sent(page, hall) == {"order": ["blau", "rot"]}


def test_an_order_that_was_begun_stays_while_the_words_are_mended(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS})
    last = order(page)[2]
    button(page, f"{last} nach oben").click()
    before = order(page)

    mended = asked("ranking", {"options": OPTIONS})
    submit(mended, "mo", "abfrage", "amend", option="rot", label="Dunkelrot")
    hall.emit("mine", {"parts": mine(mended)})

    expect(page.locator(".rank")).to_contain_text("Dunkelrot")
    assert order(page) == ["Dunkelrot" if label == "Rot" else label for label in before]


def take(page: Page, label: str) -> None:
    """Hold an item with the mouse, beside its buttons."""
    expect(page.locator(".rank--drag")).to_have_count(1)
    page.locator(".rank__item bdi", has_text=label).hover()
    page.mouse.down()


def carry(page: Page, label: str) -> None:
    """Move to where this item stands, over its middle."""
    box = page.locator(".rank > .rank__item", has_text=label).bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=8)


def test_an_item_is_dragged_to_its_place_and_sent_as_it_stands(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS})
    first, second, third = order(page)

    take(page, first)
    carry(page, third)
    expect(page.locator(".rank > .rank__item bdi")).to_have_text([second, third, first])
    expect(page.locator(".sortable-drag")).to_have_count(1)
    page.mouse.up()

    expect(page.locator("[data-moved]")).to_have_text(f"Verschoben: „{first}“ steht jetzt auf Platz 3.")
    assert order(page) == [second, third, first]
    expect(button(page, f"{first} nach unten")).to_be_disabled()
    button(page, f"{first} nach oben").click()
    ids = {label: id for id, label in OPTIONS}
    assert sent(page, hall) == {"order": [ids[second], ids[first], ids[third]]}


def test_a_finger_that_rests_on_an_item_drags_it(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS})
    first, second, third = order(page)
    expect(page.locator(".rank--drag")).to_have_count(1)
    begin = page.locator(".rank__item bdi", has_text=first).bounding_box()
    end = page.locator(".rank__item bdi", has_text=second).bounding_box()
    assert begin
    assert end
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    finger.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": begin["x"] + 5, "y": begin["y"] + 5}]}
    )
    expect(page.locator(".sortable-chosen")).to_have_count(1)
    for step in range(1, 9):
        y = begin["y"] + 5 + (end["y"] + 7 - begin["y"]) * step / 8
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": begin["x"] + 5, "y": y}]})
    expect(page.locator(".rank > .rank__item bdi")).to_have_text([second, first, third])
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(page.locator("[data-moved]")).to_have_text(f"Verschoben: „{first}“ steht jetzt auf Platz 2.")
    ids = {label: id for id, label in OPTIONS}
    assert sent(page, hall) == {"order": [ids[second], ids[first], ids[third]]}


def test_an_item_in_the_hand_stays_where_it_is_while_the_words_are_mended(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS})
    mended = asked("ranking", {"options": OPTIONS})
    submit(mended, "mo", "abfrage", "amend", option="rot", label="Dunkelrot")
    words = {label: "Dunkelrot" if label == "Rot" else label for _, label in OPTIONS}
    first, second, third = order(page)

    take(page, third)
    carry(page, first)
    expect(page.locator(".rank > .rank__item bdi")).to_have_text([third, first, second])
    hall.emit("mine", {"parts": mine(mended)})
    expect(page.locator(".rank")).to_contain_text("Dunkelrot")
    assert texts(page, ".rank > .rank__item bdi") == [words[label] for label in (third, first, second)]
    page.mouse.up()

    expect(page.locator("[data-moved]")).to_have_text(f"Verschoben: „{words[third]}“ steht jetzt auf Platz 1.")
    ids = {label: id for id, label in OPTIONS}
    assert sent(page, hall) == {"order": [ids[third], ids[first], ids[second]]}


def test_what_nobody_has_taken_up_is_not_dragged(opened: Enter, hall: Hall) -> None:
    page = opened("ranking", {"options": OPTIONS, "top": 2})
    for label in ("Grün", "Rot"):
        button(page, f"{label} aufnehmen").click()

    take(page, "Blau")
    carry(page, "Grün")
    page.mouse.up()
    assert order(page) == ["Grün", "Rot", "Blau"]

    take(page, "Grün")
    carry(page, "Rot")
    expect(page.locator(".rank > .rank__item bdi")).to_have_text(["Rot", "Grün", "Blau"])
    page.mouse.up()
    expect(page.locator("[data-moved]")).to_have_text("Verschoben: „Grün“ steht jetzt auf Platz 2.")
    assert order(page) == ["Rot", "Grün", "Blau"]
    assert sent(page, hall) == {"order": ["rot", "grün"]}


# ── points ──


def test_what_is_left_is_said_and_the_buttons_stop_at_it(opened: Enter, hall: Hall) -> None:
    page = opened("points", {"options": OPTIONS, "budget": 10})
    left = page.locator("[data-rest]")
    expect(left).to_have_text("noch 10 von 10 Punkten")

    page.get_by_label("Rot", exact=True).fill("9")
    for _ in range(3):
        button(page, "1 mehr: Blau").click()
    expect(left).to_have_text("noch 0 von 10 Punkten")
    page.get_by_label("Grün", exact=True).fill("2")
    expect(left).to_have_text("2 Punkte zu viel")
    for _ in range(3):
        button(page, "1 weniger: Grün").click()

    assert sent(page, hall) == {"points": {"rot": 9, "blau": 1}}


# ── position ──


@pytest.mark.parametrize("line", [False, True])
def test_a_tap_writes_where_one_stands(opened: Enter, hall: Hall, line: bool) -> None:  # noqa: FBT001
    page = opened("position", {"x_labels": ["fremd", "vertraut"], "y_labels": ["dagegen", "dafür"], "line": line})
    plane = page.locator("[data-plane]")
    box = plane.bounding_box()
    assert box
    plane.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.1})

    said = sent(page, hall)
    assert said.keys() == ({"x"} if line else {"x", "y"})
    assert 74 <= said["x"] <= 80
    assert line or 90 <= said["y"] <= 95


def test_the_point_stands_where_the_numbers_say(opened: Enter) -> None:
    page = opened("position", {"x_labels": ["fremd", "vertraut"], "y_labels": ["dagegen", "dafür"]})
    me = page.locator(".field__me")
    page.get_by_label("fremd (0) bis").fill("50")
    expect(me).to_have_attribute("cx", "-99")
    page.get_by_label("dagegen (0) bis").fill("50")
    expect(me).to_have_attribute("cx", "500")
    expect(me).to_have_attribute("cy", "500")


# ── with plain forms ──


def test_one_statement_has_the_screen_and_a_link_leads_to_the_next(opened: Enter) -> None:
    page = opened("matrix", {"items": OPTIONS, "min": 1, "max": 5})
    page.set_viewport_size({"width": 390, "height": 700})
    second = page.get_by_role("group", name="Aussage 2 von 3")
    expect(second).not_to_be_in_viewport(ratio=0.9)
    page.get_by_role("link", name="Nächste Aussage").first.click()
    expect(second).to_be_in_viewport(ratio=0.9)


def test_a_square_is_chosen_by_keyboard(opened: Enter, hall: Hall, page_errors: PageErrors) -> None:
    page_errors.permit("bild/")  # this server has no pictures
    page = opened("pin", {"image": "0" * 32, "alt": "Lageplan", "columns": 4, "lines": 2})
    page.get_by_label("Feld A1").focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert sent(page, hall) == {"point": "62,25"}


@pytest.mark.parametrize(
    "form, settings",
    [("ranking", {"options": OPTIONS, "top": 2}), ("points", {"options": OPTIONS}), ("position", {})],
)
def test_without_a_script_there_are_fields_alone(browser: Browser, hall: Hall, form: str, settings: Data) -> None:
    hall.body = html(asked(form, settings))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hall.url)
    fields = page.locator("form select, form input[type=number]")
    expect(fields.first).to_be_visible()
    assert texts(page, "form button:visible") == ["Antwort senden"]
    context.close()
