"""The soft end of a round, and how it is held while somebody writes."""

import re
from datetime import datetime, timedelta

import pytest

from app.projection import drawn
from app.timers import due
from facilitation import desk
from facilitation.belonging import Space
from facilitation.kinds import groups, poll
from facilitation.screen import Audience
from tests.kinds.tables import GROUPS, HERE, SEATED, begun, did, html, planned, refusal, space, state, view, wrote
from tests.kinds.test_groups_screens import text
from tests.rooms import NINE, Kept, activity, room, submit
from tests.steered import COLOURS, step, types


def passed(table: Kept, seconds: int) -> None:
    """Let time go by: each entry takes a second."""
    for _ in range(seconds):
        submit(table, "mo", "stage", "theme", dark=False)


def closing(**config: object) -> Kept:
    table = begun(**config)
    did(table, "mo", "finish", soft=True)
    return table


def left(table: Kept) -> int:
    """Seconds from the call into the plenary to the close."""
    ending = state(table).ending
    assert ending.called
    assert ending.closes
    return int((ending.closes - ending.called).total_seconds())


def closes(table: Kept) -> datetime:
    ends = table.activities["kg"].ends
    assert ends
    return ends


def test_a_minute_is_left_to_write_and_then_the_clock_closes() -> None:
    table = closing()
    assert (left(table), closes(table)) == (60, state(table).ending.closes)
    wrote(table, "ada", "Im letzten Moment")
    assert list(due(table, closes(table) + timedelta(seconds=1))) == []
    (envelope,) = due(table, closes(table) + timedelta(seconds=2))
    table.decide(envelope._replace(when=closes(table) + timedelta(seconds=2)))
    assert envelope.command == "close"


def test_what_is_closed_is_ended() -> None:
    table = closing()
    submit(table, "mo", "kg", "close")
    assert (state(table).is_running, state(table).ending.called, table.activities["kg"].ends) == (False, None, None)


def test_closing_by_the_key_of_the_desk_calls_into_the_plenary_and_only_pressing_it_again_ends_at_once() -> None:
    table = begun()
    assert types(submit(table, "mo", "kg", "close")) == [("kg", "groups.closing")]
    assert left(table) == 60
    wrote(table, "ada", "Im letzten Moment")
    assert types(submit(table, "mo", "kg", "close")) == [("kg", "activity.closed")]
    assert types(submit(table, "mo", "kg", "close")) == [("kg", "activity.closed")]


def day(*, second: bool = False) -> Kept:
    """Groups in the first step, in the second a poll, or other groups, in which ada sits in group zwei."""
    after = activity(groups, "dann", groups=GROUPS) if second else activity(poll, "dann", **COLOURS)
    steps = (step("arbeiten", "kg"), step("plenum", "dann", opens=True), step("pause"))
    table = room(activity(groups, "kg", groups=GROUPS), after, people=HERE, steps=steps)
    if second:
        submit(table, "mo", "dann", "assign", groups={"zwei": ["ada"]})
    submit(table, "mo", "agenda", "advance")
    did(table, "mo", "assign", groups=SEATED)
    did(table, "mo", "start")
    return table


def test_going_on_with_the_day_lets_the_groups_write_to_the_end() -> None:
    table = day()
    gone_on = types(submit(table, "mo", "agenda", "advance"))
    assert gone_on[:3] == [("kg", "groups.closing"), ("agenda", "agenda.advanced"), ("dann", "activity.opened")]
    assert (table.stage.target, left(table)) == ("dann", 60)
    wrote(table, "ada", "Im letzten Moment")
    assert [envelope.activity for envelope in due(table, closes(table) + timedelta(seconds=2))] == ["kg"]


def test_whoever_was_called_into_the_plenary_is_not_cut_off_by_going_on() -> None:
    table = day()
    did(table, "mo", "finish", soft=True)
    before = closes(table)
    assert ("kg", "activity.closed") not in types(submit(table, "mo", "agenda", "advance"))
    assert closes(table) == before


def test_a_round_that_is_over_is_closed_by_going_on_as_anything_else() -> None:
    table = day()
    did(table, "mo", "finish")
    assert types(submit(table, "mo", "agenda", "advance"))[0] == ("agenda", "agenda.advanced")


def test_whoever_writes_to_the_end_goes_on_to_the_next_round_only_then() -> None:
    table = day(second=True)
    ada = table.roster.people["ada"]
    submit(table, "mo", "agenda", "advance")
    assert table.space(ada) == Space(table.activities["kg"], "eins")
    submit(table, "mo", "kg", "close")
    assert table.space(ada) == Space(table.activities["dann"], "zwei")


def test_the_keys_of_the_desk_say_beforehand_what_becomes_of_the_groups() -> None:
    table = day()
    said = [_keys(table)]
    submit(table, "mo", "kg", "close")
    said.append(_keys(table))
    submit(table, "mo", "kg", "close")
    said.append(_keys(table))
    on = "dann; die Gruppen schreiben noch zu Ende"
    assert said == [
        ("Gruppen schreiben noch zu Ende", on),
        ("Gruppen enden sofort", on),
        ("Gruppen enden sofort", "dann"),
    ]


def test_going_on_within_the_same_round_lets_nobody_write_to_the_end() -> None:
    table = room(activity(groups, "kg", groups=GROUPS), people=HERE, steps=(step("eins", "kg"), step("zwei", "kg")))
    submit(table, "mo", "agenda", "advance")
    did(table, "mo", "start")
    assert _keys(table) == ("Gruppen schreiben noch zu Ende", "zwei")
    submit(table, "mo", "agenda", "advance")
    assert state(table).ending.called is None


def _keys(table: Kept) -> tuple[str, str]:
    """What the console says below *Schließen* and *Weiter*."""
    console = desk.desk(table, "kg")["desk.console"]
    notes = re.findall(r"<small>(.*?)</small>", str(drawn({"desk.console": console})["desk.console"]))
    return notes[1], notes[-1]


def test_without_the_wish_for_a_soft_end_it_is_the_end() -> None:
    table = begun()
    did(table, "mo", "finish")
    assert state(table).ended
    assert [entry.type for entry in submit(planned(), "mo", "kg", "finish", soft=True)] == [
        "groups.ended",
        "activity.closed",
    ]


def test_all_are_called_once_and_may_be_fetched_at_once() -> None:
    table = closing()
    assert refusal(table, "mo", "finish", soft=True) == ("groups.invalid", {"why": "closing"})
    did(table, "mo", "finish")
    assert state(table).ended


@pytest.mark.parametrize("waits,lasts", [(0, 60), (50, 80), (58, 88)])
def test_who_still_writes_has_half_a_minute_more(waits: int, lasts: int) -> None:
    table = closing()
    passed(table, waits - 1 if waits else 0)
    did(table, "ada", "hold", group="eins")
    assert left(table) == lasts


def test_the_end_is_held_three_minutes_at_most() -> None:
    table = closing()
    for _ in range(8):
        passed(table, 24)
        did(table, "ada", "hold", group="eins")
    assert left(table) == 180
    assert "Wir schreiben noch" not in html(table, space(table))


def test_only_members_hold_the_end_and_only_when_all_are_called() -> None:
    assert refusal(begun(), "ada", "hold", group="eins")[0] == "groups.not_open"
    table = closing()
    assert refusal(table, "dan", "hold", group="eins")[0] == "groups.not_member"
    did(table, "mo", "hold", group="eins")


def test_more_time_for_all_takes_the_call_back_and_more_for_one_does_not() -> None:
    table = closing()
    did(table, "mo", "prolong", seconds=60, group="eins")
    assert state(table).ending.called
    did(table, "mo", "prolong", seconds=60)
    assert (state(table).ending.called, table.activities["kg"].ends) == (None, None)
    assert list(due(table, NINE + timedelta(days=1))) == []


def test_a_round_that_begins_again_has_no_end_of_the_last() -> None:
    table = closing()
    did(table, "mo", "start")
    assert state(table).ending.called is None


def test_a_group_is_told_until_when_to_the_second_and_can_ask_for_more() -> None:
    table = closing()
    page = text(html(table, space(table)))
    assert f"Sie können noch bis {closes(table):%H:%M:%S} schreiben." in page
    assert "Wir schreiben noch" in page
    assert "Bitte schreiben Sie zu Ende" in html(table, view(table, Audience.STAGE))


def test_the_desk_sees_the_soft_end_and_can_end_at_once() -> None:
    table = begun()
    assert "Ins Plenum holen" in html(table, view(table, Audience.DESK))
    did(table, "mo", "finish", soft=True)
    page = text(html(table, view(table, Audience.DESK)))
    assert f"Die Gruppen können noch bis {closes(table):%H:%M:%S} schreiben" in page
    assert ("Jetzt beenden" in page, "Ins Plenum holen" in page) == (True, False)


def test_warnings_and_overtime_are_in_the_page_for_the_browser_to_count() -> None:
    page = html(begun(), space(begun()))
    assert [word in page for word in ("Noch 5 Minuten.", "Noch 1 Minute.", "darüber")] == [True] * 3
