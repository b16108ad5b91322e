"""The desk's page to form groups, by plain requests."""

import asyncio
import html
import re
from urllib.parse import urlencode

import httpx2
import pytest

from facilitation.groups.forming import Proposal
from tests.browsing import desk, page, town
from tests.controls import Form, form, forms
from tests.town import CODE, GROUPS, MEETING, Town, seat

__all__ = ["desk", "town"]

PATH = f"groups/{GROUPS}"


def text(page: str) -> str:
    """What is read of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


async def filled(desk: httpx2.AsyncClient, do: str = "propose") -> Form:
    """A form of the page; to propose, the one in which one chooses."""
    found = [it for it in forms(await page(desk, PATH)) if it.control("do").chosen == (do,)]
    return found[-1]


async def posted(desk: httpx2.AsyncClient, do: str = "propose", **said: str) -> httpx2.Response:
    """What is answered to one of its forms, with nothing ticked but what is said."""
    ours = {"do": do, "once": (await filled(desk, do)).control("once").chosen[0]}
    plain = {"way": "random", "count": "all", "number": "2", "divisions": "0"} if do == "propose" else {}
    return await desk.post(f"/w/{CODE}/{PATH}", data=plain | ours | said)


async def proposal(town: Town) -> Proposal | None:
    room = await town.app.clerk.room(1)
    found: Proposal | None = room.activities[GROUPS].state.forming.proposal
    return found


async def seats(town: Town) -> dict[str, str]:
    found = await proposal(town)
    assert found
    return dict(found.seats)


async def test_who_is_here_is_dealt_out_and_shown_by_name_office_and_unit(town: Town, desk: httpx2.AsyncClient) -> None:
    answer = await posted(desk, way="built", seed="3")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{CODE}/{PATH}")
    assert set(await seats(town)) == {"ada", "ben", "dep", "g-1", "saal", "rev"}
    shown = text(await page(desk, PATH))
    assert "6 Personen in 4 Gruppen, je Gruppe 1 bis 2." in shown
    assert "Leitung Amt 10 Amtsleitung, amt-10" in shown
    assert "Vertretung Amt 20 Eine Person, amt-20" in shown


async def test_the_page_says_what_holds_what_is_broken_and_whether_that_can_be_helped(desk: httpx2.AsyncClient) -> None:
    await posted(desk, way="built", unit="ja", deputies="ja", divisions="3")
    shown = text(await page(desk, PATH))
    assert "das ist nachgerechnet" in shown
    assert "Höchstens eine Person je Amt in einer Gruppe eingehalten" in shown
    assert "Mindestens 3 Dezernate in jeder Gruppe nicht zu vermeiden" in shown


async def test_after_a_change_by_hand_its_consequence_is_told(town: Town, desk: httpx2.AsyncClient) -> None:
    await posted(desk, way="built", unit="ja")
    there = (await seats(town))["ben"]
    answer = await posted(desk, "shift", person="dep", group=there)
    assert answer.headers["location"] == f"/w/{CODE}/{PATH}?person=dep#umsetzen"
    shown = text(await page(desk, f"{PATH}?person=dep"))
    assert "Vertretung Amt 20 sitzt in Tisch" in shown
    assert "Dort ist nicht eingehalten: Höchstens eine Person je Amt in einer Gruppe" in shown
    assert "von Hand geändert" in shown
    await posted(desk, "shift", person="dep", group="")
    assert "Vertretung Amt 20 sitzt in keiner Gruppe. Das bricht keine Regel." in text(
        await page(desk, f"{PATH}?person=dep")
    )
    assert (await seats(town))["dep"] == ""


async def test_each_change_says_what_it_breaks_and_mends_and_is_taken_back(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    await posted(desk, way="built", unit="ja", count="groups", number="2")
    before = await seats(town)
    there, other = (f"Tisch {before[who][1:]}" for who in ("ben", "dep"))
    assert there != other
    answer = await posted(desk, "shift", person="dep", group=before["ben"], board="ja")
    assert answer.headers["location"] == f"/w/{CODE}/{PATH}"  # whoever drags looks at the board
    for address in (PATH, f"{PATH}?person=dep"):
        shown = text(await page(desk, address))
        assert f"Vertretung Amt 20 : von {other} nach {there} . Dieser Wechsel bricht:" in shown
        assert shown.count("Dieser Wechsel bricht:") == 1
    await posted(desk, "shift", person="ben", group=before["dep"])
    shown = text(await page(desk, f"{PATH}?person=ben"))
    assert f": von {there} nach {other} . Dieser Wechsel bricht keine Regel." in shown
    assert (
        f"Höchstens eine Person je Amt in einer Gruppe ( {there} )" in shown.partition("Damit besser eingehalten:")[2]
    )

    for step, person in ((2, "ben"), (1, "dep")):
        back = await filled(desk, "unshift")
        assert (back.control("step").chosen, back.control("person").chosen) == ((str(step),), (person,))
        answer = await desk.post(f"/w/{CODE}/{PATH}", data=back.filled())
        assert answer.headers["location"] == f"/w/{CODE}/{PATH}"
    assert await seats(town) == before
    assert "von Hand geändert" not in await page(desk, PATH)


async def test_whoever_came_since_lies_on_the_tray_until_they_are_given_a_group(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    await posted(desk, way="list", list="ada;1\nben;2")
    await town.did("mo", "roster", "admit")
    assert "wal" not in await seats(town)
    shown = text(await page(desk, f"{PATH}?wanted=Amt%2050"))
    assert "Ohne Gruppe 5 Personen" in shown
    assert "Leitung Amt 50 sitzt in keiner Gruppe." in shown
    await posted(desk, "shift", person="wal", group="t1")
    assert "Leitung Amt 50 : von ohne Gruppe nach Tisch 1 ." in text(await page(desk, PATH))
    await desk.post(f"/w/{CODE}/{PATH}", data=(await filled(desk, "unshift")).filled())
    assert "wal" not in await seats(town)


async def test_a_group_that_was_added_on_the_day_is_on_the_board(town: Town, desk: httpx2.AsyncClient) -> None:
    await town.did("mo", GROUPS, "add", title="Fünfter Tisch")
    await posted(desk, way="list", list="ada;Fünfter Tisch\nben;1")
    added = (await seats(town))["ada"]
    assert "sitzt in Fünfter Tisch" in text(await page(desk, f"{PATH}?person=ada"))
    await town.did("mo", GROUPS, "move", person="ben", group=added)
    assert "bisher Fünfter Tisch" in text(await page(desk, PATH))


async def test_the_organiser_says_who_needs_a_room_without_barriers_and_which_are(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    await posted(desk, "access", groups="t3")
    async with town.browser(seat("organiser")) as organiser:
        needs = [it for it in forms(await page(organiser, PATH)) if it.control("do").chosen == ("need",)]
        answer = await organiser.post(f"/w/{CODE}/{PATH}", data=needs[-1].filled(person="ben"))
        assert answer.headers["location"] == f"/w/{CODE}/{PATH}?rooms=1#raeume"
        again = await page(organiser, f"{PATH}?rooms=1")
        assert "Leitung Amt 20 nicht mehr : Leitung Amt 20" in text(again)

        await posted(desk, way="built", unit="ja")
        shown = text(await page(desk, PATH))
        assert (await seats(town))["ben"] == "t3"
        assert "Wer einen barrierefreien Raum braucht, sitzt in einem eingehalten" in shown
        assert "Personen, barrierefrei" in shown or "Person, barrierefrei" in shown
        await posted(desk, "shift", person="ben", group="t1")
        assert "Dieser Wechsel bricht: Wer einen barrierefreien Raum braucht, sitzt in einem Tisch 1 : Leitung" in text(
            await page(desk, PATH)
        )

        no_more = next(it for it in forms(again) if it.control("do").chosen == ("need",))
        await organiser.post(f"/w/{CODE}/{PATH}", data=no_more.filled())
        assert "Einen barrierefreien Raum brauchen" in await page(organiser, PATH)
        assert "nicht mehr : Leitung Amt 20" not in text(await page(organiser, PATH))
        unknown = needs[-1].filled() | {"person": "niemand"}
        assert (await organiser.post(f"/w/{CODE}/{PATH}", data=unknown)).status_code == 422


async def test_what_is_planned_for_a_group_is_put_right_and_its_members_see_it(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    assert f'href="groups/{GROUPS}?group=t2#gruppe"' in await page(desk, f"desk?activity={GROUPS}")
    assert "Angaben speichern" not in await page(desk, PATH)

    async def planned(query: str = "?group=t1") -> Form:
        return next(it for it in forms(await page(desk, PATH + query)) if it.control("do").chosen == ("equip",))

    before = await planned()
    assert (before.control("title").chosen, before.control("link").chosen) == (("Tisch 1",), (MEETING,))
    said = {"task": "Eins\r\nzwei", "link": "https://gespraech.test/9", "capacity": "7", "host": "ben"}
    answer = await desk.post(f"/w/{CODE}/{PATH}", data=before.filled(**said))
    assert answer.headers["location"] == f"/w/{CODE}/{PATH}?group=t1&saved=1#gruppe"
    after = await planned("?group=t1&saved=1")
    assert [after.control(it).chosen for it in ("task", "capacity", "host")] == [("Eins\nzwei",), ("7",), ("ben",)]
    assert "gespeichert" in await page(desk, f"{PATH}?group=t1&saved=1")
    async with town.browser(seat("participant")) as phone:
        assert "https://gespraech.test/9" in await page(phone, "now")

    wrong = await desk.post(f"/w/{CODE}/{PATH}", data=after.filled(topic="Ganz neu", capacity="viele", title=" "))
    assert wrong.status_code == 422
    kept = next(it for it in forms(wrong.text) if it.control("do").chosen == ("equip",))
    assert [kept.control(it).chosen for it in ("topic", "capacity")] == [("Ganz neu",), ("viele",)]


async def test_a_host_can_be_planned_for_all_rounds_of_a_world_cafe_at_once(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    method = f"/w/{CODE}/methods/world-cafe"
    await desk.post(method, data={"once": "2" * 32, "options": "Tisch 1\nTisch 2", "question": "Was nun?"})
    room = await town.app.clerk.room(1)
    first, second, third = list(room.activities)[-3:]
    await town.did("mo", third, "equip", group="t1", title="Tisch 1")  # without a question
    shown = await page(desk, f"groups/{first}?group=t1")
    equip = next(it for it in forms(shown) if it.control("do").chosen == ("equip",))
    said = equip.filled(host="ben", place="Raum 5", title="Anders", following="ja")
    for _ in range(2):  # pressed twice
        await desk.post(f"/w/{CODE}/groups/{first}", data=said)
    room = await town.app.clerk.room(1)
    tables = [room.activities[it].state.groups["t1"] for it in (first, second, third)]
    assert [(it.title, it.host, it.place) for it in tables] == [
        ("Anders", "ben", "Raum 5"),
        ("Tisch 1", "ben", "Raum 5"),
        ("Tisch 1", "ben", "Raum 5"),
    ]
    assert "Gastgebende fassen zwei Minuten lang zusammen." in tables[1].task
    assert (tables[2].topic, tables[2].task) == ("", "")
    assert [it.type for it in town.app.store.entries(1)].count("groups.equipped") == 4
    last = await page(desk, f"groups/{third}?group=t1")
    assert "in den folgenden Runden" not in last


async def test_only_the_organiser_sees_and_says_who_needs_it(town: Town, desk: httpx2.AsyncClient) -> None:
    before = town.rows()
    assert "Einen barrierefreien Raum brauchen" not in await page(desk, PATH)
    answer = await desk.post(f"/w/{CODE}/{PATH}", data={"do": "need", "person": "ben", "needed": "ja"})
    assert (answer.status_code, town.rows()) == (403, before)


async def test_a_group_that_cannot_be_reached_is_said_to_be_missing(town: Town, desk: httpx2.AsyncClient) -> None:
    async with town.browser(seat("organiser")) as organiser:
        said = {"do": "need", "person": "ben", "needed": "ja", "once": "1" * 32}
        for _ in range(2):
            await organiser.post(f"/w/{CODE}/{PATH}", data=said)
    assert [it.type for it in town.app.store.entries(1)].count("roster.changed") == 1
    await posted(desk)
    assert "Noch ist keine Gruppe als barrierefrei angegeben." in text(await page(desk, PATH))
    async with town.browser(seat("participant")) as phone:
        assert "barrierefrei" not in await page(phone, "now")


async def test_somebody_is_found_by_name_or_office_and_moved_from_there(town: Town, desk: httpx2.AsyncClient) -> None:
    await posted(desk, way="built", unit="ja")

    async def found(wanted: str) -> str:
        return text(await page(desk, f"{PATH}?{urlencode({'wanted': wanted})}"))

    async def where(person: str) -> str:
        return f"Tisch {(await seats(town))[person][1:]}"

    assert f"Leitung Amt 10 Amtsleitung, amt-10 , in {await where('ada')} umsetzen : Leitung Amt 10" in await found(
        "amt"
    )
    one = await page(desk, f"{PATH}?wanted=%20VERTRETUNG%20")
    assert f"Vertretung Amt 20 sitzt in {await where('dep')} . Das bricht keine Regel." in text(one)
    assert '<option value="dep" selected>' in one
    assert "„ <b> “ steht in diesem Vorschlag nicht." in html.unescape(await found("<b>"))
    await posted(desk, "shift", person="ada", group="")
    assert "Leitung Amt 10 Amtsleitung, amt-10 , ohne Gruppe" in await found("leitung")
    assert "steht in diesem Vorschlag nicht" not in text(await page(desk, f"{PATH}?wanted="))


async def test_mixed_again_it_is_another_plan_by_the_same_choice(town: Town, desk: httpx2.AsyncClient) -> None:
    await posted(desk, way="built", unit="ja", count="groups", number="2", everybody="ja")
    before = await proposal(town)
    again = next(it for it in forms(await page(desk, PATH)) if it.control("do").chosen == ("propose",))
    await desk.post(f"/w/{CODE}/{PATH}", data=again.filled())
    after = await proposal(town)
    assert before
    assert after
    assert (after.seed, after.way, after.seats.keys()) == (before.seed + 1, "built", before.seats.keys())
    assert after.rules == before.rules


async def test_thrown_away_it_is_gone_and_published_people_know(town: Town, desk: httpx2.AsyncClient) -> None:
    await posted(desk, "discard")
    assert await proposal(town) is None
    assert "Vorschlag bilden" in await page(desk, PATH)
    await posted(desk)
    known = await seats(town)
    answer = await posted(desk, "publish")
    assert answer.headers["location"] == f"/w/{CODE}/desk?activity={GROUPS}"
    async with town.browser(seat("deputy")) as phone:
        title = {"t1": "Tisch 1", "t2": "Tisch 2"}[known["dep"]]
        assert title in text(await page(phone, "now"))


async def test_a_page_sent_twice_proposes_once(town: Town, desk: httpx2.AsyncClient) -> None:
    sent = (await filled(desk)).filled() | {"way": "random"}
    answers = await asyncio.gather(*(desk.post(f"/w/{CODE}/{PATH}", data=sent) for _ in range(3)))
    assert [it.status_code for it in answers] == [303] * 3
    assert [it.type for it in town.app.store.entries(1)].count("groups.proposed") == 2  # one was there before


async def test_a_list_with_errors_comes_back_with_each_line_told(town: Town, desk: httpx2.AsyncClient) -> None:
    before = await proposal(town)
    listed = "Leitung Amt 10;Tisch 1\nLeitung Amt 99;1\nben;Tisch 9\nada;2\nben\nben;1;2\n<b>;1"
    answer = await posted(desk, way="list", list=listed)
    assert (answer.status_code, await proposal(town)) == (422, before)
    shown = text(answer.text)
    assert "Zeilen mit Fehlern: 6" in shown
    for told in (
        "Zeile 2: „ Leitung Amt 99 “ steht nicht auf der Liste",
        "Zeile 3: Die Gruppe „ Tisch 9 “ gibt es hier nicht.",
        "Zeile 4: „ ada “ steht schon weiter oben.",
        "Zeile 5: Bei „ ben “ fehlt die Gruppe.",
        "Zeile 6: Bei „ ben “ stehen zu viele Gruppen.",
        "Zeile 7: „ &lt;b&gt; “",
    ):
        assert told in shown
    kept = [it for it in forms(answer.text) if it.control("do").chosen == ("propose",)][-1]
    assert kept.control("list").chosen == (listed,)


async def test_a_list_comes_as_a_file(town: Town, desk: httpx2.AsyncClient) -> None:
    said = {"do": "propose", "way": "list", "once": "0" * 32}
    file = {"file": ("gruppen.csv", "\ufeffPerson;Gruppe\r\nada;Tisch 2\r\ndep;1\r\n".encode(), "text/csv")}
    answer = await desk.post(f"/w/{CODE}/{PATH}", data=said, files=file)
    assert answer.status_code == 303
    known = await seats(town)
    assert (known["ada"], known["dep"], known["ben"]) == ("t2", "t1", "")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a\0b", b"x" * 60_001])
async def test_a_file_that_is_no_list_is_refused(desk: httpx2.AsyncClient, content: bytes) -> None:
    file = {"file": ("bild.png", content, "image/png")}
    answer = await desk.post(f"/w/{CODE}/{PATH}", data={"do": "propose", "way": "list"}, files=file)
    assert answer.status_code == 422
    assert "Diese Datei lässt sich nicht lesen." in answer.text


@pytest.mark.parametrize(
    "said, told",
    [
        ({"way": "gewürfelt"}, "Diese Eingabe ist unvollständig"),
        ({"number": "0"}, "Diese Eingabe ist unvollständig"),
        ({"way": "same"}, "Vor dieser Runde war keine andere"),
        ({"way": "list"}, "In der Liste steht noch niemand"),
        ({"do": "shift", "person": "niemand", "group": "t1"}, "steht nicht auf der Liste der Teilnehmenden"),
        ({"do": "shift", "person": "ada", "group": "t9"}, "Diese Gruppe gibt es hier nicht"),
        ({"do": "unshift", "step": "2"}, "Seither wurde noch jemand umgesetzt"),
        ({"do": "unshift", "step": "eins"}, "Diese Eingabe ist unvollständig"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    town: Town, desk: httpx2.AsyncClient, said: dict[str, str], told: str
) -> None:
    before = town.rows()
    answer = await posted(desk, **said)
    assert answer.status_code == 422
    assert told in answer.text
    assert town.rows() == before


async def test_a_proposal_that_somebody_else_threw_away_cannot_be_published(
    town: Town, desk: httpx2.AsyncClient
) -> None:
    sent = (await filled(desk, "publish")).filled()
    await town.did("org", GROUPS, "discard")
    answer = await desk.post(f"/w/{CODE}/{PATH}", data=sent)
    assert answer.status_code == 422
    assert "Es gibt keinen Vorschlag mehr." in answer.text


async def test_only_a_round_of_groups_has_the_page(desk: httpx2.AsyncClient) -> None:
    for other in ("fragen", "nirgends"):
        assert (await desk.get(f"/w/{CODE}/groups/{other}")).status_code == 404


async def test_names_are_shown_as_they_are_and_never_as_markup(town: Town, desk: httpx2.AsyncClient) -> None:
    shown = await page(desk, f"{PATH}?person=%3Cscript%3E")
    assert "<script>" not in shown
    assert form(shown, GROUPS).action == GROUPS


async def test_only_what_a_group_has_goes_on_to_the_rounds_that_follow(town: Town, desk: httpx2.AsyncClient) -> None:
    answer = await desk.post(f"/w/{CODE}/{PATH}", data={"do": "access", "groups": "t1", "following": "ja"})
    assert answer.status_code == 303
    assert [it.type for it in town.app.store.entries(1)][-1] == "groups.accessible"
