"""Answers that people add to a poll: a hint while one writes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.preparing import Planned
from tests.chromium.day import Day, Rathaus
from tests.chromium.test_wall import alone

OPTIONS = [["rot", "Mitzeichnung parallel"], ["blau", "Termine statt Marken"]]


@pytest.fixture
def frage(house: Rathaus) -> Iterator[Day]:
    """A day with nothing but an open poll to which people add answers."""
    config = {"form": "single", "settings": {"options": OPTIONS}, "proposals": "free", "names": "named"}
    yield alone(house, Planned("frage", "poll", "Was zuerst?", config))
    house.back()


def test_a_hint_says_that_much_the_same_can_be_chosen_and_stops_nobody(frage: Day, browser: Browser) -> None:
    page = frage.phone(browser)
    page.get_by_text("Andere Antwort vorschlagen").click()
    page.get_by_label("Ihr Vorschlag").press_sequentially("Mitzeichnungen bitte parallel")
    expect(page.locator(".similar li")).to_have_text(["Mitzeichnung parallel"])
    page.get_by_role("button", name="Vorschlag senden").click()
    expect(page.get_by_role("radio", name="Mitzeichnungen bitte parallel")).to_be_visible()
