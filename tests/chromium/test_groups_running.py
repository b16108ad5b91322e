"""Groups while they run, in browsers: the soft end while somebody types, late people, wishes without a script."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from app.clerk import Clerk
from app.preparing import Planned
from facilitation.groups.ending import SOFT
from facilitation.record import Envelope
from tests.chromium.day import CROWD, Day, Rathaus, until
from tests.chromium.hands import press, unfold
from tests.chromium.test_access import Checked

PROGRAMME = (
    ("gespraech", "Gespräch", 30, "kleingruppen", ("runde",)),
    ("schluss", "Danke und bis morgen", 5, "plenum", ()),
)
BERLIN = ZoneInfo("Europe/Berlin")
ROUND, NEXT, MARKET = "runde", "danach", "markt"
TOPICS = ("Mut", "Mut", "Zeit")
TABLES = [{"id": f"t{n}", "title": f"Tisch {n}", "topic": topic} for n, topic in enumerate(TOPICS, 1)]
FULL = [{"id": "voll", "title": "Radwege", "capacity": 1}, *TABLES]
ACTIVITIES = (
    Planned(ROUND, "groups", "Was nehmen wir mit?", {"groups": TABLES, "settles": True, "scribe": True}),
    Planned(NEXT, "groups", "Zweite Runde", {"groups": TABLES, "mode": "world_cafe", "follows": ROUND}),
    Planned(MARKET, "groups", "Markt der Themen", {"groups": FULL, "mode": "self_select", "convened": True}),
)


@pytest.fixture
def groups(house: Rathaus) -> Day:
    """A day with rounds of groups; in the first of them two sit at one table and one alone at the next."""
    day = house.prepared(ACTIVITIES, programme=PROGRAMME)
    day.joined("ada", "ben", CROWD[0])
    day.did("mo", ROUND, "assign", groups={"t1": ["ada", "ben"], "t2": [CROWD[0]]})
    day.did("mo", ROUND, "start")
    return day


def did_before(day: Day, seconds: float, command: str, **data: Any) -> datetime:
    """What the desk did so many seconds ago; when that was."""
    when = datetime.now(UTC) - timedelta(seconds=seconds)

    async def submit() -> None:
        clerk = Clerk(day.rathaus.store)
        await clerk.submit(Envelope(token_hex(16), day.id, "mo", ROUND, command, data), when=when)
        await clerk.close()

    thread = Thread(target=lambda: asyncio.run(submit()))  # the browsers have a loop of their own
    thread.start()
    thread.join()
    return when


def called_back(day: Day, seconds: float) -> str:
    """All were called into the plenary so many seconds ago; when it closes, as the phones say it."""
    return f"{(did_before(day, seconds, 'finish', soft=True) + SOFT).astimezone(BERLIN):%H:%M:%S}"


def begun(day: Day, left: int) -> None:
    """The round began so long ago that so many seconds are left."""
    did_before(day, 1200 - left, "start", minutes=20)


def writes(page: Page, text: str) -> None:
    page.get_by_label("Notiz hinzufügen").press_sequentially(text, delay=30)


def test_the_end_waits_for_who_types(groups: Day, browser: Browser) -> None:
    page = groups.phone(browser)
    end = called_back(groups, 44)
    expect(page.get_by_text("Sie können noch bis")).to_be_visible()
    writes(page, "Ein langer Satz")

    until(lambda: writes(page, ".") or groups.entries("groups.held"))
    expect(page.get_by_text("Sie können noch bis")).not_to_contain_text(end)
    assert groups.entries("groups.held") == [("ada", {"group": "t1"})]
    expect(page.get_by_label("Notiz hinzufügen")).to_have_value(re.compile(r"^Ein langer Satz\.+$"))
    press(page, "Notiz senden")
    until(lambda: groups.said("groups.noted", "group") == ["t1"])


def test_when_nobody_types_the_clock_closes(groups: Day, browser: Browser) -> None:
    page = groups.phone(browser)
    called_back(groups, 58)

    until(lambda: groups.entries("activity.closed"))

    assert groups.entries("activity.closed")[0][0] == "clock"
    expect(page.get_by_text("Sie waren in Gruppe 1")).to_be_visible()


def test_five_minutes_and_one_before_the_end_are_said_and_then_by_how_much_it_is_over(
    groups: Day, browser: Browser
) -> None:
    page, desk = groups.phone(browser), groups.desk(browser, ROUND)
    for seconds in (270, 30, -150):
        begun(groups, seconds)
        expect(page.locator("[data-over]")).to_be_visible(visible=seconds < 0)
        expect(page.get_by_text("Noch 1 Minute.")).to_be_visible(visible=0 < seconds < 60)
        expect(page.get_by_text("Noch 5 Minuten.")).to_be_visible(visible=60 < seconds < 300)
    for where in (page, desk):
        expect(where.locator("[data-over]")).to_have_text("2 Minuten darüber")


def test_a_button_holds_the_end_without_typing_and_the_desk_ends_it(groups: Day, browser: Browser) -> None:
    page, desk = groups.phone(browser), groups.desk(browser, ROUND)
    press(desk, "Ins Plenum holen")
    press(page, "Wir schreiben noch")
    until(lambda: groups.entries("groups.held"))
    press(desk, "Jetzt beenden")
    expect(page.get_by_text("Sie waren in Gruppe 1")).to_be_visible()


def test_the_key_that_closes_calls_back_first_and_closes_when_it_is_pressed_again(
    groups: Day, browser: Browser
) -> None:
    page, desk = groups.phone(browser), groups.desk(browser, ROUND)
    expect(desk.get_by_role("button", name="Schließen")).to_contain_text("Gruppen schreiben noch zu Ende")
    desk.keyboard.press("s")
    expect(page.get_by_text("Sie können noch bis")).to_be_visible()
    writes(page, "Noch ein Satz")
    press(page, "Notiz senden")
    until(lambda: groups.said("groups.noted", "text") == ["Noch ein Satz"])
    expect(desk.get_by_role("button", name="Schließen")).to_contain_text("Gruppen enden sofort")
    desk.keyboard.press("s")
    expect(page.get_by_text("Sie waren in Gruppe 1")).to_be_visible()
    assert [len(groups.entries(it)) for it in ("groups.closing", "activity.closed")] == [1, 1]


def test_going_on_lets_the_groups_write_to_the_end_while_the_stage_is_further(groups: Day, browser: Browser) -> None:
    groups.did("mo", "agenda", "advance", step="gespraech")
    page, desk, stage = groups.phone(browser), groups.desk(browser, ROUND), groups.stage(browser)
    writes(page, "Mitten im")
    press(desk, "Weiter")
    expect(stage.get_by_role("heading", name="Danke und bis morgen")).to_be_visible()
    expect(page.get_by_text("Sie können noch bis")).to_be_visible()
    writes(page, " Satz")
    press(page, "Notiz senden")
    until(lambda: groups.said("groups.noted", "text") == ["Mitten im Satz"])
    assert [len(groups.entries(it)) for it in ("groups.closing", "activity.closed")] == [1, 0]
    press(desk, "Jetzt beenden")
    expect(page.get_by_text("Danke und bis morgen")).to_be_visible()


def test_who_comes_late_is_at_a_table_at_once(groups: Day, browser: Browser) -> None:
    page = groups.phone(browser, CROWD[1])
    expect(page.get_by_role("heading", name="Zeit")).to_be_visible()
    expect(page.get_by_text("Das sind Sie.")).to_be_visible()
    writes(page, "Spät, aber da")
    press(page, "Notiz senden")
    until(lambda: groups.entries("groups.noted"))
    assert [data["group"] for _, data in groups.entries("groups.noted")] == ["t3"]


def test_a_table_that_goes_to_another_takes_its_notes_and_half_a_text_along(groups: Day, browser: Browser) -> None:
    groups.did(CROWD[0], ROUND, "note", group="t2", text="Vom zweiten Tisch")
    page, desk = groups.phone(browser, CROWD[0]), groups.desk(browser, ROUND)
    writes(page, "Noch nicht fertig")
    unfold(desk, "Zusammenlegen")
    merging = desk.locator("form").filter(has=desk.get_by_label("setzt sich zu"))
    merging.get_by_label("Gruppe", exact=True).select_option("Tisch 2")
    merging.get_by_label("setzt sich zu").select_option("Tisch 1")
    merging.get_by_role("button", name="Zusammenlegen", exact=True).click()

    expect(page.get_by_role("heading", name="aus Gruppe 2")).to_be_visible()
    expect(page.locator(".notes .verbatim")).to_have_text("Vom zweiten Tisch")
    expect(page.get_by_label("Notiz hinzufügen")).to_have_value("Noch nicht fertig")
    press(page, "Notiz senden")
    until(lambda: groups.said("groups.noted", "group") == ["t2", "t1"])
    expect(desk.locator("tr", has_text="sitzt bei Gruppe 1")).to_contain_text("zusammengelegt")
    expect(desk.get_by_text("Gruppe 2 mit 1 zusammengelegt, 1 Person")).to_be_visible()


def test_tables_put_together_by_mistake_go_back_with_everybody_and_half_a_text(groups: Day, browser: Browser) -> None:
    page, desk = groups.phone(browser, CROWD[0]), groups.desk(browser, ROUND)
    groups.did("mo", ROUND, "merge", group="t2", into="t1")
    expect(page.get_by_role("heading", name="aus Gruppe 2")).to_be_visible()
    writes(page, "Noch nicht fertig")
    desk.get_by_role("button", name="Zurücknehmen").click()
    expect(desk.get_by_text("Gruppe 2 wieder für sich, 1 Person")).to_be_visible()
    expect(page.get_by_role("heading", name="aus Gruppe 2")).to_have_count(0)
    expect(page.get_by_label("Notiz hinzufügen")).to_have_value("Noch nicht fertig")
    press(page, "Notiz senden")
    until(lambda: groups.said("groups.noted", "group") == ["t2"])
    assert groups.entries("groups.split") == [("mo", {"group": "t2", "into": "t1", "people": [CROWD[0]]})]


def test_who_is_alone_for_a_minute_is_suggested_to_sit_with_others_by_one_press(groups: Day, browser: Browser) -> None:
    desk = groups.desk(browser, ROUND)
    expect(desk.locator("[data-after]").first).to_be_hidden()
    begun(groups, 600)
    did_before(groups, 70, "move", person=CROWD[0], group="t2")
    expect(desk.get_by_role("heading", name="Vorschläge")).to_be_visible()
    expect(desk.get_by_text("Eine Person ist allein.")).to_be_visible()
    press(desk, "Zusammenlegen mit Gruppe 1")
    until(lambda: groups.entries("groups.merged"))
    assert groups.entries("groups.merged") == [("mo", {"group": "t2", "into": "t1", "people": [CROWD[0]]})]
    expect(desk.get_by_role("heading", name="Vorschläge")).to_have_count(0)


def test_without_a_script_somebody_wishes_waits_and_convenes(groups: Day, browser: Browser) -> None:
    groups.did("mo", ROUND, "finish")
    groups.did("mo", MARKET, "show", view="question")
    page = groups.browser(browser, "ada", java_script_enabled=False).new_page()
    page.goto(groups.address())
    page.get_by_label("Erster Wunsch").select_option("1 Radwege")
    page.get_by_role("button", name="Wunsch").click()
    expect(page.get_by_text("Sie können Ihren Wunsch ändern")).to_be_visible()
    unfold(page, "Eigenes Thema anbieten")
    page.get_by_label("Ihr Thema").fill("Bänke")
    page.get_by_role("button", name="Thema senden").click()
    expect(page.get_by_text("Sie laden in Gruppe 5 ein")).to_be_visible()

    groups.did("mo", MARKET, "assign", groups={"voll": ["ben"]})
    groups.did("mo", MARKET, "start")
    waits = groups.browser(browser, CROWD[0], java_script_enabled=False).new_page()
    waits.goto(groups.address())
    waits.get_by_role("button", name="Auf einen Platz warten").click()
    expect(waits.get_by_text("Sie stehen auf Platz 1 der Warteliste von Gruppe 1.")).to_be_visible()
    groups.did("ben", MARKET, "leave")
    until(lambda: groups.entries("groups.moved"))


def test_every_screen_of_them_keeps_the_rules(groups: Day, browser: Browser) -> None:
    groups.did(CROWD[0], ROUND, "result", group="t2", text="Ein Satz")
    groups.did("ada", ROUND, "note", group="t1", text="Aus der ersten Runde")
    groups.did("ada", ROUND, "ready", group="t1")
    phone, desk = Checked(groups.phone(browser)), Checked(groups.desk(browser, ROUND))
    groups.did("mo", ROUND, "merge", group="t2", into="t1")
    expect(phone.page.get_by_role("heading", name="aus Gruppe 2")).to_be_visible()
    phone.state("merged and done")
    for words in ("Zusammenlegen", "Gruppe hinzufügen"):
        unfold(desk.page, words)
    desk.state("running")
    groups.did("mo", ROUND, "finish", soft=True)
    expect(phone.page.get_by_text("Sie können noch bis")).to_be_visible()
    phone.state("closing")
    groups.did("mo", ROUND, "finish")
    groups.did("mo", NEXT, "assign", groups={"t1": [CROWD[0]], "t3": ["ada"]})
    expect(phone.page.get_by_text("Sie wechseln an Tisch 3.")).to_be_visible()
    phone.state("on the way")
    groups.did("mo", NEXT, "move", person="ada", group="t1")
    expect(phone.page.get_by_text("Was hier schon geschrieben wurde")).to_be_visible()
    phone.state("earlier notes")
    groups.did("mo", NEXT, "start")
    groups.did("mo", NEXT, "finish")
    groups.did("mo", MARKET, "show", view="question")
    expect(phone.page.get_by_text("Ihr Wunsch")).to_be_visible()
    unfold(phone.page, "Eigenes Thema anbieten")
    phone.state("wishing")
    assert phone.wrong + desk.wrong == []
