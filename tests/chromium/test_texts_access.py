"""Texts and measures for everybody: on phone, stage and desk, in both themes, narrow and unfolded."""

from playwright.sync_api import Browser, expect

from tests.chromium.day import CROWD, MEASURES, TEXT, WALL, Day
from tests.chromium.test_access import OUTSIDE, SMALL, Checked

LONG = "Amtsleitungstagsgroßgruppenveranstaltung " + 150 * "x"


def filled(day: Day) -> str:
    """Votes, suggestions, comments, decisions and agreements; the reference of an open suggestion."""
    day.joined("ada", "ben", *CROWD)
    day.opens(MEASURES, TEXT, WALL)
    for person in CROWD:
        day.did(person, TEXT, "vote", paragraph="lb-1", value="mit_aenderung")
    card = day.did("ben", WALL, "write", column="mit", text=LONG)
    done = day.did("ada", TEXT, "suggest", paragraph="lb-1", text="Wir sind für alle Menschen da.", reason=LONG)
    waits = day.did("ben", TEXT, "suggest", paragraph="lb-1", text=f"Wir sind da. {LONG}", reason="Kürzer")
    day.did("ben", TEXT, "support", suggestion=done)
    day.did("ada", TEXT, "comment", on="lb-2", text=LONG)
    day.did("mo", TEXT, "decide", suggestion=done, decision="accepted", reason="Überzeugt")
    for title in ("Personalpool verstetigen", LONG):
        ref = day.did("mo", MEASURES, "agree", title=title, owner_unit="amt-33", due="2026-12-31", sources=[card])
        day.did("ben", MEASURES, "volunteer", measure=ref, part="helper")
        day.did("ben", MEASURES, "comment", on=ref, text=LONG)
        day.did("ada", MEASURES, "update", measure=ref, status="in_arbeit", progress=40, text=LONG)
    return waits


def test_the_phone(day: Day, browser: Browser) -> None:
    filled(day)
    page = day.phone(browser)
    checked = Checked(page)
    checked.state("list")
    for summary in page.locator("summary:visible").all():
        summary.click()
    checked.state("unfolded")
    page.locator("summary.paragraph__head").first.click()
    checked.state("one paragraph")
    day.did("mo", TEXT, "close")
    expect(page.get_by_text("Grundlagentext · geschlossen")).to_be_visible()
    checked.state("closed")
    assert checked.wrong == []


def test_the_desk(day: Day, browser: Browser) -> None:
    filled(day)
    wrong = []
    for activity in (TEXT, MEASURES):
        desk = day.desk(browser, activity)
        checked = Checked(desk)
        checked.state(activity)
        for summary in desk.locator("summary:visible").all():
            summary.click()
        checked.state(f"{activity} unfolded")
        wrong += checked.wrong
    assert wrong == []


def test_the_stage(day: Day, browser: Browser) -> None:
    waits = filled(day)
    stage = day.stage(browser)
    checked = Checked(stage, dark=False)
    wrong: list[str] = []
    shows = [(TEXT, "question", "", "Leitbild"), (TEXT, "gallery", "", "Vorschläge"), (TEXT, "paragraph", "", "Ziel")]
    shows += [(TEXT, "paragraph", waits, "Ziel"), (TEXT, "result", "", "Leitbild"), (MEASURES, "result", "", "Verein")]
    for activity, view, item, title in shows:
        day.did("mo", activity, "show", view=view, item=item)
        expect(stage.locator(".stage h1")).to_contain_text(title)
        stage.set_viewport_size({"width": 1920, "height": 1080})
        wrong += [f"{view}: {each}" for each in stage.evaluate(SMALL) + stage.evaluate(OUTSIDE)]
        checked.state(f"{activity} {view}")
    assert wrong + checked.wrong == []
