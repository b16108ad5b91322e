"""A survey in the browser: how far one is, taking an answer back, and what is sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from facilitation.kinds import survey
from tests.browser.hall import Hall
from tests.browser.page import heard
from tests.browser.test_papers import html, mine
from tests.forms.examples import PAPERS
from tests.rooms import activity, room, submit

ASKED = ("single", "scale", "ranking", "position", "open")
QUESTIONS = [
    {
        "id": form,
        "title": f"Frage {form}",
        "form": form,
        "settings": PAPERS[form].settings,
        "required": form == "single",
    }
    for form in ASKED
]


@pytest.fixture
def paper(entered: Callable[[str], Page], hall: Hall) -> Page:
    """The page of somebody who is asked."""
    table = room(activity(survey, "bogen", questions=QUESTIONS, names="named"))
    submit(table, "mo", "bogen", "open")
    hall.answer = {"mine": mine(table)}
    return entered(html(table))


def choose(page: Page, question: str, value: str) -> None:
    page.locator(f'[name^="answers[{question}]"][value="{value}"]').check(force=True)


def test_how_many_are_answered_is_said_as_one_goes_and_an_answer_can_be_taken_back(paper: Page) -> None:
    progress = paper.locator("[data-progress]")
    expect(progress).to_have_text("0 von 5 beantwortet")
    choose(paper, "single", "rot")
    choose(paper, "scale", "2")
    expect(progress).to_have_text("2 von 5 beantwortet")
    taking_back = paper.get_by_role("button", name="Antwort löschen")
    expect(taking_back).to_have_count(1)  # what must be answered can only be changed
    taking_back.click()
    expect(progress).to_have_text("1 von 5 beantwortet")
    expect(taking_back).to_have_count(0)


def test_all_answers_are_sent_as_one(paper: Page, hall: Hall) -> None:
    choose(paper, "single", "rot")
    paper.locator("[data-plane]").click()
    paper.locator("textarea").first.fill("Mehr Zeit")
    paper.get_by_role("button", name="Fragebogen senden").click()
    heard(hall, lambda: hall.commands)
    (command,) = hall.commands
    assert (command["activity"], command["command"]) == ("bogen", "submit")
    assert command["data"] == {
        "answers": {"single": {"choice": "rot"}, "position": {"x": 50, "y": 50}, "open": {"texts": ["Mehr Zeit"]}}
    }


def test_a_half_written_answer_survives_a_reload(paper: Page) -> None:
    paper.locator("textarea").first.fill("Mehr Z")
    paper.reload()
    expect(paper.locator("textarea").first).to_have_value("Mehr Z")
    expect(paper.locator("[data-progress]")).to_have_text("1 von 5 beantwortet")
