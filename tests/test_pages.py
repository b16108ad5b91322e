"""The pages as a browser without scripts has them: complete, and nothing typed is lost."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2

from app.fields import decoded
from facilitation import moderation, roster, steering
from facilitation.kinds import KINDS
from tests.browsing import ada, desk, page, send, town
from tests.controls import form, forms
from tests.town import (
    CHECKED,
    CODE,
    DIGEST,
    FLOOR,
    GROUP,
    GROUPS,
    MEASURES,
    POLL,
    PULSE,
    QUESTIONS,
    QUIZ,
    SCALE,
    STREAM,
    SURVEY,
    TEXT,
    WALL,
    Town,
    copied,
    opened,
    seat,
)

__all__ = ["ada", "desk", "town"]


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
    bens = {"question": list((await town.app.clerk.room(1)).activities[QUESTIONS].contributions)[1]}
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


# Doors have their own, and whoever has left; groups have theirs before a round and in its last moments, and a page on
# which they are formed.
WITHOUT_A_FORM = {"roster.join", "groups.wish", "groups.hold"}
FORMING = ("propose", "shift", "unshift", "discard", "equip", "access")  # on a page of their own
WITHOUT_A_FORM |= {f"groups.{name}" for name in FORMING}


def commands() -> dict[tuple[str, str], str]:
    """Every command by how it is sent to the activities of the day."""
    homes = {
        "poll": POLL,
        "wall": WALL,
        "questions": QUESTIONS,
        "stream": STREAM,
        "text": TEXT,
        "measures": MEASURES,
        "speaking": FLOOR,
        "pulse": PULSE,
        "digest": DIGEST,
        "survey": SURVEY,
        "groups": GROUPS,
    }
    own = {(homes[kind.name], name): f"{kind.name}.{name}" for kind in KINDS.values() for name in kind.commands}
    own[QUIZ, "reveal"] = "poll.reveal"
    common = {("activity", name): f"activity.{name}" for name in steering.COMMANDS | moderation.COMMANDS}
    return own | common | {("roster", name): f"roster.{name}" for name in roster.COMMANDS}


async def sent_once(browser: httpx2.AsyncClient, name: str) -> AsyncIterator[tuple[str, int]]:
    """Submit every form of a page once, what ends something last: the command, and the status of the answer.

    Groups that sit together are set apart before others sit down on top.

    At the desk those of the activity in focus, and of none: what comes in from others is dealt with at theirs.
    What opens with a clock stays open for a day, so no clock closes what a later page is to find open.
    """
    own = (name.partition("=")[2], "roster", "stage", "agenda")
    given = f"{GROUPS}.furnish?"  # stands at whatever a group could have
    usable = [each for each in forms(await page(browser, name)) if each.usable]
    if "=" in name:
        usable = [it for it in usable if it.action.partition(".")[0] in own or it.action.startswith(given)]
    ending = re.compile(r".*\.(close|end|recall|finish|leave|undo)\?")
    usable.sort(key=lambda it: not it.action.startswith(f"{GROUPS}.split?"))
    for each in sorted(usable, key=lambda it: ending.match(it.action) is not None):
        answer = await send(browser, each, **({"seconds": "86400"} if ".open?" in each.action else {}))
        yield each.action.partition("?")[0], answer.status_code


async def test_every_form_of_every_page_is_answered_and_every_command_has_one(town: Town) -> None:
    done: set[tuple[str, int]] = set()
    people = ("participant", "room", "waiting")
    pages = [(role, name) for role in people for name in ("now", "questions", "stream", "mine")]
    desks = (POLL, WALL, GROUP, TEXT, MEASURES, DIGEST, QUESTIONS, STREAM, CHECKED, FLOOR, PULSE, QUIZ, GROUPS)
    again = (*desks * 2, GROUPS)  # what was done shows more; groups that sit together are on their way to the plenary
    pages += [("facilitator", f"desk?activity={activity}") for activity in again]
    for role, name in pages:
        async with town.browser(seat(role)) as browser:
            done |= {answered async for answered in sent_once(browser, name)}

    assert {status for _, status in done} == {303, 422, 200}
    assert {address for address, status in done if status == 200} == {"sign-off"}
    known = commands()
    accepted_at = (address for address, status in done if status == 303 and "." in address)
    sent = [address.replace(CHECKED, STREAM).replace(GROUP, WALL) for address in accepted_at]
    accepted = {tuple(address.split(".")) for address in sent}
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


async def test_every_button_for_words_says_what_it_does_without_a_connection(ada: httpx2.AsyncClient) -> None:
    pages = [await page(ada, name) for name in ("now", "questions", "stream")]
    writing = [form for text in pages for form in re.findall("<form.*?</form>", text, re.DOTALL) if "<textarea" in form]

    later = r'kern-label">([^<]+) <span class="send__now">senden</span><span class="send__later">zum Senden vormerken<'
    assert [form for form in writing if not re.search(later, form)] == []
    said = {button for form in writing for button in re.findall(later, form)}
    assert said >= {"Karte", "Änderung", "Kommentar", "Frage", "Beitrag", "Vorschlag", "Stand", "Hinweis"}


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

    answer = await send(ada, asked, prompt="p1", title="Mein <Titel>", body="Mein Text", alt="Mein Bild")

    assert answer.status_code == 422
    assert "Der Blog ist nicht geöffnet." in answer.text
    assert re.findall(r"Ihr Text: <bdi[^>]*>([^<]*)<", answer.text) == [
        "Mein &lt;Titel&gt;",
        "Mein Text",
        "Mein Bild",
    ]


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


async def test_what_is_ones_own_is_kept_until_something_happens_and_never_after_a_redaction(town: Town) -> None:
    house, said = town.app.house, "Frau Beispiel kommt immer zu spät"
    ref = await town.did("ada", WALL, "write", column="neu", text=said)
    first = await house.mine(seat("participant"), "mine")
    again = await house.mine(seat("participant"), "mine")
    await town.did("mo", WALL, "redact", ref=ref, reason="Ein Mensch ist zu erkennen")

    assert again is first
    assert said in str(first)
    assert said not in repr(vars(house))
    assert said not in str(await house.mine(seat("participant"), "mine"))
