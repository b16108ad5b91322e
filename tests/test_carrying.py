"""The journey of a result: handed in, shown, commented on, and carried on to a wall, a poll and the agreements."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.carrying import SENTENCE
from tests.town import CODE, GROUPS, MANY, MEASURES, SEATS, WALL, Town, copied, opened

CARRY = f"/w/{CODE}/{GROUPS}.carry"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path)) as there:
        yield there


async def carried(town: Town, to: str, *what: str, status: int = 303, **more: str) -> str:
    async with town.browser(SEATS["facilitator"]) as mo:
        answer = await mo.post(CARRY, data={"to": to, "what": list(what)} | more)
    assert answer.status_code == status, answer.text
    return str(answer.text if status != 303 else answer.headers["location"])


async def results(town: Town) -> dict[str, str]:
    found = (await town.app.clerk.room(1)).activities[GROUPS].state.results
    return {group: result.ref for group, result in found.items()}


async def activity(town: Town, id: str) -> Any:
    return (await town.app.clerk.room(1)).activities[id]


async def test_a_result_becomes_a_card_an_option_and_an_agreement_and_its_author_sees_it(town: Town) -> None:
    ref = (await results(town))["t1"]
    assert await carried(town, f"{WALL}/alt", f"{ref}/0") == f"/w/{CODE}/desk?activity={WALL}"
    assert await carried(town, f"{MANY}/", f"{ref}/0") == f"/w/{CODE}/desk?activity={MANY}"
    assert await carried(town, f"{MEASURES}/", f"{ref}/0", owner="amt-10") == f"/w/{CODE}/desk?activity={MEASURES}"

    card = list((await activity(town, WALL)).state.cards.values())[-1]
    option = (await activity(town, MANY)).state.box.options[-1]
    measure = list((await activity(town, MEASURES)).state.measures.values())[-1]
    assert [card.text, card.column, option.label, measure.title] == ["Ein Satz", "alt", "Ein Satz", "Ein Satz"]
    assert (measure.owner_unit, measure.sources) == ("amt-10", (ref,))
    async with town.browser(SEATS["participant"]) as ada:
        trail = (await ada.get(f"/w/{CODE}/mine")).text
    assert [made in trail for made in (card.ref, "Was zuerst?", measure.ref)] == [True] * 3


async def test_a_point_becomes_a_card_of_its_own_and_goes_with_the_result(town: Town) -> None:
    await town.did("ada", GROUPS, "result", group="t1", text="Mehr Mut", points="Im Kleinen\nUnd bald")
    ref = (await results(town))["t1"]
    await carried(town, f"{WALL}/neu", f"{ref}/0", f"{ref}/2")
    await carried(town, f"{MEASURES}/", f"{ref}/1", owner="amt-20")
    cards = list((await activity(town, WALL)).state.cards.values())[-2:]
    assert [card.text for card in cards] == ["Mehr Mut", "Und bald"]
    await town.did("mo", GROUPS, "redact", ref=ref, reason="ein Name")
    words = [card.text for card in list((await activity(town, WALL)).state.cards.values())[-2:]]
    words += [list((await activity(town, MEASURES)).state.measures.values())[-1].title]
    assert words == ["", "", ""]


async def test_the_page_offers_results_not_carried_yet_and_says_what_became_of_the_others(town: Town) -> None:
    first, second = (await results(town)).values()
    await carried(town, f"{WALL}/neu", f"{first}/0")
    async with town.browser(SEATS["facilitator"]) as mo:
        page = (await mo.get(f"{CARRY}?place=desk")).text
    assert f'value="{first}/0" id="p-{first}/0">' in page
    assert f'value="{second}/0" id="p-{second}/0" checked>' in page
    assert "Daraus wurde schon" in page
    offered = [f'value="{to}"' in page for to in (f"{WALL}/alt", f"{MANY}/", f"{MEASURES}/")]
    assert offered == [True] * 3


async def test_what_is_hidden_is_not_carried_on(town: Town) -> None:
    ref = (await results(town))["t1"]
    await town.did("mo", GROUPS, "hide", ref=ref, reason="ein Name")
    assert "Bitte wählen Sie, was wohin soll." in await carried(town, f"{WALL}/neu", f"{ref}/0", status=422)


async def test_a_point_is_no_option_and_what_goes_wrong_is_said(town: Town) -> None:
    await town.did("ada", GROUPS, "result", group="t1", text="Mehr Mut", points="Im Kleinen")
    ref = (await results(town))["t1"]
    assert SENTENCE in await carried(town, f"{MANY}/", f"{ref}/1", status=422)
    await carried(town, f"{MANY}/", f"{ref}/0")
    assert "Mehr Mut" in await carried(town, f"{MANY}/", f"{ref}/0", f"{ref}/1", status=422)
    assert "Bitte wählen Sie" in await carried(town, "nirgends/", f"{ref}/0", status=422)


async def test_the_same_page_sent_twice_carries_each_once(town: Town) -> None:
    ref, once = (await results(town))["t1"], "ab" * 16
    before = len((await activity(town, WALL)).state.cards)
    for _ in range(2):
        await carried(town, f"{WALL}/neu", f"{ref}/0", once=once)
    assert len((await activity(town, WALL)).state.cards) == before + 1
