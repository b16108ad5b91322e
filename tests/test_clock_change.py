"""The night in which the clocks are set back: two hours bear one name, and everything lasts as long as it was to."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.drawing import RULER_WIDTH, ruler
from facilitation.groups.guide import guide
from facilitation.kinds import groups, poll, speaking
from facilitation.record import Refused
from tests.kinds.polls import SINGLE
from tests.rooms import Kept, activity, afresh, envelope, room, send

FIRST = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past two, in summer time
AGAIN = FIRST + timedelta(hours=1)  # half past two, in winter time
MINUTE = timedelta(minutes=1)
GUIDE = [{"title": "Ankommen", "minutes": 45}, {"title": "Sammeln", "minutes": 30}]


@pytest.fixture
def night() -> Kept:
    made = room(
        activity(poll, "abfrage", **SINGLE),
        activity(groups, "kg", groups=[["g1", "Gruppe 1"]], minutes=90, guide=GUIDE),
        activity(speaking, "rede"),
    )
    at(FIRST - MINUTE, made, "mo", "kg", "assign", groups={"g1": ["ada"]})
    return made


def at(when: datetime, made: Kept, by: str, activity: str, command: str, /, **data: Any) -> None:
    send(made, envelope(made, by, activity, command, **data)._replace(when=when))


def lasts(moment: datetime | None, since: datetime) -> float:
    """In minutes."""
    assert moment
    return (moment.astimezone(UTC) - since) / MINUTE


@pytest.mark.parametrize("began", [FIRST, AGAIN])
def test_a_poll_is_open_as_long_as_its_timer_says(night: Kept, began: datetime) -> None:
    at(began, night, "mo", "abfrage", "open", seconds=600)
    at(began + MINUTE, night, "mo", "abfrage", "extend", seconds=300)

    for made in (night, afresh(night)):
        assert lasts(made.activities["abfrage"].ends, began) == 15
    at(began + 15 * MINUTE, night, "ada", "abfrage", "vote", choice="rot")  # within the grace
    with pytest.raises(Refused, match=r"^poll.not_open$"):
        at(began + 16 * MINUTE, night, "ben", "abfrage", "vote", choice="rot")


def test_a_poll_is_extended_from_one_hour_into_the_other(night: Kept) -> None:
    at(FIRST, night, "mo", "abfrage", "open", seconds=600)
    at(FIRST, night, "mo", "abfrage", "extend", seconds=3000)
    at(AGAIN - MINUTE, night, "mo", "abfrage", "extend", seconds=120)

    assert lasts(night.activities["abfrage"].ends, AGAIN) == 2


def test_groups_work_as_long_as_they_were_given(night: Kept) -> None:
    at(FIRST, night, "mo", "kg", "open")
    state = night.activities["kg"].state
    opened = [lasts(state.ends, FIRST), *(lasts(leg.ends, FIRST) for leg in guide(state))]
    at(FIRST, night, "mo", "kg", "start", minutes=30)
    at(AGAIN - 10 * MINUTE, night, "mo", "kg", "prolong", seconds=1200)  # it was over by then
    at(AGAIN, night, "mo", "kg", "prolong", seconds=60, group="g1")

    assert (opened, lasts(state.ends, AGAIN), lasts(state.until("g1"), AGAIN)) == ([90, 45, 75], 10, 11)


@pytest.mark.parametrize("called", [FIRST + 29 * MINUTE, AGAIN])
def test_the_soft_end_is_a_minute_and_longer_while_somebody_writes(night: Kept, called: datetime) -> None:
    at(FIRST, night, "mo", "kg", "open")
    at(called, night, "mo", "kg", "finish", soft=True)
    ending = night.activities["kg"].state.ending
    soft = lasts(ending.closes, called)
    for seconds in (45, 70, 95, 120, 145, 170):
        at(called + timedelta(seconds=seconds), night, "ada", "kg", "hold", group="g1")

    assert (soft, lasts(ending.closes, called)) == (1, 3)


def test_a_turn_at_speaking_lasts_as_long_as_it_did(night: Kept) -> None:
    at(FIRST, night, "mo", "rede", "open")
    at(FIRST + 29 * MINUTE, night, "mo", "rede", "turn", person="ada", seconds=120)
    turn = night.activities["rede"].state.turn
    at(FIRST + 31 * MINUTE, night, "mo", "rede", "finish")

    assert lasts(turn.ends, FIRST) == 31
    assert [it.seconds for it in night.activities["rede"].state.turns] == [120]


def test_the_ruler_of_a_countdown_has_a_tick_for_every_minute_that_passes() -> None:
    begins, ends = ((FIRST + n * 30 * MINUTE).astimezone(ZoneInfo("Europe/Berlin")) for n in (0, 2))

    assert [ruler(begins, ends)[-1].x, len(ruler(begins, ends))] == [RULER_WIDTH, 61]
