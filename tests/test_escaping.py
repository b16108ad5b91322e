"""What people write stays text, on every page and in every place."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
import pytest

from realtime.seat import Seat
from tests.controls import forms
from tests.payloads import PAYLOADS
from tests.town import CODE, POLL, QUESTIONS, STREAM, WALL, Town, copied, opened, seat

BEN = Seat(1, "ben", "person", "d", 1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


async def page(browser: httpx2.AsyncClient, name: str) -> str:
    answer = await browser.get(f"/w/{CODE}/{name}")
    assert answer.status_code == 200
    return answer.text


class _Skeleton(HTMLParser):
    """Which elements with which attributes a page has; the words in it do not matter."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", data))


def skeleton(html: str) -> list[tuple[str, ...]]:
    reader = _Skeleton()
    reader.feed(html)
    return reader.elements


async def _everywhere(folder: Path, words: Sequence[str]) -> list[str]:
    """Every page of a day on which people wrote these words wherever they can, and so did who prepared it."""
    file = copied(folder)
    name_all(file, "".join(words[::10]))
    async with opened(file, allowance=100_000) as town:

        async def all_of(by: str, activity: str, command: str, *said: dict[str, Any]) -> list[str]:
            return list(await asyncio.gather(*(town.did(by, activity, command, **each) for each in said)))

        asked = await all_of("ben", QUESTIONS, "ask", *({"text": text} for text in words))
        await all_of("mo", QUESTIONS, "approve", *({"question": ref} for ref in asked))
        posts = ({"prompt": "p1", "title": text, "body": text} for text in words)
        posted = await all_of("ben", STREAM, "post", *posts)
        for activity, refs in ((QUESTIONS, asked), (STREAM, posted)):
            pairs = zip(refs, words, strict=True)
            await all_of("ada", activity, "comment", *({"on": ref, "text": text} for ref, text in pairs))
        cards = await all_of("ada", WALL, "write", *({"column": "neu", "text": text} for text in words))
        await town.did("mo", QUESTIONS, "answer", question=asked[0], text="".join(words))
        await town.did("mo", POLL, "amend", option="rot", label="".join(words[::10]))
        for activity, refs in ((WALL, cards), (QUESTIONS, asked), (STREAM, posted)):
            await town.did("mo", activity, "hide", ref=refs[1], reason="".join(words[::10]))
        return [html async for html in _all(town, asked[0], posted[0])]


async def _all(town: Town, question: str, post: str) -> AsyncIterator[str]:
    async with town.browser(seat("participant")) as ada, town.browser(BEN) as ben, town.browser(seat("waiting")) as wal:
        for name in ("now", "questions", "stream", "mine"):
            yield await page(ada, name)
        for browser, name in ((ben, "questions"), (ben, "mine"), (wal, "now")):
            yield await page(browser, name)
    async with town.browser(seat("facilitator")) as mo:
        for activity in (POLL, WALL):
            yield await page(mo, f"desk?activity={activity}")
    shows = [("stage", "join_qr", ""), (POLL, "question", ""), (POLL, "result", ""), (WALL, "wall", "")]
    shows += [(QUESTIONS, "question", ""), (QUESTIONS, "question", question), (STREAM, "question", post)]
    async with town.browser(seat("stage")) as stage:
        for target, view, item in shows:
            await town.did("mo", target, "show", view=view, item=item)
            yield await page(stage, "stage")


def name_all(file: Path, words: str) -> None:
    """Put these words wherever somebody names something beforehand."""
    with closing(sqlite3.connect(file)) as on, on:
        on.execute("UPDATE workshop SET title = ?, organisation = ? WHERE id = 1", (words, words))
        on.execute(
            "UPDATE person SET label = ?, function = ?, division = ? WHERE workshop_id = 1", (words, words, words)
        )
        on.execute("UPDATE activity SET title = ? WHERE workshop_id = 1", (words,))
        for id, text in on.execute("SELECT id, config FROM activity WHERE workshop_id = 1").fetchall():
            config = json.loads(text)
            for lists in (config.get("columns"), config.get("prompts"), config.get("settings", {}).get("options")):
                for pair in lists or []:
                    pair[1] = words
            on.execute("UPDATE activity SET config = ? WHERE workshop_id = 1 AND id = ?", (json.dumps(config), id))
        settings = json.loads(on.execute("SELECT settings FROM workshop WHERE id = 1").fetchone()[0])
        for step in settings["steps"]:
            step["title"] = step["lead"] = words
        on.execute("UPDATE workshop SET settings = ? WHERE id = 1", (json.dumps(settings),))


async def test_hostile_words_add_nothing_to_any_page(tmp_path: Path) -> None:
    hostile = await _everywhere(tmp_path, PAYLOADS)
    harmless = await _everywhere(tmp_path, ["h" * len(payload) for payload in PAYLOADS])

    assert len(hostile) == len(harmless) == 16
    for bad, good in zip(hostile, harmless, strict=True):
        assert skeleton(bad) == skeleton(good)


@pytest.mark.parametrize(
    "address", ["/", f"/j/{CODE}?to=%s", "/j/%s", "/w/%s/now", f"/w/{CODE}/%s", "/p/%s", "/static/%s"]
)
async def test_hostile_addresses_add_nothing_to_any_page(town: Town, address: str) -> None:
    async with town.browser() as browser:
        for payload in PAYLOADS:
            sent = address.replace("%s", httpx2.QueryParams({"x": payload.replace("/", "")}).__str__()[2:])
            answer = await browser.get(sent)
            assert [tag for tag, *_ in skeleton(answer.text) if tag in ("script", "img", "iframe", "base")] == []
            assert payload not in answer.text or not set(payload) & set("<\"'&")


async def test_hostile_names_and_codes_come_back_as_text(town: Town) -> None:
    async with town.browser() as browser:
        for payload in PAYLOADS:
            for answer in (
                await browser.post("/", data={"code": payload}),
                await browser.post(f"/j/{CODE}", data={"name": payload + 60 * "x"}),
            ):
                (typed,) = [c.chosen for f in forms(answer.text) for c in f.controls if c.kind == "text"]
                assert typed[0].startswith("".join(payload.split())[:3]) or answer.status_code == 422
                assert [tag for tag, *_ in skeleton(answer.text) if tag == "script"] == []
