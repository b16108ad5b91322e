from typing import Any

import pytest

from facilitation.activity import Phase
from facilitation.agenda import Cursor
from facilitation.kinds import poll, questions, wall
from facilitation.record import Refused
from tests.rooms import PEOPLE, Kept, activity, afresh, room, submit
from tests.steered import COLOURS, hall, opened, refusal, step, types

# ── the agenda ──


def planned() -> Kept:
    """A day in three steps: arriving, a poll that opens by itself and a wall, a break."""
    steps = (step("ankommen", type="lobby"), step("fragen", "abfrage", "wand", opens=True), step("pause"))
    return room(activity(poll, "abfrage", names="named", **COLOURS), activity(wall, "wand"), steps=steps)


def advance(made: Kept, **data: Any) -> list[tuple[str, str]]:
    return types(submit(made, "mo", "agenda", "advance", **data))


def test_one_click_sets_all_screens() -> None:
    made = planned()
    assert advance(made) == [("agenda", "agenda.advanced"), ("stage", "stage.shown")]
    assert (made.agenda.cursor, made.stage.target, made.stage.view) == (Cursor("ankommen"), "ankommen", "join_qr")

    assert advance(made) == [
        ("agenda", "agenda.advanced"),
        ("abfrage", "activity.opened"),
        ("stage", "stage.shown"),
    ]
    assert (made.stage.target, made.stage.view) == ("abfrage", "question")

    assert advance(made) == [
        ("abfrage", "activity.closed"),
        ("agenda", "agenda.advanced"),
        ("wand", "activity.opened"),
        ("stage", "stage.shown"),
    ]
    assert advance(made) == [("wand", "activity.closed"), ("agenda", "agenda.advanced"), ("stage", "stage.shown")]
    assert (made.agenda.cursor, made.stage.target, made.stage.view) == (Cursor("pause"), "pause", "step")


def test_after_the_last_step_there_is_none() -> None:
    made = planned()
    advance(made, step="pause")
    assert refusal(made, "agenda", "advance") == "agenda.at_the_end"


def test_the_desk_can_go_to_any_step_and_to_none_that_is_not_there() -> None:
    made = planned()
    advance(made, step="fragen")
    assert made.agenda.cursor == Cursor("fragen", "abfrage")
    advance(made, step="pause")
    assert made.agenda.cursor == Cursor("pause")
    assert refusal(made, "agenda", "advance", step="mittag") == "agenda.invalid"


def test_what_has_a_page_of_its_own_stays_open_when_the_day_goes_on() -> None:
    made = room(activity(questions, "fragen"), steps=(step("eins", "fragen", opens=True), step("zwei")))
    advance(made)
    advance(made)
    assert made.activities["fragen"].is_open


def test_a_step_opens_nothing_unless_it_says_so() -> None:
    made = room(activity(wall, "wand"), steps=(step("eins", "wand"),))
    advance(made)
    assert made.activities["wand"].phase is Phase.PLANNED


def test_a_step_opens_nothing_that_is_open_or_sealed() -> None:
    made = planned()
    submit(made, "mo", "abfrage", "open")
    assert advance(made, step="fragen") == [("agenda", "agenda.advanced"), ("stage", "stage.shown")]

    steps = (step("eins", "abfrage", opens=True),)
    sealed = room(activity(poll, "abfrage", names="anonymous", **COLOURS), steps=steps)
    opened(sealed)
    submit(sealed, "mo", "abfrage", "close")
    submit(sealed, "mo", "abfrage", "show", view="result")
    assert advance(sealed) == [("agenda", "agenda.advanced"), ("stage", "stage.shown")]


def test_a_running_result_is_covered_when_the_day_goes_on() -> None:
    made = planned()
    advance(made, step="fragen")
    submit(made, "mo", "abfrage", "show", view="result")
    advance(made)
    assert (made.activities["abfrage"].phase, made.activities["abfrage"].shown) == (Phase.CLOSED, False)


# ── the end ──


def test_the_end_closes_what_is_open_and_seals_what_is_veiled() -> None:
    made = room(
        activity(poll, "geheim", names="anonymous", **COLOURS),
        activity(poll, "leer", names="anonymous", **COLOURS),
        activity(poll, "offen", names="named", **COLOURS),
    )
    for slug in ("geheim", "offen"):
        submit(made, "mo", slug, "open")
        submit(made, "ada", slug, "vote", choice="rot")

    entries = submit(made, "mo", "agenda", "end", confirmed=True)
    assert types(entries) == [
        ("geheim", "activity.closed"),
        ("offen", "activity.closed"),
        ("geheim", "activity.sealed"),
        ("agenda", "workshop.ended"),
        ("stage", "stage.shown"),
    ]
    assert made.ended
    assert made.stage.view == "thanks"


def test_the_end_takes_away_who_asked_one_question_anonymously_among_named_ones() -> None:
    made = room(activity(questions, "fragen", anonymous_allowed=True))
    submit(made, "mo", "fragen", "open")
    submit(made, "ada", "fragen", "ask", text="Wann?")
    submit(made, "ada", "fragen", "ask", text="Wozu?", anonymous=True)
    submit(made, "mo", "fragen", "close")
    submit(made, "mo", "fragen", "show", view="result")
    assert not made.activities["fragen"].sealed  # it may be opened again

    submit(made, "mo", "agenda", "end", confirmed=True)
    authors = [said.by for said in made.activities["fragen"].contributions.values()]
    assert authors == ["ada", None] == [said.by for said in afresh(made).activities["fragen"].contributions.values()]


@pytest.mark.parametrize("data", [{}, {"confirmed": False}])
def test_the_end_must_be_confirmed(data: dict[str, Any]) -> None:
    assert refusal(hall(), "agenda", "end", **data) == "command.invalid"


def test_nobody_steers_but_staff() -> None:
    made = planned()
    wishes: list[tuple[str, str, dict[str, Any]]] = [
        ("abfrage", "open", {}),
        ("abfrage", "close", {}),
        ("abfrage", "extend", {}),
        ("abfrage", "show", {"view": "result"}),
        ("stage", "darken", {}),
        ("stage", "theme", {"dark": True}),
        ("agenda", "advance", {}),
        ("agenda", "end", {"confirmed": True}),
    ]
    for address, command, data in wishes:
        with pytest.raises(Refused, match=r"^command.forbidden$"):
            submit(made, PEOPLE[0].id, address, command, **data)
