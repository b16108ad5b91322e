"""The pages as a browser without scripts has them: complete, and nothing typed is lost."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx2
import pytest

from app.fields import decoded
from app.tokens import sign
from facilitation import moderation, roster, steering
from facilitation.kinds import KINDS
from realtime.seat import Seat
from tests.town import (
    CODE,
    POLL,
    QUESTIONS,
    SCALE,
    SECRET,
    STREAM,
    WALL,
    Form,
    Town,
    copied,
    form,
    forms,
    opened,
    seat,
)

BEN = Seat(1, "ben", "person", "d", 1)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with opened(copied(tmp_path), allowance=100_000) as it:
        yield it


@pytest.fixture
async def ada(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with town.browser(seat("participant")) as browser:
        yield browser


@pytest.fixture
async def desk(town: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with town.browser(seat("facilitator")) as browser:
        yield browser


async def page(browser: httpx2.AsyncClient, name: str) -> str:
    answer = await browser.get(f"/w/{CODE}/{name}")
    assert answer.status_code == 200
    return answer.text


async def send(browser: httpx2.AsyncClient, sent: Form, **said: str) -> httpx2.Response:
    """Press the button of a form."""
    return await browser.post(f"/w/{CODE}/{sent.action}", data=sent.filled(**said))


def test_fields_say_on_the_server_what_they_say_in_the_browser() -> None:
    for vector in json.loads((Path(__file__).parent / "fields.json").read_text()):
        assert decoded(vector["fields"]) == vector["data"], vector["says"]


def test_fields_that_contradict_each_other_are_what_the_first_says() -> None:
    assert decoded([("a", "1"), ("a[]", "2"), ("a[b]", "3")]) == {"a": "1"}
    assert decoded([("a[]", "1"), ("a[b]", "2")]) == {"a": ["1"]}
    assert decoded([("a[b]", "1"), ("a[]", "2")]) == {"a": {"b": "1"}}


# ── everything can be done without a script ─────────────────────────────────────────────────────────────────────────


async def test_a_day_on_a_phone_without_scripts(town: Town, ada: httpx2.AsyncClient) -> None:
    async def do(name: str, command: str, hidden: dict[str, str] | None = None, **said: str) -> str:
        answer = await send(ada, form(await page(ada, name), command, **(hidden or {})), **said)
        assert (answer.status_code, answer.headers.get("location")) == (303, f"/w/{CODE}/{name}")
        return await page(ada, name)

    assert "Ihre Antwort" in await do("now", f"{POLL}.vote", choice="rot")
    assert form(await do("now", f"{SCALE}.vote", value="4"), f"{SCALE}.vote").control("value:int").chosen == ("4",)
    written = await do("now", f"{WALL}.write", column="alt", text="Erst <b>gedacht</b>")
    ref = re.findall(r"AT2-\d{4}", written)
    cards = {"card": max(ref)}
    assert "Dann <i>besser</i>" not in written
    assert "Dann &lt;i&gt;besser&lt;/i&gt;" in await do("now", f"{WALL}.edit", cards, text="Dann <i>besser</i>")
    assert max(ref) not in await do("now", f"{WALL}.withdraw", cards)
    assert "Warum nicht?" in await do("questions", f"{QUESTIONS}.ask", text="Warum nicht?", anonymous="true")
    bens = {"question": next(iter((await town.app.clerk.room(1)).activities[QUESTIONS].contributions))}
    assert "<b>1</b>mitfragen" in await do("questions", f"{QUESTIONS}.support", bens)
    assert "<b>0</b>mitfragen" in await do("questions", f"{QUESTIONS}.unsupport", bens)
    commented = await do("questions", f"{QUESTIONS}.comment", {"on": bens["question"]}, text="Das frage ich mich auch")
    assert "Das frage ich mich auch" in commented
    assert "Ein Rückblick" in await do("stream", f"{STREAM}.post", prompt="p1", title="Ein Rückblick", body="Gut.")
    post = {"on": next(iter((await town.app.clerk.room(1)).activities[STREAM].contributions))}
    assert "Schön gesagt" in await do("stream", f"{STREAM}.comment", post, text="Schön gesagt")
    assert re.search(
        r"react__given\"><bdi dir=\"auto\">Danke</bdi> <b>1</b>", await do("stream", f"{STREAM}.react", post)
    )
    mine = await page(ada, "mine")
    assert [words for words in ("Warum nicht?", "Ein Rückblick", "Schön gesagt") if words not in mine] == []


WITHOUT_A_FORM = {"roster.join", "roster.leave", "activity.redact"}  # doors have their own; the others have none yet


def commands() -> dict[tuple[str, str], str]:
    """Every command by how it is sent to the activities of the day."""
    homes = {"poll": POLL, "wall": WALL, "questions": QUESTIONS, "stream": STREAM}
    own = {(homes[kind.name], name): f"{kind.name}.{name}" for kind in KINDS.values() for name in kind.commands}
    common = {("activity", name): f"activity.{name}" for name in steering.COMMANDS | moderation.COMMANDS}
    return own | common | {("roster", name): f"roster.{name}" for name in roster.COMMANDS}


async def sent_once(browser: httpx2.AsyncClient, name: str) -> AsyncIterator[tuple[str, int]]:
    """Submit every form of a page once, what ends something last: the command, and the status of the answer."""
    usable = [each for each in forms(await page(browser, name)) if each.usable]
    for each in sorted(usable, key=lambda it: re.match(r".*\.(close|end)\?", it.action) is not None):
        answer = await send(browser, each)
        yield each.action.partition("?")[0], answer.status_code


async def test_every_form_of_every_page_is_answered_and_every_command_has_one(town: Town) -> None:
    done: set[tuple[str, int]] = set()
    people = ("participant", "room", "waiting")
    pages = [(role, name) for role in people for name in ("now", "questions", "stream", "mine")]
    pages += [("facilitator", f"desk?activity={activity}") for activity in (WALL, QUESTIONS, STREAM, POLL)]
    for role, name in pages:
        async with town.browser(seat(role)) as browser:
            done |= {answered async for answered in sent_once(browser, name)}

    assert {status for _, status in done} == {303, 422}
    known = commands()
    accepted = {tuple(address.split(".")) for address, status in done if status == 303}
    accepted |= {("activity", name) for _, name in accepted}
    assert set(known.values()) - {known[sent] for sent in accepted if sent in known} == WITHOUT_A_FORM


async def test_the_desk_steers_by_plain_forms(town: Town, desk: httpx2.AsyncClient) -> None:
    async def press(address: str, name: str, **hidden: str) -> str:
        answer = await send(desk, form(await page(desk, name), address, **hidden))
        assert (answer.status_code, answer.headers.get("location")) == (303, f"/w/{CODE}/{name}")
        return await page(desk, name)

    focus = f"desk?activity={POLL}"
    assert "geschlossen" in await press(f"{POLL}.close", focus)
    assert "gezeigt" in await press(f"{POLL}.show", focus, view="result")
    assert "zurück zum Bild" in await press("stage.darken", focus)
    assert "Leinwand sofort dunkel" in await press("stage.darken", focus)
    assert "läuft seit" in await press(f"{POLL}.open", focus)
    await press("agenda.advance", "desk")
    assert (await town.app.clerk.room(1)).agenda.current is not None


# ── what was typed is never lost ────────────────────────────────────────────────────────────────────────────────────

LONG = "<b>zu lang</b> & \"so\" 'weiter' once=once " + 300 * "x"


async def test_a_refused_form_comes_back_with_the_sentence_and_everything_that_was_typed(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    answer = await send(ada, form(await page(ada, "now"), f"{WALL}.write"), column="alt", text=LONG)

    assert answer.status_code == 422
    assert "Die Karte ist zu lang: höchstens 280 Zeichen." in answer.text
    again = form(answer.text, f"{WALL}.write")
    assert again.control("text").chosen == (LONG,)
    assert again.control("column").chosen == ("alt",)
    assert answer.text.count("zu lang&lt;/b&gt;") == 1  # in its field, and nowhere twice
    sent = await send(ada, again, column="alt", text="Kürzer")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/w/{CODE}/now")


async def test_of_several_forms_the_one_that_was_sent_is_filled_and_unfolded(
    ada: httpx2.AsyncClient, town: Town
) -> None:
    await town.did("ada", WALL, "write", column="neu", text="Die zweite Karte")
    cards = (await town.app.clerk.room(1)).activities[WALL].contributions
    first, second = (ref for ref, card in cards.items() if card.by == "ada")

    answer = await send(ada, form(await page(ada, "now"), f"{WALL}.edit", card=first), text=LONG)

    assert form(answer.text, f"{WALL}.edit", card=first).control("text").chosen == (LONG,)
    assert form(answer.text, f"{WALL}.edit", card=second).control("text").chosen == ("Die zweite Karte",)
    before = answer.text[: answer.text.index("zu lang&lt;")]
    assert before[before.rindex("<details") :].startswith("<details open>")


async def test_a_choice_comes_back_too(ada: httpx2.AsyncClient) -> None:
    asking = form(await page(ada, "questions"), f"{QUESTIONS}.ask")
    answer = await send(ada, asking, text=600 * "y", anonymous="true")

    again = form(answer.text, f"{QUESTIONS}.ask")
    assert (answer.status_code, again.control("anonymous:bool").chosen) == (422, ("true",))
    sent = await send(ada, again, text="Kürzer")
    assert sent.headers["location"] == f"/w/{CODE}/questions"


async def test_where_the_form_is_gone_the_words_stand_below_the_sentence(town: Town, ada: httpx2.AsyncClient) -> None:
    asked = form(await page(ada, "stream"), f"{STREAM}.post")
    await town.did("mo", STREAM, "close")

    answer = await send(ada, asked, prompt="p1", title="Mein <Titel>", body="Mein Text")

    assert answer.status_code == 422
    assert "Der Blog ist nicht geöffnet." in answer.text
    assert re.findall(r"Ihr Text: <bdi[^>]*>([^<]*)<", answer.text) == ["Mein &lt;Titel&gt;", "Mein Text"]


async def test_a_refusal_at_the_desk_stays_at_the_desk(desk: httpx2.AsyncClient) -> None:
    focus = f"desk?activity={WALL}"
    hiding = form(await page(desk, focus), f"{WALL}.hide")
    answer = await send(desk, hiding, reason="\u200b")

    assert answer.status_code == 422
    assert "Das geht gerade nicht:" in answer.text
    again = form(answer.text, f"{WALL}.hide")
    assert again.control("reason").chosen == ("\u200b",)
    sent = await send(desk, again, reason="Ein Name")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/w/{CODE}/{focus}")


async def test_who_is_too_fast_without_scripts_is_asked_to_send_again(tmp_path: Path) -> None:
    async with opened(copied(tmp_path), allowance=1) as town, town.browser(seat("participant")) as ada:
        writing = form(await page(ada, "now"), f"{WALL}.write")
        answers = [await send(ada, writing, text=f"Karte {number}") for number in range(30)]

    last = answers[-1]
    assert (answers[0].status_code, last.status_code) == (303, 422)
    assert "Bitte senden Sie in einem Augenblick noch einmal." in last.text
    assert form(last.text, f"{WALL}.write").control("text").chosen == ("Karte 29",)


# ── sent twice ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cards(town: Town) -> list[str]:
    (room,) = town.app.clerk.rooms
    return [card.text for card in room.activities[WALL].contributions.values()]


async def test_a_plain_form_pressed_twice_is_one_command(town: Town, ada: httpx2.AsyncClient) -> None:
    writing = form(await page(ada, "now"), f"{WALL}.write")
    answers = [await send(ada, writing, text="Doppelt") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert cards(town).count("Doppelt") == 1


async def test_the_same_words_on_a_page_loaded_anew_are_another_command(town: Town, ada: httpx2.AsyncClient) -> None:
    for _ in range(2):
        await send(ada, form(await page(ada, "now"), f"{WALL}.write"), text="Noch einmal")

    assert cards(town).count("Noch einmal") == 2


async def test_other_words_from_the_same_page_are_another_command(town: Town, ada: httpx2.AsyncClient) -> None:
    writing = form(await page(ada, "now"), f"{WALL}.write")
    for text in ("Eins", "Zwei"):
        await send(ada, writing, text=text)

    assert cards(town)[-2:] == ["Eins", "Zwei"]


@pytest.mark.parametrize("query", ["", "?once=once", "?once=1"])
async def test_a_form_of_no_page_of_ours_is_a_command_each_time(
    town: Town, ada: httpx2.AsyncClient, query: str
) -> None:
    async with town.browser(BEN) as ben:
        for browser in (ada, ada, ben):
            await browser.post(f"/w/{CODE}/{WALL}.write{query}", data={"column": "neu", "text": "Dasselbe"})

    assert cards(town).count("Dasselbe") == 3


async def test_what_people_write_is_not_mistaken_for_a_form(ada: httpx2.AsyncClient, town: Town) -> None:
    text = 'action="x.y?once=once" once=once'
    await send(ada, form(await page(ada, "now"), f"{WALL}.write"), text=text)

    assert form(await page(ada, "now"), f"{WALL}.edit", card=max(own(town))).control("text").chosen == (text,)


def own(town: Town) -> list[str]:
    (room,) = town.app.clerk.rooms
    return [ref for ref, card in room.activities[WALL].contributions.items() if card.by == "ada"]


# ── plain requests of scripts ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_picture_is_asked_for_and_what_is_missing_comes(town: Town, ada: httpx2.AsyncClient) -> None:
    address = f"/w/{CODE}/picture?page=now&place=person&person=ada"
    whole = (await ada.get(address)).json()
    nothing = await ada.get(f"{address}&at={whole['at']}&mine={whole['hash']}")
    await town.did("ben", POLL, "vote", choice="rot")
    later = (await ada.get(f"{address}&at={whole['at']}&mine={whole['hash']}")).json()

    assert whole["since"] is None
    assert f"page.{POLL}.turnout" in whole["parts"]
    assert f"page.{POLL}.mine-ballot" in whole["mine"]
    assert (nothing.status_code, nothing.content) == (204, b"")
    assert later["at"] > whole["at"]
    assert "1 von 17 hat abgestimmt" in later["parts"][f"page.{POLL}.turnout"]


async def test_personal_parts_come_where_only_they_changed(town: Town, ada: httpx2.AsyncClient) -> None:
    address = f"/w/{CODE}/picture?page=mine&place=person"
    before = (await ada.get(address)).json()
    await town.did("ada", WALL, "write", column="neu", text="Meine")
    answer = (await ada.get(f"{address}&at={before['at']}&mine={before['hash']}")).json()

    assert answer["hash"] != before["hash"]
    assert "Meine" in answer["mine"]["page.mine-trail"]


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 5000, "٣", "1.5"])
async def test_a_number_that_is_none_gets_the_whole_picture(ada: httpx2.AsyncClient, at: str) -> None:
    assert (await ada.get(f"/w/{CODE}/picture", params={"at": at})).json()["since"] is None


async def test_a_page_of_somebody_who_sat_here_before_is_told_so(ada: httpx2.AsyncClient, town: Town) -> None:
    before = town.rows()
    picture = await ada.get(f"/w/{CODE}/picture?page=now&person=ben")
    vote = {"id": f"{7:032x}", "data": {"choice": "rot"}}
    command = await ada.post(f"/w/{CODE}/{POLL}.vote?person=ben", json=vote)

    assert [(a.status_code, a.json()["code"]) for a in (picture, command)] == [(409, "identity"), (409, "identity")]
    assert town.rows() == before


async def test_a_plain_form_of_somebody_who_sat_here_before_sends_nothing(ada: httpx2.AsyncClient, town: Town) -> None:
    async with town.browser(BEN) as ben:
        bens = form(await page(ben, "now"), f"{WALL}.write")
    before = town.rows()

    answer = await send(ada, bens, text="Von wem?")

    assert answer.status_code == 409
    assert "In diesem Browser nimmt inzwischen jemand anderes teil." in answer.text
    assert form(answer.text, f"{WALL}.write").control("text").chosen == ("Von wem?",)
    assert town.rows() == before


async def test_a_repeat_gets_the_first_answer_and_other_words_under_its_id_are_refused(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    def command(text: str) -> dict[str, Any]:
        return {"id": f"{11:032x}", "data": {"column": "neu", "text": text}}

    first, again, other = [
        (await ada.post(f"/w/{CODE}/{WALL}.write", json=command(text))).json() for text in ("a", "a", "b")
    ]

    assert again | {"mine": {}} == first | {"again": True, "mine": {}}
    assert (other["ok"], other["code"]) == (False, "command.reused")
    assert cards(town).count("a") == 1


NONSENSE: list[bytes] = [
    b"",
    b"[]",
    b"null",
    b"{",
    b"\xff",
    b'{"id": 1, "data": {}}',
    b'{"id": "0123", "data": {}}',
    b'{"id": "%032d"}' % 1,
    b'{"id": "%032d", "data": []}' % 2,
    b'{"id": "%032d", "data": {"choice": NaN}}' % 3,
    b'{"id": "%032d", "data": {"choice": 1e999}}' % 4,
    b'{"id": "%032d", "data": {"choice": "\\ud800"}}' % 5,
    b'{"id": "%032d", "data": ' % 6 + b'{"a":' * 20 + b"1" + b"}" * 21,
    b"[" * 60_000,
    b'{"id": "%032d", "data": ' % 7 + b'{"a":' * 900 + b"1" + b"}" * 901,
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
async def test_nonsense_is_refused_in_a_sentence(town: Town, ada: httpx2.AsyncClient, body: bytes) -> None:
    before = town.rows()
    headers = {"Content-Type": "application/json"}
    answer = await ada.post(f"/w/{CODE}/{POLL}.vote", content=body, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert town.rows() == before


async def test_a_form_with_a_file_is_none_of_ours(town: Town, ada: httpx2.AsyncClient) -> None:
    before = town.rows()
    answers = [
        await ada.post(address, files={"text": ("x.txt", b"words"), "column": (None, "neu")})
        for address in (f"/w/{CODE}/{WALL}.write", "/", f"/j/{CODE}?to=x")
    ]

    assert {answer.status_code for answer in answers} <= {303, 400}
    assert town.rows() == before


async def test_a_program_shows_its_token_instead_of_a_cookie(tmp_path: Path) -> None:
    message = {"id": token_hex(16), "data": {"choice": "rot"}}
    async with opened(copied(tmp_path)) as town:
        bearer = {"Authorization": f"Bearer {sign(SECRET, seat('participant'))}", "Accept": "application/json"}
        async with town.browser(**bearer) as program:
            voted = await program.post(f"/w/{CODE}/{POLL}.vote", json=message)
            as_desk = await program.post(f"/w/{CODE}/{POLL}.close?place=desk", json=message)
        async with town.browser(**bearer | {"Authorization": "Bearer x"}) as stranger:
            refused = await stranger.post(f"/w/{CODE}/{POLL}.vote", json=message)
    assert (voted.json()["ok"], as_desk.status_code, refused.status_code) == (True, 403, 403)
