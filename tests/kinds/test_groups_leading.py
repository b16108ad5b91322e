"""Who leads a group: whoever was planned, and whoever took over."""

import pytest

from facilitation.kinds import groups
from tests.kinds.led import prepared, working
from tests.kinds.tables import did, refusal, state
from tests.kinds.test_groups_screens import watched
from tests.rooms import Kept, afresh


def leaders(table: Kept, group: str = "eins") -> list[str]:
    return state(table).leaders(group)


def test_whoever_was_planned_leads_from_the_start() -> None:
    assert (leaders(prepared()), leaders(prepared(), "zwei")) == (["eva-lin"], [])


def test_whoever_is_planned_twice_leads_the_first() -> None:
    twice = [{"id": id, "title": id, "facilitator": "eva-lin"} for id in ("eins", "zwei")]
    table = working(groups=[*twice, {"id": "drei", "title": "drei"}])
    assert (leaders(table), leaders(table, "zwei")) == (["eva-lin"], [])
    did(table, "eva-lin", "lead", group="zwei")
    assert (leaders(table), leaders(table, "zwei")) == ([], ["eva-lin"])


def test_a_member_takes_over_and_the_earlier_one_is_not_locked_out() -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    assert leaders(table) == ["eva-lin", "ben"]
    assert [watched(table, person) for person in ("eva-lin", "ben", "ada")] == [
        ("facilitator", "now/kg/eins"),
        ("facilitator", "now/kg/eins"),
        ("group", "now/kg/eins"),
    ]


def test_what_was_taken_over_can_be_given_back() -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    did(table, "ben", "lead", group="eins", leads=False)
    assert leaders(table) == ["eva-lin"]
    assert watched(table, "ben") == ("group", "now/kg/eins")
    assert refusal(table, "ben", "lead", group="eins", leads=False) == ("groups.invalid", {"why": "not_leading"})


def test_whoever_was_planned_gives_it_up_stays_in_the_group_and_comes_back() -> None:
    table = working()
    did(table, "eva-lin", "lead", group="eins", leads=False)
    assert watched(table, "eva-lin") == ("group", "now/kg/eins")
    did(table, "mo", "move", person="eva-lin", group="zwei")
    assert watched(table, "eva-lin") == ("group", "now/kg/zwei")
    did(table, "eva-lin", "lead", group="eins")
    assert watched(table, "eva-lin") == ("facilitator", "now/kg/eins")


def test_nobody_takes_over_a_group_of_others() -> None:
    assert refusal(working(), "dan", "lead", group="eins")[0] == "groups.not_member"
    assert refusal(working(), "dan", "lead", group="keine") == ("groups.invalid", {"why": "unknown_group"})


def test_staff_takes_over_any_group_one_at_a_time() -> None:
    table = working()
    did(table, "mo", "lead", group="zwei")
    did(table, "mo", "lead", group="drei")
    assert (leaders(table, "zwei"), leaders(table, "drei")) == ([], ["mo"])
    assert watched(table, "mo") == ("facilitator", "now/kg/drei")


@pytest.mark.parametrize("command", ["move", "enter"])
def test_whoever_sits_down_in_another_group_leads_no_more(command: str) -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    did(
        table,
        *(("mo", "move") if command == "move" else ("ben", "enter")),
        **{"group": "drei"} | ({"person": "ben"} if command == "move" else {}),
    )
    assert (leaders(table), watched(table, "ben")) == (["eva-lin"], ("group", "now/kg/drei"))


def test_whoever_stays_in_the_group_when_all_are_assigned_anew_goes_on_leading_it() -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    did(table, "mo", "assign", groups={"eins": ["ben"], "zwei": ["ada"]})
    assert leaders(table) == ["eva-lin", "ben"]


def test_whoever_leaves_the_group_leads_it_no_more() -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    did(table, "ben", "leave")
    assert (leaders(table), watched(table, "ben")) == (["eva-lin"], ("plenary", "now"))


def test_taking_over_begins_with_the_assignment_and_ends_with_the_round() -> None:
    table = prepared()
    assert refusal(table, "mo", "lead", group="eins")[0] == "groups.not_open"
    assert watched(table, "eva-lin") == ("plenary", "now")
    did(table, "mo", "assign", groups={"eins": ["ada"]})
    did(table, "ada", "lead", group="eins")
    did(table, "mo", "start")
    did(table, "mo", "finish")
    assert refusal(table, "ada", "lead", group="eins")[0] == "groups.not_open"
    assert [watched(table, person) for person in ("ada", "eva-lin")] == [("plenary", "now")] * 2


def test_whoever_leads_a_group_that_hands_in_late_still_does() -> None:
    table = working()
    did(table, "mo", "finish")
    did(table, "mo", "late", group="eins")
    kg = table.activities["kg"]
    assert (groups.leads(kg.state, "eva-lin"), watched(table, "eva-lin")) == ("eins", ("facilitator", "now/kg/eins"))


def test_who_leads_is_folded_from_the_record() -> None:
    table = working()
    did(table, "ben", "lead", group="eins")
    assert state(afresh(table)).leading == state(table).leading
