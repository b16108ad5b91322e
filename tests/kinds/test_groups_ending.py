"""The soft end of a round, and how it is held while somebody writes."""

from datetime import datetime, timedelta

import pytest

from app.timers import due
from facilitation.screen import Audience
from tests.kinds.tables import begun, did, html, planned, refusal, space, state, view, wrote
from tests.kinds.test_groups_screens import text
from tests.rooms import NINE, Kept, submit


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
