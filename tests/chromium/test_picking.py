"""At the desk what has most dots on a wall becomes answers of a poll at once."""

from playwright.sync_api import Browser, expect

from app.preparing import Planned
from tests.chromium.day import COLUMNS, WALL, Rathaus
from tests.chromium.hands import press, unfold
from tests.chromium.test_access import Checked

POLL = "wahl"
LONG = "Was uns in den nächsten zwei Jahren gemeinsam und über alle Ämter hinweg am meisten voranbringt"
CHOICE = {"form": "single", "settings": {"options": [["alles", "Alles"], ["nichts", "Nichts"]]}, "names": "named"}


def test_the_cards_with_most_dots_become_answers(house: Rathaus, browser: Browser) -> None:
    wall = {"names": "named", "columns": COLUMNS, "dots": {"budget": 9, "max_per_target": 5}}
    day = house.prepared((Planned(WALL, "wall", LONG, wall), Planned(POLL, "poll", "Was zuerst?", CHOICE)))
    day.joined("ada")
    day.opens(WALL)
    cards = [day.did("ada", WALL, "write", column="mit", text=f"Karte {number}") for number in range(3)]
    day.did("mo", WALL, "dots_open")
    for card, dots in zip(cards, (1, 5, 3), strict=True):
        day.did("ada", WALL, "dot", on=card, dots=dots)
    day.did("mo", WALL, "dots_close")
    day.did("mo", WALL, "show", view="result")

    desk = day.desk(browser, POLL)
    unfold(desk, "Nachbessern und zurücksetzen")
    desk.get_by_label("Was die meisten Punkte hat").select_option(index=0)
    checked = Checked(desk, dark=False)
    checked.state("desk")
    assert checked.wrong == []
    press(desk, "Diese übernehmen")

    expect(desk.get_by_label("Antwort 4")).to_have_value("Karte 2")
    expect(desk.get_by_label("Antwort 3")).to_have_value("Karte 1")
