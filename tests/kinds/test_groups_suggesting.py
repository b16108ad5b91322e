"""What the desk is told unasked: who could sit together, and the last steps; and what a group does that is done."""

from typing import Any

import pytest

from app.drawing import milliseconds
from facilitation.screen import Audience
from tests.kinds.tables import begun, did, handed_in, html, planned, space, state, view
from tests.kinds.test_groups_screens import text
from tests.rooms import Kept, submit

ONE_TOPIC = [
    {"id": "eins", "title": "A", "topic": "Mut"},
    {"id": "zwei", "title": "B", "topic": "Zeit"},
    {"id": "drei", "title": "C", "topic": "Zeit"},
]


def hints(table: Kept) -> list[tuple[int, int, int]]:
    """Which group, how many are there, and with which other it could sit."""
    seen = view(table, Audience.DESK)
    return [(seen[name].number, seen[name].here, seen[name].other) for name in seen["hints"]]


def steps(table: Kept) -> str:
    return text(html(table, {"steps": view(table, Audience.DESK)["steps"]}))


def test_who_is_alone_could_sit_with_another_group_and_where_nobody_ever_sat_there_is_nothing_to_do() -> None:
    table = begun()
    assert hints(table) == [(2, 1, 1)]
    did(table, "mo", "move", person="cem", group="drei")
    submit(table, "cem", "roster", "leave")
    assert hints(table) == [(2, 1, 1), (3, 0, 1)]


@pytest.mark.parametrize("gone,words", [((), "Eine Person ist allein."), (("dan",), "ist niemand da.")])
def test_a_suggestion_says_why_and_since_when_and_has_one_button(gone: tuple[str, ...], words: str) -> None:
    table = begun()
    for person in gone:
        submit(table, person, "roster", "leave")
    page, started = html(table, {"hint": view(table, Audience.DESK)["hint-zwei"]}), state(table).started
    assert started
    assert words in page
    assert f'data-ago="{milliseconds(started)}"' in page
    assert "Zusammenlegen mit Gruppe 1" in page


def test_an_empty_group_is_so_since_somebody_last_came_or_went() -> None:
    table = begun()
    did(table, "mo", "move", person="dan", group="eins")
    assert view(table, Audience.DESK)["hint-zwei"].since == table.record[-1].made.astimezone(table.workshop.zone)
    assert "Hier sitzt niemand." in html(table, view(table, Audience.DESK))


def test_a_group_goes_to_one_with_the_same_topic_that_has_places_enough() -> None:
    table = begun(groups=ONE_TOPIC)
    did(table, "mo", "assign", groups={"eins": ["ada"], "zwei": ["ben"], "drei": ["cem", "dan"]})
    assert hints(table) == [(1, 1, 2), (2, 1, 3)]
    full = planned(groups=[{"id": "eins", "title": "A", "capacity": 2}, {"id": "zwei", "title": "B"}])
    did(full, "mo", "assign", groups={"eins": ["ada", "ben"], "zwei": ["dan"]})
    did(full, "mo", "start")
    assert hints(full) == []


def test_where_people_convene_sessions_one_person_is_a_session() -> None:
    table = begun(convened=True)
    assert hints(table) == []
    did(table, "mo", "move", person="dan", group="eins")
    assert hints(table) == [(2, 0, 1)]


def test_before_and_after_a_round_nothing_is_suggested() -> None:
    table = planned()
    assert hints(table) == []
    did(table, "mo", "start")
    did(table, "mo", "finish")
    assert hints(table) == []


@pytest.mark.parametrize(
    "by,command,data,words",
    [
        ("mo", "prolong", {"seconds": 240}, "Alle um 4 Minuten verlängert"),
        ("mo", "prolong", {"seconds": 60, "group": "zwei"}, "Gruppe 2 um 1 Minute verlängert"),
        ("mo", "prolong", {"seconds": 90}, "Alle um 90 Sekunden verlängert"),
        ("mo", "merge", {"group": "eins", "into": "drei"}, "Gruppe 1 mit 3 zusammengelegt, 2 Personen"),
        ("mo", "pair", {}, "Alle zu zweit zusammengelegt"),
        ("mo", "settle", {}, "0 Personen haben einen Platz bekommen"),
        ("mo", "finish", {"soft": True}, "Ins Plenum gerufen"),
        ("mo", "late", {"group": "eins"}, "Gruppe 1 kann nachreichen"),
        ("mo", "add", {"title": "D"}, "Gruppe 4 ist dazugekommen"),
        ("ada", "result", {"group": "eins", "text": "Satz"}, "Gruppe 1 hat abgegeben"),
    ],
)
def test_the_last_steps_are_told_at_the_desk(by: str, command: str, data: dict[str, Any], words: str) -> None:
    table = begun()
    assert steps(table).strip() == ""
    did(table, by, command, **data)
    assert words in steps(table)


def test_all_going_two_by_two_is_one_step_and_so_is_taking_it_back() -> None:
    table = begun()
    for command in ("pair", "split", "pair"):
        did(table, "mo", command)
    did(table, "mo", "split", group="zwei")
    told = [(deed.what, deed.group) for deed in state(table).trail.deeds]
    assert told == [("split", "zwei"), ("paired", ""), ("unpaired", ""), ("paired", "")]
    assert "Gruppe 2 wieder für sich, 1 Person" in steps(table)
    assert "Zu zweit zurückgenommen" in steps(table)


def test_only_the_latest_steps_are_kept() -> None:
    table = begun()
    for seconds in range(60, 600, 60):
        did(table, "mo", "prolong", seconds=seconds)
    assert [deed.much for deed in state(table).trail.deeds] == [540, 480, 420, 360, 300, 240]
    did(table, "mo", "finish")
    assert steps(table).strip() == ""


def test_a_group_that_is_done_reads_what_others_handed_in() -> None:
    table = begun()
    did(table, "ada", "ready", group="eins")
    assert "Sobald andere Gruppen abgeben" in html(table, space(table))
    ref = handed_in(table, "dan", "Aus Gruppe zwei", group="zwei")
    assert "Aus Gruppe zwei" in html(table, space(table))
    did(table, "mo", "hide", ref=ref, reason="ein Name")
    assert "Aus Gruppe zwei" not in html(table, space(table))


def test_a_group_that_still_works_reads_nothing_of_others() -> None:
    table = begun()
    handed_in(table, "dan", "Aus Gruppe zwei", group="zwei")
    assert "Aus Gruppe zwei" not in html(table, space(table))
