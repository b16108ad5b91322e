"""Wishes before a round, and waiting lists for full groups, where people choose for themselves."""

from typing import Any

import pytest

from facilitation.screen import Audience
from tests.kinds.tables import begun, did, html, mine, planned, refusal, state, view
from tests.kinds.test_groups_screens import text
from tests.rooms import Kept, submit

OF_ONE = [{"id": id, "title": id, "capacity": 1} for id in ("eins", "zwei", "drei")]


def choosing(**config: Any) -> Kept:
    return planned(mode="self_select", **config)


def waiting() -> Kept:
    """Group zwei has one seat, in which dan sits; ada and then cem wait for it."""
    table = begun(mode="self_select")
    for person in ("ada", "cem"):
        did(table, person, "enter", group="zwei")
    return table


def told(table: Kept, person: str) -> str:
    """What somebody reads of their place."""
    return text(html(table, {"mine-place": mine(table, person)["mine-place"]}))


# ── wishes ──


def test_everybody_says_first_and_second_wish_and_may_change_their_mind() -> None:
    table = choosing()
    did(table, "ada", "wish", first="eins", second="zwei")
    did(table, "ben", "wish", first="drei")
    did(table, "ben", "wish", second="eins")
    assert state(table).choosing.wishes == {"ada": ("eins", "zwei"), "ben": ("eins", "")}
    did(table, "ben", "wish")
    did(table, "ada", "wish", first="eins", second="eins")
    assert state(table).choosing.wishes == {"ada": ("eins", "")}


def test_nobody_wishes_for_a_group_that_is_not_there() -> None:
    assert refusal(choosing(), "ada", "wish", first="eins", second="keine") == (
        "groups.invalid",
        {"why": "unknown_group"},
    )


def test_wishes_are_open_until_the_groups_are_known_where_people_choose() -> None:
    assert refusal(planned(), "ada", "wish", first="eins")[0] == "groups.not_open"
    for command, data in (("assign", {"groups": {}}), ("start", {})):
        table = choosing()
        did(table, "mo", command, **data)
        assert refusal(table, "ada", "wish", first="eins")[0] == "groups.not_open"
        assert ("mine-wish" in mine(table, "ada"), "mine-wish" in view(table)[""]) == (False, False)


def test_places_are_given_as_wished_as_long_as_there_are_some() -> None:
    table = choosing(groups=OF_ONE)
    did(table, "ada", "wish", first="drei")
    did(table, "ben", "wish", first="drei", second="eins")
    did(table, "cem", "wish", none=True)
    did(table, "mo", "assign", groups={})
    did(table, "mo", "settle")
    assert state(table).seats == {"ada": "drei", "ben": "eins", "dan": "zwei"}


def test_the_form_says_what_is_kept_and_works_by_itself() -> None:
    table = choosing()
    assert "mine-wish" in view(table)[""]
    assert "Wenn möglich" in html(table, mine(table, "ada"))
    did(table, "ada", "wish", first="zwei")
    page = html(table, mine(table, "ada"))
    assert '<option value="zwei" selected>2 Gruppe 2</option>' in page
    assert "Sie können Ihren Wunsch ändern" in page
    did(table, "ada", "wish", none=True)
    assert "Sie bleiben im Plenum." in html(table, mine(table, "ada"))


def test_who_stays_in_the_plenary_is_not_dealt_out() -> None:
    table = choosing()
    did(table, "ben", "wish", none=True)
    dealt = view(table, Audience.DESK)["desk-people"].dealt
    assert dealt == (("eins", ("ada",)), ("zwei", ("cem",)), ("drei", ("dan",)))
    assert "3 Personen werden reihum" in text(html(table, view(table, Audience.DESK)))


def test_the_stage_asks_for_wishes() -> None:
    asked = [html(table, view(table, Audience.STAGE)) for table in (choosing(), planned(), begun(mode="self_select"))]
    assert ["welche Gruppe Sie sich wünschen" in page for page in asked] == [True, False, False]


def test_the_desk_sees_how_many_wish_for_a_group_and_nobody_sees_who() -> None:
    table = choosing()
    did(table, "ada", "wish", first="zwei", second="eins")
    did(table, "ben", "wish", first="zwei")
    seen = view(table, Audience.DESK)
    assert [seen[name].wished for name in seen["rows"]] == [(0, 1), (2, 0), (0, 0)]
    assert "2 Erstwünsche, 0 Zweitwünsche" in text(html(table, seen))
    before = view(table), view(table, Audience.STAGE)
    did(table, "ben", "wish", none=True)
    assert (view(table), view(table, Audience.STAGE)) == before


# ── waiting lists ──


def test_who_enters_a_full_group_waits_and_is_told_the_place_in_the_line() -> None:
    table = waiting()
    assert state(table).choosing.queue("zwei") == ["ada", "cem"]
    assert (state(table).home("ada"), state(table).members("zwei")) == ("eins", ["dan"])
    assert "Sie stehen auf Platz 2 der Warteliste von Gruppe 2." in told(table, "cem")
    did(table, "ada", "enter", group="zwei")
    assert state(table).choosing.queue("zwei") == ["ada", "cem"]


def test_where_people_are_assigned_a_full_group_is_full() -> None:
    assert refusal(begun(), "ada", "enter", group="zwei") == ("groups.over_limit", {"most": 1})


@pytest.mark.parametrize(
    "by,command,data",
    [
        ("dan", "leave", {}),
        ("dan", "enter", {"group": "drei"}),
        ("mo", "move", {"person": "dan", "group": "drei"}),
    ],
)
def test_a_free_place_goes_to_the_first_in_line_by_the_same_command(by: str, command: str, data: Any) -> None:
    table = waiting()
    entries = submit(table, by, "kg", command, **data)
    assert entries[-1].data == {"person": "ada", "group": "zwei"}
    assert (state(table).members("zwei"), state(table).choosing.waiting) == (["ada"], {"cem": "zwei"})
    touched = [table.touched(entry) for entry in entries]
    assert None in touched or {"ada", "cem"} <= set().union(*filter(None, touched))


def test_the_seat_of_who_comes_up_goes_to_the_next_who_waits_for_that() -> None:
    table = begun(mode="self_select", groups=OF_ONE)
    for person, group in (("ada", "eins"), ("dan", "zwei")):
        did(table, "mo", "move", person=person, group=group)
    did(table, "mo", "move", person="ben", group="drei")
    did(table, "ada", "enter", group="zwei")
    did(table, "ben", "enter", group="eins")
    did(table, "dan", "leave")
    assert state(table).seats == {"ada": "zwei", "ben": "eins"}


def test_where_more_sit_than_there_are_places_nobody_comes_up() -> None:
    table = waiting()
    did(table, "mo", "move", person="ben", group="zwei")
    did(table, "dan", "leave")
    assert (state(table).members("zwei"), state(table).choosing.queue("zwei")) == (["ben"], ["ada", "cem"])


def test_who_stays_goes_or_is_seated_waits_no_more() -> None:
    table = waiting()
    did(table, "ada", "enter", group="eins")
    did(table, "cem", "leave")
    assert state(table).choosing.waiting == {}
    table = waiting()
    did(table, "mo", "assign", groups={"drei": ["ada"]})
    assert state(table).choosing.waiting == {}


def test_who_waits_for_a_group_that_goes_to_another_waits_for_that() -> None:
    table = waiting()
    did(table, "mo", "merge", group="zwei", into="drei")
    assert state(table).choosing.queue("drei") == ["ada", "cem"]


def test_who_waits_for_another_group_waits_no_more_for_the_first() -> None:
    table = begun(mode="self_select", groups=OF_ONE)
    for group in ("zwei", "eins"):
        did(table, "cem", "enter", group=group)
    assert state(table).choosing.waiting == {"cem": "eins"}


def test_the_phone_offers_to_wait_and_says_how_many_do() -> None:
    table = waiting()
    page = text(html(table, {"entry": view(table)["entry-zwei"]}))
    assert "2 Personen warten auf einen Platz" in page
    assert "Auf einen Platz warten in Gruppe 2" in page
    row = text(html(table, {"row": view(table, Audience.DESK)["row-zwei"]}))
    assert "2 Personen warten" in row


def test_after_the_end_nobody_waits() -> None:
    table = waiting()
    did(table, "mo", "finish")
    assert "Warteliste" not in told(table, "cem")
