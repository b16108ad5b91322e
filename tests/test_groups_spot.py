"""Pages of whoever leads a group: a poll on the spot, the way from the desk; and the pages of walls of groups."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from app.methods import spot
from facilitation import pictures
from facilitation.kinds import wall
from facilitation.room import Room
from facilitation.screen import Audience
from realtime.seat import Seat
from tests.controls import form
from tests.town import CODE, GROUP, GROUPS, SEATS, WALL, Town, copied, opened, seat

WORDS = "Ein Wort dazu"
BEN = Seat(1, "ben", "person", "", 1)  # works at the second table


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The day; ada leads the first table."""
    async with opened(copied(tmp_path), allowance=100_000) as town:
        await town.did("ada", GROUPS, "lead", group="t1")
        yield town


async def room(town: Town) -> Room:
    return await town.app.clerk.room(1)


async def page(town: Town, who: Seat = SEATS["participant"], name: str = "now") -> str:
    async with town.browser(who) as browser:
        return (await browser.get(f"/w/{CODE}/{name}")).text


async def asked(
    town: Town, who: Seat = SEATS["participant"], times: int = 1, *, title: str, options: str = ""
) -> httpx2.Response:
    """What comes of the form for a poll on the page of ada, sent by whom and how often."""
    sent = form(await page(town), f"{GROUPS}.poll")
    async with town.browser(who) as browser:
        for _ in range(times):
            answer = await browser.post(f"/w/{CODE}/{sent.action}", data=sent.filled(title=title, options=options))
    return answer


# ── a poll on the spot ──


async def test_a_poll_on_the_spot_is_open_at_once_for_the_group_alone(town: Town) -> None:
    assert (await asked(town, title="Machen wir weiter?")).headers["location"] == f"/w/{CODE}/now"
    poll = (await room(town)).activities["ja-nein"]
    assert (poll.is_open, poll.title, poll.names, poll.reveals) == (True, "Machen wir weiter?", "named", True)
    assert [option.label for option in poll.state.box.options] == ["Ja", "Nein", "Enthaltung"]
    seen = {who.person: "Machen wir weiter?" in await page(town, who) for who in (SEATS["participant"], BEN)}
    assert seen == {"ada": True, "ben": False}
    await town.did("ada", "ja-nein", "vote", choice="ja")
    await town.did("ada", "ja-nein", "close")
    assert "page.ja-nein.result" in await page(town)
    assert "ja-nein" not in await page(town, BEN)


async def test_lines_are_its_answers(town: Town) -> None:
    await asked(town, title="Was zuerst?", options="Mut\r\nZeit\nMut")
    poll = (await room(town)).activities["auswahl"]
    assert [option.label for option in poll.state.box.options] == ["Mut", "Zeit"]


async def test_sent_twice_it_is_one_poll(town: Town) -> None:
    answer = await asked(town, times=2, title="Noch einmal?")
    assert answer.status_code == 303
    assert [id for id in (await room(town)).activities if id.startswith("ja-nein")] == ["ja-nein"]


async def test_two_polls_stand_beside_each_other(town: Town) -> None:
    await asked(town, title="Eins?")
    await asked(town, title="Zwei?")
    made = [it for id, it in (await room(town)).activities.items() if id.startswith("ja-nein")]
    assert [(it.title, it.is_open) for it in made] == [("Eins?", True), ("Zwei?", True)]


@pytest.mark.parametrize("title, options", [("", ""), (" ", "Mut\nZeit"), ("x" * 201, ""), ("Was?", "nur eine")])
async def test_a_poll_that_cannot_be_leaves_what_was_typed_in_its_form(town: Town, title: str, options: str) -> None:
    before = town.rows()
    answer = await asked(town, title=title, options=options)
    assert answer.status_code == 422
    typed = form(answer.text, f"{GROUPS}.poll").filled()
    assert (typed["title"], typed["options"]) == ([title or WORDS], [options or WORDS])  # what is empty is filled in
    assert town.rows() == before


async def test_whoever_leads_another_group_or_none_asks_nothing_there(town: Town) -> None:
    await town.did("ben", GROUPS, "lead", group="t2")
    before = town.rows()
    for who in (BEN, SEATS["deputy"], SEATS["facilitator"]):
        assert (await asked(town, who, title="Fremd?")).status_code == 403
    await town.did("ada", GROUPS, "lead", group="t1", leads=False)
    async with town.browser(SEATS["participant"]) as ada:
        answer = await ada.post(f"/w/{CODE}/{GROUPS}.poll", data={"group": "t1", "title": "Noch?"})
    assert answer.status_code == 403
    assert len(town.rows()["activity"]) == len(before["activity"])


async def test_a_group_has_no_end_of_polls(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spot, "MOST", 1)
    await asked(town, title="Eins?")
    answer = await asked(town, title="Zwei?")
    assert (answer.status_code, "schon 1 Bausteine" in answer.text) == (422, True)


async def test_an_allowance_holds_for_it_too(tmp_path: Path) -> None:
    async with opened(copied(tmp_path), allowance=1) as town:
        await town.did("ada", GROUPS, "lead", group="t1")
        answers = [await asked(town, title=" ") for _ in range(21)]
        assert "Gerade kommt sehr viel an." in answers[-1].text
        assert "Gerade kommt sehr viel an." not in answers[0].text


async def test_a_program_without_a_page_sends_it_once_too(town: Town) -> None:
    async with town.browser(SEATS["participant"]) as ada:
        answer = await ada.post(f"/w/{CODE}/{GROUPS}.poll", data={"group": "t1", "title": "Weiter?"})
    assert answer.status_code == 303
    assert (await room(town)).activities["ja-nein"].is_open


# ── from the desk to the own group ──


async def test_from_the_desk_one_link_leads_to_the_own_group(town: Town) -> None:
    await town.did("mo", GROUPS, "lead", group="t2")
    async with town.browser(SEATS["facilitator"]) as mo:
        link = (await mo.get(f"/w/{CODE}/self")).headers["location"]
        assert "Sind Sie das?" in (await mo.get(link)).text
        answer = await mo.post(link, data={"answer": "yes"})
        assert answer.headers["location"] == f"/w/{CODE}/now"
        shown = (await mo.get(answer.headers["location"])).text
    assert ["Nur für Tisch 2" in shown, "Leitfaden" in shown, "Nur für die Moderationen" in shown] == [True] * 3


# ── walls of groups ──


async def own_walls(town: Town) -> None:
    """Each table has a wall with a card."""
    await town.did("mo", GROUPS, "furnish", group="t1", activity=GROUP)
    await town.did("mo", GROUP, "open")
    await town.did("ada", GROUP, "write", column="cards", text="Aus Tisch 1")


async def test_the_pages_around_the_wall_of_a_group_are_for_its_members_and_staff(town: Town) -> None:
    await own_walls(town)
    found = {}
    for name, who in (("ada", SEATS["participant"]), ("ben", BEN), ("mo", seat("facilitator"))):
        async with town.browser(who) as browser:
            place = "?place=desk" if who.place == "desk" else ""
            found[name] = [
                (await browser.get(f"/w/{CODE}/{GROUP}.{page}{place}")).status_code for page in ("cards", "similar")
            ]
    assert found == {"ada": [200, 200], "ben": [403, 403], "mo": [200, 200]}


async def test_all_walls_of_a_round_come_into_the_plenary_in_one_step_with_the_label_of_their_group(town: Town) -> None:
    await own_walls(town)
    async with town.browser(SEATS["facilitator"]) as mo:
        bring = (await mo.get(f"/w/{CODE}/{WALL}.bring?place=desk")).text
        assert "Kleingruppen" in bring
        sent = {"from": GROUPS, "column": "neu", "once": "0" * 32}
        assert (await mo.post(f"/w/{CODE}/{WALL}.bring", data=sent)).status_code == 303
    day = await room(town)
    there = day.activities[WALL]
    [card] = [it for it in there.state.cards.values() if it.text == "Aus Tisch 1"]
    assert card.origin == "Tisch 1"
    rows = wall.rows(there.state, pictures.look(day, there, Audience.DESK))
    assert [row["origin"] for row in rows if row["text"] == "Aus Tisch 1"] == ["Tisch 1"]
    async with town.browser(SEATS["facilitator"]) as mo:
        assert "Kleingruppen" not in (await mo.get(f"/w/{CODE}/{WALL}.bring?place=desk")).text
