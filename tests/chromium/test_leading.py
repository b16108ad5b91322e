"""Whoever leads a group steers it from their laptop; when that dies a member takes over and steers on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.preparing import Planned
from tests.chromium.day import CROWD, WALL, Day, Rathaus
from tests.chromium.hands import choose, press, same, stays, unfold
from tests.conftest import PageErrors

GROUPS, POLL = "kleingruppen", "ja-nein"
GUIDE = [
    {"title": "Ankommen", "minutes": 10, "do": "Alle stellen sich vor.", "say": ["Schön, dass Sie da sind."]},
    {"title": "Sammeln", "minutes": 20, "say": ["Was machen wir künftig besser?"]},
]
TABLES = [
    {"id": "t3", "title": "Gruppe 3", "topic": "Besser machen", "facilitator": "ada", "activities": [WALL]},
    {"id": "t4", "title": "Gruppe 4", "topic": "Mitnehmen"},
]
ACTIVITIES = (
    Planned(GROUPS, "groups", "Kleingruppen zu den drei Fragen", {"groups": TABLES, "guide": GUIDE, "scribe": True}),
    Planned(WALL, "wall", "Unsere Wand", {"names": "named"}),
)
LAPTOP = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def day(house: Rathaus) -> Iterator[Day]:
    """Two groups at work; ada was planned to lead the first, in which amt-11 and amt-12 sit."""
    day = house.prepared(ACTIVITIES)
    day.joined(*CROWD[:4])
    day.did("mo", GROUPS, "assign", groups={"t3": CROWD[:2], "t4": CROWD[2:4]})
    day.did("mo", GROUPS, "start", minutes=30)
    yield day
    house.back()


def test_the_laptop_of_who_leads_dies_and_a_member_takes_over_and_steers_on(
    day: Day, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to")
    laptop, phone, stranger = (
        day.phone(browser, "ada", **LAPTOP),
        day.phone(browser, CROWD[0]),
        day.phone(browser, CROWD[2]),
    )
    stays(phone)
    expect(laptop.locator("[aria-current=step]")).to_contain_text("Ankommen")
    press(laptop.locator(".led"), "Öffnen")
    expect(laptop.locator(".led")).to_contain_text("offen")
    laptop.get_by_label("An alle Moderationen").fill("Bei uns fehlt noch wer")
    press(laptop, "Nachricht")
    expect(laptop.locator(".lead__team ol.notes")).to_contain_text("Bei uns fehlt noch wer")
    expect(phone.get_by_text("Unsere Wand")).to_be_visible()
    expect(phone.get_by_text("Leitfaden")).to_have_count(0)

    laptop.context.close()
    expect(phone.get_by_text("Moderation: Amt 33, Bürgerdienste")).to_be_visible()
    press(phone, "Moderation übernehmen")

    expect(phone.get_by_role("heading", name="Leitfaden")).to_be_visible()
    expect(phone.locator(".lead__team ol.notes")).to_contain_text("Bei uns fehlt noch wer")
    press(phone, "Erst für mich")
    expect(phone.get_by_text("Schreiben Sie für sich.")).to_be_visible()
    press(phone.locator(".led"), "Schließen")
    expect(phone.locator(".led")).to_contain_text("geschlossen")
    assert same(phone)
    assert [by for by, _ in day.entries("activity.closed")] == [CROWD[0]]
    expect(stranger.get_by_text("Unsere Wand")).to_have_count(0)

    laptop = day.phone(browser, "ada", **LAPTOP)
    expect(laptop.get_by_role("heading", name="Leitfaden")).to_be_visible()
    press(phone, "Moderation abgeben")
    expect(phone.get_by_role("heading", name="Leitfaden")).to_have_count(0)
    expect(laptop.get_by_role("heading", name="Leitfaden")).to_be_visible()


def test_a_question_on_the_spot_is_answered_by_the_group_alone(day: Day, browser: Browser) -> None:
    lead, member, stranger = (day.phone(browser, person) for person in ("ada", CROWD[0], CROWD[2]))
    unfold(lead, "Die Gruppe etwas fragen")
    lead.get_by_label("Frage", exact=True).fill("Reicht uns ein Satz?")
    press(lead, "Abfrage öffnen")
    expect(lead.locator(".led").filter(has_text="Reicht uns ein Satz?")).to_contain_text("offen")
    choose(member, "Ja")
    press(member, "Antwort senden")
    expect(member.locator(".receipt__word")).to_have_text("gespeichert")
    press(lead.locator(".led").filter(has_text="Reicht uns ein Satz?"), "Schließen")
    expect(member.locator(".chart")).to_be_visible()
    expect(stranger.get_by_text("Reicht uns ein Satz?")).to_have_count(0)


def test_in_the_last_five_minutes_whoever_leads_is_told(day: Day, browser: Browser) -> None:
    lead = day.phone(browser, "ada")
    expect(lead.get_by_text("Noch 5 Minuten.")).to_be_hidden()
    day.did("mo", GROUPS, "start", minutes=4)
    expect(lead.get_by_text("Noch 5 Minuten.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_page_of_who_leads_fits_every_screen(day: Day, browser: Browser, width: int) -> None:
    day.did("mo", GROUPS, "brief", text="Amtsleitungstagsgroßgruppenveranstaltung" * 4)
    day.did("mo", GROUPS, "aside", group="t3", text="x" * 280)
    lead = day.phone(browser, "ada", viewport={"width": width, "height": 900})
    expect(lead.get_by_role("heading", name="Leitfaden")).to_be_visible()
    assert lead.evaluate("document.documentElement.scrollWidth") <= width
    guide, task = (lead.locator(f".lead__{part}").bounding_box() for part in ("guide", "above"))
    assert guide
    assert task
    assert (guide["x"] > task["x"] + task["width"]) == (width == 1440)
