"""Speaking, a pulse and the editing desk by hand: with a finger, by keyboard alone, and without a script."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import CROWD, DIGEST, FLOOR, PULSE, QUESTIONS, WALL, Day, connected
from tests.chromium.hands import press, unfold
from tests.chromium.test_access import ALL, OUTSIDE, SMALL, Checked, found


def written(day: Day, *texts: str) -> list[str]:
    """Cards that came in, and their numbers."""
    day.joined("ada", "ben")
    day.opens(WALL)
    return [day.did("ben", WALL, "write", column="mit", text=text) for text in texts]


def unreadable(stage: Page) -> list[str]:
    """What is wrong with a picture of the stage: by the rules, too small, or outside."""
    seen: list[str] = [*found(stage, ALL), *stage.evaluate(SMALL), *stage.evaluate(OUTSIDE)]
    return seen


def test_every_screen_of_them_keeps_the_rules(day: Day, browser: Browser) -> None:
    day.joined("ada", "ben", *CROWD)
    day.opens(FLOOR)
    stage, desk = day.stage(browser), Checked(day.desk(browser, FLOOR))
    phone = Checked(day.phone(browser))
    phone.state("nobody speaks")
    for person in ("ben", CROWD[0]):
        day.did("mo", FLOOR, "seat", person=person)
    for person in ("ada", CROWD[1]):
        day.did(person, FLOOR, "request")
    day.did("mo", FLOOR, "turn", person="ben")
    day.did("mo", FLOOR, "argue", list="heraus", text="Amtsleitungstagsgroßgruppenveranstaltung " + 150 * "x")
    expect(phone.page.locator(".queue__item")).to_have_count(2)
    phone.state("waiting")
    unfold(desk.page, "Anteile der Funktionen")
    desk.state("floor")
    day.did("mo", FLOOR, "show", view="question")
    expect(stage.locator(".floor")).to_be_visible()
    assert unreadable(stage) == []
    day.did("mo", FLOOR, "close")

    day.opens(PULSE)
    for person in CROWD:
        day.did(person, PULSE, "signal", signal="gelb")
    day.did("mo", PULSE, "show", view="result")
    expect(phone.page.locator(".bars__row")).to_have_count(3)
    phone.state("pulse")
    pulse = Checked(day.desk(browser, PULSE))
    pulse.state("pulse at the desk")
    expect(stage.locator(".bars__row")).to_have_count(3)
    assert unreadable(stage) == []
    day.did("mo", PULSE, "close")

    refs = written(day, "Eins", "Zwei", "Drei")
    day.did("mo", DIGEST, "claim", sources=refs[:1])
    day.did("mo", DIGEST, "decline", sources=refs[1:2], reason="steht fest")
    day.did(
        "mo", DIGEST, "show", view="sentence", item=day.did("mo", DIGEST, "condense", text="Satz", sources=refs[2:])
    )
    editing = Checked(day.desk(browser, DIGEST))
    unfold(editing.page, "Bearbeiten")
    editing.state("editing")
    day.did("mo", WALL, "close")
    expect(phone.page.get_by_text("Was wir hören")).to_be_visible()
    unfold(phone.page, "Zeig Quellen")
    phone.state("sentence")
    expect(stage.locator("h1")).to_have_text("Satz")
    assert unreadable(stage) == []
    assert phone.wrong + desk.wrong + pulse.wrong + editing.wrong == []


def test_one_tap_is_a_signal_and_the_next_one_another(day: Day, browser: Browser) -> None:
    day.joined("ada")
    day.opens(PULSE)
    page = day.phone(browser)
    press(page, "Grün: so weiter")
    expect(page.locator(".tap__key[aria-pressed=true]")).to_have_text(["Grün: so weiter"])
    press(page, "Rot: bitte anhalten")
    expect(page.locator(".tap__key[aria-pressed=true]")).to_have_text(["Rot: bitte anhalten"])
    assert day.said("pulse.signalled", "signal") == ["gruen", "rot"]


def test_who_wants_a_seat_takes_one_button_and_the_desk_gives_the_floor(day: Day, browser: Browser) -> None:
    day.opens(FLOOR)
    page, desk = day.phone(browser), day.desk(browser, FLOOR)
    press(page, "Platz nehmen")
    expect(page.locator(".queue__item[data-mark=own]")).to_contain_text("Das sind Sie.")
    desk.locator(".queue__item").get_by_role("button", name="Wort geben").click()
    expect(page.get_by_text("Sie haben das Wort.")).to_be_visible()
    expect(page.locator(".ruler [data-left]")).to_have_text(re.compile(r"noch [23]:\d\d"))
    press(desk, "Wort beenden")
    expect(page.get_by_text("Gerade spricht niemand")).to_be_visible()


def test_arguments_are_written_down_without_leaving_the_keyboard(day: Day, browser: Browser) -> None:
    day.opens(FLOOR)
    desk = day.desk(browser, FLOOR)
    pen = desk.get_by_label("In den Worten der Person")
    pen.focus()
    for words, right in (("Zu langsam", 0), ("Parallel", 1)):
        desk.keyboard.type(words)
        desk.keyboard.press("Tab")
        for _ in range(right):
            desk.keyboard.press("ArrowRight")
        desk.keyboard.press("Enter")
        expect(pen).to_have_value("")
        pen.focus()
    expect(desk.locator(".inbox__item .card__text")).to_have_text(["Parallel", "Zu langsam"])
    assert day.said("speaking.argued", "list") == ["heraus", "loesung"]


def test_an_editor_condenses_by_keyboard_and_the_stage_shows_it(day: Day, browser: Browser) -> None:
    refs = written(day, "Mehr Mut", "Weniger Papier")
    desk, stage = day.desk(browser, DIGEST), day.stage(browser)
    desk.keyboard.press("J")
    desk.keyboard.press("K")
    desk.keyboard.press("A")
    expect(desk.locator(".brief").get_by_text("Weniger Papier")).to_be_visible()
    desk.get_by_label("Ein Satz aus 1 Beitrag").fill("Weniger Papier für alle.")
    desk.locator(".brief").get_by_role("button", name="Verdichten").press("Enter")
    expect(desk.locator(".brief__text")).to_have_text(["Weniger Papier für alle."])
    assert day.said("digest.condensed", "sources") == [[refs[1]]]
    desk.locator(".brief").get_by_role("button", name="Auf die Leinwand").click()
    expect(stage.locator("h1")).to_have_text("Weniger Papier für alle.")


def test_what_one_editor_took_up_is_seen_by_the_others_at_once(day: Day, browser: Browser) -> None:
    written(day, "Mehr Mut")
    one, other = day.desk(browser, DIGEST), day.desk(browser, DIGEST, person="org")
    one.locator(".original").get_by_role("button", name="Übernehmen").click()
    expect(other.locator(".original")).to_contain_text("in Arbeit bei Moderation")
    expect(other.locator(".original").get_by_role("button", name="Übernehmen")).to_have_count(0)


def test_without_a_script_the_desk_filters_and_condenses(day: Day, browser: Browser) -> None:
    written(day, "Mehr Mut")
    day.opens(QUESTIONS)
    day.did("ada", QUESTIONS, "ask", text="Wann?")
    context = day.browser(browser, "mo", place="desk", java_script_enabled=False)
    desk = context.new_page()
    desk.goto(day.address(f"desk?activity={DIGEST}"))
    originals = desk.locator(".original")
    expect(originals.filter(visible=True)).to_have_count(2)
    desk.get_by_label("Baustein").select_option("Fragen an die Vortragenden")
    expect(originals.filter(visible=True)).to_have_count(1)
    desk.get_by_label("Baustein").select_option("alle")
    desk.get_by_label("Stand").select_option("unbearbeitet")
    originals.filter(has_text="Mehr Mut").get_by_role("button", name="Übernehmen").click()
    desk.get_by_label("Ein Satz aus 1 Beitrag").fill("Mut.")
    desk.locator(".brief").get_by_role("button", name="Verdichten").click()
    expect(desk.locator(".brief__text")).to_have_text(["Mut."])


def test_the_age_of_what_waits_grows_without_a_patch(day: Day, browser: Browser) -> None:
    written(day, "Mehr Mut")
    context = day.browser(browser, "mo", place="desk")
    desk = context.new_page()
    desk.clock.install()
    desk.goto(day.address(f"desk?activity={DIGEST}"))
    connected(desk)
    age = desk.locator(".original .age")
    expect(age).to_have_text("")
    desk.clock.fast_forward("12:00")
    expect(age).to_have_text(re.compile("wartet seit 1[12] Minuten"))
    expect(age).to_have_attribute("data-age", "old")
