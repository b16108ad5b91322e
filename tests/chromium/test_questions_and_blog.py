"""What questions and the blog can do beyond a form: another order that stays live, lists as tabs, pictures."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from app.preparing import Planned
from tests.chromium.day import COLUMNS, CROWD, QUESTIONS, STREAM, TOPICS, Day, Rathaus
from tests.chromium.hands import press, unfold
from tests.chromium.test_access import Checked
from tests.conftest import PageErrors

ASKING = {
    "premoderated": True,
    "opposable": True,
    "addressees": [["ob", "Oberbürgermeisterin"], ["dez-2", "Dezernat II"]],
    "labels": TOPICS,
    "most_open": 3,
}
ACTIVITIES = (
    Planned(QUESTIONS, "questions", "Fragen an die Vortragenden", ASKING),
    Planned(STREAM, "stream", "Blog zum Amtsleitungstag", {"prompts": COLUMNS, "topics": TOPICS}),
)


@pytest.fixture
def asked(house: Rathaus) -> Day:
    """Questions of everybody in the crowd, approved, and an open blog."""
    day = house.prepared(ACTIVITIES)
    day.joined("ada", *CROWD[:4])
    day.opens(QUESTIONS, STREAM)
    for person in CROWD[:4]:
        ref = day.did(person, QUESTIONS, "ask", text=f"Was wird aus {person}?")
        day.did("mo", QUESTIONS, "approve", question=ref)
    return day


def refs(day: Day) -> list[str]:
    return [f"{day.prefix}-{number:04}" for number in range(1, 5)]


def picture() -> FilePayload:
    into = BytesIO()
    Image.new("RGB", (400, 300), "#9db7d8").save(into, "JPEG")
    return {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": into.getvalue()}


def writing(page: Page, title: str, file: FilePayload) -> None:
    """Fill in a post with a picture, and send it."""
    page.get_by_label("Überschrift").fill(title)
    page.get_by_label("Text", exact=True).fill("Wie es war.")
    unfold(page, "Bild hinzufügen")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Was ist auf dem Bild zu sehen?").fill("Der Ratssaal")
    page.get_by_label("Alle Personen, die zu erkennen sind").check()
    press(page, "Beitrag senden")


# ── questions ──


def test_another_order_is_a_link_and_stays_up_to_date(asked: Day, browser: Browser) -> None:
    page = asked.phone(browser, page="questions")
    page.get_by_role("link", name="neueste").click()
    expect(page.locator(".orders [aria-current]")).to_have_text("neueste")
    expect(page.locator(".q .ref")).to_have_text(refs(asked)[::-1])

    asked.did(CROWD[0], QUESTIONS, "support", question=refs(asked)[1])
    late = asked.did(CROWD[0], QUESTIONS, "ask", text="Und wann?")
    asked.did("mo", QUESTIONS, "approve", question=late)

    expect(page.locator(".q .ref")).to_have_text([late, *refs(asked)[::-1]])


def test_ones_own_question_has_a_number_and_no_button(asked: Day, browser: Browser) -> None:
    page = asked.phone(browser, CROWD[0], "questions")
    own = page.locator(".q").filter(has_text=CROWD[0])

    expect(own.get_by_role("button", name="mitfragen")).to_have_count(0)
    expect(page.get_by_role("button", name="mitfragen").locator("visible=true")).to_have_count(3)
    expect(own.get_by_text("fragen mit")).to_be_visible()


def test_a_person_is_for_or_against_a_question(asked: Day, browser: Browser) -> None:
    page = asked.phone(browser, page="questions")
    one = page.locator(".q").filter(has_text=CROWD[0])

    one.get_by_role("button", name="dagegen").click()
    expect(one.get_by_role("button", name="1 nicht mehr dagegen")).to_be_visible()
    one.get_by_role("button", name="mitfragen").click()
    expect(one.get_by_role("button", name="1 nicht mehr mitfragen")).to_be_visible()
    expect(one.get_by_role("button", name="0 dagegen")).to_be_visible()


def test_answered_questions_are_a_second_tab(asked: Day, browser: Browser) -> None:
    page = asked.phone(browser, page="questions")
    asked.did("mo", QUESTIONS, "answer", question=refs(asked)[0], text="Im Dezember.", answerer="Oberbürgermeisterin")

    expect(page.locator(".q:visible .ref")).to_have_text(refs(asked)[1:])
    page.get_by_role("tab", name="Beantwortet").click()
    expect(page.locator(".q:visible .ref")).to_have_text(refs(asked)[:1])
    expect(page.get_by_text("Oberbürgermeisterin").locator("visible=true")).to_have_count(1)


def test_whoever_asks_along_is_told_of_the_answer_and_nobody_else(asked: Day, browser: Browser) -> None:
    one = refs(asked)[0]
    asked.did("ada", QUESTIONS, "support", question=one)
    supporter, other = asked.phone(browser, page="questions"), asked.phone(browser, CROWD[1], "questions")
    asked.did("mo", QUESTIONS, "answer", question=one, text="Im Dezember.", answerer="Oberbürgermeisterin")

    for page, seen in ((supporter, True), (other, False)):
        page.get_by_role("tab", name="Beantwortet").click()
        expect(page.locator(".q:visible").get_by_text("Im Dezember.")).to_be_visible()
        expect(page.locator(".q:visible").get_by_text("Sie haben mitgefragt.")).to_be_visible(visible=seen)

    supporter.goto(asked.address("mine"))
    told = supporter.get_by_role("region", name="Sie haben mitgefragt")
    expect(told).to_contain_text("Im Dezember.")
    checked = Checked(supporter)
    checked.state("mine")
    assert checked.wrong == []


def test_the_pages_of_questions_hold_in_every_state(asked: Day, browser: Browser) -> None:
    one, two, three, four = refs(asked)
    asked.did("mo", QUESTIONS, "tag", ref=one, labels=["digital"])
    asked.did("mo", QUESTIONS, "merge", question=two, into=one)
    asked.did("mo", QUESTIONS, "settle", question=three, end="in_writing", owner="Amt 26", due="2026-12-15")
    asked.did("mo", QUESTIONS, "answer", question=four)
    asked.did("mo", QUESTIONS, "show", view="question", item=one)
    page = asked.phone(browser, CROWD[0], "questions")
    phone = Checked(page)
    phone.state("questions")
    page.goto(asked.address("questions?by=label-digital"))
    phone.state("one label")
    desk = asked.desk(browser, QUESTIONS)
    at_the_desk = Checked(desk, dark=False)
    unfold(desk.locator(".inbox__item").first, "Mehr")
    unfold(desk, "Doppelte zusammenfassen")
    at_the_desk.state("desk")

    assert (phone.wrong, at_the_desk.wrong) == ([], [])


# ── pictures ──


def test_a_picture_goes_ahead_of_its_post_and_the_form_is_empty_again(asked: Day, browser: Browser) -> None:
    page = asked.phone(browser, page="stream")

    writing(page, "Mit Bild", picture())

    shown = page.locator("article.post img")
    expect(shown).to_have_attribute("alt", "Der Ratssaal")
    expect(shown).to_have_js_property("naturalWidth", 400)
    expect(page.get_by_label("Überschrift")).to_have_value("")
    expect(page.locator("input[type=file]")).to_have_js_property("value", "")
    checked = Checked(page)
    checked.state("a post with a picture")
    assert checked.wrong == []


def test_what_is_no_picture_is_said_at_the_form_and_nothing_is_lost(
    asked: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("422")
    page = asked.phone(browser, page="stream")

    writing(page, "Kein Bild", {"name": "a.png", "mimeType": "image/png", "buffer": b"nichts"})

    expect(page.locator("[data-unsent]")).to_contain_text("Diese Datei ist kein Bild")
    expect(page.get_by_label("Überschrift")).to_have_value("Kein Bild")
    assert asked.entries("stream.posted") == []


def test_without_a_connection_the_post_waits_for_its_picture(
    asked: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("ERR_FAILED")
    page = asked.phone(browser, page="stream")
    page.route("**/bild?*", lambda route: route.abort())
    writing(page, "Später", picture())
    expect(page.locator("[data-unsent]")).to_contain_text("Es gibt gerade keine Verbindung")

    page.unroute("**/bild?*")
    press(page, "Beitrag senden")

    expect(page.locator("article.post img")).to_have_attribute("alt", "Der Ratssaal")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert len(asked.entries("stream.posted")) == 1


def test_the_headlines_run_below_the_stage_in_letters_for_the_back_row(asked: Day, browser: Browser) -> None:
    asked.did("ada", STREAM, "post", prompt="mit", title="Zwei Tage", body="Am 16. März.")
    stage = asked.stage(browser)
    asked.did("mo", STREAM, "ticker")

    ticker = stage.locator(".stage__ticker")
    expect(ticker).to_contain_text("Zwei Tage")
    sizes = ticker.locator("*").evaluate_all("all => all.map((it) => parseFloat(getComputedStyle(it).fontSize))")
    assert min(sizes) >= 28
    asked.did("mo", STREAM, "ticker", on=False)
    expect(ticker).to_have_count(0)
