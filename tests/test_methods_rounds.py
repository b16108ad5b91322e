"""Another round of a poll, added at the desk."""

import re
from pathlib import Path
from typing import Any

from facilitation.room import Room
from tests.test_methods_pages import DESK, alike, page, taken
from tests.town import CODE, POLL, SECRET_POLL, WALL, copied, opened, seat


async def test_another_round_has_the_same_settings_and_the_options_of_now(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        await town.did("mo", POLL, "amend", option="rot", label="Rot wie ein Dach")
        before = (await town.app.clerk.room(1)).activities[POLL]
        first, second, *_ = before.state.box.proposed
        await town.did("mo", POLL, "accept", option=first)
        await town.did("mo", POLL, "accept", option=second)
        await town.did("mo", POLL, "hide", ref=second, reason="doppelt")
        await town.did("mo", POLL, "close")
        assert f'href="{POLL}.round"' in await page(town, f"desk?activity={POLL}")
        answer = await taken(town, f"{POLL}.round", title="Und jetzt?")
        room = await alike(town)
    again = room.activities[f"{POLL}-2"]
    assert answer.headers["location"] == f"/w/{CODE}/desk?activity={POLL}-2"
    assert (again.title, again.follows, again.names) == ("Und jetzt?", POLL, before.names)
    labels = {option.id: option.label for option in again.state.box.options}
    assert (labels["rot"], first in labels, second in labels) == ("Rot wie ein Dach", True, False)
    same = {"follows": before.config.follows, "settings": before.config.settings, "names": before.config.names}
    assert again.config.model_copy(update=same) == before.config


async def test_both_rounds_are_compared_once_both_results_are_shown(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        await town.did("ada", POLL, "vote", choice="rot")
        await town.did("mo", POLL, "close")
        await town.did("mo", POLL, "show", view="result")
        await taken(town, f"{POLL}.round", title="Noch einmal")
        again = f"{POLL}-2"
        await town.did("mo", again, "open")
        await town.did("ada", again, "vote", choice="blau")
        await town.did("mo", again, "close")
        await town.did("mo", again, "show", view="result")
        desk = await page(town, f"desk?activity={again}")
    assert re.findall(r"Vergleich mit „<bdi dir=\"auto\">([^<]+)<", desk) == ["Wie ist die Stimmung?"]


async def test_a_round_that_is_sealed_has_another(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        await town.did("mo", SECRET_POLL, "close")
        await town.did("mo", SECRET_POLL, "show", view="result")
        html = await page(town, f"{SECRET_POLL}.round")
        answer = await taken(town, f"{SECRET_POLL}.round")
        room: Room = await alike(town)
    assert "Die Abfrage ist anonym." in html
    assert answer.status_code == 303
    assert room.activities[f"{SECRET_POLL}-2"].title == room.activities[SECRET_POLL].title


async def test_a_round_keeps_its_place_in_the_agenda_and_is_refused_with_what_was_said(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        refused = await taken(town, f"{POLL}.round", title=201 * "x")
        await taken(town, f"{POLL}.round", place="end", minutes="7")
        room = await alike(town)
    step: Any = room.agenda.steps[-1]
    assert (refused.status_code, "höchstens 200 Zeichen" in refused.text, 201 * "x" in refused.text) == (
        422,
        True,
        True,
    )
    assert (step.activities, (step.ends - step.starts).seconds, step.opens) == ((f"{POLL}-2",), 420, True)


async def test_only_a_poll_has_another_round_and_the_technician_reads_only(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser(DESK) as desk:
        found = [(await desk.get(f"/w/{CODE}/{id}.round")).status_code for id in (WALL, "nichts", POLL)]
        async with town.browser(seat("technician")) as technician:
            html = (await technician.get(f"/w/{CODE}/{POLL}.round")).text
    assert found == [404, 404, 200]
    assert ("<form" in html, "Organisation und Moderation" in html) == (False, True)
