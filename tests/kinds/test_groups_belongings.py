"""What belongs to a group: who takes part in it, who steers it, when it is everybody's."""

from typing import Any

import pytest

from facilitation import moderation, pictures, roster, staging, steering
from facilitation.belonging import Owner
from facilitation.electorate import Electorate
from facilitation.kinds import KINDS, groups, wall
from facilitation.record import Refused
from tests.kinds.led import GROUPS, prepared, working
from tests.kinds.tables import did, refusal
from tests.rooms import Kept, activity, afresh, room, submit


def denied(table: Kept, by: str, activity: str, command: str, /, **data: Any) -> str:
    """Why a command is refused, "" if it is not; it is only decided."""
    try:
        submit(table, by, activity, command, **data)
    except Refused as refused:
        return refused.code
    return ""


def given(**more: Any) -> Kept:
    """The wall and a poll belong to the first group and are open."""
    table = working(**more)
    did(table, "mo", "furnish", group="eins", activity="frage")
    submit(table, "eva-lin", "wand", "open")
    submit(table, "eva-lin", "frage", "open")
    return table


def on_page(table: Kept, picture: pictures.Picture) -> set[str]:
    """Of which activities something stands on a page."""
    return {at for name in picture for at in name.split(".")[1:2]} & table.activities.keys()


# ── who takes part ──


def test_only_the_members_of_a_group_take_part_in_what_belongs_to_it() -> None:
    table = given()
    outcomes = {by: denied(table, by, "frage", "vote", choice="rot") for by in ("ada", "eva-lin", "mo", "dan", "cem")}
    assert outcomes == {"ada": "", "eva-lin": "", "mo": "", "dan": "poll.not_member", "cem": "poll.not_member"}
    assert denied(table, "dan", "wand", "write", column="cards", text="Mut") == "wall.not_member"


def test_who_is_moved_takes_part_in_what_belongs_to_the_new_group() -> None:
    table = given()
    did(table, "mo", "move", person="ada", group="zwei")
    did(table, "mo", "move", person="dan", group="eins")
    assert [denied(table, by, "frage", "vote", choice="rot") for by in ("ada", "dan")] == ["poll.not_member", ""]


def test_the_order_of_the_checks_is_that_of_the_format() -> None:
    table = given()
    assert denied(table, "dan", "frage", "vote", choice="lila") == "poll.not_member"
    submit(table, "eva-lin", "frage", "close")
    assert denied(table, "dan", "frage", "vote", choice="rot") == "poll.not_open"


def test_when_the_round_is_over_nobody_is_in_the_group() -> None:
    table = given()
    did(table, "mo", "finish")
    assert [denied(table, by, "frage", "vote", choice="rot") for by in ("ada", "mo")] == ["poll.not_member", ""]


def test_at_a_table_of_two_rounds_the_members_of_either_take_part() -> None:
    table = room(
        *(activity(groups, id, groups=[{"id": "t", "title": "Tisch", "activities": ["wand"]}]) for id in ("r1", "r2")),
        activity(wall, "wand", names="named"),
    )
    submit(table, "mo", "wand", "open")
    for id, person in (("r1", "ada"), ("r2", "ben")):
        submit(table, "mo", id, "assign", groups={"t": [person]})
    outcomes = [denied(table, by, "wand", "write", column="cards", text="Mut") for by in ("ada", "ben", "cem")]
    assert outcomes == ["", "", "wall.not_member"]
    assert table.belonging.owners(table.activities["wand"]) == (Owner("Tisch", "r1"), Owner("Tisch", "r2"))


# ── who steers ──


def staff_commands() -> list[tuple[str, str]]:
    """Everything that is for staff: the activity it is sent to, and its name."""
    common = [("wand", steering.COMMANDS), ("wand", moderation.COMMANDS), ("roster", roster.COMMANDS)]
    homes = {"wall": "wand", "poll": "frage", "groups": "kg"}
    own = [(homes[name], kind.commands) for name, kind in KINDS.items() if name in homes]
    polls = [("frage", steering.COMMANDS), ("frage", moderation.COMMANDS)]
    found = [(to, name) for to, models in (*common, *own, *polls) for name, model in models.items() if model.staff]
    return sorted(set(found))


def test_whoever_leads_a_group_opens_closes_and_phases_what_belongs_to_it_and_does_nothing_else_of_staff() -> None:
    table = given()
    permitted = {it for it in staff_commands() if denied(table, "eva-lin", *it) != "command.forbidden"}
    assert permitted == {
        ("frage", "open"),
        ("frage", "close"),
        ("frage", "reveal"),
        ("wand", "open"),
        ("wand", "close"),
        ("wand", "phase"),
    }


@pytest.mark.parametrize("by", ["ada", "dan", "cem"])
def test_a_member_does_nothing_of_staff_nor_does_whoever_leads_another_group(by: str) -> None:
    table = given()
    did(table, "dan", "lead", group="zwei")
    assert [it for it in staff_commands() if denied(table, by, *it) != "command.forbidden"] == []


def test_whoever_leads_a_group_steers_nothing_that_belongs_to_nobody() -> None:
    table = given()
    assert [denied(table, "eva-lin", "alle", command) for command in ("open", "close", "reveal")] == [
        "command.forbidden"
    ] * 3
    assert denied(table, "eva-lin", "nirgends", "open") == "command.forbidden"


def test_giving_back_the_group_gives_back_what_belongs_to_it() -> None:
    table = given()
    did(table, "ada", "lead", group="eins")
    assert denied(table, "ada", "wand", "phase", phase="draft") == ""
    did(table, "ada", "lead", group="eins", leads=False)
    assert denied(table, "ada", "wand", "phase", phase="collect") == "command.forbidden"


def test_what_the_stage_shows_is_steered_by_staff_alone() -> None:
    table = given()
    submit(table, "mo", "wand", "show", view="wall")
    assert denied(table, "eva-lin", "wand", "close") == "command.forbidden"


# ── for whom it is ──


def test_what_belongs_to_a_group_stands_in_its_space_and_on_nobody_else_s_page() -> None:
    table = given()
    assert on_page(table, pictures.group(table, "now/kg/eins")) == {"kg", "wand", "frage"}
    assert on_page(table, pictures.group(table, "now/kg/zwei")) == {"kg"}
    assert on_page(table, pictures.plenary(table, "now")) == {"kg"}
    own = {id: on_page(table, pictures.personal(table, table.person(id), "now")) for id in ("ada", "dan", "cem")}
    assert own == {"ada": {"kg", "wand", "frage"}, "dan": {"kg"}, "cem": {"kg"}}


def test_once_the_stage_has_shown_it_it_is_everybody_s_with_the_label_of_its_group() -> None:
    table = given()
    submit(table, "mo", "wand", "show", view="wall")
    picture = pictures.plenary(table, "now")
    assert on_page(table, picture) == {"kg", "wand"}
    assert picture["page.wand.owner"].content == (Owner("Gruppe 1", "kg"),)  # type: ignore[union-attr]
    assert staging.stage(table)["stage.stage"].content.owners == (Owner("Gruppe 1", "kg"),)  # type: ignore[union-attr]
    assert denied(table, "dan", "wand", "write", column="cards", text="Auch ich") == ""

    submit(table, "mo", "frage", "show", view="question")
    assert on_page(table, pictures.plenary(table, "now")) == {"kg", "wand", "frage"}
    submit(table, "mo", "wand", "open")
    assert on_page(table, pictures.plenary(table, "now")) == {"kg", "frage"}


def test_a_result_that_closing_shows_is_shown_to_the_group_alone() -> None:
    table = given()
    for by in ("ada", "ben"):
        submit(table, by, "frage", "vote", choice="rot")
    submit(table, "eva-lin", "frage", "close")
    assert "page.frage.result" in pictures.group(table, "now/kg/eins")
    assert on_page(table, pictures.plenary(table, "now")) == {"kg"}


def test_a_poll_of_a_group_is_asked_of_its_members() -> None:
    table = given()
    turnout = pictures.group(table, "now/kg/eins")["page.frage.turnout"].content  # type: ignore[union-attr]
    assert turnout.turnout.of == 3  # ada, ben and whoever leads them
    submit(table, "eva-lin", "frage", "close")
    assert table.activities["frage"].voters == Electorate(3, 3)
    submit(table, "mo", "alle", "open")
    submit(table, "mo", "alle", "close")
    assert table.activities["alle"].voters == Electorate(5, 5)
    did(table, "mo", "finish")
    assert pictures.look(table, table.activities["frage"], pictures.Audience.DESK).heads == 5


# ── giving ──


def test_what_was_given_is_taken_back_and_given_to_another() -> None:
    table = given()
    did(table, "mo", "furnish", group="zwei", activity="frage")
    assert [denied(table, by, "frage", "vote", choice="rot") for by in ("ada", "dan")] == ["poll.not_member", ""]
    did(table, "mo", "furnish", activity="frage")
    assert [denied(table, by, "frage", "vote", choice="rot") for by in ("ada", "cem")] == ["", ""]


def test_what_cannot_belong_to_a_group_is_not_given() -> None:
    table = prepared()
    assert refusal(table, "mo", "furnish", group="eins", activity="nirgends") == (
        "activity.invalid",
        {"why": "unknown"},
    )
    assert refusal(table, "mo", "furnish", group="eins", activity="kg") == (
        "groups.invalid",
        {"why": "not_for_groups"},
    )
    assert refusal(table, "mo", "furnish", group="keine", activity="wand")[1] == {"why": "unknown_group"}


def test_settings_may_name_what_is_not_there() -> None:
    table = working(groups=[GROUPS[0] | {"activities": ["fort"]}, *GROUPS[1:]])
    assert on_page(table, pictures.group(table, "now/kg/eins")) == {"kg"}


def test_what_belongs_to_a_group_is_folded_from_the_record() -> None:
    table = given()
    again = afresh(table)
    assert pictures.group(again, "now/kg/eins") == pictures.group(table, "now/kg/eins")
    assert [again.belonging.owners(it) for it in again.activities.values()] == [
        table.belonging.owners(it) for it in table.activities.values()
    ]
