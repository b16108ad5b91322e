"""The outbox: whatever happens to answers, pages and people, each thing arrives, and once."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.hall import ACCEPTED, Hall
from tests.browser.page import WRITE, form, heard, texts, write
from tests.conftest import PageErrors


def test_every_command_arrives_with_one_id_in_order_though_answers_get_lost_and_the_page_is_reloaded(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "eins", "zwei", "drei")
    assert texts(page, "form .keep") == ["eins", "zwei", "drei"]

    page.reload()
    expect(page.locator("form .keep")).to_have_text(["eins", "zwei", "drei"])
    lost = {command["id"] for command in hall.commands}
    answered: list[str] = []

    def receipt(command: dict[str, Any]) -> dict[str, Any] | None:
        if command["id"] in lost | set(answered):
            return ACCEPTED
        answered.append(command["id"])  # got here; the answer is lost the first time
        return None

    hall.receipt = receipt
    page.reload()

    expect(page.locator("form .keep")).to_have_count(0, timeout=30_000)
    first_seen = {command["id"]: command["data"]["text"] for command in reversed(hall.commands)}
    by_text: dict[str, set[str]] = {}
    for command in hall.commands:
        by_text.setdefault(command["data"]["text"], set()).add(command["id"])
    assert list(by_text) == ["eins", "zwei", "drei"]
    assert [len(ids) for ids in by_text.values()] == [1, 1, 1]
    assert {len(identity) for identity in first_seen} == {32}


def test_what_lies_in_the_outbox_is_no_draft(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#text").fill("schnell weg")
    page.locator("form button").click()
    heard(hall, lambda: hall.commands)

    page.reload()

    expect(page.locator("form .keep")).to_have_text("schnell weg")
    expect(page.locator("#text")).to_have_value("")


def test_what_one_person_left_behind_is_not_sent_by_another(
    hall: Hall, entered: Callable[[str], Page], browser: Browser
) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    page.on("dialog", lambda dialog: dialog.accept())
    write(page, "von 41")
    hall.receipt, hall.person = (lambda _: ACCEPTED), "p042"

    page.reload()
    write(page, "von 42")
    heard(hall, lambda: len(hall.commands) == 2)
    hall.person = "p041"
    page.reload()
    heard(hall, lambda: len(hall.commands) == 3)

    assert [command["data"]["text"] for command in hall.commands] == ["von 41", "von 42", "von 41"]


def test_a_page_of_somebody_who_is_gone_makes_room_and_sends_nothing(
    hall: Hall, entered: Callable[[str], Page], page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to|409")
    page = entered(WRITE)
    hall.gone = True
    hall.cut()
    expect(page.locator(".conn")).to_have_text("getrennt")
    write(page, "von 41")

    hall.gone, hall.deaf, hall.person = False, True, "p042"

    expect(page.locator("body")).to_have_attribute("data-person", "p042")
    assert hall.commands == []


def test_a_double_click_sends_once(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(form("poll-x", "vote", '<button name="choice" value="a">A</button>'))

    page.get_by_role("button").dblclick()
    heard(hall, lambda: hall.commands)
    page.wait_for_timeout(200)

    assert [command["data"] for command in hall.commands] == [{"choice": "a"}]


AGAIN = form("agenda", "advance", "<button>Weiter</button>").replace("<form", "<form data-again")
GIVE = form("wall-x", "react", '<input type="hidden" name="word" value="Danke"><button>Danke</button>')


def test_a_double_click_is_one_press_however_fast_the_answer_comes(hall: Hall, entered: Callable[[str], Page]) -> None:
    page = entered(AGAIN)
    page.get_by_role("button").dblclick(delay=60)  # answered long before the second click
    page.wait_for_timeout(300)

    assert len(hall.commands) == 1


def test_two_taps_in_one_place_are_one_press(hall: Hall, browser: Browser) -> None:
    hall.body = AGAIN
    page = browser.new_page(has_touch=True)
    page.goto(hall.url)
    expect(page.locator(".conn")).to_have_text("verbunden")
    for _ in range(2):
        page.get_by_role("button").tap()
    page.wait_for_timeout(600)
    assert len(hall.commands) == 1

    page.get_by_role("button").tap()
    heard(hall, lambda: len(hall.commands) == 2)


def test_two_strokes_of_a_key_are_two_presses_and_a_key_held_down_is_one(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda _: None
    page = entered(AGAIN)
    button = page.get_by_role("button")
    button.press("Enter")
    button.press("Enter")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")  # again without up: the key repeats
    page.keyboard.up("Enter")
    expect(page.locator(".receipt--waiting")).to_have_count(3)

    hall.receipt = lambda _: ACCEPTED
    hall.cut()
    heard(hall, lambda: len({command["id"] for command in hall.commands}) == 3)
    expect(page.locator(".receipt--waiting")).to_have_count(0)


def test_what_means_the_same_when_pressed_again_is_one_press_until_it_is_answered(
    hall: Hall, entered: Callable[[str], Page]
) -> None:
    hall.receipt = lambda _: None
    page = entered(GIVE)
    for _ in range(3):
        page.get_by_role("button").click()
        page.wait_for_timeout(600)

    assert {command["data"]["word"] for command in hall.commands} == {"Danke"}
    expect(page.locator(".receipt--waiting")).to_have_count(1)


def test_the_same_words_written_twice_are_two_contributions(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: None
    page = entered(WRITE)
    write(page, "Danke", "Danke")
    page.locator("#text").fill("Bitte")
    page.locator("form button").click()
    page.locator("form button").press("Enter")  # the same words still stand there

    expect(page.locator("form .keep")).to_have_text(["Danke", "Danke", "Bitte"])


def test_where_nothing_may_be_stored_things_are_sent_all_the_same(hall: Hall, browser: Browser) -> None:
    hall.body = WRITE
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('refused'); } })")
    page.goto(hall.url)

    write(page, "eins", "zwei")
    heard(hall, lambda: len(hall.commands) == 2)

    assert [command["data"]["text"] for command in hall.commands] == ["eins", "zwei"]


def test_a_refusal_stands_at_the_form_and_the_text_stays(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: {"ok": False, "code": "wall.too_long", "sentence": "Höchstens 30 Zeichen."}
    page = entered(WRITE)
    page.locator("#text").fill("Viel zu lang")
    page.get_by_role("button").click()

    expect(page.locator("form .notice")).to_contain_text("Höchstens 30 Zeichen.")
    expect(page.locator("#text")).to_have_value("Viel zu lang")
    hall.receipt = lambda _: ACCEPTED
    page.get_by_role("button").click()
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("")


def test_too_late_keeps_the_text_until_it_is_discarded(hall: Hall, entered: Callable[[str], Page]) -> None:
    hall.receipt = lambda _: {"ok": False, "code": "wall.not_open", "sentence": "Die Ideenwand ist geschlossen."}
    page = entered('<div data-part="form">' + WRITE + "</div>")
    page.locator("#text").fill("Mehr Pausen")
    page.get_by_role("button").click()
    expect(page.locator(".notice--late .keep")).to_have_text("Mehr Pausen")

    hall.patch(form=None)
    page.reload()
    expect(page.locator(".notice--late .keep")).to_have_text("Mehr Pausen")
    page.get_by_role("button", name="Verwerfen").click()
    page.reload()
    expect(page.locator(".conn")).to_have_text("verbunden")
    expect(page.locator(".notice")).to_have_count(0)
