from datetime import timedelta
from typing import Any

from facilitation import desk
from facilitation.agenda import Step
from facilitation.desk import Console, Hall, Head, RunActivity, RunSheet, RunStep
from facilitation.kinds import poll, questions, wall
from facilitation.pictures import Piece
from facilitation.record import CLOCK, Entry
from facilitation.screen import Slot
from tests.rooms import AWAY, NINE, Kept, activity, envelope, room, send, submit

QUESTION = {"form": "scale", "settings": {"min": 1, "max": 5}}


def step(id: str, minutes: int, *activities: str) -> Step:
    """A step of half an hour that begins so many minutes after nine."""
    starts = NINE + timedelta(minutes=minutes)
    return Step(id=id, title=id.title(), starts=starts, ends=starts + timedelta(minutes=30), activities=activities)


def hall(*steps: Step) -> Kept:
    return room(
        activity(poll, "abfrage", **QUESTION), activity(wall, "wand"), activity(questions, "fragen"), steps=steps
    )


def said(made: Kept, part: str, focus: str = "") -> Any:
    """What a part of the desk says."""
    piece = desk.desk(made, focus)[f"desk.{part}"]
    assert isinstance(piece, Piece)
    return piece.content


def advance(made: Kept, minutes: float) -> None:
    wish = envelope(made, "mo", "agenda", "advance")
    send(made, wish._replace(when=NINE + timedelta(minutes=minutes)))


# ── the run sheet ──


def test_without_an_agenda_the_run_sheet_lists_the_activities() -> None:
    assert said(hall(), "run") == RunSheet(
        steps=(),
        ends=None,
        beside=tuple(RunActivity(slug, slug, "planned", focused=False) for slug in ("abfrage", "wand", "fragen")),
    )


def test_the_run_sheet_says_how_late_the_day_is_and_when_it_will_end() -> None:
    made = hall(step("ankommen", 0), step("ideen", 30, "wand", "gelöscht"), step("pause", 60))
    advance(made, 10)
    advance(made, 47)

    sheet = said(made, "run")
    assert sheet.steps == (
        RunStep("ankommen", NINE + timedelta(minutes=10), "Ankommen", 30, 0, "past", ()),
        RunStep(
            "ideen",
            NINE + timedelta(minutes=47),
            "Ideen",
            30,
            7,
            "now",
            (RunActivity("wand", "wand", "planned", focused=True),),
        ),
        RunStep("pause", NINE + timedelta(minutes=77), "Pause", 30, 0, "next", ()),
    )
    assert (sheet.ends, [it.id for it in sheet.beside]) == (NINE + timedelta(minutes=107), ["abfrage", "fragen"])
    assert said(made, "when") == 7


def test_times_are_those_of_the_clock_on_the_wall() -> None:
    sheet = said(hall(step("ankommen", 0)), "run")
    assert (f"{sheet.steps[0].starts:%H:%M}", f"{sheet.ends:%H:%M}") == ("11:00", "11:30")


# ── what is in focus ──


def test_in_focus_is_what_is_asked_for() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    assert said(made, "console", "wand").activity == "wand"
    assert said(made, "console", "nirgends").activity == "abfrage"


def test_in_focus_is_where_the_day_is() -> None:
    made = hall(step("ideen", 0, "wand"), step("pause", 30))
    submit(made, "mo", "abfrage", "open")
    advance(made, 0)
    assert said(made, "console").activity == "wand"


def test_in_focus_is_what_is_open_else_and_rather_what_is_on_now_than_a_page_of_its_own() -> None:
    made = hall()
    submit(made, "mo", "fragen", "open")
    assert said(made, "console").activity == "fragen"
    submit(made, "mo", "wand", "open")
    assert said(made, "console").activity == "wand"


def test_where_nothing_is_in_focus_the_desk_says_where_the_day_is() -> None:
    assert said(hall(), "head") == Head("Amtsleitungstag", "", None, None)
    made = hall(step("pause", 0))
    advance(made, 0)
    assert said(made, "head") == Head("Pause", "", None, None)


# ── the console ──


def test_without_anything_the_console_has_nothing_to_do() -> None:
    assert said(hall(), "console") == Console(
        "", "", "", shown=False, blank=False, soft=False, next="", parts=False, began=None, timed=False, since=None
    )


def test_the_console_knows_whether_a_clock_closes() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    assert not said(made, "console", "abfrage").timed
    submit(made, "mo", "abfrage", "extend", seconds=30)
    assert said(made, "console", "abfrage").timed


def test_the_console_knows_what_comes_next() -> None:
    made = hall(step("ankommen", 0), step("ideen", 30, "wand"))
    assert said(made, "console").next == "Ankommen"
    advance(made, 0)
    assert said(made, "console").next == "wand"
    advance(made, 30)
    assert said(made, "console").next == ""


def test_a_named_result_is_shown_and_not_sealed() -> None:
    made = room(activity(poll, "abfrage", names="named", **QUESTION))
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    assert said(made, "head", "abfrage").state == "shown"


def test_an_activity_is_sealed_only_when_the_files_are_clean() -> None:
    made = hall()
    states = []
    for command in ({}, {"name": "open"}, {"name": "close"}, {"name": "show", "view": "result"}):
        if command:
            submit(made, "mo", "abfrage", command.pop("name"), **command)
        head = said(made, "head", "abfrage")
        states.append(head.state)
    assert states == ["planned", "open", "closed", "sealing"]
    through = made.at
    made.fold(Entry(made.at + 1, "abfrage", "activity.cleaned", CLOCK.id, {"through": through}, NINE, "f" * 32))
    assert said(made, "head", "abfrage") == Head("abfrage", "sealed", made.activities["abfrage"].began, None)


def test_what_is_shown_by_mistake_is_shown_and_what_is_taken_back_can_be_shown_again() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "abfrage", "show", view="result")
    console = said(made, "console")
    assert (console.state, console.shown, console.blank) == ("open", True, False)

    submit(made, "mo", "stage", "darken")
    console = said(made, "console")
    assert (console.state, console.shown, console.blank) == ("open", False, True)

    submit(made, "mo", "stage", "darken", blank=False)
    submit(made, "mo", "abfrage", "close")
    assert not said(made, "console", "abfrage").shown


# ── the hall ──


def test_the_hall_says_who_is_here_and_how_the_door_stands() -> None:
    made = hall()
    assert said(made, "hall") == Hall(here=3, invited=4, waiting=0, door="open", dark=False, ended=False)

    submit(made, "mo", "roster", "door", door="lobby")
    submit(made, AWAY.id, "roster", "join")
    submit(made, "mo", "stage", "theme", dark=True)
    submit(made, "mo", "agenda", "end", confirmed=True)
    assert said(made, "hall") == Hall(here=3, invited=4, waiting=1, door="lobby", dark=True, ended=True)


# ── work and what comes in ──


def slot(made: Kept, name: str, focus: str = "") -> list[str]:
    names = desk.desk(made, focus)[f"desk.{name}"]
    assert isinstance(names, Slot)
    return list(names)


def test_in_the_middle_stands_the_work_in_focus_and_on_the_right_what_comes_in_from_everywhere() -> None:
    made = hall()
    assert (slot(made, "work"), slot(made, "incoming")) == ([], [])
    for slug in ("fragen", "wand", "abfrage"):
        submit(made, "mo", slug, "open")
    submit(made, "mo", "wand", "close")
    submit(made, "ada", "fragen", "ask", text="Wann?")

    assert slot(made, "work") == ["desk.abfrage.desk-turnout"]
    assert slot(made, "incoming") == ["desk.fragen.inbox", "desk.wand.inbox"]
    assert slot(made, "fragen.items") == ["desk.fragen.item-AT2-0001"]
    assert slot(made, "work", "fragen") == ["desk.fragen.desk-questions", "desk.fragen.desk-podium"]
    assert "desk.abfrage.desk-turnout" not in desk.desk(made, "fragen")


def test_what_is_planned_and_in_focus_can_be_prepared() -> None:
    made = hall()
    assert (slot(made, "work", "abfrage"), slot(made, "incoming", "wand")) == (["desk.abfrage.desk-turnout"], [])


def test_the_desk_sees_the_stage_and_what_would_be_shown_in_frames_of_their_own() -> None:
    made = hall()
    submit(made, "mo", "abfrage", "show", view="question")
    picture = desk.desk(made, "wand")
    assert (picture["live.body"], picture["next.body"]) == (
        Slot(("live.abfrage.stage-question",)),
        Slot(("next.wand.stage-wall",)),
    )
