"""The feed of a blog: posts that everybody may read, at an address of one's own that opens nothing else."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2
import pytest

from app import feeds
from app.beside import Here
from app.tokens import feed_key, feed_reader, read, sign
from facilitation.record import Refused
from realtime.seat import Seat
from tests.kinds import streams
from tests.rooms import envelope, send, submit
from tests.town import CODE, SEATS, STREAM, WALL, Town, copied, opened

CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path)) as town:
        yield town


async def subscribed(town: Town, who: str = "participant") -> str:
    """The address of the feed, as the page says it."""
    async with town.browser(SEATS[who]) as browser:
        html = (await browser.get(f"/w/{CODE}/{STREAM}.feed")).text
    found = re.search(r'id="address" value="([^"]+)"', html)
    assert found
    return found[1]


async def fetched(town: Town, address: str) -> httpx2.Response:
    """What a program without any cookie gets."""
    async with town.browser() as program:
        return await program.get(address)


async def items(town: Town) -> list[ET.Element]:
    answer = await fetched(town, await subscribed(town))
    assert answer.headers["content-type"].startswith("application/rss+xml")
    return list(ET.fromstring(answer.content).iter("item"))  # noqa: S314  # our own


async def written(town: Town, title: str, body: str = "Text", by: str = "ada", **said: object) -> str:
    return await town.did(by, STREAM, "post", prompt="p1", title=title, body=body, **said)


async def test_a_feed_has_the_posts_newest_first_with_author_topics_and_time(town: Town) -> None:
    before = len(await items(town))
    first = await written(town, "Erster", "Zum <b>Anfang</b> & weiter", topics=["geld"])
    second = await written(town, "Zweiter", by="ben")
    newest, older, *rest = await items(town)

    assert len(rest) == before
    assert [it.findtext("guid") for it in (newest, older)] == [second, first]
    assert [it.findtext(CREATOR) for it in (newest, older)] == ["Leitung Amt 20", "Leitung Amt 10"]
    assert [older.findtext("category"), newest.findtext("category")] == ["Geld", None]
    assert older.findtext("description") == "Zum &lt;b&gt;Anfang&lt;/b&gt; &amp; weiter"
    assert parsedate_to_datetime(older.findtext("pubDate") or "").tzinfo


async def test_a_week_is_told_in_one_item_once_it_is_over(town: Town) -> None:
    hall = streams.opened()
    monday = datetime(2026, 11, 30, tzinfo=hall.workshop.zone)
    for title, by, made in (
        ("Montag", "ada", monday - timedelta(days=7)),
        ("Sonntag", "ben", monday - timedelta(seconds=1)),
        ("Diese Woche", "ada", monday),
    ):
        wish = envelope(hall, by, "blog", "post", prompt="behalten", title=title, body="Text")
        send(hall, wish._replace(when=made))
    found = Here(hall, hall.activities["blog"], Seat(1, "ada", "person", "", 1))

    (week,) = feeds.weeks(found, monday + timedelta(days=6))
    assert (week.ref, week.title) == ("2026-W48", "Woche 48/2026: 2 Beiträge")
    assert week.text == "Sonntag – Leitung Amt 20\nMontag – Leitung Amt 10"
    assert parsedate_to_datetime(week.made) == monday
    assert feeds.weeks(found, monday + timedelta(days=7))[0].title == "Woche 49/2026: ein Beitrag"

    await written(town, "Gerade eben")
    weekly = await fetched(town, f"{await subscribed(town)}&weekly=1")
    assert "Gerade eben" not in weekly.text
    assert "<channel>" in weekly.text


async def test_what_not_everybody_may_read_stands_in_no_feed(town: Town) -> None:
    hidden = await written(town, "Ausgeblendet")
    await town.did("mo", STREAM, "hide", ref=hidden, reason="kein Beitrag")
    draft = await town.did("mo", STREAM, "draft", prompt="p1", title="Entwurf")
    assert not {hidden, draft} & {it.findtext("guid") for it in await items(town)}

    await town.did("mo", STREAM, "publish", post=draft)
    await town.did("mo", STREAM, "correct", post=draft, title="Fassung", reason="Name falsch")
    published = (await items(town))[0]
    assert published.findtext("guid") == draft
    assert published.findtext(CREATOR) == "Redaktion"
    assert published.findtext("description") == "Berichtigt: Name falsch"


async def test_of_a_redacted_post_nothing_is_left_in_the_feed(town: Town) -> None:
    ref = await written(town, "Frau M. ist krank", "Seit Montag")
    await town.did("mo", STREAM, "redact", ref=ref, reason="Gesundheitsdaten")
    assert "Frau M." not in (await fetched(town, await subscribed(town))).text
    assert (await items(town))[0].findtext("title") == "geschwärzt"


async def test_no_words_break_a_feed(town: Town) -> None:
    await written(town, "\x01</title>]]> & \ufffe", "\x0b{{ 7*7 }} 👩🏽‍🚒")
    newest = (await items(town))[0]
    assert (newest.findtext("title"), newest.findtext("description")) == ("</title>]]> & ", "{{ 7*7 }} 👩🏽‍🚒")


async def test_a_revoked_link_closes_the_feed_too(town: Town) -> None:
    address = await subscribed(town)
    assert (await fetched(town, address)).status_code == 200
    await town.revoke("ada")
    assert (await fetched(town, address)).status_code == 403


async def test_only_a_blog_has_a_feed(town: Town) -> None:
    async with town.browser(SEATS["participant"]) as browser:
        assert (await browser.get(f"/w/{CODE}/{WALL}.feed")).status_code == 404


def test_a_sealed_blog_tells_neither_who_nor_when() -> None:
    hall = streams.opened(names="anonymous")
    ref = streams.post(hall, "ada")
    submit(hall, "mo", "blog", "close")
    submit(hall, "mo", "blog", "show", view="result")
    (it,) = feeds.news(Here(hall, hall.activities["blog"], Seat(1, "ben", "person", "", 1)))
    assert (it.ref, it.author, it.made) == (ref, "", "")


def test_the_key_of_a_feed_is_no_seat_and_a_seat_is_no_key() -> None:
    seat = Seat(1, "ada", "person", "device-1", 2)
    key = feed_key("geheim", seat, "blog")
    assert feed_reader("geheim", key, "blog") == seat._replace(device="")
    assert feed_reader("geheim", key, "anderer") is None
    assert feed_reader("anders", key, "blog") is None
    assert feed_reader("geheim", sign("geheim", seat), "blog") is None
    assert read("geheim", key) is None


async def test_after_the_day_the_blog_is_read_on_its_page_and_in_its_feed_until_staff_opens_it_again(
    town: Town,
) -> None:
    ref = await written(town, "Was bleibt")
    await town.did("mo", "agenda", "end", confirmed=True)
    async with town.browser(SEATS["participant"]) as ada:
        page = (await ada.get(f"/w/{CODE}/stream")).text
        assert ("Was bleibt" in page, f'"{STREAM}.post' in page) == (True, False)
        assert (await items(town))[0].findtext("guid") == ref
        with pytest.raises(Refused, match="not_open"):
            await written(town, "Zu spät")

        await town.did("mo", STREAM, "open")
        later = await written(town, "Eine Woche danach")
        page = (await ada.get(f"/w/{CODE}/stream")).text
    assert ("Eine Woche danach" in page, f'"{STREAM}.post' in page) == (True, True)
    assert [it.findtext("guid") for it in await items(town)][:2] == [later, ref]
