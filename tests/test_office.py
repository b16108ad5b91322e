"""The organisers' papers: links that can be taken back, and sheets to hang up."""

import csv
import io
import re
from pathlib import Path

import httpx2
import pytest

from app.projection import environment
from tests.town import CODE, POLL, Town, copied, opened, seat

ORGANISER = seat("organiser")


async def links(town: Town) -> dict[str, str]:
    """The paths of the personal links by id, as the serial letter has them."""
    async with town.browser(ORGANISER) as browser:
        answer = await browser.get(f"/w/{CODE}/people/links.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return {row["Kennung"]: row["Link"].removeprefix(str(browser.base_url).rstrip("/")) for row in rows}


async def revoke(town: Town, who: str) -> httpx2.Response:
    async with town.browser(ORGANISER) as browser:
        return await browser.post(f"/w/{CODE}/people/revoke", data={"person": who})


async def test_everybody_on_the_list_has_a_link_that_asks_first(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser() as browser:
        known = await links(town)
        assert set(known) == {row[1] for row in town.rows()["person"] if row[0] == 1}
        answer = await browser.get(known["ada"])
    assert "Sind Sie das?" in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_revoked_link_is_worthless_at_once_and_a_new_one_is_on_the_list(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser() as browser:
        before = await links(town)
        assert (await revoke(town, "ada")).status_code == 303
        after = await links(town)
        assert (await browser.get(before["ada"])).status_code == 410
        assert (await browser.get(after["ada"])).status_code == 200
        assert (before["ben"], before["ada"]) == (after["ben"], before["ada"])
        assert before["ada"] != after["ada"]


async def test_the_screens_of_a_revoked_stage_link_go_dark(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser(seat("stage")) as screen:
        assert (await screen.get(f"/w/{CODE}/stage")).status_code == 200
        await revoke(town, "stage")
        assert (await screen.get(f"/w/{CODE}/stage")).headers["location"] == f"/j/{CODE}"


async def test_nobody_can_be_revoked_who_is_not_there(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        before = town.rows()
        assert (await revoke(town, "niemand")).status_code == 404
        assert town.rows() == before


@pytest.mark.parametrize("query, ending", [("", ""), (f"?activity={POLL}", f"?to={POLL}")])
async def test_a_sheet_leads_to_the_day_or_to_one_activity(query: str, ending: str, tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser(ORGANISER) as browser:
        page = (await browser.get(f"/w/{CODE}/sheet{query}")).text
        path, _ = environment.globals["qr"](f"{str(browser.base_url).rstrip('/')}/j/{CODE}{ending}")
    assert path in page
    assert re.search(rf'aria-label="Zugangscode {" ".join(CODE)}"', page)


async def test_there_is_no_sheet_for_what_does_not_exist(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town, town.browser(ORGANISER) as browser:
        assert (await browser.get(f"/w/{CODE}/sheet?activity=nirgends")).status_code == 404
