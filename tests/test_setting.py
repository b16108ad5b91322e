"""Setting an activity before anything happens in it: what can be set, and the desk's page for it."""

import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.methods.settable import ELSEWHERE, Settable, applied, settables
from app.methods.single import OFFERS
from app.texts import words
from facilitation.forms import FORMS
from facilitation.kinds import KINDS
from facilitation.record import Refused
from tests.controls import form
from tests.examples import EXAMPLES
from tests.forms.examples import PAPERS
from tests.town import CODE, SEATS, Town, copied, opened, seat

DESK = seat("facilitator")


def said(settings: list[Settable], **other: list[str]) -> dict[str, list[str]]:
    """What a form says in which nothing was changed but `other`."""
    return {it.field: it.said for it in settings if it.said or it.type != "yes"} | other


def set_of(name: str, config: Any, **other: str) -> dict[str, Any]:
    """The settings of an activity after some lines or words of them were changed."""
    kind = KINDS[name]
    now = kind.Config.model_validate(config)
    found = settables(kind, now)
    wanted = {field.replace("_", "."): [value] for field, value in other.items()}
    assert wanted.keys() <= {it.field for it in found}
    made = kind.Config.model_validate(applied(now, found, said(found, **wanted)))
    return made.model_dump(mode="json", exclude_defaults=True)


# ── what can be set ──


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_not_changed_stays_and_every_setting_has_its_words(name: str) -> None:
    for config in EXAMPLES[name].configs:
        now = KINDS[name].Config.model_validate(config)
        found = settables(KINDS[name], now)
        assert KINDS[name].Config.model_validate(applied(now, found, said(found))) == now
        for it in found:
            assert words(it.key)
            assert all(word or words(f"{it.key}.{value}") for value, word in it.values)


@pytest.mark.parametrize("name", PAPERS)
def test_whatever_a_form_of_a_poll_has_is_set_with_words_of_its_own(name: str) -> None:
    fields = {field for field in FORMS[name].Settings.model_fields if field not in ELSEWHERE}
    config = KINDS["poll"].Config.model_validate({"form": name, "settings": PAPERS[name].settings})
    found = [it for it in settables(KINDS["poll"], config) if it.path[0] == "settings"]
    assert {it.path[1] for it in found} == fields
    assert all(words(it.key) for it in found)


def test_what_no_line_of_words_can_say_is_not_offered() -> None:
    offered = {
        (name, field): any(it.path[0] == field for it in settables(kind, kind.Config.model_validate(config)))
        for name, kind in KINDS.items()
        for config in EXAMPLES[name].configs[:1]
        for field in kind.Config.model_fields
        if field not in ELSEWHERE
    }
    assert {it for it, there in offered.items() if not there} == {
        ("stream", "open_until"),
        ("text", "documents"),
        ("survey", "questions"),
        ("groups", "guide"),
    }


def test_a_line_keeps_what_it_is_and_another_in_its_place_is_the_same_renamed() -> None:
    columns = {"columns": [["neu", "Neu", "Was fehlt?"], ["alt", "Bewährt"]]}
    assert set_of("wall", columns, columns="Bewährt \r\n\r\nNeu\r\n")["columns"] == [
        ["alt", "Bewährt", ""],
        ["neu", "Neu", "Was fehlt?"],
    ]
    assert set_of("wall", columns, columns="Unbekannt\nBewährt")["columns"] == [
        ["neu", "Unbekannt", "Was fehlt?"],
        ["alt", "Bewährt", ""],
    ]
    assert set_of("wall", columns, columns="Bewährt\nBewährt\no1\nMehr")["columns"] == [
        ["alt", "Bewährt", ""],
        ["o1", "o1", ""],
        ["o2", "Mehr", ""],
    ]


def test_a_new_line_never_takes_the_id_of_another() -> None:
    options = {"form": "single", "settings": {"options": [["o2", "Zwei"], ["o1", "Eins"]]}}
    made = set_of("poll", options, settings_options="Eins\nDrei\nZwei\nVier")
    assert made["settings"]["options"] == [
        ["o1", "Eins", "", ""],
        ["o3", "Drei", "", ""],
        ["o2", "Zwei", "", ""],
        ["o4", "Vier", "", ""],
    ]


def test_what_is_switched_on_is_set_in_the_same_go_and_off_nothing_of_it_stays() -> None:
    wall = KINDS["wall"]
    without = wall.Config.model_validate({"dots": None})
    found = settables(wall, without)
    assert [it.field for it in found if it.path[0] == "dots"] == [
        "dots",
        *(f"dots.{name}" for name in ("budget", "max_per_target", "on")),
    ]
    more = {"dots": ["on"], "dots.budget": ["7"], "dots.on": ["cluster"]}
    made = wall.Config.model_validate(applied(without, found, said(found, **more)))
    assert (made.dots.budget, made.dots.max_per_target, made.dots.on) == (7, 2, "cluster")

    found = settables(wall, made)
    off = {field: those for field, those in said(found).items() if field != "dots"}
    assert wall.Config.model_validate(applied(made, found, off)) == without


def test_numbers_are_read_as_they_are_written_here() -> None:
    number = {"form": "number", "settings": {"min": 0.5, "max": 100}}
    found = settables(KINDS["poll"], KINDS["poll"].Config.model_validate(number))
    assert {it.field: it.said for it in found if it.type == "number"} == {
        "settings.min": ["0.5"],
        "settings.max": ["100"],
        "settings.truth": [""],
        "settings.tolerance": ["0"],
        "quorum": [""],
    }
    made = set_of("poll", number, settings_truth=" 3,25 ", quorum="50")
    assert (made["settings"]["truth"], made["quorum"]) == (3.25, 50)


def test_a_line_is_no_longer_than_a_screen_can_show() -> None:
    with pytest.raises(Refused, match=r"method\.too_long"):
        set_of("wall", {}, columns=301 * "x")


# ── the page ──


async def page(town: Town, activity: str, role: str = "facilitator") -> httpx2.Response:
    async with town.browser(SEATS[role]) as desk:
        return await desk.get(f"/w/{CODE}/{activity}.settings")


async def sent(town: Town, activity: str, **wanted: list[str]) -> httpx2.Response:
    """The answer to the form of the page with these fields changed."""
    fields = form((await page(town, activity)).text, f"{activity}.settings")
    filled = {it.name: list(it.chosen) for it in fields.controls} | {
        name.replace("__", "."): value for name, value in wanted.items()
    }
    async with town.browser(DESK) as desk:
        return await desk.post(f"/w/{CODE}/{activity}.settings", data=filled)


async def added(town: Town, what: str, options: str = "") -> str:
    """The id of an activity that is added, on the way to its settings."""
    async with town.browser(DESK) as desk:
        shown = form((await desk.get(f"/w/{CODE}/activity")).text, "activity")
        fields = shown.filled(title="Was zuerst?", what=what, options=options)
        answer = await desk.post(f"/w/{CODE}/activity", data=fields | {"settings": ["on"]})
    place = answer.headers["location"].rpartition("/")[2]
    assert place.endswith(".settings")
    return str(place.removesuffix(".settings"))


@pytest.mark.parametrize("offer", OFFERS)
async def test_every_activity_that_can_be_added_is_set_as_it_stands(tmp_path: Path, offer: str) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, offer, "Eins\nZwei" if OFFERS[offer].lines else "")
        before = (await town.app.clerk.room(1)).activities[id].config
        answer = await sent(town, id, title=["Anders gefragt?"])
        activity = (await town.app.clerk.room(1)).activities[id]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{CODE}/desk?activity={id}")
    assert (activity.title, activity.config) == ("Anders gefragt?", before)


async def test_what_is_set_holds_for_everybody_from_then_on(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, "wand")
        answer = await sent(
            town, id, names=["named"], columns=["Neu\r\nBewährt"], dots__budget=["5"], dots__on=["both"], fades=["on"]
        )
        assert answer.status_code == 303
        await town.did("mo", id, "open")
        await town.did("ada", id, "write", column="o2", text="Eine Karte")
        last = town.app.store.entries(1)
        config = (await town.app.clerk.room(1)).activities[id].config
    assert (config.names, [it.title for it in config.columns]) == ("named", ["Neu", "Bewährt"])
    assert (config.dots.budget, config.dots.on, config.fades) == (5, "both", True)
    told = [(it.by, it.data) for it in last if it.type == "activity.prepared"]
    assert told[-1] == ("mo", {"ids": [id]})


async def test_a_poll_is_opened_for_some_chosen_from_what_people_here_are(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, "ja-nein")
        fields = form((await page(town, id)).text, f"{id}.settings")
        offered = {it.name: it.values for it in fields.controls if it.name.startswith("eligible.")}
        answer = await sent(town, id, eligible=["on"], eligible__divisions=["I"])
        await town.did("mo", id, "open")
        await town.did("ada", id, "vote", choice="ja")
        with pytest.raises(Refused, match="not_eligible"):
            await town.did("ben", id, "vote", choice="ja")
    assert answer.status_code == 303
    assert set(offered) == {"eligible.functions", "eligible.divisions", "eligible.units"}


async def test_the_same_page_sent_twice_sets_once(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, "skala")
        for _ in range(2):
            assert (await sent(town, id, once=["ab" * 16])).status_code == 303
        told = [it for it in town.app.store.entries(1) if it.type == "activity.prepared"]
        await sent(town, id, once=["made up"])
        assert len([it for it in town.app.store.entries(1) if it.type == "activity.prepared"]) == len(told) + 1
    assert len(told) == 2


@pytest.mark.parametrize(
    "offer, wanted, sentence",
    [
        ("skala", {"title": [" "]}, "Bitte schreiben Sie die Frage"),
        ("skala", {"title": [301 * "x"]}, "höchstens 300 Zeichen in einer Zeile"),
        ("skala", {"settings__max": ["drei"]}, "„Größter Wert“ braucht eine ganze Zahl."),
        ("skala", {"settings__max": ["99"]}, "Der größte Wert muss über dem kleinsten liegen"),
        ("skala", {"settings__look": ["likert"]}, "braucht jeder Wert seine Worte"),
        ("skala", {"settings__look": ["faces"]}, "Gesichter gibt es fünf"),
        ("skala", {"settings__labels": ["Eins"]}, "Worte braucht jeder Wert der Skala oder keiner"),
        ("skala", {"settings__ends": ["a\nb\nc"]}, "„Worte an beiden Enden“: höchstens 2 Zeilen."),
        ("skala", {"quorum": ["101"]}, "„Nötige Beteiligung in Prozent“: höchstens 100."),
        ("skala", {"names": ["niemand"]}, "„Wer sieht, von wem es kommt“: Diese Wahl gibt es nicht."),
        ("skala", {"segments": ["unit"]}, "Ein anonymes Ergebnis wird nicht aufgeschlüsselt."),
        ("skala", {"proposals": ["free"]}, "kann niemand eigene Antworten vorschlagen"),
        ("einschaetzung", {"settings__max": ["99"]}, "höchstens zehn darüber"),
        ("zahl", {"settings__min": ["-1e400"]}, "„Kleinster Wert“ braucht eine Zahl."),
        ("zahl", {"settings__min": ["viel"]}, "„Kleinster Wert“ braucht eine Zahl."),
        ("zahl", {"settings__min": ["100"]}, "Der größte Wert muss über dem kleinsten liegen."),
        ("auswahl", {"settings__options": ["Eins"]}, "„Antworten“: mindestens 2, je Zeile eines."),
        ("auswahl", {"settings__correct": ["o9"]}, "Eine richtige Antwort muss unter den Antworten stehen."),
        ("auswahl", {"settings__abstain": ["o9"]}, "Enthaltung und eigene Worte müssen unter den Antworten stehen."),
        ("mehrfachauswahl", {"settings__min_choices": ["3"]}, "mehr Antworten gegeben werden, als es gibt"),
        ("widerstand", {"settings__passive": ["o9"]}, "Die Passivlösung muss unter den Antworten stehen."),
        ("konsent", {"settings__reason_required": ["o9"]}, "Was eine Begründung braucht, muss unter den Antworten"),
        ("aufstellung", {"settings__x_labels": ["links"]}, "„Worte links und rechts“ braucht genau zwei Zeilen."),
        ("wand", {"dots__budget": ["0"], "max_length": [""]}, "„Punkte für jede Person“: mindestens 1."),
        ("fragen", {"rules": [2001 * "x"]}, "„Regeln der Moderation, wie alle sie lesen“: höchstens 2000 Zeichen."),
    ],
)
async def test_what_does_not_hold_is_said_and_nothing_is_lost(
    tmp_path: Path, offer: str, wanted: dict[str, list[str]], sentence: str
) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, offer, "Eins\nZwei" if OFFERS[offer].lines else "")
        before = town.rows()
        answer = await sent(town, id, **{"title": ["Neu gefragt?"]} | wanted)
        assert town.rows() == before
    assert answer.status_code == 422
    assert re.search(re.escape(sentence), answer.text), re.findall(r"<li>[^<]*</li>", answer.text)
    kept = form(answer.text, f"{id}.settings").control("title").chosen
    assert kept == tuple(wanted.get("title", ["Neu gefragt?"]))


async def test_once_something_happened_nothing_is_set_any_more(tmp_path: Path) -> None:
    """Also by a page that was opened before, and in what was closed again."""
    async with opened(copied(tmp_path)) as town:
        id = await added(town, "wand")
        await town.did("mo", id, "show", view="question")
        early = form((await page(town, id)).text, f"{id}.settings").filled()
        await town.did("mo", id, "seed", column="cards", text="Vorlage")
        before = town.rows()
        async with town.browser(DESK) as desk:
            late = await desk.post(f"/w/{CODE}/{id}.settings", data=early)
        closed = await page(town, id)
        assert town.rows() == before
    assert (late.status_code, closed.status_code) == (422, 200)
    assert "Was vorher zugesagt wurde, gilt" in late.text
    for html in (late.text, closed.text):
        assert "Titel und Einstellungen bleiben" in html
        assert "<form" not in html


async def test_rounds_of_one_question_keep_its_options(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        async with town.browser(DESK) as desk:
            fields = form((await desk.get(f"/w/{CODE}/methods/widerstandsabfrage")).text, "widerstandsabfrage")
            await desk.post(f"/w/{CODE}/methods/widerstandsabfrage", data=fields.filled(options="Eins\nZwei"))
        room = await town.app.clerk.room(1)
        rounds = [it for it in room.activities.values() if it.follows]
        for id in (rounds[-1].id, rounds[-1].follows):
            html = (await page(town, id)).text
            assert ("settings.options" in html, "settings.reasons" in html) == (False, True)
            assert "dieselben wie in einer anderen Runde" in html


async def test_the_desk_leads_to_the_settings_as_long_as_they_can_be_set(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        id = await added(town, "ja-nein")
        async with town.browser(DESK) as desk:
            planned = (await desk.get(f"/w/{CODE}/desk?activity={id}")).text
            await town.did("mo", id, "open")
            begun = (await desk.get(f"/w/{CODE}/desk?activity={id}")).text
    assert (f'href="{id}.settings"' in planned, f'href="{id}.settings"' in begun) == (True, False)
