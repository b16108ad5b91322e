"""The desk steers by mouse and by keys; phone and stage follow without being loaded anew."""

import re
import time
from datetime import datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import CARRIED, CROWD, MOOD, QUESTION, QUESTIONS, WALL, Day, until
from tests.chromium.hands import choose, press, same, stays, unfold, vote

TITLE = ".stage h1"


def pages(day: Day, browser: Browser, activity: str = "") -> tuple[Page, Page, Page]:
    """Desk, phone and stage, each remembered."""
    three = day.desk(browser, activity), day.phone(browser), day.stage(browser)
    for page in three:
        stays(page)
    return three


def test_by_mouse_the_desk_opens_closes_shows_and_goes_on(day: Day, browser: Browser) -> None:
    day.joined(*CROWD)
    desk, phone, stage = pages(day, browser)
    console = desk.locator(".console")
    day.did("mo", "agenda", "advance")
    press(console, "Weiter")
    expect(stage.locator(TITLE)).to_have_text("Impuls: Verwaltung im Krisenmodus")
    press(console, "Weiter")
    expect(stage.locator(TITLE)).to_have_text("Wie gehen Sie heute in den Tag?")
    press(console, "Öffnen")
    choose(phone, "7")
    press(phone, "Antwort senden")
    for person in CROWD:
        day.did(person, MOOD, "vote", value=5)
    expect(stage.locator(".s-240")).to_have_text("11")
    press(console, "Schließen")
    expect(phone.get_by_text("Diese Antwort gilt.")).to_be_visible()
    press(console, "Zeigen")

    expect(stage.locator(".hist text.b")).to_have_text(["10", "1"])
    expect(phone.locator(".chart")).to_be_visible()
    expect(desk.locator(".view--live .hist text.b")).to_have_text(["10", "1"])
    press(console, "Weiter")
    expect(stage.locator(TITLE)).to_have_text(QUESTION)
    assert [same(page) for page in (desk, phone, stage)] == [True, True, True]


def test_by_keys_the_desk_does_the_same(day: Day, browser: Browser) -> None:
    day.joined(*CROWD)
    desk, phone, stage = pages(day, browser)
    day.did("mo", "agenda", "advance", step="impuls")
    desk.keyboard.press("n")
    expect(desk.locator("#work")).to_have_text("Wie gehen Sie heute in den Tag?")
    desk.keyboard.press("o")
    expect(phone.get_by_role("button", name="Antwort senden")).to_be_visible()
    expect(desk.get_by_role("button", name="Schluss in 1 Minute")).to_be_visible()
    desk.keyboard.press("+")
    expect(phone.get_by_role("timer")).to_be_visible()
    expect(desk.get_by_role("button", name="+ 1 Minute")).to_be_visible()
    press(desk, "+ 30 Sekunden")
    until(lambda: len(day.said("activity.extended", "ends")) == 2)
    first, second = (datetime.fromisoformat(it) for it in day.said("activity.extended", "ends"))
    assert second - first == timedelta(seconds=30)
    for person in CROWD:
        day.did(person, MOOD, "vote", value=5)
    desk.keyboard.press("s")
    expect(phone.get_by_text("geschlossen")).to_be_visible()
    expect(desk.get_by_role("button", name="Schließen")).to_be_disabled()
    desk.keyboard.press("z")
    expect(stage.locator(".hist")).to_be_visible()
    desk.keyboard.press("b")
    expect(stage.locator(TITLE)).to_have_text("Gleich geht es weiter.")
    expect(desk.get_by_role("button", name="Aufhellen")).to_be_visible()
    desk.keyboard.press("b")
    expect(stage.locator(".hist")).to_be_visible()
    assert [same(page) for page in (desk, phone, stage)] == [True, True, True]


def test_weiter_pressed_twice_is_two_steps_and_a_double_click_is_one(day: Day, browser: Browser) -> None:
    desk, steps = day.desk(browser), lambda: day.said("agenda.advanced", "step")
    desk.keyboard.press("n")
    desk.keyboard.press("n")
    until(lambda: len(steps()) == 2)
    desk.locator(".console").get_by_role("button", name="Weiter").dblclick(delay=60)
    until(lambda: len(steps()) == 3)
    desk.keyboard.press("b")
    expect(desk.get_by_role("button", name="Aufhellen")).to_be_visible()  # sent after whatever the clicks have sent

    assert steps() == ["einlass", "impuls", "abfragen"]


def test_what_is_redacted_loses_its_words_and_keeps_its_number(day: Day, browser: Browser) -> None:
    day.joined("ben")
    day.opens(WALL)
    card = day.did("ben", WALL, "write", column="mit", text="Frau Muster aus Zimmer 4")
    desk, phone = day.desk(browser, WALL), day.phone(browser)
    item = desk.locator(".inbox__item")
    expect(phone.get_by_text("Frau Muster aus Zimmer 4")).to_be_visible()
    unfold(item, "Schwärzen")
    expect(item.get_by_text("Das lässt sich nicht rückgängig machen.")).to_be_visible()
    item.get_by_label("Grund").locator("visible=true").fill("Name einer Person")
    press(item, f"{card} schwärzen")

    expect(phone.locator(".card")).to_have_text(re.compile(f"geschwärzt.*{card}"))
    expect(item.get_by_text("geschwärzt")).to_be_visible()
    expect(item.get_by_text("Schwärzen")).to_have_count(0)
    assert day.said("record.redacted", "why") == ["Name einer Person"]


def test_with_j_k_f_and_h_the_inbox_is_moderated(day: Day, browser: Browser) -> None:
    day.joined(*CROWD[:3])
    day.opens(QUESTIONS)
    for number, person in enumerate(CROWD[:3]):
        day.did(person, QUESTIONS, "ask", text=f"Frage {number}")
    desk, phone = day.desk(browser, QUESTIONS), day.phone(browser, "ada", "questions")
    current = desk.locator(".inbox__item[aria-current=true]")
    texts = desk.locator(".inbox__item .card__text").all_inner_texts()
    expect(current).to_contain_text(texts[0])
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(current).to_contain_text(texts[2])
    desk.keyboard.press("k")
    expect(current).to_contain_text(texts[1])
    desk.keyboard.press("f")
    expect(phone.locator(".q .card__text")).to_have_text([texts[1]])

    desk.locator(".inbox__item").filter(has_text=texts[2]).locator(".card__text").click()
    expect(current).to_contain_text(texts[2])
    desk.keyboard.press("h")
    reason = desk.get_by_label("Grund").locator("visible=true")
    expect(reason).to_be_focused()
    reason.fill("doppelt")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("ausgeblendet: doppelt")).to_be_visible()
    assert day.said("contribution.hidden", "reason") == ["doppelt"]


def test_keys_are_listed_mean_letters_in_fields_and_can_be_switched_off(day: Day, browser: Browser) -> None:
    day.opens(CARRIED)
    desk = day.desk(browser, CARRIED)
    desk.keyboard.press("?")
    keys = desk.get_by_role("dialog", name="Tasten")
    expect(keys.locator("kbd")).to_have_text(["J", "K", "O", "S", "Z", "B", "N", "+", "?"])
    press(keys, "Schließen")
    expect(keys).to_have_count(0)

    unfold(desk, "Nachbessern")
    desk.get_by_label("Antwort 6").press("End")
    desk.keyboard.type(" bsz")
    expect(desk.get_by_label("Antwort 6")).to_have_value("Humor bsz")
    desk.get_by_label("Tasten eingeschaltet").uncheck()
    desk.get_by_label("Tasten eingeschaltet").blur()
    desk.keyboard.press("b")
    desk.keyboard.press("s")
    day.did("mo", "stage", "theme", dark=True)

    assert [len(day.entries(kind)) for kind in ("stage.blanked", "activity.closed")] == [0, 0]


def test_the_stage_is_dark_within_a_moment(day: Day, browser: Browser) -> None:
    desk, stage = day.desk(browser), day.stage(browser)
    stage.evaluate("""() => new MutationObserver(() => {
      if (document.querySelector('.stage.dim')) window.dark ??= Date.now();
    }).observe(document, { attributes: true, childList: true, subtree: true })""")
    desk.evaluate("addEventListener('keydown', () => window.pressed ??= Date.now(), true)")
    desk.keyboard.press("b")
    expect(stage.locator(TITLE)).to_have_text("Gleich geht es weiter.")

    took = stage.evaluate("window.dark") - desk.evaluate("window.pressed")
    assert took < 1000, f"{took} ms"
    assert stage.evaluate("getComputedStyle(document.querySelector('.stage')).backgroundColor") == "oklch(0 0 0)"


def test_a_timer_closes_by_itself_and_the_phone_says_so(day: Day, browser: Browser) -> None:
    phone = day.phone(browser)
    day.did("mo", CARRIED, "show", view="question")
    day.did("mo", CARRIED, "open", seconds=5)
    expect(phone.get_by_role("timer")).to_contain_text("noch 0:0")
    begun = time.monotonic()

    expect(phone.get_by_text("Anonyme Abfrage, geschlossen")).to_be_visible(timeout=15_000)

    assert time.monotonic() - begun > 3
    expect(phone.get_by_role("button", name="Antwort senden")).to_have_count(0)


def test_a_slip_of_the_pen_is_mended_while_people_vote_and_takes_nothing_from_them(day: Day, browser: Browser) -> None:
    day.opens(CARRIED, QUESTIONS, "wand")
    phone, desk = day.phone(browser), day.desk(browser, CARRIED)
    choose(phone, "Humor")
    phone.get_by_label("Ein Gedanke je Karte").fill("halb geschrie")
    phone.get_by_role("link", name="Von mir").focus()

    unfold(desk, "Nachbessern")
    desk.get_by_label("Antwort 6").fill("Humor und Gelassenheit")
    desk.get_by_role("button", name="Wortlaut ändern").last.click()

    expect(phone.get_by_label("Humor und Gelassenheit")).to_be_checked()
    expect(phone.get_by_label("Ein Gedanke je Karte")).to_have_value("halb geschrie")
    expect(phone.get_by_role("link", name="Von mir")).to_be_focused()
    vote(phone)
    assert day.said("poll.voted", "choice") == ["humor"]
    expect(phone.get_by_label("Ein Gedanke je Karte")).to_have_value("halb geschrie")
