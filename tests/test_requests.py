"""What is sent twice, asked for by many or by scripts, or makes no sense."""

import asyncio
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx2
import pytest

from app.tokens import sign
from realtime import intake
from tests.browsing import BEN, ada, page, send, town
from tests.controls import form
from tests.town import CODE, POLL, SECRET, WALL, Town, copied, opened, seat

__all__ = ["ada", "town"]

# ── sent twice ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cards(town: Town) -> list[str]:
    (room,) = town.app.clerk.rooms
    return [card.text for card in room.activities[WALL].contributions.values()]


async def test_a_plain_form_pressed_twice_is_one_command(town: Town, ada: httpx2.AsyncClient) -> None:
    writing = form(await page(ada, "now"), f"{WALL}.write")
    answers = [await send(ada, writing, text="Doppelt") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert cards(town).count("Doppelt") == 1


async def test_the_same_words_on_a_page_loaded_anew_are_another_command(town: Town, ada: httpx2.AsyncClient) -> None:
    for _ in range(2):
        await send(ada, form(await page(ada, "now"), f"{WALL}.write"), text="Noch einmal")

    assert cards(town).count("Noch einmal") == 2


async def test_other_words_from_the_same_page_are_another_command(town: Town, ada: httpx2.AsyncClient) -> None:
    writing = form(await page(ada, "now"), f"{WALL}.write")
    for text in ("Eins", "Zwei"):
        await send(ada, writing, text=text)

    assert cards(town)[-2:] == ["Eins", "Zwei"]


@pytest.mark.parametrize("query", ["", "?once=once", "?once=1"])
async def test_a_form_of_no_page_of_ours_is_a_command_each_time(
    town: Town, ada: httpx2.AsyncClient, query: str
) -> None:
    async with town.browser(BEN) as ben:
        for browser in (ada, ada, ben):
            await browser.post(f"/w/{CODE}/{WALL}.write{query}", data={"column": "neu", "text": "Dasselbe"})

    assert cards(town).count("Dasselbe") == 3


async def test_what_people_write_is_not_mistaken_for_a_form(ada: httpx2.AsyncClient, town: Town) -> None:
    text = 'action="x.y?once=once" once=once'
    await send(ada, form(await page(ada, "now"), f"{WALL}.write"), text=text)

    assert form(await page(ada, "now"), f"{WALL}.edit", card=max(own(town))).control("text").chosen == (text,)


def own(town: Town) -> list[str]:
    (room,) = town.app.clerk.rooms
    return [ref for ref, card in room.activities[WALL].contributions.items() if card.by == "ada"]


# ── plain requests of scripts ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_picture_is_asked_for_and_what_is_missing_comes(town: Town, ada: httpx2.AsyncClient) -> None:
    address = f"/w/{CODE}/picture?page=now&place=person&person=ada"
    whole = (await ada.get(address)).json()
    nothing = await ada.get(f"{address}&at={whole['at']}&mine={whole['hash']}")
    await town.did("ben", POLL, "vote", choice="rot")
    later = (await ada.get(f"{address}&at={whole['at']}&mine={whole['hash']}")).json()

    assert whole["since"] is None
    assert f"page.{POLL}.turnout" in whole["parts"]
    assert f"page.{POLL}.mine-ballot" in whole["mine"]
    assert (nothing.status_code, nothing.content) == (204, b"")
    assert later["at"] > whole["at"]
    assert "1 von 17 hat abgestimmt" in later["parts"][f"page.{POLL}.turnout"]


async def test_personal_parts_come_where_only_they_changed(town: Town, ada: httpx2.AsyncClient) -> None:
    address = f"/w/{CODE}/picture?page=mine&place=person"
    before = (await ada.get(address)).json()
    await town.did("ada", WALL, "write", column="neu", text="Meine")
    answer = (await ada.get(f"{address}&at={before['at']}&mine={before['hash']}")).json()

    assert answer["hash"] != before["hash"]
    assert "Meine" in answer["mine"]["page.mine-trail"]


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 5000, "٣", "1.5"])
async def test_a_number_that_is_none_gets_the_whole_picture(ada: httpx2.AsyncClient, at: str) -> None:
    assert (await ada.get(f"/w/{CODE}/picture", params={"at": at})).json()["since"] is None


async def test_a_page_of_somebody_who_sat_here_before_is_told_so(ada: httpx2.AsyncClient, town: Town) -> None:
    before = town.rows()
    picture = await ada.get(f"/w/{CODE}/picture?page=now&person=ben")
    vote = {"id": f"{7:032x}", "data": {"choice": "rot"}}
    command = await ada.post(f"/w/{CODE}/{POLL}.vote?person=ben", json=vote)

    assert [(a.status_code, a.json()["code"]) for a in (picture, command)] == [(409, "identity"), (409, "identity")]
    assert town.rows() == before


async def test_a_plain_form_of_somebody_who_sat_here_before_sends_nothing(ada: httpx2.AsyncClient, town: Town) -> None:
    async with town.browser(BEN) as ben:
        bens = form(await page(ben, "now"), f"{WALL}.write")
    before = town.rows()

    answer = await send(ada, bens, text="Von wem?")

    assert answer.status_code == 409
    assert "In diesem Browser nimmt inzwischen jemand anderes teil." in answer.text
    assert form(answer.text, f"{WALL}.write").control("text").chosen == ("Von wem?",)
    assert town.rows() == before


async def test_a_repeat_gets_the_first_answer_and_other_words_under_its_id_are_refused(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    def command(text: str) -> dict[str, Any]:
        return {"id": f"{11:032x}", "data": {"column": "neu", "text": text}}

    first, again, other = [
        (await ada.post(f"/w/{CODE}/{WALL}.write", json=command(text))).json() for text in ("a", "a", "b")
    ]

    assert again | {"mine": {}} == first | {"again": True, "mine": {}}
    assert (other["ok"], other["code"]) == (False, "command.reused")
    assert cards(town).count("a") == 1


NONSENSE: list[bytes] = [
    b"",
    b"[]",
    b"null",
    b"{",
    b"\xff",
    b'{"id": 1, "data": {}}',
    b'{"id": "0123", "data": {}}',
    b'{"id": "%032d"}' % 1,
    b'{"id": "%032d", "data": []}' % 2,
    b'{"id": "%032d", "data": {"choice": NaN}}' % 3,
    b'{"id": "%032d", "data": {"choice": 1e999}}' % 4,
    b'{"id": "%032d", "data": {"choice": "\\ud800"}}' % 5,
    b'{"id": "%032d", "data": ' % 6 + b'{"a":' * 20 + b"1" + b"}" * 21,
    b"[" * 60_000,
    b'{"id": "%032d", "data": ' % 7 + b'{"a":' * 900 + b"1" + b"}" * 901,
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
async def test_nonsense_is_refused_in_a_sentence(town: Town, ada: httpx2.AsyncClient, body: bytes) -> None:
    before = town.rows()
    headers = {"Content-Type": "application/json"}
    answer = await ada.post(f"/w/{CODE}/{POLL}.vote", content=body, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert town.rows() == before


async def test_a_form_with_a_file_that_is_no_picture_changes_nothing(town: Town, ada: httpx2.AsyncClient) -> None:
    before = town.rows()
    answers = [
        await ada.post(address, files={"text": ("x.txt", b"words"), "column": (None, "neu")})
        for address in (f"/w/{CODE}/{WALL}.write", "/", f"/j/{CODE}?to=x")
    ]

    assert {answer.status_code for answer in answers} <= {303, 400, 422}
    assert town.rows() == before


async def test_a_program_shows_its_token_instead_of_a_cookie(tmp_path: Path) -> None:
    message = {"id": token_hex(16), "data": {"choice": "rot"}}
    async with opened(copied(tmp_path)) as town:
        bearer = {"Authorization": f"Bearer {sign(SECRET, seat('participant'))}", "Accept": "application/json"}
        async with town.browser(**bearer) as program:
            voted = await program.post(f"/w/{CODE}/{POLL}.vote", json=message)
            as_desk = await program.post(f"/w/{CODE}/{POLL}.close?place=desk", json=message)
        async with town.browser(**bearer | {"Authorization": "Bearer x"}) as stranger:
            refused = await stranger.post(f"/w/{CODE}/{POLL}.vote", json=message)
    assert (voted.json()["ok"], as_desk.status_code, refused.status_code) == (True, 403, 403)


# ── asked for by many ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_asked_for_close_together_is_drawn_together(
    town: Town, ada: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "INTAKE_SECONDS", 3600)
    await page(ada, "now")
    asked = [asyncio.create_task(ada.get(f"/w/{CODE}/{what}")) for what in ("now", "picture")]
    drawn, _ = await asyncio.wait(asked, timeout=0.3)
    assert not drawn

    town.app.live.intake._open.set()
    assert [answer.status_code for answer in await asyncio.gather(*asked)] == [200, 200]
