"""The rules of a round of groups."""

import copy
from datetime import timedelta

import pytest
from pydantic import ValidationError

from facilitation.belonging import Space
from facilitation.kinds import groups
from facilitation.record import Person, Role
from facilitation.screen import Audience
from tests.kinds.tables import GROUPS, HERE, begun, did, figures, handed_in, planned, refusal, rows, state, wrote
from tests.rooms import activity, afresh, room, submit

# ── settings ──


@pytest.mark.parametrize(
    "of_groups",
    [
        [],
        [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}],
        [{"id": "a/b", "title": "A"}],
        [{"id": "a]", "title": "A"}],
        [{"id": "a", "title": "A", "link": "javascript:alert(1)"}],
        [{"id": "a", "title": "A", "capacity": 0}],
    ],
)
def test_groups_can_be_told_apart_named_in_addresses_and_linked_to(of_groups: list[dict[str, object]]) -> None:
    with pytest.raises(ValidationError):
        groups.Config.model_validate({"groups": of_groups})


# ── who is where ──


def test_an_assignment_replaces_the_one_before() -> None:
    table = begun()
    did(table, "mo", "assign", groups={"drei": ["ada"]})
    assert state(table).seats == {"ada": "drei"}
    assert figures(table)["assigned"] == {"eins": 0, "zwei": 0, "drei": 1}


def test_the_sizes_after_the_assignment_stay_whoever_moves_later() -> None:
    table = begun()
    did(table, "mo", "move", person="ben", group="drei")
    did(table, "dan", "leave")
    assert (figures(table)["assigned"], figures(table)["final"]) == (
        {"eins": 2, "zwei": 1, "drei": 0},
        {"eins": 1, "zwei": 0, "drei": 1},
    )


def test_nobody_is_assigned_twice_nor_to_a_group_that_is_not_there() -> None:
    table = planned()
    assert refusal(table, "mo", "assign", groups={"eins": ["ada"], "zwei": ["ada"]}) == (
        "groups.invalid",
        {"why": "twice"},
    )
    assert refusal(table, "mo", "assign", groups={"keine": []}) == ("groups.invalid", {"why": "unknown_group"})


def test_nobody_is_moved_who_is_not_on_the_roster() -> None:
    assert refusal(begun(), "mo", "move", person="niemand", group="eins") == (
        "roster.invalid",
        {"why": "unknown_person"},
    )


def test_who_enters_another_group_leaves_the_first() -> None:
    table = begun()
    did(table, "ada", "enter", group="drei")
    assert state(table).seats == {"ben": "eins", "dan": "zwei", "ada": "drei"}


def test_nobody_enters_a_full_group_but_who_is_in_it_stays() -> None:
    table = begun()
    assert refusal(table, "ada", "enter", group="zwei") == ("groups.over_limit", {"most": 1})
    did(table, "dan", "enter", group="zwei")
    assert state(table).members("zwei") == ["dan"]


@pytest.mark.parametrize("command,data", [("enter", {"group": "eins"}), ("leave", {})])
def test_people_come_and_go_from_the_assignment_to_the_end(command: str, data: dict[str, str]) -> None:
    table = planned()
    assert refusal(table, "ada", command, **data)[0] == "groups.not_open"
    did(table, "mo", "assign", groups={})
    did(table, "ada", command, **data)
    did(table, "mo", "start")
    did(table, "ada", command, **data)
    did(table, "mo", "finish")
    assert refusal(table, "ada", command, **data)[0] == "groups.not_open"


def test_a_group_is_where_somebody_sits_or_is_the_host() -> None:
    table = begun()
    assert [groups.home(state(table), person) for person in ("ada", "cem", "mo", "")] == ["eins", "drei", "", ""]
    did(table, "mo", "finish")
    assert groups.home(state(table), "ada") == ""


# ── the clock ──


def test_a_round_lasts_as_long_as_planned_unless_the_desk_says_otherwise() -> None:
    lasting = []
    for data in ({}, {"minutes": 43}):
        table = planned(minutes=20)
        did(table, "mo", "start", **data)
        it = state(table)
        assert it.started
        assert it.ends
        lasting.append((it.ends - it.started) // timedelta(minutes=1))
    assert lasting == [20, 43]


def test_more_time_is_for_all_or_for_one_group() -> None:
    table = begun()
    before = state(table).ends
    did(table, "mo", "prolong", seconds=120)
    did(table, "mo", "prolong", seconds=60, group="zwei")
    assert before
    assert [state(table).until(group) for group in ("eins", "zwei")] == [
        before + timedelta(seconds=120),
        before + timedelta(seconds=180),
    ]
    assert figures(table)["extended_seconds"] == 120


def test_more_time_in_overtime_counts_from_now() -> None:
    table = planned(minutes=1)
    did(table, "mo", "start")
    for _ in range(120):
        submit(table, "mo", "stage", "theme", dark=False)
    did(table, "mo", "prolong", seconds=60)
    it = state(table)
    assert it.ends == table.record[-1].made.astimezone(table.workshop.zone) + timedelta(seconds=60)


def test_more_time_before_the_beginning_changes_no_end() -> None:
    table = planned()
    did(table, "mo", "prolong", seconds=60)
    assert (state(table).ends, state(table).until("eins"), figures(table)["extended_seconds"]) == (None, None, 60)


def test_nothing_closes_by_the_clock() -> None:
    table = begun()
    did(table, "mo", "finish")
    submit(table, "mo", "kg", "open", seconds=20)
    kg = table.activities["kg"]
    assert kg.ends is None
    assert kg.state.ends == kg.began + timedelta(seconds=20)
    assert refusal(table, "mo", "extend", seconds=60) == ("activity.invalid", {"why": "own_clock"})
    wrote(table, "ada")


def test_opening_and_closing_are_starting_and_ending() -> None:
    table = planned(minutes=20)
    submit(table, "mo", "kg", "open")
    assert state(table).is_running
    submit(table, "mo", "kg", "open")
    assert (state(table).ends or table.workshop.ends) - (state(table).started or table.workshop.ends) == timedelta(
        minutes=20
    )
    did(table, "mo", "finish")
    ended = state(table).ended
    submit(table, "mo", "kg", "close")
    assert (state(table).is_running, state(table).ended, table.activities["kg"].is_open) == (False, ended, False)


def test_a_new_round_begins_without_what_was_granted_in_the_last() -> None:
    table = begun()
    did(table, "ada", "ready", group="eins")
    did(table, "mo", "finish")
    did(table, "mo", "late", group="eins")
    did(table, "mo", "start")
    assert (state(table).late, state(table).finished, state(table).is_running) == (set(), set(), True)


# ── what groups write ──


def test_only_members_write_and_whoever_runs_the_workshop_helps() -> None:
    table = begun()
    for person in ("dan", "cem"):
        assert refusal(table, person, "note", group="eins", text="Falsche Gruppe")[0] == "groups.not_member"
    for person, group in (("ada", "eins"), ("cem", "drei"), ("mo", "zwei")):
        wrote(table, person, group=group)
    assert figures(table)["notes"] == {"eins": 1, "zwei": 1, "drei": 1}


def test_it_is_said_that_somebody_is_no_member_before_what_is_wrong_with_the_text() -> None:
    table = begun()
    assert refusal(table, "dan", "note", group="eins", text=" ")[0] == "groups.not_member"
    assert refusal(table, "ada", "note", group="eins", text=" ")[0] == "command.invalid"
    assert refusal(table, "ada", "note", group="keine", text="Text") == ("groups.invalid", {"why": "unknown_group"})


@pytest.mark.parametrize("command", ["note", "result", "help"])
def test_groups_write_while_they_work_and_that_is_said_before_who_is_a_member(command: str) -> None:
    table = planned()
    assert refusal(table, "dan", command, group="eins", text="Zu früh")[0] == "groups.not_open"
    did(table, "mo", "assign", groups={"eins": ["dan"]})
    did(table, "mo", "start")
    did(table, "dan", command, group="eins", text="Jetzt")
    did(table, "mo", "finish")
    assert refusal(table, "ada", command, group="eins", text="Zu spät")[0] == "groups.not_open"


def test_every_line_stands_for_itself_and_each_member_may_put_it_better() -> None:
    table = begun()
    first, second = wrote(table, "ada", "Eins"), wrote(table, "ben", "Zwei")
    did(table, "ben", "rewrite", group="eins", note=first, text="Eins, besser")
    assert [(it.ref, it.text, it.author, it.edits) for it in state(table).notes.values()] == [
        (first, "Eins, besser", "ada", 1),
        (second, "Zwei", "ben", 0),
    ]


def test_nobody_rewrites_a_line_of_another_group() -> None:
    table = begun()
    ref = wrote(table, "dan", group="zwei")
    assert refusal(table, "ada", "rewrite", group="eins", note=ref, text="Anders") == (
        "groups.invalid",
        {"why": "unknown_note"},
    )


def test_a_later_result_replaces_the_earlier_one_under_its_number() -> None:
    table = begun()
    ref = handed_in(table, "ada", "Erst", points="a\n\nb")
    assert handed_in(table, "ben", "Dann") == ""
    result = state(table).results["eins"]
    assert (result.ref, result.text, result.points, result.author, result.late) == (ref, "Dann", (), "ben", False)
    assert (figures(table)["results"], figures(table)["rooms_without_result"]) == (1, ["zwei", "drei"])


def test_a_result_has_as_many_points_as_planned() -> None:
    table = begun(points=2)
    assert refusal(table, "ada", "result", group="eins", text="Satz", points="a\nb\nc") == (
        "groups.invalid",
        {"why": "points", "most": 2},
    )
    handed_in(table, "ada", points="a\n \nb")
    assert state(table).results["eins"].points == ("a", "b")


def test_a_group_hands_in_late_only_if_it_may_and_it_is_noted() -> None:
    table = begun()
    did(table, "mo", "finish")
    did(table, "mo", "late", group="eins")
    assert groups.home(state(table), "ada") == "eins"
    assert refusal(table, "dan", "result", group="zwei", text="Auch wir")[0] == "groups.not_open"
    handed_in(table, "ada")
    assert [(row["type"], row["late"]) for row in rows(table)] == [("Ergebnis", "ja")]


@pytest.mark.parametrize(
    "by,command,most,more",
    [
        ("ada", "note", 10_000, {"group": "eins"}),
        ("ada", "result", 10_000, {"group": "eins"}),
        ("ada", "help", 500, {"group": "eins"}),
        ("mo", "tell", 500, {}),
    ],
)
def test_a_text_is_as_long_as_it_may_be(by: str, command: str, most: int, more: dict[str, str]) -> None:
    table = begun()
    did(table, by, command, text="ü" * most, **more)
    assert refusal(table, by, command, text="ü" * (most + 1), **more) == ("groups.too_long", {"most": most})


def test_somebody_takes_the_minutes_and_a_group_is_done_or_not_yet() -> None:
    table = begun()
    did(table, "ada", "scribe", group="eins")
    did(table, "ben", "scribe", group="eins")
    did(table, "ada", "ready", group="eins")
    did(table, "dan", "ready", group="zwei")
    did(table, "dan", "ready", group="zwei", done=False)
    assert (state(table).scribes, state(table).finished) == ({"eins": "ben"}, {"eins"})


# ── help ──


def test_a_call_is_taken_once_and_done() -> None:
    table = begun()
    call = did(table, "ada", "help", group="eins", text="Wir hören niemanden.")
    assert [it.taken for it in state(table).calling("eins")] == [""]
    did(table, "mo", "take", call=call)
    assert refusal(table, "mo", "take", call=call)[0] == "groups.already_voted"
    did(table, "mo", "helped", call=call)
    assert (state(table).calling("eins"), figures(table)["help_calls"]) == ([], 1)
    assert refusal(table, "mo", "take", call=call)[0] == "groups.already_voted"
    assert refusal(table, "mo", "helped", call="AT2-9999") == ("groups.invalid", {"why": "unknown_call"})


def test_a_group_is_active_by_what_its_members_do_and_not_by_what_it_is_told() -> None:
    table = begun()
    wrote(table, "ada")
    active = dict(state(table).active)
    did(table, "mo", "tell", text="Noch fünf Minuten", group="zwei")
    assert (state(table).active, list(active)) == (active, ["eins"])


# ── who reads it, and what stays ──


def test_notes_are_for_the_group_and_results_for_everybody() -> None:
    table = begun()
    note, result = wrote(table, "ada"), handed_in(table, "ada")
    call = did(table, "ada", "help", group="eins", text="Bitte")
    assert [table.activities["kg"].is_public(ref) for ref in (note, call, result)] == [False, False, True]


def test_a_table_holds_every_note_and_result_with_its_group() -> None:
    table = begun()
    note, other = wrote(table, "ada", "Eine Zeile"), wrote(table, "dan", "Noch eine", "zwei")
    result = handed_in(table, "ben", "Ein Satz", points="a\nb")
    did(table, "mo", "hide", ref=other, reason="ein Name")
    said = {
        "ref": result,
        "type": "Ergebnis",
        "group": "Gruppe 1",
        "text": "Ein Satz",
        "statements": "a\nb",
        "late": "",
    }
    assert rows(table)[:2] == [
        {"ref": note, "type": "Notiz", "group": "Gruppe 1", "text": "Eine Zeile"}
        | {"author": "Leitung Amt 10", "hidden": ""},
        said | {"author": "Leitung Amt 20", "hidden": ""},
    ]
    assert [row["hidden"] for row in rows(table)] == ["", "", "ein Name"]
    assert [row["ref"] for row in rows(table, Audience.PLENARY)] == [note, result]


def test_a_redacted_result_has_lost_its_words_and_its_points() -> None:
    table = begun()
    ref = handed_in(table, "ada", "Ein Name", points="noch ein Name")
    did(table, "mo", "redact", ref=ref, reason="Namen")
    result = state(afresh(table)).results["eins"]
    assert (result.text, result.points) == ("", ())


def test_what_is_recorded_of_other_things_changes_no_round() -> None:
    table = begun()
    before = copy.deepcopy(state(table))
    groups.fold(state(table), table.record[-1]._replace(type="groups.unheard_of"))
    assert state(table) == before


def test_who_works_in_two_rounds_is_in_the_one_that_runs() -> None:
    table = room(*(activity(groups, id, groups=GROUPS) for id in ("erste", "zweite")), people=HERE)
    ada = Person("ada", Role.PARTICIPANT, "Leitung Amt 10")
    assert table.space(ada) is None
    submit(table, "mo", "erste", "assign", groups={"eins": ["ada"]})
    submit(table, "mo", "zweite", "assign", groups={"zwei": ["ada"]})
    submit(table, "mo", "zweite", "start")
    assert table.space(ada) == Space(table.activities["zweite"], "zwei")
    submit(table, "mo", "erste", "start")
    assert table.space(ada) == Space(table.activities["erste"], "eins")
