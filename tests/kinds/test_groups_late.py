"""Who comes late is given a place, and who does not want one is left alone."""

from dataclasses import replace
from typing import Any

from facilitation.kinds import groups
from facilitation.record import Person, Role
from facilitation.screen import Audience
from tests.kinds.tables import GROUPS, HERE, did, html, planned, state, view
from tests.rooms import Kept, activity, room, submit

LATE = (
    Person("liv", Role.PARTICIPANT, "Leitung Amt 60", unit="amt-60"),
    Person("uwe", Role.PARTICIPANT, "Leitung Amt 70", unit="amt-70"),
    Person("saal", Role.ROOM, "Ratssaal", headcount=12),
)


def published(**config: Any) -> Kept:
    """Two sit in group eins, dan in the only seat of zwei, cem is the host of drei; liv and uwe are not here yet."""
    table = room(activity(groups, "kg", **{"groups": GROUPS} | config), people=HERE)
    table.roster.people |= {person.id: person for person in LATE}
    did(table, "mo", "assign", groups={"eins": ["ada", "ben"], "zwei": ["dan"]})
    return table


def joined(table: Kept, person: str) -> list[tuple[str, Any]]:
    """What becomes of a join: the facts beside it."""
    entries = submit(table, person, "roster", "join", client="phone")
    return [(entry.activity, entry.data) for entry in entries[1:]]


def test_who_joins_after_publication_sits_in_the_smallest_group_that_has_a_place() -> None:
    table = published(settles=True)
    assert joined(table, "liv") == [("kg", {"person": "liv", "group": "drei"})]
    assert joined(table, "uwe") == [("kg", {"person": "uwe", "group": "drei"})]
    assert (state(table).home("liv"), joined(table, "liv")) == ("drei", [])


def test_who_needs_a_room_without_barriers_is_given_a_place_in_one_and_any_place_where_all_are_full() -> None:
    table = published(settles=True)
    for person in LATE[:2]:
        table.roster.people[person.id] = replace(person, barrier_free=True)
    did(table, "mo", "access", groups=["eins", "zwei"])
    assert joined(table, "liv") == [("kg", {"person": "liv", "group": "eins"})]
    did(table, "mo", "access", groups=["zwei"])
    assert joined(table, "uwe") == [("kg", {"person": "uwe", "group": "drei"})]


def test_without_the_setting_before_publication_and_after_the_end_nobody_is_given_a_place() -> None:
    assert joined(published(), "liv") == []
    before = planned(settles=True)
    before.roster.people |= {person.id: person for person in LATE}
    assert joined(before, "liv") == []
    after = published(settles=True)
    did(after, "mo", "start")
    did(after, "mo", "finish")
    assert joined(after, "liv") == []


def test_who_waits_at_the_door_is_given_a_place_when_let_in() -> None:
    table = published(settles=True)
    submit(table, "mo", "roster", "door", door="lobby")
    assert [joined(table, "liv"), joined(table, "uwe")] == [[], []]
    entries = submit(table, "mo", "roster", "admit")
    assert [entry.type for entry in entries] == ["roster.admitted", "groups.moved", "groups.moved"]


def test_who_is_not_on_the_roster_any_more_is_given_no_place() -> None:
    table = published(settles=True)
    submit(table, "mo", "roster", "door", door="lobby")
    joined(table, "liv")
    table.roster.people.pop("liv")
    assert [entry.type for entry in submit(table, "mo", "roster", "admit")] == ["roster.admitted"]


def test_staff_and_rooms_are_given_no_place() -> None:
    table = published(settles=True)
    assert [joined(table, "mo"), joined(table, "saal")] == [[], []]


def test_everybody_without_a_group_is_seated_at_once() -> None:
    table = published()
    for person in ("liv", "uwe", "saal"):
        joined(table, person)
    assert view(table, Audience.DESK)["desk-people"].loose == 2
    assert "2 Personen ohne Gruppe" in html(table, view(table, Audience.DESK))
    did(table, "mo", "settle")
    assert [state(table).home(person) for person in ("liv", "uwe", "saal", "cem")] == ["drei", "drei", "", "drei"]


def test_where_all_groups_are_full_nobody_is_seated() -> None:
    table = published(groups=[{"id": "eins", "title": "A", "capacity": 2}, {"id": "zwei", "title": "B", "capacity": 1}])
    joined(table, "liv")
    assert [entry.type for entry in submit(table, "mo", "kg", "settle")] == ["groups.settled"]
    assert state(table).home("liv") == ""


def test_who_left_stays_in_the_plenary_until_they_come_again_by_themselves() -> None:
    table = published(settles=True, mode="self_select")
    joined(table, "liv")
    did(table, "liv", "leave")
    assert joined(table, "liv") == []
    did(table, "mo", "settle")
    assert (state(table).home("liv"), view(table, Audience.DESK)["desk-people"].apart) == ("", 1)
    assert "1 Person im Plenum" in html(table, view(table, Audience.DESK))
    did(table, "liv", "enter", group="eins")
    assert state(table).choosing.apart == set()


def test_nobody_is_seated_in_a_group_that_sits_with_another() -> None:
    table = published(settles=True)
    did(table, "mo", "merge", group="drei", into="eins")
    assert joined(table, "liv") == [("kg", {"person": "liv", "group": "eins"})]
