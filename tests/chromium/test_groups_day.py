"""Twelve groups of eighty-nine people, from the forming to the export: nobody is left over, no note is lost."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from app.preparing import Planned
from app.scripts.verifying import recorded
from facilitation.groups.state import State
from facilitation.record import Person, Role
from tests.chromium.day import Day, Rathaus, until
from tests.chromium.hands import press, unfold
from tests.conftest import PageErrors
from tests.town import SECRET, cookie

ROUND, TITLE = "runde", "Kleingruppen zu den drei Fragen"
GROUPS = [f"g{number}" for number in range(1, 13)]
DIVISIONS = ("I", "II", "III", "IV", "V", "VI")
INVITED = tuple(
    Person(
        f"{part}-{office}",
        Role.PARTICIPANT,
        f"{word} Amt {office}",
        unit=f"amt-{office}",
        division=DIVISIONS[office % 6],
        function=part,
        deputy=part == "vertretung",
    )
    for office in range(10, 58)
    for part, word in (("leitung", "Leitung"), ("vertretung", "Vertretung"))
)
PEOPLE = (Person("mo", Role.FACILITATOR, "Moderation"), Person("org", Role.ORGANISER, "Organisation"), *INVITED)
EARLY, LATE = INVITED[:69], INVITED[69:89]  # seven never come
LEAD = INVITED[89].id  # of the fifth group; sits nowhere and comes to lead
PLANNED = [
    {"id": id, "title": f"Gruppe {number}", "topic": "Besser machen"} | ({"facilitator": LEAD} if number == 5 else {})
    for number, id in enumerate(GROUPS, 1)
]
ACTIVITIES = (Planned(ROUND, "groups", TITLE, {"groups": PLANNED, "settles": True, "scribe": True}),)


@pytest.fixture
def day(house: Rathaus) -> Iterator[Day]:
    day = house.prepared(ACTIVITIES, PEOPLE)
    day.joined(*(person.id for person in EARLY))
    yield day
    house.back()


def state(day: Day) -> State:
    """The round as the record says it stands."""
    found: State = recorded(day.rathaus.store, day.id)[0].activities[ROUND].state
    return found


def joining(day: Day) -> Thread:
    """Twenty people who come in one after the other while something else is done."""

    def come() -> None:
        with httpx2.Client(base_url=day.rathaus.server.url, headers={"Origin": day.rathaus.url}) as phones:
            for number, person in enumerate(LATE):
                phones.cookies = httpx2.Cookies(cookie(day.seat(person.id)))
                body = {"id": f"{number:032x}", "data": {"client": "phone", "via": "link"}}
                answer = phones.post(f"/w/{day.code}/roster.join", params={"place": "person"}, json=body)
                assert answer.json()["ok"], answer.text

    thread = Thread(target=come)
    thread.start()
    return thread


def formed(day: Day, desk: Page) -> None:
    """The desk forms the groups and publishes them, while people are still coming in."""
    desk.goto(day.address(f"groups/{ROUND}"))
    late = joining(day)
    press(desk, "Vorschlag bilden")
    expect(desk.get_by_role("heading", name="Vorschlag", exact=True)).to_be_visible()
    press(desk, "Veröffentlichen")
    late.join()
    desk.goto(day.address(f"desk?activity={ROUND}"))
    if len(state(day).seats) < len(EARLY) + len(LATE):  # who came between proposal and publication
        press(desk, "Allen einen Platz geben")
    until(lambda: len(state(day).seats) == len(EARLY) + len(LATE))


def wrote(day: Day) -> dict[str, str]:
    """Everybody writes a line in their group; the line and its group."""
    written: dict[str, str] = {}
    for person, group in state(day).seats.items():
        text = f"Notiz von {person}"
        day.did(person, ROUND, "note", group=group, text=text)
        written[text] = group
    return written


def exported(day: Day, kind: str, path: Path) -> Path:
    program = Path(sys.executable).with_name("ratschlag")
    settings = {"RATSCHLAG_DATA_DIR": str(day.rathaus.server.folder), "RATSCHLAG_SECRET": SECRET}
    command = [str(program), "export", day.code, "--format", kind, "--out", str(path)]
    subprocess.run(command, env=settings, check=True, capture_output=True)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("kleingruppen.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_twelve_groups_lose_nobody_and_no_word(
    day: Day, browser: Browser, tmp_path: Path, page_errors: PageErrors
) -> None:
    page_errors.permit("WebSocket connection to")
    desk = day.desk(browser, ROUND)
    formed(day, desk)
    sizes = Counter(state(day).seats.values())
    assert (set(sizes), max(sizes.values()) - min(sizes.values()) <= 1) == ({*GROUPS}, True)

    press(desk, "Gruppen starten")
    laptop = day.phone(browser, LEAD)
    member = state(day).members("g5")[0]
    phone = day.phone(browser, member)
    expect(laptop.get_by_role("heading", name="Leitfaden")).to_be_visible()
    notes = wrote(day)

    press(desk, "Alle + 2 Minuten")
    expect(desk.get_by_text("verlängert um 2 min")).to_be_visible()
    expect(phone.get_by_text("2 Minuten mehr.")).to_be_visible()

    moved = state(day).members("g1")[0]
    unfold(desk, "Person versetzen")
    desk.get_by_label("Wer", exact=True).select_option(moved)
    desk.get_by_label("in Gruppe").select_option("g2")
    press(desk, "Versetzen")
    until(lambda: state(day).seats[moved] == "g2")

    for person in state(day).members("g12"):
        day.did(person, "roster", "leave", reason="left")
    unfold(desk, "Zusammenlegen")
    merging = desk.locator("form").filter(has=desk.get_by_label("setzt sich zu"))
    merging.get_by_label("Gruppe", exact=True).select_option("g12")
    merging.get_by_label("setzt sich zu").select_option("g11")
    press(merging, "Zusammenlegen")
    expect(desk.get_by_text("sitzt bei Gruppe 11")).to_be_visible()
    neighbour = day.phone(browser, state(day).members("g11")[0])
    expect(neighbour.get_by_text("aus Gruppe 12")).to_be_visible()

    laptop.context.close()
    press(phone, "Moderation übernehmen")
    expect(phone.get_by_role("heading", name="Leitfaden")).to_be_visible()
    for number, group in enumerate(GROUPS[:-1], 1):
        if group != "g9":
            day.did(state(day).members(group)[0], ROUND, "result", group=group, text=f"Ergebnis {number}")
    day.did("mo", ROUND, "finish")
    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="9", exact=True))
    unfold(row, "mehr")
    press(row, "Abgabe nachträglich öffnen")
    late = day.phone(browser, state(day).members("g9")[0])
    late.get_by_label("Ein Satz").fill("Ergebnis 9")
    late.get_by_role("button", name="Ergebnis senden").click()
    expect(row).to_contain_text("Ergebnis 9 (nachgereicht)")

    check_tables(rows(exported(day, "csv", tmp_path / "tag.zip")), notes)
    check_script(json.loads(exported(day, "script", tmp_path / "tag.json").read_text()), notes)


def check_tables(table: list[dict[str, str]], notes: dict[str, str]) -> None:
    """Every note stands in the tables under its group and round, and every result."""
    titles = {str(group["id"]): str(group["title"]) for group in PLANNED}
    said = {row["Text"]: (row["Kleingruppe"], row["Runde"]) for row in table if row["Art"] == "Notiz"}
    assert said == {text: (titles[group], TITLE) for text, group in notes.items()}
    results = {row["Kleingruppe"]: (row["Text"], row["nachgereicht"]) for row in table if row["Art"] == "Ergebnis"}
    expected = {f"Gruppe {number}": (f"Ergebnis {number}", "ja" if number == 9 else "") for number in range(1, 12)}
    assert results == expected


def check_script(script: dict[str, Any], notes: dict[str, str]) -> None:
    """And in the script, from which the same figures come again."""
    written = [action for action in script["stream"] if action["kind"] == "note"]
    assert {it["data"]["text"]: it["data"]["room"] for it in written} == notes
    figures = script["expected"]["breakouts"][ROUND]
    assert figures["notes"] == {group: Counter(notes.values())[group] for group in GROUPS}
    assert (figures["results"], figures["rooms_without_result"]) == (11, ["g12"])
