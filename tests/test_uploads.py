"""Pictures on their way: sent, named by a post, seen, carried out and in, and deleted."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from app import uploads
from app.operating import copying, retention
from app.scripts import files, importing
from app.scripts.applying import apply
from app.scripts.reading import ScriptError, parsed
from app.store import UPLOAD, Store
from tests.browsing import page, town
from tests.controls import form
from tests.test_imaging import file
from tests.town import CODE, OTHER_CODE, PICTURE, SEATS, STREAM, Town, seat

__all__ = ["town"]

HERE = f"/w/{CODE}/bild"


@pytest.fixture
async def ada(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with town.browser(seat("participant")) as browser:
        yield browser


async def sent(browser: httpx2.AsyncClient, content: bytes = b"", **query: str) -> dict[str, Any]:
    """The answer to a picture that goes ahead."""
    asked = {"activity": STREAM} | query
    answer = await browser.post(HERE, params=asked, files={"picture": ("../../x.svg", content or file(), "text/html")})
    said: dict[str, Any] = answer.json()
    return said


async def posted(browser: httpx2.AsyncClient, content: bytes | None = None, **said: str) -> httpx2.Response:
    """A post with a picture, by the form of the page, without a script."""
    writing = form(await page(browser, "stream"), f"{STREAM}.post")
    fields = {"prompt": "p1", "title": "Mit Bild", "body": "Text", "alt": "Ein Saal", "consent": "true"} | said
    picture = {"picture": ("bild.png", file() if content is None else content, "image/png")}
    return await browser.post(f"/w/{CODE}/{writing.action}", data=writing.filled(**fields), files=picture)


def kept(town: Town) -> list[tuple[Any, ...]]:
    """What was sent since the day began."""
    with closing(sqlite3.connect(town.file)) as connection:
        rows = connection.execute('SELECT id, "by", made IS NOT NULL, type, width, height FROM upload').fetchall()
        return [row for row in rows if row[0] != PICTURE]


def shown(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<img class="picture" src="bild/(\w+)" alt="([^"]*)"', html)


# ── sent and seen ──


async def test_a_plain_form_brings_a_picture_and_everybody_sees_it_with_its_words(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    assert (await posted(ada, alt="Ein <b>Saal</b>")).status_code == 303

    ((id, alt),) = shown(await page(ada, "stream"))
    assert (len(id), alt) == (32, "Ein &lt;b&gt;Saal&lt;/b&gt;")
    assert kept(town) == [(id, "ada", 1, "image/webp", 40, 30)]


async def test_a_picture_that_goes_ahead_is_named_by_the_command_after_it(town: Town, ada: httpx2.AsyncClient) -> None:
    answer = await sent(ada)

    said = {
        "prompt": "p1",
        "title": "Mit Bild",
        "body": "Text",
        "image": answer["id"],
        "alt": "Ein Saal",
        "consent": True,
    }
    receipt = await ada.post(f"/w/{CODE}/{STREAM}.post", json={"id": "ab" * 16, "data": said})

    assert (answer["ok"], receipt.json()["ok"]) == (True, True)
    assert shown(await page(ada, "stream")) == [(answer["id"], "Ein Saal")]


async def test_a_picture_is_given_out_for_good_and_can_do_nothing(town: Town, ada: httpx2.AsyncClient) -> None:
    id = (await sent(ada))["id"]

    answer = await ada.get(f"{HERE}/{id}")

    wanted = ("content-type", "cache-control", "x-content-type-options", "content-security-policy")
    assert answer.status_code == 200
    assert [answer.headers[name] for name in wanted] == [
        "image/webp",
        "private, max-age=31536000, immutable",
        "nosniff",
        "default-src 'none'; sandbox",
    ]


async def test_a_picture_is_for_whoever_may_see_the_workshop_and_nobody_else(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    id = (await sent(ada))["id"]

    seen = {}
    for role, taken in SEATS.items():
        async with town.browser(taken) as browser:
            seen[role] = [(await browser.get(f"/w/{code}/bild/{id}")).status_code for code in (CODE, OTHER_CODE)]

    inside = ("participant", "deputy", "guest", "room", "facilitator", "organiser", "technician", "stage")
    assert seen == {role: [200 if role in inside else 404, 404] for role in SEATS}


async def test_only_who_may_act_sends_pictures(town: Town) -> None:
    answers = {}
    for role, taken in SEATS.items():
        async with town.browser(taken) as browser:
            answer = await sent(browser, place=taken.place if taken else "person")
            answers[role] = answer.get("code", "sent")

    assert answers == {
        **dict.fromkeys(("participant", "deputy", "guest", "room", "facilitator", "organiser", "technician"), "sent"),
        **dict.fromkeys(("stranger", "invited", "waiting", "elsewhere", "other-desk"), "roster.not_joined"),
        **dict.fromkeys(("unknown", "revoked", "stage"), "command.forbidden"),
    }


# ── refused ──


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"alt": " "}, "Bitte beschreiben Sie in einem Satz"),
        ({"consent": ""}, "Bitte bestätigen Sie"),
        ({"alt": "x" * 501}, "höchstens 500 Zeichen"),
    ],
)
async def test_a_picture_needs_words_and_consent_and_nothing_of_the_text_is_lost(
    ada: httpx2.AsyncClient, town: Town, said: dict[str, str], sentence: str
) -> None:
    answer = await posted(ada, title="Meine Überschrift", **said)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Meine Überschrift"' in answer.text
    assert shown(await page(ada, "stream")) == []


async def test_what_is_no_picture_is_refused_in_a_sentence_with_the_text_still_in_the_form(
    ada: httpx2.AsyncClient, town: Town
) -> None:
    plain = await posted(ada, b"kein Bild", title="Meine Überschrift")
    ahead = await sent(ada, b"kein Bild")

    assert (plain.status_code, 'value="Meine Überschrift"' in plain.text) == (422, True)
    assert (ahead["code"], ahead["sentence"] in plain.text) == ("upload.invalid", True)
    assert kept(town) == []


async def test_a_form_without_a_picture_is_a_post_without_one(ada: httpx2.AsyncClient, town: Town) -> None:
    assert (await posted(ada, b"")).status_code == 303

    assert (kept(town), shown(await page(ada, "stream"))) == ([], [])


async def test_pictures_are_taken_at_the_pace_of_commands(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = {"ok": False, "code": "clerk.allowance", "retry_after_ms": 700}
    monkeypatch.setattr(town.app.live, "allowance", lambda _: busy)
    async with town.browser(seat("participant")) as browser:
        assert await sent(browser) == busy
        assert (await posted(browser)).status_code == 422
    assert kept(town) == []


async def test_a_workshop_holds_only_so_many_pictures(
    town: Town, ada: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_PICTURES", 2)
    first = await sent(ada)

    assert (await sent(ada, file(size=(9, 9))))["code"] == "upload.over_limit"
    assert (await sent(ada))["id"] == first["id"]  # the same again is no other one


async def test_a_body_that_is_larger_than_a_picture_may_be_is_not_read(town: Town, ada: httpx2.AsyncClient) -> None:
    large = b"x" * (9 * 1024 * 1024)
    statuses = [
        (await ada.post(HERE, params={"activity": STREAM}, files={"picture": ("x", large, "image/png")})).status_code,
        (await ada.post(f"/w/{CODE}/{STREAM}.post", data={"text": "x" * 70_000})).status_code,
        (await ada.post(f"/j/{CODE}", files={"picture": ("x", b"x" * 70_000, "image/png")})).status_code,
    ]
    assert statuses == [413, 413, 413]


# ── sent twice, sent anonymously ──


async def test_the_same_picture_is_kept_once_and_the_same_form_is_one_post(town: Town, ada: httpx2.AsyncClient) -> None:
    writing = form(await page(ada, "stream"), f"{STREAM}.post")
    fields = writing.filled(prompt="p1", title="Einmal", body="Text", alt="Saal", consent="true")
    for _ in range(2):
        await ada.post(f"/w/{CODE}/{writing.action}", data=fields, files={"picture": ("x.png", file(), "image/png")})

    assert len(kept(town)) == 1
    assert len(re.findall(r'<h3 class="post__title"[^>]*><bdi dir="auto">Einmal<', await page(ada, "stream"))) == 1


async def test_a_picture_has_another_name_in_another_workshop(town: Town, ada: httpx2.AsyncClient) -> None:
    async with town.browser(SEATS["other-desk"]) as elsewhere:
        other = await elsewhere.post(
            f"/w/{OTHER_CODE}/bild?place=desk&activity={STREAM}", files={"picture": ("x", file(), "image/png")}
        )
    assert other.json()["id"] != (await sent(ada))["id"]


async def test_a_picture_that_is_sent_anonymously_has_neither_author_nor_time(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    id = (await sent(ada, activity="poll-geheim"))["id"]

    assert kept(town) == [(id, None, 0, "image/webp", 40, 30)]


async def test_a_picture_for_nothing_is_refused(town: Town, ada: httpx2.AsyncClient) -> None:
    assert (await sent(ada, activity="nirgends"))["code"] == "activity.invalid"
    assert kept(town) == []


# ── gone ──


async def test_redacting_a_post_deletes_its_picture_and_the_words_for_it(town: Town, ada: httpx2.AsyncClient) -> None:
    await posted(ada, alt="Ein Mensch mit Namen")
    ((id, _),) = shown(await page(ada, "stream"))
    ref = list((await town.app.clerk.room(1)).activities[STREAM].contributions)[-1]

    await town.did("mo", STREAM, "redact", ref=ref, reason="Ein Mensch ist zu erkennen")

    assert (kept(town), (await ada.get(f"{HERE}/{id}")).status_code) == ([], 404)
    html = await page(ada, "stream")
    assert (shown(html), "Ein Mensch mit Namen" in html) == ([], False)
    assert b"Ein Mensch mit Namen" not in town.file.read_bytes()


async def test_deleting_a_whole_workshop_deletes_its_pictures(town: Town, ada: httpx2.AsyncClient) -> None:
    await sent(ada)
    await town.did("org", "agenda", "end", confirmed=True)

    store = town.app.clerk.store
    (gone,) = retention.old(store, datetime.now(UTC) + timedelta(days=1), 0)
    retention.remove(store, [gone])

    assert kept(town) == []


# ── carried out and in ──


async def test_a_backup_holds_the_pictures_whatever_the_database(
    town: Town, ada: httpx2.AsyncClient, database_url: str, tmp_path: Path
) -> None:
    id = (await sent(ada))["id"]

    copying.backup(f"sqlite:///{town.file}", tmp_path / "copy")
    copying.restore(database_url, tmp_path / "copy", replace=False)

    with closing(Store(database_url)) as copy, copy.reading() as on:
        row = on.execute(select(UPLOAD).where(UPLOAD.c.id == id)).one()
    assert (row.by, row.bytes) == ("ada", (await ada.get(f"{HERE}/{id}")).content)


async def test_a_script_brings_its_pictures_along(town: Town, ada: httpx2.AsyncClient, tmp_path: Path) -> None:
    await posted(ada)
    ((id, _),) = shown(await page(ada, "stream"))
    files.write(town.app.clerk.store, 1, "script", tmp_path / "day.json")

    script = parsed((tmp_path / "day.json").read_text(), "day.json")
    made = importing.make(town.app.clerk.store, script)
    outcomes = await apply(town.app.clerk, made.id, script)

    with town.app.clerk.store.reading() as on:
        rows = on.execute(select(UPLOAD.c.workshop_id, UPLOAD.c.by, UPLOAD.c.bytes).where(UPLOAD.c.id == id)).all()
    assert rows == [(1, "ada", rows[0].bytes), (made.id, "ada", rows[0].bytes)]
    said = {action.id for action in script.stream if action.target == STREAM}
    assert {outcomes[id] for id in said} == {"accepted"}
    posts = (await town.app.clerk.room(made.id)).activities[STREAM].state.posts.values()
    assert [post.image.id for post in posts if post.image.id] == [id]


async def test_a_script_brings_nothing_that_we_could_not_have_made(
    town: Town, ada: httpx2.AsyncClient, tmp_path: Path
) -> None:
    await sent(ada)
    files.write(town.app.clerk.store, 1, "script", tmp_path / "day.json")
    day = json.loads((tmp_path / "day.json").read_text())

    for wrong in ({"content": "PHN2Zy8+"}, {"content": "?"}, {"id": "../x"}):
        changed = day | {"uploads": [day["uploads"][0] | wrong]}
        with pytest.raises(ScriptError, match="uploads"):
            parsed(json.dumps(changed), "day.json")
    with pytest.raises(ScriptError, match="twice"):
        parsed(json.dumps(day | {"uploads": day["uploads"] * 2}), "day.json")
