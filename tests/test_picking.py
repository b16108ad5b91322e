"""What has most dots on a wall is taken together, to be answers of a poll."""

from typing import Any

import pytest

from facilitation import desk
from facilitation.kinds import poll, wall
from facilitation.picking import Top
from facilitation.record import Person, Role
from facilitation.screen import Audience
from tests.kinds.polls import SINGLE, close_and_show, html, view
from tests.kinds.walls import COLUMNS, write
from tests.rooms import PEOPLE, Kept, activity, room, submit

DOTS = {"budget": 50, "max_per_target": 20}
MANY = (*PEOPLE, *(Person(f"p{n}", Role.PARTICIPANT, f"Amt {n}") for n in range(4)))


def dotted(*dots: int, voters: tuple[str, ...] = ("ada",), **config: Any) -> tuple[Kept, list[str]]:
    """A poll, and a wall with a card for each of `dots`, on which everybody of `voters` lays as many; still open."""
    board = activity(wall, "wand", **{"columns": COLUMNS, "names": "named", "dots": DOTS} | config)
    made = room(board, activity(poll, "abfrage", **SINGLE), people=MANY)
    submit(made, "mo", "wand", "open")
    cards = [write(made, "ada", f"Karte {n}") for n in range(len(dots))]
    submit(made, "mo", "wand", "dots_open")
    for by in voters:
        if by not in made.roster.joined:
            submit(made, by, "roster", "join")
        for card, many in zip(cards, dots, strict=True):
            if many:
                submit(made, by, "wand", "dot", on=card, dots=many)
    return made, cards


def shown(made: Kept) -> None:
    submit(made, "mo", "wand", "dots_close")
    submit(made, "mo", "wand", "close")
    submit(made, "mo", "wand", "show", view="result")


def tops(made: Kept) -> list[tuple[str, ...]]:
    """The references of each choice."""
    offered: tuple[Top, ...] = view(made, Audience.DESK)["desk-turnout"].tops
    assert {it.title for it in offered} <= {"wand"}
    return [it.refs for it in offered]


def test_those_with_most_dots_are_offered_together_and_a_tie_is_not_taken_apart() -> None:
    made, (one, two, tied, last, _) = dotted(1, 5, 1, 3, 0)
    shown(made)

    assert tops(made) == [(two, last), (two, last, one, tied)]
    drawn = html(made, Audience.DESK)
    assert f'<option value="{two} {last}">die ersten 2 aus „wand“</option>' in drawn

    submit(made, "mo", "abfrage", "adopt", sources=[two, last])
    assert tops(made) == [(one, tied)]
    assert [it.label for it in view(made, Audience.DESK)["desk-turnout"].options[-2:]] == ["Karte 1", "Karte 3"]


def test_from_two_to_ten_are_taken_at_once() -> None:
    made, _ = dotted(*range(1, 6), *range(6, 0, -1))
    shown(made)
    assert [len(refs) for refs in tops(made)] == [3, 5, 7, 9]

    single, _ = dotted(3)
    shown(single)
    assert tops(single) == []

    crowded, _ = dotted(*[1] * 11)
    shown(crowded)
    assert tops(crowded) == []


def test_while_nobody_may_know_how_dots_lie_nothing_is_offered_by_them() -> None:
    made, _ = dotted(1, 2)
    assert tops(made) == []
    submit(made, "mo", "wand", "show", view="result")
    assert tops(made) == []
    submit(made, "mo", "wand", "dots_close")
    assert len(tops(made)) == 1
    submit(made, "mo", "wand", "dots_open")
    assert tops(made) == []

    unseen, _ = dotted(1, 2)
    submit(unseen, "mo", "wand", "dots_close")
    assert tops(unseen) == []


@pytest.mark.parametrize("voters, offered", [(4, 0), (5, 1)])
def test_where_too_few_laid_dots_anonymously_nothing_is_offered_by_them(voters: int, offered: int) -> None:
    people = ("ada", "p0", "p1", "p2", "p3")[:voters]
    made, _ = dotted(1, 2, voters=people, names="anonymous")
    shown(made)
    assert len(tops(made)) == offered


def test_what_is_hidden_or_redacted_is_not_offered_nor_anything_once_the_result_is_shown() -> None:
    made, (one, two, three, four) = dotted(1, 2, 3, 4)
    shown(made)
    submit(made, "mo", "wand", "hide", ref=four, reason="kein Beitrag")
    submit(made, "mo", "wand", "redact", ref=three, reason="Name einer Person")
    assert tops(made) == [(two, one)]

    submit(made, "mo", "abfrage", "open")
    close_and_show(made)
    assert tops(made) == []


def test_what_stands_on_walls_is_offered_where_the_desk_works_and_nowhere_else() -> None:
    made, (card,) = dotted(1)
    assert f"desk.abfrage.pick-{card}" in desk.desk(made, focus="abfrage")
    assert [name for name in desk.desk(made, focus="wand") if ".pick-" in name and "abfrage" in name] == []
