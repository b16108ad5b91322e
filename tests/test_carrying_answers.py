"""The journey of answers in people's own words: from a poll to a wall, to another poll and to the agreements."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from app.methods.adopting import Addition
from app.preparing import Planned
from tests.controls import Form, forms
from tests.test_methods_pages import add
from tests.town import CODE, MANY, MEASURES, SEATS, WALL, Town, copied, opened

ASKED = Planned("frei", "poll", "Was fehlt uns?", {"form": "open", "settings": {}, "names": "named"})
REASONED = Planned("konsent", "poll", "Tragen Sie das?", {"form": "consent", "settings": {}, "names": "named"})


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path)) as there:
        planned = (ASKED, REASONED)
        steps = (await there.app.clerk.room(1)).agenda.steps
        await add(there.app.clerk, 1, lambda _: Addition(planned, steps, steps), by="mo", id="ab" * 16)
        await there.did("mo", "frei", "open")
        for by, text in (("ada", "Zeit"), ("ben", "Mut"), ("dep", "Frau Muster")):
            await there.did(by, "frei", "vote", text=text)
        yield there


async def shown(town: Town, id: str) -> None:
    await town.did("mo", id, "close")
    await town.did("mo", id, "show", view="result")


async def asked(town: Town, id: str = "frei") -> str:
    async with town.browser(SEATS["facilitator"]) as mo:
        return (await mo.get(f"/w/{CODE}/{id}.carry")).text


def carrying(page: str) -> Form:
    return next(form for form in forms(page) if form.action.endswith(".carry"))


async def carried(town: Town, to: str, *what: str) -> httpx2.Response:
    async with town.browser(SEATS["facilitator"]) as mo:
        return await mo.post(f"/w/{CODE}/frei.carry", data={"to": to, "what": list(what), "owner": "amt-10"})


async def test_answers_become_cards_options_and_agreements_and_the_page_says_so(town: Town) -> None:
    await shown(town, "frei")
    addresses = carrying(await asked(town)).control("what").values
    assert len(addresses) == 3
    answers = [await carried(town, to, addresses[0]) for to in (f"{WALL}/alt", f"{MANY}/", f"{MEASURES}/")]
    room = await town.app.clerk.room(1)
    assert [answer.status_code for answer in answers] == [303] * 3
    assert list(room.activities[WALL].state.cards.values())[-1].text == "Zeit"
    assert room.activities[MANY].state.box.options[-1].label == "Zeit"
    assert list(room.activities[MEASURES].state.measures.values())[-1].title == "Zeit"
    again = carrying(await asked(town)).control("what")
    assert (again.chosen, again.values[-1]) == (addresses[1:], addresses[0])


async def test_only_what_everybody_may_read_goes_on(town: Town) -> None:
    assert "Noch gibt es keine Antworten" in await asked(town)
    await town.did("mo", "frei", "ban", word="Muster")
    await shown(town, "frei")
    page = await asked(town)
    assert ("Muster" in page, len(carrying(page).control("what").values)) == (False, 2)


async def test_reasons_stand_under_what_they_speak_of(town: Town) -> None:
    await town.did("mo", "konsent", "open")
    await town.did("ada", "konsent", "vote", choice="einwand", reason="Zu teuer")
    await shown(town, "konsent")
    page = await asked(town, "konsent")
    assert "schwerwiegender Einwand</bdi></legend>" in page
    assert "Zu teuer" in page


async def test_the_desk_leads_there_once_there_are_answers_to_read(town: Town) -> None:
    async with town.browser(SEATS["facilitator"]) as mo:
        before = (await mo.get(f"/w/{CODE}/desk?activity=frei")).text
        await shown(town, "frei")
        after = (await mo.get(f"/w/{CODE}/desk?activity=frei")).text
    assert ['href="frei.carry"' in page for page in (before, after)] == [False, True]
