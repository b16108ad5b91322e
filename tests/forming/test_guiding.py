"""The guide of a group as a sheet to print."""

import httpx2

from tests.browsing import ada, desk, page, town
from tests.forming.test_pages import text
from tests.town import CODE, GROUPS, Town

__all__ = ["ada", "desk", "town"]

PATH = f"{GROUPS}.guide"


async def test_the_desk_prints_a_sheet_for_each_group_with_its_task_its_people_and_what_helps(
    desk: httpx2.AsyncClient,
) -> None:
    html = await page(desk, f"{PATH}?place=desk")
    shown = text(html)
    assert html.count("<article") == 4
    assert "Leitfäden zum Drucken" in shown
    assert "Tisch 2 Auftrag Nur für Tisch 2 Dauer 30 Minuten" in shown
    assert "Jede Person sagt Name und Amt" in shown
    assert "Die Gruppe Leitung Amt 10 Amtsleitung, amt-10" in shown
    assert "Noch sitzt hier niemand." in shown
    assert f"Zugangscode {CODE}" in shown


async def test_whoever_leads_a_group_prints_their_own_sheet_and_nobody_else_one(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    assert (await ada.get(f"/w/{CODE}/{PATH}")).status_code == 403
    await town.did("ada", GROUPS, "lead", group="t1")
    shown = text(await page(ada, PATH))
    assert ("Leitfaden zum Drucken" in shown, "Tisch 1" in shown, "Tisch 2" in shown) == (True, True, False)
    assert "Moderation Leitung Amt 10" in shown
    assert PATH in await page(ada, "now")


async def test_groups_that_sit_with_another_have_no_sheet_of_their_own(town: Town, desk: httpx2.AsyncClient) -> None:
    await town.did("mo", GROUPS, "merge", group="t2", into="t1")
    assert (await page(desk, f"{PATH}?place=desk")).count("<article") == 3
