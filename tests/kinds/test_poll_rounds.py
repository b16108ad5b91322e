"""Two rounds of the same question, one after the other."""

from typing import Any

import pytest

from facilitation.breakdown import Breakdown, Line
from facilitation.kinds import poll
from facilitation.rounds import Comparison, Shift
from facilitation.screen import Audience
from tests.kinds.polls import CROWD, MULTIPLE, OPTIONS, SCALE, SINGLE, close_and_show, html, view, views, vote
from tests.rooms import PEOPLE, Kept, activity, room, submit


def rounds(names: str = "named", first: Any = SINGLE, second: Any = SINGLE, **said: Any) -> Kept:
    """A first round that is shown, in which all said the same, and a second one that is open."""
    settings = {"names": names, "follows": "runde-1"}
    made = room(
        activity(poll, "runde-1", **first | {"names": names}),
        activity(poll, "abfrage", **second | settings),
        people=(*PEOPLE, *CROWD),
    )
    submit(made, "mo", "runde-1", "open")
    for person in CROWD:
        submit(made, person.id, "runde-1", "vote", **(said or {"choice": "rot"}))
    submit(made, "mo", "runde-1", "close")
    submit(made, "mo", "runde-1", "show", view="result")
    submit(made, "mo", "abfrage", "open")
    return made


def again(made: Kept) -> None:
    for person in CROWD:
        vote(made, person.id, choice="blau" if person.division == "II" else "rot")
    close_and_show(made)


def test_two_rounds_are_compared_and_who_moved_is_counted() -> None:
    made = rounds()
    assert "comparison" not in view(made, Audience.PLENARY)
    again(made)
    flow = Breakdown(("Rot", "Blau", "Grün"), (Line("Rot", (14, None, None)),), suppressed=True)
    compared = Comparison("runde-1", 28, 28, (Shift("Rot", 28, 14), Shift("Blau", 0, 14), Shift("Grün", 0, 0)), flow)
    found = view(made, Audience.PLENARY)["comparison"]
    assert found._replace(flow=None) == compared._replace(flow=None)
    assert [line.value for line in found.flow.lines] == ["Rot"]
    assert view(made, Audience.STAGE, "comparison")["stage-comparison"] == ("abfrage", found)
    assert view(made, Audience.STAGE, "flow")["stage-flow"] == ("abfrage", "runde-1", found.flow)
    assert views(made) == ["comparison", "flow"]


def test_nobody_is_followed_from_one_anonymous_round_to_the_next() -> None:
    made = rounds("anonymous")
    again(made)
    assert view(made, Audience.PLENARY)["comparison"].flow is None
    assert "stage-question" in view(made, Audience.STAGE, "flow")
    assert views(made) == ["comparison"]


def test_rounds_are_compared_when_both_results_are_known_and_alike() -> None:
    running = rounds()
    submit(running, "mo", "runde-1", "open")
    again(running)
    assert "comparison" not in view(running, Audience.PLENARY)

    other = rounds(first=SCALE, value=1)
    again(other)
    assert "comparison" not in view(other, Audience.PLENARY)
    assert "stage-question" in view(other, Audience.STAGE, "comparison")
    assert views(other) == []

    few = rounds("moderators")
    vote(few, "p00", choice="rot")
    close_and_show(few)
    assert "comparison" not in view(few, Audience.PLENARY)


def test_nobody_who_answered_once_is_in_the_flow() -> None:
    made = rounds()
    for by in ("ada", "ben", "cem"):
        vote(made, by, choice="blau")
    close_and_show(made)
    assert view(made, Audience.PLENARY)["comparison"].flow is None


def test_too_few_who_answered_twice_are_in_no_flow_that_is_shown() -> None:
    made = rounds()
    for person in CROWD[:6]:
        vote(made, person.id, choice="blau" if person.id < "p03" else "grün")
    close_and_show(made)
    assert views(made) == ["comparison"]
    assert "Zu wenige Antworten je Feld für: Wanderung." in html(made, Audience.DESK)
    assert "Wer zweimal geantwortet hat" not in html(made, Audience.PLENARY)


def two(form: str, settings: dict[str, Any], first: dict[str, Any], then: dict[str, Any]) -> Kept:
    """Two rounds of a form in which all said the same, once and then again."""
    config = {"form": form, "settings": settings}
    made = rounds(first=config, second=config, **first)
    for person in CROWD:
        vote(made, person.id, **then)
    close_and_show(made)
    return made


ITEMS = OPTIONS[:2]


@pytest.mark.parametrize(
    "form, settings, first, then, measure, expected",
    [
        (
            "resistance",
            {"options": ITEMS},
            {"resistance": {"rot": 8, "blau": 2}},
            {"resistance": {"rot": 3, "blau": 2}},
            "resistance",
            ("3,0", "▼ minus 5,0", "8,0"),
        ),
        (
            "points",
            {"options": ITEMS, "budget": 10},
            {"points": {"rot": 4}},
            {"points": {"rot": 7, "blau": 3}},
            "points",
            ("7,0", "▲ plus 3,0", "4,0"),
        ),
        (
            "ranking",
            {"options": ITEMS},
            {"order": ["blau", "rot"]},
            {"order": ["rot", "blau"]},
            "points",
            ("2,0", "▲ plus 1,0", "1,0"),
        ),
        (
            "matrix",
            {"items": ITEMS, "min": 1, "max": 5},
            {"ratings": {"rot": 2}},
            {"ratings": {"rot": 2}},
            "mean",
            ("2,0", "● unverändert", "–"),
        ),
        (
            "number",
            {"min": 0, "max": 100},
            {"number": 40},
            {"number": 55.25},
            "number",
            ("unteres Quartil", "Median", "oberes Quartil", ">40<", "▲ plus 15,25", ">55,25<"),
        ),
    ],
)
def test_rounds_of_ratings_are_compared_by_what_they_come_to_for_each_person(
    form: str,
    settings: dict[str, Any],
    first: dict[str, Any],
    then: dict[str, Any],
    measure: str,
    expected: tuple[str, ...],
) -> None:
    made = two(form, settings, first, then)
    compared = view(made, Audience.PLENARY)["comparison"]
    assert (compared.measure, compared.flow, views(made)) == (measure, None, ["comparison"])
    shown = html(made, Audience.STAGE, "comparison")
    assert [words for words in expected if words not in shown] == []


def test_there_is_nothing_to_compare_in_forms_without_options() -> None:
    made = two("open", {}, {"text": "Ja"}, {"text": "Nein"})
    assert views(made) == ["cards", "cloud"]
    assert "comparison" not in view(made, Audience.PLENARY)


def test_several_choices_are_compared_without_saying_who_moved() -> None:
    made = two("multiple", MULTIPLE["settings"], {"choices": ["rot"]}, {"choices": ["rot", "blau"]})
    compared = view(made, Audience.PLENARY)["comparison"]
    assert (compared.shifts[1], compared.flow) == (Shift("Blau", 0, 28), None)


def test_of_each_premise_it_is_said_how_people_stood_to_it_and_stand_now() -> None:
    first, then = {"rot": "against", "blau": "carried"}, {"rot": "concerned", "grün": "carried"}
    made = two("premises", {"items": OPTIONS}, {"stances": first}, {"stances": then})
    assert view(made, Audience.PLENARY)["comparison"].flow == Breakdown(
        ("trage ich mit", "mit Bedenken", "dagegen"), (Line("Rot: dagegen", (None, 28, None)),), suppressed=True
    )
    assert "Rot: dagegen" in html(made, Audience.STAGE, "flow")


def test_lines_of_a_flow_stand_in_the_order_of_the_answers() -> None:
    config = {"form": "scale", "settings": {"min": 1, "max": 10}}
    made = rounds(first=config, second=config, value=10)
    submit(made, "mo", "runde-1", "open")
    for person in CROWD[:10]:
        submit(made, person.id, "runde-1", "vote", value=2)
    submit(made, "mo", "runde-1", "close")
    submit(made, "mo", "runde-1", "show", view="result")
    for person in CROWD:
        vote(made, person.id, value=5)
    close_and_show(made)
    assert [line.value for line in view(made, Audience.PLENARY)["comparison"].flow.lines] == ["2", "10"]


def test_an_option_that_is_hidden_is_hidden_in_the_comparison_too() -> None:
    more = SINGLE | {"proposals": "free"}
    made = rounds(first=more, second=more, choice="rot")
    refs = []
    for where in ("runde-1", "abfrage"):
        submit(made, "mo", where, "open")
        refs.append(submit(made, "ada", where, "propose", text="Schmähwort")[-1].data["ref"])
        for person in CROWD:
            submit(made, person.id, where, "vote", choice=refs[-1])
        submit(made, "mo", where, "hide", ref=refs[-1], reason="kein Beitrag")
        submit(made, "mo", where, "close")
        submit(made, "mo", where, "show", view="result")
    for picture in ("comparison", "flow"):
        shown = html(made, Audience.STAGE, picture)
        assert "ausgeblendete Antwort" in shown
        assert "Schmähwort" not in shown
