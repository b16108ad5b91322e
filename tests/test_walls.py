"""The pages around a wall: all cards, cards brought many at a time; and what is worked out for them."""

import re
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import insert

from app import coast
from app.store import ACTIVITY, Store
from tests.browsing import address, town
from tests.town import CODE, SEATS, WALL, Town, copied, opened

__all__ = ["town"]

# ── all cards ──


async def test_all_cards_stand_on_a_page_with_a_button_while_dots_are_laid(town: Town) -> None:
    async with town.browser(SEATS["participant"]) as ada:
        page = (await ada.get(address("cards"))).text
        assert (page.count("Karte von ada"), page.count("Punkt geben")) == (1, page.count("<article"))
        await town.did("mo", WALL, "dots_close")
        assert (await ada.get(address("cards"))).text.count("Punkt geben") == 0
        await town.did("mo", WALL, "phase", phase="draft")
        assert "wenn die Moderation sie aufdeckt" in (await ada.get(address("cards"))).text


async def test_a_dot_is_given_from_the_page_without_a_script(town: Town) -> None:
    async with town.browser(SEATS["participant"]) as ada:
        page = (await ada.get(address("cards"))).text
        action, card = re.findall(r'action="([^"]*dot[^"]*)"><input type="hidden" name="on" value="([^"]*)"', page)[0]
        answer = await ada.post(f"/w/{CODE}/{action.replace('&amp;', '&')}", data={"on": card, "dots:int": "1"})
    assert answer.status_code == 303
    assert (await town.app.clerk.room(1)).activities[WALL].state.dots.totals == {card: 1}


# ── bringing cards ──


async def brought(town: Town, **form: str) -> list[str]:
    """The words of what is on the wall after a form was sent, the latest last."""
    async with town.browser(SEATS["facilitator"]) as mo:
        answer = await mo.post(address("bring"), data=form)
    assert answer.status_code == 303, answer.text
    return [card.text for card in (await town.app.clerk.room(1)).activities[WALL].state.cards.values()]


async def test_each_line_becomes_a_seed_in_its_column(town: Town) -> None:
    cards = await brought(town, column="neu", text="Mehr Mut\r\n\r\nBewährt;Zeit; Geduld\nalt;Ruhe\nSonst;etwas\n")
    assert cards[-4:] == ["Mehr Mut", "Zeit; Geduld", "Ruhe", "Sonst;etwas"]
    state = (await town.app.clerk.room(1)).activities[WALL].state
    assert [card.column for card in state.cards.values()][-4:] == ["neu", "alt", "alt", "neu"]


async def brought_in(town: Town, content: bytes) -> httpx2.Response:
    """The answer to a file."""
    async with town.browser(SEATS["facilitator"]) as mo:
        file = {"table": ("vorlagen.csv", content, "text/csv")}
        return await mo.post(address("bring"), data={"column": "neu", "once": "cd" * 16}, files=file)


@pytest.mark.parametrize(
    "content",
    [
        'Spalte;Text\r\nBewährt;"Zeit; Geduld"\r\n;"Mehr\nMut"\r\n\r\nSonst;etwas;;\r\n'.encode("utf-8-sig"),
        'Bewährt;Zeit; Geduld\n;"Mehr\nMut"\nSonst;etwas'.encode("cp1252"),
        'Bewährt,Zeit; Geduld\nneu,"Mehr\nMut"\nSonst;etwas\n'.encode(),
    ],
)
async def test_each_row_of_a_table_becomes_a_seed(town: Town, content: bytes) -> None:
    assert (await brought_in(town, content)).status_code == 303
    cards = list((await town.app.clerk.room(1)).activities[WALL].state.cards.values())[-3:]
    texts = [("alt", "Zeit; Geduld"), ("neu", "Mehr\nMut"), ("neu", "Sonst;etwas")]
    assert [(card.column, card.text) for card in cards] == texts


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b'"' + b"x" * 200_000 + b'"'])
async def test_a_file_that_is_no_table_is_refused_with_a_sentence(town: Town, content: bytes) -> None:
    answer = await brought_in(town, content)
    assert (answer.status_code, "Bitte speichern Sie sie als CSV." in answer.text) == (422, True)


async def test_lines_that_no_card_could_hold_are_refused_too(town: Town) -> None:
    async with town.browser(SEATS["facilitator"]) as mo:
        answer = await mo.post(address("bring"), data={"text": "x" * 200_000}, files={"table": b""})
    assert answer.status_code == 422


async def test_the_same_page_sent_twice_brings_each_card_once(town: Town) -> None:
    once = "ab" * 16
    first = await brought(town, column="neu", text="Mut", once=once)
    assert await brought(town, column="neu", text="Mut", once=once) == first


async def test_what_cannot_be_brought_is_said_and_the_rest_is_there(town: Town) -> None:
    async with town.browser(SEATS["facilitator"]) as mo:
        answer = await mo.post(address("bring"), data={"column": "neu", "text": f"{'x' * 281}\nMut"})
    assert (answer.status_code, "Eine Karte wurde nicht übernommen" in answer.text) == (422, True)
    assert "Die Karte ist zu lang" in answer.text


async def test_the_cards_of_another_wall_are_carried_over_once(tmp_path: Path) -> None:
    other, file = "gruppe", copied(tmp_path)
    with closing(Store(f"sqlite:///{file}")) as store, store.writing(1) as on:
        row = {"workshop_id": 1, "id": other, "title": "Gruppe 3", "position": 99, "kind": "wall", "config": {}}
        on.execute(insert(ACTIVITY).values(row))
    async with opened(file) as town:
        await town.did("mo", other, "open")
        kept = await town.did("ada", other, "write", column="cards", text="Mehr Mut")
        hidden = await town.did("ada", other, "write", column="cards", text="Ein Angriff")
        await town.did("mo", other, "hide", ref=hidden, reason="kein Beitrag")
        async with town.browser(SEATS["facilitator"]) as mo:
            assert "Eine Karte übernehmen" in (await mo.get(address("bring", "desk"))).text
        assert (await brought(town, **{"from": other, "column": "neu"}))[-1] == "Mehr Mut"
        assert kept in (await town.app.clerk.room(1)).activities[other].became
        async with town.browser(SEATS["facilitator"]) as mo:
            assert "übernehmen</span>" not in (await mo.get(address("bring", "desk"))).text


# ── coasts ──


def test_an_island_has_the_same_coast_everywhere_and_another_one_another() -> None:
    assert coast.sign("AT2-0001", 3) == coast.sign("AT2-0001", 3)
    assert coast.sign("AT2-0001", 3) != coast.sign("AT2-0002", 3)


def _width(line: str) -> float:
    points = [float(x) for x, _ in re.findall(r"(-?\d+) (-?\d+)", line)]
    return max(points) - min(points)


def test_land_grows_with_cards_and_water_with_dots() -> None:
    small, large = coast.stage("AT2-0001", 1, 0), coast.stage("AT2-0001", 20, 0)
    assert _width(small.land) < _width(large.land)
    assert [len(coast.stage("AT2-0001", 5, dots).water) for dots in (0, 3, 9, 100)] == [1, 1, 3, 7]
    rings = coast.stage("AT2-0001", 5, 9).water
    assert sorted(map(_width, rings), reverse=True) == [_width(ring) for ring in rings]


@pytest.mark.parametrize("dots", [1, 40, 400])
def test_an_island_stays_near_its_place(dots: int) -> None:
    assert _width(coast.stage("AT2-0007", 14, dots).water[0]) <= 800


def test_dots_stand_in_bundles_of_five() -> None:
    assert coast.dots(0) == (0, [])
    assert coast.dots(6) == (149, [11, 34, 57, 80, 103, 138])
