"""Groups that go on together."""

import copy

import pytest

from app.house import allowed
from facilitation import pictures
from facilitation.kinds import groups
from facilitation.screen import Audience
from realtime.seat import Seat
from tests.kinds.tables import (
    begun,
    did,
    figures,
    handed_in,
    html,
    planned,
    refusal,
    rows,
    space,
    state,
    view,
    wrote,
)
from tests.kinds.test_groups_screens import text
from tests.rooms import Kept


def merged(**config: object) -> Kept:
    """Group zwei, in which dan wrote and handed in, sits with group eins."""
    table = begun(**config)
    wrote(table, "dan", "Aus der Zwei", group="zwei")
    handed_in(table, "dan", "Ergebnis der Zwei", group="zwei")
    did(table, "mo", "merge", group="zwei", into="eins")
    return table


def of(count: int) -> Kept:
    """Groups in each of which one person sits, as far as there are people."""
    people = ["ada", "ben", "cem", "dan"]
    table = planned(groups=[{"id": f"n{number}", "title": f"Gruppe {number}"} for number in range(count)])
    did(table, "mo", "assign", groups={f"n{number}": [person] for number, person in enumerate(people[:count])})
    return table


# ── who sits where ──


def test_who_sat_in_a_merged_group_sits_in_the_other_and_writes_there() -> None:
    table = merged()
    assert (state(table).home("dan"), figures(table)["final"]) == ("eins", {"eins": 3, "zwei": 0, "drei": 0})
    assert allowed(table, Seat(1, "dan", "person", "d", 1), "now").page == "now/kg/eins"  # type: ignore[union-attr]
    wrote(table, "dan", group="eins")


def test_what_somebody_is_just_writing_in_a_merged_group_is_not_lost_and_stays_its_own() -> None:
    table = merged()
    ref = wrote(table, "dan", "Noch unterwegs", group="zwei")
    assert state(table).notes[ref].group == "zwei"
    assert refusal(table, "cem", "note", group="zwei", text="Von außen")[0] == "groups.not_member"


def test_the_host_of_a_merged_group_goes_along() -> None:
    table = begun()
    did(table, "mo", "merge", group="drei", into="zwei")
    did(table, "mo", "merge", group="zwei", into="eins")
    assert (groups.home(state(table), "cem"), state(table).merged.brought("eins")) == ("eins", ["drei", "zwei"])


@pytest.mark.parametrize(
    "group,into,why",
    [
        ("eins", "eins", "itself"),
        ("zwei", "drei", "merged"),
        ("drei", "zwei", "merged"),
        ("keine", "eins", "unknown_group"),
        ("eins", "keine", "unknown_group"),
    ],
)
def test_only_groups_that_are_by_themselves_go_together(group: str, into: str, why: str) -> None:
    assert refusal(merged(), "mo", "merge", group=group, into=into) == ("groups.invalid", {"why": why})


def test_nobody_goes_to_a_group_that_sits_with_another() -> None:
    table = merged(mode="self_select")
    assert refusal(table, "ben", "enter", group="zwei") == ("groups.invalid", {"why": "merged"})
    assert refusal(table, "mo", "move", person="ben", group="zwei") == ("groups.invalid", {"why": "merged"})


def test_a_new_assignment_sets_groups_apart_again() -> None:
    table = merged()
    did(table, "mo", "assign", groups={"zwei": ["dan"]})
    assert (state(table).apart, state(table).home("dan")) == (["eins", "zwei", "drei"], "zwei")


def test_a_round_that_is_opened_again_keeps_seats_and_contents() -> None:
    table = merged()
    did(table, "mo", "finish")
    did(table, "mo", "start")
    assert (state(table).home("dan"), len(state(table).notes), len(state(table).results)) == ("eins", 1, 1)


# ── two by two ──


@pytest.mark.parametrize(
    "count,into",
    [(1, {}), (2, {"n1": "n0"}), (3, {"n1": "n0", "n2": "n0"}), (4, {"n1": "n0", "n3": "n2"})],
)
def test_all_groups_go_together_two_by_two_and_the_last_one_makes_three(count: int, into: dict[str, str]) -> None:
    table = of(count)
    did(table, "mo", "pair")
    assert state(table).merged.into == into


def test_pairs_become_fours_by_the_same_click_and_empty_groups_stay_as_they_are() -> None:
    table = of(6)
    did(table, "mo", "pair")
    did(table, "mo", "pair")
    it = state(table)
    assert {group: len(it.members(group)) for group in it.apart} == {"n0": 4, "n4": 0, "n5": 0}


# ── taken back ──


def test_a_merge_by_mistake_is_taken_back_and_everything_is_as_it_was() -> None:
    table = begun(mode="self_select")
    for person in ("ben", "cem"):
        did(table, person, "enter", group="zwei")  # which has one place: they wait
    did(table, "dan", "lead", group="zwei")
    did(table, "dan", "scribe", group="zwei")
    wrote(table, "dan", "Vorher", group="zwei")
    before = copy.deepcopy(state(table))
    did(table, "mo", "merge", group="zwei", into="eins")
    assert (groups.leads(state(table), "dan"), state(table).choosing.queue("eins")) == ("eins", ["ben", "cem"])
    did(table, "ben", "enter", group="eins")  # who waits for no place any more does not wait again
    did(table, "mo", "split", group="zwei")
    it = state(table)
    assert (it.seats, it.merged.into, it.leading.led, it.scribes) == (
        before.seats,
        {},
        before.leading.led,
        before.scribes,
    )
    assert (it.choosing.waiting, it.notes, groups.leads(it, "dan")) == ({"cem": "zwei"}, before.notes, "zwei")
    assert [
        wrote(table, "dan", group="zwei") in it.notes,
        refusal(table, "dan", "note", group="eins", text="x")[0],
    ] == [
        True,
        "groups.not_member",
    ]


def test_what_was_written_together_stays_under_the_group_it_was_written_in() -> None:
    table = merged()
    wrote(table, "dan", "Gemeinsam")
    did(table, "mo", "split", group="zwei")
    assert [(row["text"], row["group"]) for row in rows(table)] == [
        ("Gemeinsam", "Gruppe 1"),
        ("Aus der Zwei", "Gruppe 2"),
        ("Ergebnis der Zwei", "Gruppe 2"),
    ]


def test_who_went_elsewhere_meanwhile_stays_there_and_who_leads_the_other_group_leads_no_more() -> None:
    table = begun()
    did(table, "mo", "merge", group="eins", into="drei")
    did(table, "mo", "move", person="ben", group="zwei")
    did(table, "ada", "lead", group="drei")
    did(table, "mo", "split", group="eins")
    it = state(table)
    assert (it.home("ben"), it.home("ada"), it.leads("ada")) == ("zwei", "eins", "")


def test_a_merge_is_taken_back_only_as_long_as_nothing_was_done_on_top() -> None:
    table = merged()
    assert refusal(table, "mo", "split", group="eins") == ("groups.invalid", {"why": "not_merged"})
    assert refusal(table, "mo", "split") == ("groups.invalid", {"why": "not_merged"})
    did(table, "mo", "merge", group="eins", into="drei")
    assert refusal(table, "mo", "split", group="zwei") == ("groups.invalid", {"why": "on_top"})
    did(table, "mo", "split", group="eins")
    assert (state(table).seats, state(table).apart) == (
        dict.fromkeys(["ada", "ben", "dan"], "eins"),
        ["eins", "drei"],
    )
    did(table, "mo", "split", group="zwei")
    assert (state(table).home("dan"), state(table).apart) == ("zwei", ["eins", "zwei", "drei"])
    did(table, "mo", "merge", group="zwei", into="eins")
    did(table, "mo", "assign", groups={"zwei": ["dan"]})
    assert refusal(table, "mo", "split", group="zwei") == ("groups.invalid", {"why": "not_merged"})


def test_all_that_went_two_by_two_are_by_themselves_again_at_once() -> None:
    table = of(4)
    did(table, "mo", "pair")
    did(table, "mo", "pair")
    assert state(table).merged.into == {"n1": "n0", "n3": "n2", "n2": "n0"}
    did(table, "mo", "split")
    assert state(table).merged.into == {"n1": "n0", "n3": "n2"}
    assert refusal(table, "mo", "split") == ("groups.invalid", {"why": "not_merged"})
    did(table, "mo", "split", group="n3")
    assert {group: state(table).members(group) for group in state(table).groups} == {
        "n0": ["ada", "ben"],
        "n1": [],
        "n2": ["cem"],
        "n3": ["dan"],
    }


def test_the_desk_takes_it_back_where_it_sees_it() -> None:
    def offered(table: Kept) -> list[int]:
        """How often the last steps and the rows of the groups offer it."""
        seen = view(table, Audience.DESK)
        drawn = [html(table, {"steps": seen["steps"]}), html(table, {it: seen[it] for it in seen["rows"]})]
        return [page.count("kg.split") for page in drawn]

    table = begun()
    did(table, "mo", "pair")
    found = [offered(table)]
    did(table, "mo", "merge", group="drei", into="eins")
    found.append(offered(table))
    did(table, "mo", "split", group="drei")
    did(table, "mo", "merge", group="drei", into="eins")
    found.append(offered(table))
    did(table, "mo", "split")
    found.append(offered(table))
    did(table, "mo", "finish")
    found.append(offered(table))
    assert found == [[1, 1], [2, 2], [2, 2], [1, 1], [0, 0]]
    page = text(html(table, {"steps": view(merged(), Audience.DESK)["steps"]}))
    assert "Gruppe 2 mit 1 zusammengelegt, 1 Person Zurücknehmen : Gruppe 2" in page


# ── what is seen of it ──


def test_the_space_shows_what_the_other_group_brought_under_its_name() -> None:
    seen = space(merged())
    assert seen[""][-7:-4] == ("lines", "brought-zwei", "belongs")
    parts = [seen["brought-zwei"], *(seen[name] for name in seen["notes-zwei"])]
    assert [words in html(merged(), {"brought": parts[0]}) for words in ("aus Gruppe 2", "Ergebnis der Zwei")] == [
        True
    ] * 2
    assert [part.note.text for part in parts[1:]] == ["Aus der Zwei"]


def test_what_is_hidden_of_a_merged_group_stays_hidden() -> None:
    table = merged()
    for ref in [*state(table).notes, state(table).results["zwei"].ref]:
        did(table, "mo", "hide", ref=ref, reason="ein Name")
    page = html(table, space(table))
    assert [words in page for words in ("Aus der Zwei", "Ergebnis der Zwei", "aus Gruppe 2")] == [False, False, True]


def test_a_call_of_the_merged_group_and_what_it_is_answered_are_seen_where_it_sits() -> None:
    table = begun()
    did(table, "dan", "help", group="zwei", text="Wir hören niemanden.")
    did(table, "mo", "merge", group="zwei", into="eins")
    did(table, "mo", "tell", group="zwei", text="Wir kommen")
    seen = space(table)
    assert [call.text for call in seen["help"].calls] == ["Wir hören niemanden."]
    assert [told.text for told in seen["told"]] == ["Wir kommen"]


def test_every_note_stays_under_its_own_group_in_the_table() -> None:
    assert [(row["type"], row["group"]) for row in rows(merged())] == [("Notiz", "Gruppe 2"), ("Ergebnis", "Gruppe 2")]


def test_what_somebody_wrote_says_to_them_and_to_whatever_is_made_of_it_in_which_group_it_was() -> None:
    table = merged()
    dan = table.person("dan")
    assert [trail.activity for trail in pictures.personal(table, dan, "mine")["page.mine-trail"].content] == [  # type: ignore[union-attr]
        "kg, Gruppe 2",
        "kg, Gruppe 2",
    ]
    ref = did(table, "mo", "add", title="Radwege")
    assert [table.sources[it].title for it in (*state(table).notes, ref)] == ["kg, Gruppe 2", "kg"]


def test_nobody_can_be_moved_to_a_merged_group_from_the_desk() -> None:
    seen = view(merged(), Audience.DESK)
    assert [group for group, _ in seen["desk-people"].groups] == ["eins", "drei"]
    page = html(merged(), {"row": seen["row-zwei"]})
    assert "2 Minuten" not in page


def test_a_merged_group_says_where_it_sits() -> None:
    table = merged(mode="self_select")
    row = text(html(table, {"row": view(table, Audience.DESK)["row-zwei"]}))
    assert "zusammengelegt" in row
    assert "sitzt bei Gruppe 1" in row
    entry = view(table)["entry-zwei"]
    assert (entry.open, entry.table.place) == (False, 1)
    assert "zusammengelegt, sitzt bei Gruppe 1" in html(table, {"entry": entry})
    assert html(table, view(table, Audience.STAGE)).count("room--gone") == 2
