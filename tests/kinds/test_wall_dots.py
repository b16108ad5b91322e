"""Dots: a window of their own, a budget each, and nobody knows how they lie before the result is shown."""

from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.kinds import wall
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience, Marks
from tests.halls import refusal
from tests.kinds.walls import figures, html, mine, opened, state, view, write
from tests.rooms import PEOPLE, Kept, activity, afresh, room, submit

MANY = (*PEOPLE, *(Person(f"p{n}", Role.PARTICIPANT, f"Amt {n}") for n in range(6)))


def weighed(**config: Any) -> tuple[Kept, list[str]]:
    """A wall of three cards whose dots are open."""
    table = opened(**config)
    cards = [write(table, by, f"Karte von {by}") for by in ("ada", "ben", "cem")]
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "dots_open")
    return table, cards


def dot(table: Kept, by: str, on: str, dots: int = 1) -> None:
    submit(table, by, "wand", "dot", on=on, dots=dots)


def test_dots_are_laid_in_their_own_window_whether_the_wall_is_open_or_not() -> None:
    table, (card, *_) = weighed()
    dot(table, "ada", card)
    submit(table, "mo", "wand", "dots_close")
    submit(table, "mo", "wand", "open")
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        dot(table, "ada", card)
    assert figures(table)["dots"] == {card: 1}


def test_outside_the_window_it_is_too_late_whatever_is_wrong_besides() -> None:
    table, _ = weighed()
    submit(table, "mo", "wand", "dots_close")
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        submit(table, "ada", "wand", "dot", on="AT2-0999", dots="viele")


def test_the_limit_of_a_target_is_looked_at_before_the_budget() -> None:
    table, (card, other, third) = weighed(dots={"budget": 3, "max_per_target": 2})
    with pytest.raises(Refused, match=r"^wall.over_limit$") as refused:
        dot(table, "ada", card, 4)
    assert refused.value.values == {"most": 2}
    dot(table, "ada", card, 2)
    dot(table, "ada", other)
    with pytest.raises(Refused, match=r"^wall.over_budget$") as refused:
        dot(table, "ada", third)
    assert refused.value.values == {"budget": 3}
    dot(table, "ada", card, -2)
    dot(table, "ada", third, 2)
    assert figures(table)["dots"] == {other: 1, third: 2}


@pytest.mark.parametrize("dots", [-1, 0])
def test_nobody_takes_back_what_they_did_not_put(dots: int) -> None:
    table, (card, other, _) = weighed()
    dot(table, "ben", card)
    dot(table, "ada", other)
    assert refusal(table, "ada", "wand", "dot", on=card, dots=dots) == ("wall.invalid", "dots")
    assert refusal(table, "ada", "wand", "dot", on="AT2-0999", dots=1) == ("wall.invalid", "unknown_card")


def test_the_figures_count_dots_and_whoever_still_has_some_laid() -> None:
    table, (card, other, _) = weighed(dots={"budget": 2})
    dot(table, "ada", card, 2)
    dot(table, "ben", other)
    dot(table, "cem", other)
    dot(table, "cem", other, -1)
    found = figures(table)
    assert (found["dots"], found["dots_total"], found["dot_voters"]) == ({card: 2, other: 1}, 3, 2)
    assert found["dots_complete"] == 1


def test_an_island_has_its_own_dots_and_those_of_its_cards() -> None:
    table, (card, other, third) = weighed(dots={"on": "both"})
    there = submit(table, "mo", "wand", "island", title="Mut", cards=[card])[-1].data["ref"]
    submit(table, "mo", "wand", "merge", card=card, cards=[other])
    for on in (there, card, other):
        dot(table, "ada", on)
    dot(table, "ben", third)
    submit(table, "mo", "wand", "dots_close")
    submit(table, "mo", "wand", "show", view="result")
    ranking = view(table)["result"].ranking
    assert [(it.ref, it.dots, it.cards) for it in ranking.places] == [(there, 3, 1)]
    assert (ranking.loose_dots, ranking.loose_cards, ranking.total) == (1, 1, 4)
    land = view(table, Audience.STAGE, "dots")["stage-isles"]
    assert (land.dots, land.islands[0].dots) == (True, 3)
    assert "1 Punkt liegt auf 1 Karte ohne Themeninsel." in html(table, "dots")


# ── secret until shown ──


@pytest.mark.parametrize("names", ["named", "anonymous"])
def test_no_screen_tells_how_dots_lie_while_they_are_laid(names: str) -> None:
    def screens(on: int) -> list[Any]:
        table, cards = weighed(names=names)
        for by in ("ada", "ben", "mo"):
            dot(table, by, cards[on], 2)
        submit(table, "mo", "wand", "show", view="result")
        pictures = ("dots", "result", "wall", "question")
        return [view(table), view(table, Audience.DESK), *(view(table, Audience.STAGE, it) for it in pictures)]

    assert screens(0) == screens(1)


def test_after_the_window_the_ranking_is_known_once_it_is_shown_and_ties_are_marked() -> None:
    table, (card, other, third) = weighed()
    for by, on in (("ada", card), ("ben", other), ("cem", third), ("cem", third)):
        dot(table, by, on)
    submit(table, "mo", "wand", "dots_close")
    assert ("result" in view(table), view(table)[f"card-{card}"].points) == (False, None)
    assert view(table, Audience.DESK)["dots"].ranking is not None
    submit(table, "mo", "wand", "show", view="result")
    places = view(table)["result"].ranking.places
    assert [(it.ref, it.rank, it.tied) for it in places] == [(third, 1, False), (card, 2, True), (other, 2, True)]
    assert (view(table)[f"card-{card}"].points, view(table)[f"card-{third}"].points) == (1, 2)
    assert view(table, Audience.STAGE, "dots")["stage-ranking"].ranking.places == places
    assert html(table).count("gleichauf") == 4  # on the phone, at the desk: the desk's preview is the stage's


def test_dots_that_are_opened_again_are_secret_again() -> None:
    table, (card, *_) = weighed()
    dot(table, "ada", card)
    submit(table, "mo", "wand", "dots_close")
    submit(table, "mo", "wand", "show", view="result")
    view(table)
    submit(table, "mo", "wand", "dots_open")
    dot(table, "ben", card)
    assert view(table)[f"card-{card}"].points is None
    submit(table, "mo", "wand", "dots_close")
    assert view(table)[f"card-{card}"].points == 2


def test_too_few_anonymous_people_are_not_told_apart() -> None:
    table, (card, *_) = weighed(names="anonymous")
    dot(table, "ada", card)
    submit(table, "mo", "wand", "dots_close")
    assert view(table, Audience.STAGE, "dots")["stage-laying"].enough is False
    assert "stage-wall" in view(table, Audience.STAGE, "result")
    submit(table, "mo", "wand", "show", view="dots")
    assert "zu wenige" in html(table, "dots")


def test_nobody_laid_a_dot() -> None:
    table, _ = weighed()
    submit(table, "mo", "wand", "dots_close")
    assert "Noch liegt kein Punkt." in html(table, "dots")


def test_desk_and_stage_know_how_many_have_laid_all_their_dots() -> None:
    table, (card, other, _) = weighed(dots={"budget": 2, "max_per_target": 1})
    dot(table, "ada", card)
    dot(table, "ada", other)
    dot(table, "ben", card)
    people = view(table, Audience.STAGE, "dots")["stage-laying"].people
    assert people == view(table, Audience.DESK)["dots"].people
    assert (people.complete, people.begun, people.here, people.budget) == (1, 2, 3, 2)
    assert "von 3 hat alle Punkte vergeben" in html(table, "dots")


# ── one's own ──


def test_everybody_sees_their_own_dots_and_how_many_are_left() -> None:
    table, (card, *_) = weighed(dots={"budget": 3, "max_per_target": 2, "on": "both"})
    there = submit(table, "mo", "wand", "island", title="Mut")[-1].data["ref"]
    dot(table, "ada", card, 2)
    purse = mine(table, "ada")["mine-dots"]
    assert (purse.left, purse.budget, purse.most) == (1, 3, 2)
    assert [(gift.ref, gift.dots) for gift in purse.gifts] == [(there, 0), (card, 2)]
    assert (f"card-{card}", "own dotted") in mine(table, "ada")["marks"]
    assert mine(table, "ben")["mine-dots"].left == 3
    submit(table, "mo", "wand", "dots_close")
    assert "mine-dots" not in mine(table, "ada")
    assert mine(table, "ada")["marks"] == Marks(((f"card-{card}", "own"),))


def test_a_card_of_somebody_else_is_marked_as_dotted() -> None:
    table, (_, bens, _) = weighed()
    dot(table, "ada", bens)
    assert (f"card-{bens}", "dotted") in mine(table, "ada")["marks"]


def test_islands_stand_in_an_order_of_each_persons_own_that_stays() -> None:
    table, _ = weighed(dots={"on": "cluster"})
    for n in range(6):
        submit(table, "mo", "wand", "island", title=f"Insel {n}")
    orders = {by: [it.ref for it in mine(table, by)["mine-dots"].gifts] for by in ("ada", "ben", "cem")}
    assert len({tuple(order) for order in orders.values()}) == 3
    dot(table, "ada", orders["ada"][0])
    assert [it.ref for it in mine(table, "ada")["mine-dots"].gifts] == orders["ada"]


# ── sealed, or without dots ──


def test_sealing_keeps_the_dots_and_forgets_whose_they_were() -> None:
    table = room(activity(wall, "wand", names="anonymous"), people=MANY)
    submit(table, "mo", "wand", "open")
    card = write(table, "ada", column="cards")
    submit(table, "mo", "wand", "dots_open")
    for person in MANY[:3] + MANY[4:]:
        dot(table, person.id, card)
    (last,) = table.record[-1:]
    assert (last.type, last.data, last.veil) == ("wall.dotted", {}, {"on": card, "dots": 1})
    submit(table, "mo", "wand", "dots_close")
    submit(table, "mo", "wand", "close")
    before = figures(table)
    submit(table, "mo", "wand", "show", view="result")
    assert (figures(table), state(table).dots.people) == (before, {})
    assert state(afresh(table)) == state(table)
    assert view(table)["result"].ranking.places[0].dots == 9
    with pytest.raises(Refused, match=r"^activity.sealed$"):
        submit(table, "mo", "wand", "dots_open")


def test_a_wall_without_dots_has_none() -> None:
    table = opened(dots=None)
    card = write(table, "ada")
    assert refusal(table, "mo", "wand", "dots_open") == ("wall.invalid", "no_dots")
    assert "dots" not in view(table, Audience.DESK)
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        dot(table, "ada", card)


def test_a_budget_is_at_least_one() -> None:
    with pytest.raises(ValidationError):
        wall.Config.model_validate({"dots": {"budget": 0}})
