from datetime import UTC, datetime, timedelta
from typing import Any

from facilitation import desk, pictures
from facilitation.agenda import Agenda, Cursor, Step
from facilitation.kinds import wall
from facilitation.record import Entry
from tests.rooms import NINE, Kept, activity, envelope, room, send


def step(id: str, minutes: int, *activities: str, **more: Any) -> Step:
    """A step of half an hour that begins so many minutes after nine."""
    starts = NINE + timedelta(minutes=minutes)
    return Step(id=id, title=id, starts=starts, ends=starts + timedelta(minutes=30), activities=activities, **more)


DAY = (step("ankommen", 0), step("ideen", 30, "sammeln", "ordnen"), step("pause", 60))


def hall() -> Kept:
    return room(activity(wall, "sammeln"), activity(wall, "ordnen"), steps=DAY)


def advance(made: Kept, when: datetime, step: str | None = None) -> None:
    wish = envelope(made, "mo", "agenda", "advance", **({"step": step} if step else {}))
    send(made, wish._replace(when=when))


def test_the_cursor_stands_on_each_activity_of_a_step_in_turn() -> None:
    stops = [Cursor("ankommen"), Cursor("ideen", "sammeln"), Cursor("ideen", "ordnen"), Cursor("pause")]
    assert list(Agenda(DAY).stops()) == stops

    agenda = Agenda(DAY)
    for stop in stops:
        assert agenda.next == stop
        agenda.cursor = stop
    assert agenda.next is None


def test_without_steps_there_is_nowhere_to_go() -> None:
    agenda = Agenda(())
    assert (agenda.next, agenda.current, agenda.offset, agenda.delay) == (None, None, timedelta(), timedelta())


def test_a_cursor_on_a_step_that_is_not_there_any_more_leads_nowhere() -> None:
    agenda = Agenda(DAY, Cursor("mittag"), {"mittag": NINE})
    assert (agenda.current, agenda.next, agenda.offset, agenda.delay) == (None, None, timedelta(), timedelta())


def test_the_delay_is_measured_from_the_real_start_of_the_first_step() -> None:
    made = hall()
    advance(made, NINE + timedelta(minutes=5))
    assert (made.agenda.offset, made.agenda.delay) == (timedelta(minutes=5), timedelta())

    advance(made, NINE + timedelta(minutes=42))
    assert made.agenda.delay == timedelta(minutes=7)


def test_a_step_begins_once() -> None:
    made = hall()
    advance(made, NINE)
    advance(made, NINE + timedelta(minutes=33))
    advance(made, NINE + timedelta(minutes=40))  # the second activity of the same step
    advance(made, NINE + timedelta(minutes=50), "ideen")
    assert made.agenda.begun["ideen"] == NINE + timedelta(minutes=33)


def test_a_day_of_2020_runs_today() -> None:
    made, today = hall(), datetime(2026, 8, 3, 13, 30, tzinfo=UTC)
    advance(made, today)
    advance(made, today + timedelta(minutes=31))

    assert made.agenda.delay == timedelta(minutes=1)
    sheet = desk.desk(made)["desk.run"].content  # type: ignore[union-attr]
    assert [f"{step.starts:%d.%m.%Y %H:%M}" for step in sheet.steps] == [
        "03.08.2026 15:30",
        "03.08.2026 16:01",
        "03.08.2026 16:31",
    ]


def test_what_comes_is_as_late_as_the_day_is() -> None:
    made = hall()
    advance(made, NINE)
    advance(made, NINE + timedelta(minutes=37))

    now = pictures.plenary(made, "now")["page.plenary"].content  # type: ignore[union-attr]
    assert [(f"{step.starts:%H:%M}", step.title) for step in now.upcoming] == [("12:07", "pause")]


def test_other_entries_move_nothing() -> None:
    made = hall()
    made.fold(Entry(made.at + 1, "agenda", "agenda.printed", "mo", {}, NINE, "x"))
    assert made.agenda.cursor is None
