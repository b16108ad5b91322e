"""Themeninseln on the stage: whatever they are called, their words stay on their land."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium.day import CROWD, Day
from tests.chromium.test_wall import island, ref, wand

__all__ = ["wand"]

TITLES = (
    "Öffentlichkeitsarbeit zu Großbaumaßnahmen und Straßensperrungen",
    "Zeit",
    "Verlässliche Erreichbarkeit im Service",
    "Personalgewinnung ämterübergreifend und mit gemeinsamer Probezeit",
    "Fortbildung für Führungskräfte in Doppelspitze",
    "Räume für Zusammenarbeit zwischen den Dezernaten und Ämtern der Stadt",
    "Amtsleitungstagsgroßgruppenveranstaltung",
    "Mitzeichnungen parallel statt nacheinander und mit klarer Frist",
    "Fehlerkultur und Lernen aus den letzten Einsätzen",
)
SIZES = ((1920, 1080), (1536, 864), (1280, 720), (1024, 768), (1366, 700))
IN_THE_WATER = """() => [...document.querySelectorAll(".island")].flatMap((island) => {
  const land = island.querySelector(".island__land");
  if (!land.getClientRects().length) return [];
  const dry = (x, y) => land.isPointInFill(new DOMPoint(x, y).matrixTransform(land.getScreenCTM().inverse()));
  return [...island.querySelectorAll(".island__text p")].flatMap((words) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    const cut = words.getBoundingClientRect();
    return [...range.getClientRects()].filter(({ width, top }) => width > 0 && top < cut.bottom - 4).filter((line) => {
      const [high, low] = [line.top + 0.25 * line.height, line.bottom - 0.25 * line.height];
      return ![line.left, line.right].every((x) => dry(x, high) && dry(x, low));
    }).map(() => words.textContent);
  });
})"""


def wet(stage: Page, count: int) -> list[str]:
    """Which words lie beyond a coast, at each size of a stage."""
    found = []
    for width, height in SIZES:
        stage.set_viewport_size({"width": width, "height": height})
        expect(stage.locator(".island")).to_have_count(count)
        found += [f"{width} x {height}: {words}" for words in stage.evaluate(IN_THE_WATER)]
    return found


@pytest.mark.parametrize("count", range(1, 10))
def test_the_words_of_an_island_stay_on_its_land(wand: Day, browser: Browser, count: int) -> None:
    there = [island(wand, title) for title in TITLES[:count]]
    wand.did("mo", "wand", "assign", island=there[0], cards=[ref(wand, nth) for nth in (1, 2, 3)])
    wand.did("mo", "wand", "dots_open")
    for person in ("ada", "ben", *CROWD):
        wand.did(person, "wand", "dot", on=there[0], dots=2)
    wand.did("mo", "wand", "dots_close")
    wand.did("mo", "wand", "close")
    wand.did("mo", "wand", "show", view="wall")
    stage = wand.stage(browser)
    assert wet(stage, count) == []
    wand.did("mo", "wand", "show", view="dots")
    expect(stage.locator(".isles--weighed")).to_be_visible()
    assert wet(stage, count) == []
