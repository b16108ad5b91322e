"""Back to the plenary without a script: groups hand in, everybody reads, comments and supports, the stage counts."""

import re

import httpx2

from tests.browsing import ada, desk, page, send, town
from tests.controls import form
from tests.town import GROUPS, SEATS, Town

__all__ = ["ada", "desk", "town"]


async def test_results_are_read_commented_on_supported_and_counted(
    town: Town, ada: httpx2.AsyncClient, desk: httpx2.AsyncClient
) -> None:
    await town.did("ada", GROUPS, "result", group="t1", text="Mehr Mut", points="Im Kleinen")
    ref = (await town.app.clerk.room(1)).activities[GROUPS].state.results["t1"].ref
    await town.did("mo", GROUPS, "finish")
    await town.did("mo", GROUPS, "show", view="result")
    async with town.browser(SEATS["room"]) as hall, town.browser(SEATS["stage"]) as stage:
        seen = await page(hall, "now")
        assert all(words in seen for words in ("Ihr Rundgang", "Mehr Mut", "Im Kleinen", "mittragen"))
        asking = form(seen, f"{GROUPS}.comment", on=ref)
        assert (await send(hall, asking, aspect="question", text="Wer fängt damit an?")).status_code == 303
        assert (await send(hall, form(seen, f"{GROUPS}.support", result=ref))).status_code == 303
        assert "trägt mit" not in await page(stage, "stage")

        asked = re.findall(r'voice-(AT2-\d+)"', await page(ada, "now"))[1]
        answered = form(await page(ada, "now"), f"{GROUPS}.answer", comment=asked)
        await send(ada, answered, text="Wir, ab Montag.")
        assert "Wir, ab Montag." in await page(hall, "now")

        closing = form(await page(desk, f"desk?activity={GROUPS}"), f"{GROUPS}.exhibit")
        await send(desk, closing)
        assert "<b>1</b> trägt mit" in await page(stage, "stage")
        assert "mittragen</button>" not in await page(hall, "now")
