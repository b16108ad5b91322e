"""Every form of a poll on phone and stage by the rules of WCAG 2.2 AA: to answer on, and its result."""

from playwright.sync_api import Browser, expect

from app.preparing import Planned
from tests.chromium.day import CROWD, Rathaus
from tests.chromium.test_access import OUTSIDE, SMALL, Checked
from tests.conftest import PageErrors
from tests.forms.examples import PAPERS

FORMS = [form for form, it in PAPERS.items() if it.one and it.other]
POLLS = [Planned(form, "poll", f"{form}?", {"form": form, "settings": PAPERS[form].settings}) for form in FORMS]


def test_every_form_can_be_answered_and_read(house: Rathaus, browser: Browser, page_errors: PageErrors) -> None:
    page_errors.permit("404")  # nobody has sent the picture of the pin
    day = house.prepared(POLLS)
    day.joined(*CROWD)
    phone, stage = Checked(day.phone(browser)), Checked(day.stage(browser), dark=False)
    wrong: list[str] = []
    for form in FORMS:
        one, other = PAPERS[form].one or {}, PAPERS[form].other or {}
        day.did("mo", form, "open")
        expect(phone.page.locator(f'form[data-activity="{form}"]')).to_be_visible()
        phone.state(f"{form} paper")
        for number, person in enumerate((*CROWD, "ada")):
            day.did(person, form, "vote", **(one if number % 3 else other))
        day.did("mo", form, "close")
        day.did("mo", form, "show", view="result")
        expect(phone.page.locator(f'[data-part$="{form}.result"]')).to_be_visible()
        phone.state(f"{form} result")
        expect(stage.page.locator(f'[data-part$="{form}.stage-result"]')).to_be_visible()
        stage.page.set_viewport_size({"width": 1920, "height": 1080})
        wrong += [f"{form}: {each}" for each in stage.page.evaluate(SMALL) + stage.page.evaluate(OUTSIDE)]
        stage.state(f"{form} stage")
    house.back()
    assert wrong + phone.wrong + stage.wrong == []
