"""Every kind and every form of a poll for everybody: narrow, zoomed, read out, by keyboard, without a script, far away.

A new kind or form is played here by its example, without a line of its own.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from app.batch import folded
from app.preparing import Planned
from facilitation.forms import FORMS
from facilitation.kinds import KINDS
from facilitation.record import Data, Person, Role
from tests.chromium.day import Day, Rathaus, until
from tests.chromium.test_access import OUTSIDE, SMALL, Checked
from tests.chromium.unaided import sent, takes, walked
from tests.conftest import PageErrors
from tests.examples import EXAMPLES, SLUG, drawn_from
from tests.forms.examples import PAPERS
from tests.play import HERE, Play
from tests.test_every_kind import played, spoken

CROWD = ("cem", "amy", "dan", "eli")  # they play; ada and ben come to it afresh
PEOPLE = (*HERE, *(Person(id, Role.PARTICIPANT, f"Amt {id}", unit=f"amt-{id}") for id in ("dan", "eli")))
COMMANDS = 32
UNFOLDED = 12_000  # px, more than the longest page is
CASES = [
    *(pytest.param(kind, EXAMPLES[kind].configs[-1], id=kind) for kind in KINDS if kind != "poll"),
    *(pytest.param("poll", {"form": form, "settings": PAPERS[form].settings}, id=form) for form in FORMS),
]


def prepared(house: Rathaus, kind: str, config: Data) -> Day:
    """A day on which this is open, and some people have already done what chance gave them."""
    example = EXAMPLES[kind]
    beside = [
        Planned(address, name, address, settings) for address, name, settings in (*example.beside, *example.later)
    ]
    day = house.prepared([Planned(SLUG, kind, "Was nehmen wir mit?", config), *beside], PEOPLE)
    day.joined("ada", "ben", *CROWD)
    day.opens(SLUG, *(address for address, *_ in example.beside))
    if example.said:
        day.did(example.author or "cem", SLUG, example.said[0], **example.said[1])
    rng = Random(7)  # noqa: S311  # repeatable, not secret
    for number in range(COMMANDS):
        with house.store.reading() as on:
            room, _ = folded(house.store, day.id, on)
        command, data = drawn_from(play := Play(kind, rng, room), example.wishes(play))
        address, _, name = command.rpartition(" ")
        by = CROWD[number % len(CROWD)]
        day.sent(by, f"{address or SLUG}.{name}", json={"id": f"{rng.getrandbits(128):032x}", "data": data})
    return day


def counted(day: Day) -> int:
    """How much is on record of the activity."""
    with closing(sqlite3.connect(day.rathaus.server.folder / "ratschlag.db")) as connection:
        asked = "SELECT count(*) FROM entry WHERE workshop_id = ? AND activity = ?"
        (number,) = connection.execute(asked, (day.id, SLUG)).fetchone()
    return int(number)


def adds(day: Day, act: Callable[[], None]) -> None:
    """What is done is on record a moment later."""
    before = counted(day)
    act()
    until(lambda: counted(day) > before)


def unfold(page: Page) -> None:
    """Everything that is folded on a page, without pressing what the keyboard test presses."""
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")


@pytest.mark.parametrize("kind, config", CASES)
def test_everybody_can_take_part(
    kind: str, config: Data, house: Rathaus, browser: Browser, page_errors: PageErrors
) -> None:
    page_errors.permit("404")  # nobody has sent the pictures of the examples
    day = prepared(house, kind, config)
    page = day.phone(browser, "ada", KINDS[kind].page)
    wrong = walked(page)
    if takes(page, SLUG):
        page.reload()
        adds(day, lambda: sent(page, SLUG))
        plain = day.browser(browser, "ben", java_script_enabled=False).new_page()
        plain.goto(day.address(KINDS[kind].page))
        adds(day, lambda: sent(plain, SLUG))
    else:
        moments = (moment for seed in range(3) for moment in played(kind, [config], seed))
        assert [sent.command for table, sent, accepted in moments if accepted and spoken(table, sent)] == []
    phone = Checked(page, tall=UNFOLDED)
    unfold(page)
    phone.state("open")
    day.did("mo", SLUG, "close")
    day.did("mo", SLUG, "show", view="result")
    stage = Checked(day.stage(browser), dark=False)
    wrong += [f"stage: {each}" for each in stage.page.evaluate(SMALL) + stage.page.evaluate(OUTSIDE)]
    stage.state("stage")
    page.reload()
    unfold(page)
    if kind == "poll":
        expect(page.get_by_text("Zu wenige Antworten")).to_have_count(0)
    phone.state("result")
    house.back()
    assert "\n".join(wrong + phone.wrong + stage.wrong) == ""
