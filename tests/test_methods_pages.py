"""Methods as the desk takes them over: by plain forms, while the day runs, on every process."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx2
import pytest
from sqlalchemy import Connection, insert

from app.methods import adding
from app.methods.adding import add
from app.methods.adopting import Addition, Wish, addition
from app.methods.format import FEW, MANY
from app.methods.pages import checked
from app.store import ACTIVITY, Store
from facilitation.record import Refused
from facilitation.room import Room
from tests.controls import form
from tests.records import HAND, Clerks, begin, clerks, command, entries, vote, votes
from tests.test_methods import METHODS
from tests.town import CODE, POLL, Town, copied, opened, seat

__all__ = ["clerks"]

DESK = seat("facilitator")


async def page(town: Town, path: str) -> str:
    async with town.browser(DESK) as desk:
        answer = await desk.get(f"/w/{CODE}/{path}")
    assert answer.status_code == 200
    return answer.text


async def taken(town: Town, path: str, **said: str) -> httpx2.Response:
    """What the desk is answered that fills in the form of a page and sends it."""
    action = path.rpartition("/")[2]
    sent = form(await page(town, path), action).filled(**said)
    async with town.browser(DESK) as desk:
        return await desk.post(f"/w/{CODE}/{path}", data=sent)


async def alike(town: Town) -> Room:
    """The live room, which is as a room that is loaded now."""
    live = await town.app.clerk.room(1)
    fresh = Room(live.workshop, *_prepared(town.app.store))
    for entry in town.app.store.entries(1):
        fresh.fold(entry)
    assert (fresh.agenda, fresh.activities, fresh.stage) == (live.agenda, live.activities, live.stage)
    return live


def _prepared(store: Store) -> tuple[Any, Any, Any]:
    room = store.room(1)
    assert room
    return room.roster, room.agenda, room.activities


# ── reading ──


async def test_the_list_says_what_each_is_for_and_how_long_it_takes(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        html = await page(town, "methods")
    found = re.findall(r'<a href="methods/([^"]+)">([^<]+)</a><span class="[^"]+">(\d+) Minuten', html)
    assert found == [(it.name, it.title, str(it.minutes)) for it in METHODS.values()]
    assert all(it.purpose in html and it.size in html for it in METHODS.values())


async def test_a_method_shows_its_steps_what_to_say_and_what_to_mind(tmp_path: Path) -> None:
    method = METHODS["konsent"]
    async with opened(copied(tmp_path)) as town:
        html = await page(town, "methods/konsent")
        async with town.browser(DESK) as desk:
            assert (await desk.get(f"/w/{CODE}/methods/nirgends")).status_code == 404
    shown = [
        *method.hints,
        *(it.instruction for it in method.steps),
        *(f"„{s}“" for it in method.steps for s in it.say),
    ]
    assert [text for text in shown if text not in html] == []
    assert f"Abfrage: {method.question}" in html


async def test_the_desk_leads_to_the_methods_and_the_technician_reads_them_only(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        desk = await page(town, "desk")
        async with town.browser(seat("technician")) as technician:
            pages = [(await technician.get(f"/w/{CODE}/{path}")).text for path in ("methods/fishbowl", "activity")]
    assert ('href="methods"' in desk, 'href="activity"' in desk) == (True, True)
    assert [("<form" in html, "Organisation und Moderation" in html) for html in pages] == [(False, True)] * 2


# ── taking over ──


async def test_a_method_is_taken_over_after_the_current_step_and_the_desk_goes_on_with_it(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        await town.did("mo", "agenda", "advance", step="vormittag")
        answer = await taken(town, "methods/fishbowl", title="Im Kreis", question="Wie geht es weiter?")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{CODE}/desk")
        desk = await page(town, "desk")
        room = await alike(town)
        last = town.app.store.entries(1)[-1]
        assert not room.activities["fishbowl-kreis"].is_open
        await town.did("mo", "agenda", "advance", step="fishbowl-1")
        guided = await page(town, "desk")

    added = ["fishbowl-kreis", "fishbowl-aussen", "fishbowl-1", "fishbowl-2", "fishbowl-3"]
    assert (last.type, last.by, last.data) == ("activity.prepared", "mo", {"ids": added})
    assert [step.id for step in room.agenda.steps] == ["einlass", "vormittag", *added[2:], "ausklang"]
    ends = [step.ends for step in room.agenda.steps]
    assert [step.starts for step in room.agenda.steps[1:]] == ends[:-1]
    assert ends[-1] - ends[1] == timedelta(minutes=48 + 60)
    assert room.activities["fishbowl-kreis"].title == "Wie geht es weiter?"
    assert "Im Kreis: Auftakt" in desk
    assert "„Im Kreis wird gesprochen, außen wird zugehört und geschrieben.“" in guided
    assert room.activities["fishbowl-kreis"].is_open


async def test_votes_that_came_before_stay_and_those_that_come_after_count(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        await town.did("ada", POLL, "vote", choice="rot")
        await taken(town, "methods/mehrpunktabfrage", options="Eins\nZwei\n\nEins")
        await town.did("ben", POLL, "vote", choice="blau")
        await town.did("mo", "mehrpunktabfrage-punkte", "open")
        await town.did("ada", "mehrpunktabfrage-punkte", "vote", points={"o2": 5})
        room = await alike(town)
    assert room.activities[POLL].figures()["by_option"] == {"rot": 1, "blau": 1}
    assert room.activities["mehrpunktabfrage-punkte"].figures()["points"] == {"o1": 0, "o2": 5}


async def test_the_same_page_sent_twice_adds_once(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        sent = form(await page(town, "methods/blitzlicht"), "blitzlicht").filled()
        async with town.browser(DESK) as desk:
            answers = [await desk.post(f"/w/{CODE}/methods/blitzlicht", data=sent) for _ in range(2)]
            sent["once"] = ["made up"]
            await desk.post(f"/w/{CODE}/methods/blitzlicht", data=sent)
        room = await alike(town)
    assert [it.headers["location"] for it in answers] == [f"/w/{CODE}/desk"] * 2
    assert [id for id in room.activities if id.startswith("blitz")] == ["blitzlicht-puls", "blitzlicht-puls-2"]


async def test_a_question_that_nobody_planned_is_in_focus_at_once(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        answer = await taken(town, "activity", title="Pause <b>jetzt</b>?", what="ja-nein", options="")
        assert answer.headers["location"] == f"/w/{CODE}/desk?activity=ja-nein"
        desk = await page(town, "desk?activity=ja-nein")
        await town.did("mo", "ja-nein", "open")
        async with town.browser(seat("participant")) as ada:
            phone = (await ada.get(f"/w/{CODE}/now")).text
        room = await alike(town)
    assert (room.agenda.steps[-1].id, room.activities["ja-nein"].is_open) == ("ausklang", True)
    for html in (desk, phone):
        assert "Pause &lt;b&gt;jetzt&lt;/b&gt;?" in html


async def test_a_single_activity_takes_lines_names_and_a_place_in_the_agenda(tmp_path: Path) -> None:
    said = {"title": "Was zuerst?", "what": "auswahl", "options": "Eins\nZwei", "place": "end", "names": "named"}
    async with opened(copied(tmp_path)) as town:
        answer = await taken(town, "activity", **said, minutes="7")
        room = await alike(town)
    poll, step = room.activities["auswahl"], room.agenda.steps[-1]
    assert answer.headers["location"] == f"/w/{CODE}/desk?activity=auswahl"
    assert (poll.names, [it.label for it in poll.config.settings.options]) == ("named", ["Eins", "Zwei"])
    assert (step.activities, step.ends - step.starts) == (("auswahl",), timedelta(minutes=7))


SHORT = "Das ist zu lang oder zu viel: höchstens {} Zeichen"


@pytest.mark.parametrize(
    "path, said, sentence",
    [
        ("activity", {"title": " ", "what": "skala"}, "Bitte schreiben Sie die Frage"),
        ("activity", {"title": "Was?", "what": "auswahl", "options": " \n"}, "Dieser Baustein braucht Zeilen"),
        ("activity", {"title": "Was?", "what": "auswahl", "options": "Eins"}, "mindestens zwei, je Zeile eine"),
        ("activity", {"title": "Was?", "what": "nichts", "options": ""}, "Diese Eingabe ist unvollständig"),
        ("activity", {"title": "Was?", "what": "skala", "minutes": "0"}, "Diese Eingabe ist unvollständig"),
        ("activity", {"title": "Was?", "what": "skala", "place": "oben"}, "Diese Eingabe ist unvollständig"),
        ("activity", {"title": "\0", "what": "skala"}, "Diese Eingabe ist unvollständig"),
        ("activity", {"title": 201 * "x", "what": "skala"}, SHORT.format(200)),
        ("methods/konsent", {"question": 501 * "x"}, SHORT.format(500)),
        ("methods/mehrpunktabfrage", {"options": "\n".join(map(str, range(31)))}, "zu viele Zeilen: höchstens 30"),
        ("methods/eins-zwei-vier-alle", {"options": "Paar 1 bis 121"}, "zu viele Zeilen: höchstens 120"),
        ("methods/mehrpunktabfrage", {"options": "Eins", "title": "Meine"}, "mindestens zwei, je Zeile eine"),
    ],
)
async def test_what_cannot_be_made_is_said_and_nothing_is_lost(
    tmp_path: Path, path: str, said: dict[str, str], sentence: str
) -> None:
    async with opened(copied(tmp_path)) as town:
        before = town.rows()
        answer = await taken(town, path, **said)
        assert town.rows() == before
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = form(answer.text, path.rpartition("/")[2])
    for name in said.keys() & {"title", "question"}:
        assert kept.control(name).chosen == (said[name],)


async def test_two_hundred_people_begin_in_pairs_that_one_line_makes(tmp_path: Path) -> None:
    async with opened(copied(tmp_path)) as town:
        answer = await taken(town, "methods/eins-zwei-vier-alle", options="Paar 1 bis 99\nPaar am Fenster")
        room = await alike(town)
    assert answer.status_code == 303
    pairs, fours = (room.activities[f"eins-zwei-vier-alle-{name}"].config.groups for name in ("zweit", "viert"))
    assert [group.title for group in pairs[:2] + pairs[-2:]] == ["Paar 1", "Paar 2", "Paar 99", "Paar am Fenster"]
    assert (len(pairs), len(fours)) == (100, 100)


def test_a_line_spans_numbers_only_where_lines_are_groups() -> None:
    said = {"options": "Woche 3 bis 5\nWoche 5 bis 3\nDienstag"}
    assert checked(said).options == ("Woche 3 bis 5", "Woche 5 bis 3", "Dienstag")
    assert checked(said, MANY).options == ("Woche 3", "Woche 4", "Woche 5", "Woche 5 bis 3", "Dienstag")
    assert [METHODS[name].most for name in ("world-cafe", "mehrpunktabfrage", "praemissen-gruppen")] == [MANY, FEW, FEW]


# ── several processes, an agenda that moves, a database that does not take it ──


def blitz(room: Room) -> Addition:
    return addition(room, METHODS["blitzlicht"], Wish(), "end")


async def test_two_processes_add_at_once_and_both_see_both(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here, HAND)
    await there.room(1)

    await asyncio.gather(*(add(it, 1, blitz, by="mo", id=token_hex(16)) for it in (here, there)))
    for clerk in (here, there):
        await clerk.catch_up(1)
    await there.submit(command("mo", "blitzlicht-puls-2", "open"))
    await here.submit(command("p01", "blitzlicht-puls-2", "signal", signal="dabei"))
    await there.submit(vote("p01"))

    for clerk in (here, there):
        await clerk.catch_up(1)
        room = await clerk.room(1)
        assert list(room.activities)[-2:] == ["blitzlicht-puls", "blitzlicht-puls-2"]
        assert [step.id for step in room.agenda.steps] == ["blitzlicht-1", "blitzlicht-1-2"]
        assert (room.activities["blitzlicht-puls-2"].figures()["given"], votes(room)["rot"]) == (1, 1)
    prepared = [entry.data["ids"] for entry in entries(here, "activity.prepared")]
    assert prepared == [["blitzlicht-puls", "blitzlicht-1"], ["blitzlicht-puls-2", "blitzlicht-1-2"]]


async def test_rows_that_changed_meanwhile_are_never_written_over(clerks: Clerks) -> None:
    """Somebody brings the same id in by another way, which no entry tells of."""
    clerk = clerks()
    await clerk.room(1)

    def bring(on: Connection) -> None:
        row = {"workshop_id": 1, "position": 9, "title": "Anders", "kind": "pulse", "config": {}}
        on.execute(insert(ACTIVITY).values(row | {"id": "blitzlicht-puls"}))

    with clerk.store.writing(1) as on:
        bring(on)
    tried = []

    def thought(room: Room) -> Addition:
        tried.append(blitz(room).ids)
        return blitz(room)

    with pytest.raises(Refused, match=r"clerk\.busy"):
        await add(clerk, 1, thought, by="mo", id=token_hex(16))
    assert (len(tried), entries(clerk, "activity.prepared")) == (adding.ATTEMPTS, [])
    assert (await clerk.room(1)).agenda.steps == ()
