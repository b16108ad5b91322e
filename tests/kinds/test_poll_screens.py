import re
from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.form import Option
from facilitation.kinds import poll, wall
from facilitation.poll_parts import Mending, Turnout
from facilitation.record import Person, Role
from facilitation.screen import Audience, Slot
from tests.kinds.polls import (
    AMY,
    CROWD,
    DEVICE,
    MODES,
    MULTIPLE,
    OPTIONS,
    SCALE,
    SINGLE,
    bars,
    close_and_show,
    content,
    html,
    opened,
    result,
    view,
    vote,
)
from tests.kinds.walls import COLUMNS, write
from tests.rooms import Kept, activity, room, submit

# ── what is seen ──


def five(made: Kept) -> None:
    for number in range(5):
        by = f"p{number}"
        made.roster.people[by] = Person(by, Role.PARTICIPANT, by, unit=f"amt-{number // 2}")
        submit(made, by, "roster", "join")
        vote(made, by, choice="rot" if number else "blau")


def test_people_see_question_paper_and_participation() -> None:
    made = opened()
    vote(made, "ada", choice="rot")

    seen = view(made, Audience.PLENARY)
    assert seen[""] == Slot(("ask", "mine-ballot", "turnout"))
    assert (seen["turnout"].turnout, seen["turnout"].shown) == (Turnout(1, 3, by_unit=False), False)


def test_by_unit_the_units_are_counted() -> None:
    made = opened(people=(AMY,), ballot_unit="unit")
    vote(made, "amy", choice="rot")
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(1, 3, by_unit=True)


def test_the_result_is_seen_when_it_is_shown() -> None:
    made = opened()
    vote(made, "ada", choice="blau")
    submit(made, "mo", "abfrage", "close")
    assert "result" not in view(made, Audience.PLENARY)

    submit(made, "mo", "abfrage", "show", view="result")
    assert view(made, Audience.PLENARY)[""] == Slot(("ask", "mine-ballot", "result", "turnout"))
    assert bars(content(made)) == (("Blau", 1), ("Rot", 0), ("Grün", 0))


@pytest.mark.parametrize("names", ["moderators", "anonymous"])
def test_fewer_than_five_ballots_are_not_shown(names: str) -> None:
    made = opened(SCALE, (DEVICE,), names=names)
    vote(made, "saal", counts={"4": 4})
    close_and_show(made)
    assert (result(made).content, result(made).turnout.cast) == (None, 4)

    shown = opened(SCALE, (DEVICE,), names=names)
    vote(shown, "saal", counts={"4": 5})
    close_and_show(shown)
    assert (content(shown).rows, content(shown).mean) == (((1, 0), (2, 0), (3, 0), (4, 5), (5, 0)), 4.0)


def test_on_the_stage_the_question_stands_until_the_result_is_shown() -> None:
    made = opened()
    five(made)
    assert (
        set(view(made, Audience.STAGE, "question"))
        == set(view(made, Audience.STAGE, "result"))
        == {"", "stage-question"}
    )

    close_and_show(made)
    assert set(view(made, Audience.STAGE, "question")) == {"", "stage-question"}
    assert bars(view(made, Audience.STAGE, "result")["stage-result"].content) == (("Rot", 4), ("Blau", 1), ("Grün", 0))


def test_a_result_that_was_shown_is_no_tendency_when_the_poll_is_opened_again() -> None:
    made = opened()
    five(made)
    close_and_show(made)
    submit(made, "mo", "abfrage", "open")

    assert set(view(made, Audience.STAGE, "result")) == {"", "stage-question"}


def test_the_desk_sees_participation_and_what_it_can_mend() -> None:
    made = opened()
    five(made)
    vote(made, "p1", choice="grün")

    assert view(made, Audience.DESK)["desk-turnout"] == Mending(
        turnout=Turnout(5, 8, by_unit=False),
        replaced=1,
        options=tuple(Option(*option) for option in OPTIONS),
        grows=True,
        proposed=(),
        views=(),
        masked=(),
        view="",
        carries=False,
        again=False,
        reveals=False,
        picks=0,
        tops=(),
        pages=None,
    )


def test_what_stands_on_walls_is_picked_at_the_desk_to_be_an_answer_until_the_result_is_shown() -> None:
    made = room(activity(wall, "wand", names="named", columns=COLUMNS), activity(poll, "abfrage", **SINGLE))
    submit(made, "mo", "wand", "open")
    one, two = (write(made, "ada", text) for text in ("Eins", "Zwei"))
    assert view(made, Audience.DESK)["picks"] == Slot((f"pick-{two}", f"pick-{one}"))
    assert f'value="{two}"' in html(made, Audience.DESK)

    submit(made, "mo", "abfrage", "adopt", sources=[two])
    assert view(made, Audience.DESK)["picks"] == Slot((f"pick-{one}",))
    submit(made, "mo", "abfrage", "open")
    close_and_show(made)
    assert view(made, Audience.DESK)["picks"] == Slot(())


def test_of_a_poll_that_nobody_works_on_the_desk_sees_only_what_comes_in() -> None:
    quiet, made = opened(), opened({"form": "open", "settings": {}})
    vote(made, "ada", text="Mehr Mut")
    aside = []
    for it in (quiet, made):
        abfrage = it.activities["abfrage"]
        there = pictures.look(it, abfrage, Audience.DESK)._replace(aside=True)
        aside.append(poll.view(abfrage.state, there))
    (ref,) = made.activities["abfrage"].contributions
    assert [list(parts) for parts in aside] == [[""], ["", "inbox", "items", f"item-{ref}"]]
    assert aside[1][""] == Slot(["inbox"])


def test_all_ballots_are_discarded_only_after_saying_so_twice() -> None:
    made = opened()
    five(made)
    shown = html(made, Audience.DESK)
    confirmed = re.search(r"<summary[^>]*>Zurücksetzen</summary>(.*?)</details>", shown)
    assert confirmed
    assert "Das lässt sich nicht rückgängig machen." in confirmed[1]
    assert "Alle 5 Stimmen verwerfen" in confirmed[1]
    assert shown.count('data-command="reset"') == 1


# ── tables ──


def rows(made: Kept) -> list[tuple[str, str, int | None]]:
    abfrage = made.activities["abfrage"]
    seen = pictures.look(made, abfrage, Audience.DESK)
    return [(row["option"], row["label"], row["votes"]) for row in poll.rows(abfrage.state, seen)]


@pytest.mark.parametrize("names", MODES)
def test_a_table_has_a_row_for_each_option(names: str) -> None:
    made = opened(names=names)
    five(made)
    close_and_show(made)
    assert rows(made) == [("rot", "Rot", 4), ("blau", "Blau", 1), ("grün", "Grün", 0)]


def test_a_table_of_a_running_poll_or_of_too_few_ballots_has_no_votes() -> None:
    unknown = [("rot", "Rot", None), ("blau", "Blau", None), ("grün", "Grün", None)]
    running = opened()
    five(running)
    assert rows(running) == unknown

    few = opened(names="anonymous")
    vote(few, "ada", choice="rot")
    close_and_show(few)
    assert rows(few) == unknown


# ── drawn ──


@pytest.mark.parametrize(
    "form, ballot",
    [
        ("portfolio", {"x": {"rot": 1}, "y": {"rot": 5}}),
        ("premises", {"stances": {"rot": "against"}}),
        ("matrix", {"ratings": {"rot": 2}}),
    ],
)
def test_a_table_of_too_few_says_nothing_of_what_they_answered(form: str, ballot: dict[str, Any]) -> None:
    scale = {"min": 1, "max": 3} if form == "matrix" else {}
    rated = {"form": form, "settings": {"items": OPTIONS} | scale}
    tables = []
    for people in ((), CROWD[:4]):
        made = opened(rated, people=CROWD, names="anonymous")
        for person in people:
            vote(made, person.id, **ballot)
        close_and_show(made)
        abfrage = made.activities["abfrage"]
        tables.append(list(poll.rows(abfrage.state, pictures.look(made, abfrage, Audience.DESK))))
    assert tables[0] == tables[1]
    assert {row["label"] for row in tables[0]} == {label for _, label in OPTIONS}


@pytest.mark.parametrize("config", [SINGLE, MULTIPLE, SCALE])
@pytest.mark.parametrize("names", MODES)
def test_every_form_can_be_drawn_in_every_mode(config: dict[str, Any], names: str) -> None:
    made = opened(config, (DEVICE,), names=names)
    papers = (
        drawn(pictures.personal(made, made.person("ada"), "now")),
        drawn(pictures.personal(made, made.person("saal"), "now")),
    )
    assert ["<form" in paper["page.abfrage.mine-ballot"] for paper in papers] == [True, True]
