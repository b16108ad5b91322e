"""Rating of a shortlist by weighted criteria, and the field of four made of the first two."""

from typing import Any

import pytest
from pydantic import ValidationError

from facilitation import pictures
from facilitation.kinds import wall
from facilitation.screen import Audience
from facilitation.walls.rating import NEVER, Placed, Score, field_of_four, rated
from tests.halls import refusal
from tests.kinds.test_wall_dots import MANY
from tests.kinds.walls import figures, html, mine, opened, state, view, write
from tests.rooms import Kept, activity, afresh, room, submit

CRITERIA = [
    {"id": "nutzen", "title": "Nutzen", "weight": 2},
    {"id": "aufwand", "title": "Machbarkeit", "ends": ["schwer", "leicht"]},
]


def listed(**config: Any) -> tuple[Kept, list[str]]:
    """A wall of three cards that are all on the shortlist."""
    table = opened(criteria=CRITERIA, **config)
    cards = [write(table, by, f"Karte von {by}") for by in ("ada", "ben", "cem")]
    submit(table, "mo", "wand", "shortlist", cards=cards)
    return table, cards


def rate(table: Kept, by: str, card: str, **values: int) -> None:
    submit(table, by, "wand", "rate", on=card, values=values)


def test_the_last_rating_of_a_person_counts_and_the_spread_is_told() -> None:
    table, (card, *_) = listed()
    rate(table, "ada", card, nutzen=1, aufwand=2)
    rate(table, "ada", card, nutzen=5)
    rate(table, "ben", card, nutzen=2)
    found = next(rated(state(table), {}, 1))
    assert found.scores == (Score(3.5, 2, 5, 2), Score(2.0, 2, 2, 1))
    assert found.total == 3.0  # two parts of 3.5 and one of 2
    assert mine(table, "ada")["mine-rating"].papers[0].values == (
        (state(table).config.criteria[0], 5),
        (state(table).config.criteria[1], 2),
    )


@pytest.mark.parametrize("values", [{}, {"nutzen": 0}, {"nutzen": 6}, {"witz": 3}])
def test_a_rating_is_of_known_criteria_from_one_to_five(values: dict[str, int]) -> None:
    table, (card, *_) = listed()
    assert refusal(table, "ada", "wand", "rate", on=card, values=values) == ("wall.invalid", "rating")


def test_only_the_shortlist_is_rated() -> None:
    table, (card, other, _) = listed()
    submit(table, "mo", "wand", "shortlist", cards=[card], listed=False)
    assert refusal(table, "ada", "wand", "rate", on=card, values={"nutzen": 3}) == ("wall.invalid", "rating")
    assert refusal(table, "ada", "wand", "rate", on="AT2-0999", values={"nutzen": 3})[1] == "unknown_card"
    rate(table, "ada", other, nutzen=3)
    assert refusal(opened(), "mo", "wand", "shortlist", cards=[]) == ("wall.invalid", "no_criteria")


def test_no_tendency_is_seen_while_people_rate_not_even_at_the_desk() -> None:
    def screens(value: int) -> list[Any]:
        table, (card, *_) = listed()
        for by in ("ada", "ben", "cem"):
            rate(table, by, card, nutzen=value, aufwand=value)
        submit(table, "mo", "wand", "show", view="result")
        pictures_of = (view(table, Audience.STAGE, it) for it in ("matrix", "rating", "result"))
        return [view(table), view(table, Audience.DESK), *pictures_of]

    assert screens(1) == screens(5)


def test_a_card_lies_at_the_mean_of_two_ratings_unless_staff_puts_it_elsewhere() -> None:
    table, (card, other, third) = listed()
    rate(table, "ada", card, nutzen=5, aufwand=2)
    rate(table, "ada", other, nutzen=1)
    submit(table, "mo", "wand", "place", card=third, x=10, y=90)
    assert list(field_of_four(state(table), {}, 1)) == [
        Placed(card, "Karte von ada", 100, 25, moved=False),
        Placed(third, "Karte von cem", 10, 90, moved=True),
    ]
    submit(table, "mo", "wand", "place", card=third)
    assert [it.ref for it in field_of_four(state(table), {}, 1)] == [card]
    assert refusal(table, "mo", "wand", "place", card=card, x=10) == ("wall.invalid", "place")
    assert next(entry.data for entry in table.record if entry.type == "wall.placed") == {
        "card": third,
        "x": 10,
        "y": 90,
    }


@pytest.mark.parametrize("x,y,quadrant", [(0, 100, 1), (50, 50, 2), (49, 49, 3), (100, 0, 4)])
def test_the_quadrants_are_told_apart(x: int, y: int, quadrant: int) -> None:
    assert Placed("", "", x, y, moved=False).quadrant == quadrant


def test_one_criterion_spans_no_field() -> None:
    table = opened(criteria=CRITERIA[:1])
    card = write(table, "ada")
    submit(table, "mo", "wand", "shortlist", cards=[card])
    submit(table, "mo", "wand", "place", card=card, x=1, y=1)
    rate(table, "ada", card, nutzen=4)
    submit(table, "mo", "wand", "close")
    assert list(field_of_four(state(table), {}, 1)) == []
    assert "stage-scores" in view(table, Audience.STAGE, "matrix")


def test_what_came_of_it_is_shown_with_words_for_each_quadrant() -> None:
    table, (card, other, _) = listed()
    for by in ("ada", "ben"):
        rate(table, by, card, nutzen=5, aufwand=5)
        rate(table, by, other, nutzen=2, aufwand=1)
    submit(table, "mo", "wand", "phase", phase="decide")
    assert [it.total for it in view(table, Audience.STAGE, "rating")["stage-scores"].rated] == [5.0, 1.67, None]
    assert [it.ref for it in view(table, Audience.STAGE, "matrix")["stage-field"].placed] == [card, other]
    page = html(table, "matrix", "rating")
    assert '<bdi dir="auto">Nutzen</bdi>: viel, <bdi dir="auto">Machbarkeit</bdi>: leicht' in page
    rows = wall.rows(state(table), pictures.look(table, table.activities["wand"], Audience.DESK))
    assert [row["quadrant"] for row in rows] == ["oben rechts", "unten links", ""]


def test_too_few_anonymous_ratings_are_not_told() -> None:
    table, (card, *_) = listed(names="anonymous")
    for by in ("ada", "ben", "cem"):
        rate(table, by, card, nutzen=5, aufwand=5)
    submit(table, "mo", "wand", "phase", phase="decide")
    assert view(table)["result"].rated[0].scores[0] == Score(None, 0, 0, 3)
    assert "zu wenige" in html(table, "rating")
    assert next(rated(state(table), {}, NEVER)).scores[0].people == 3


def test_sealing_keeps_how_often_each_value_was_given() -> None:
    table = room(activity(wall, "wand", names="anonymous", criteria=CRITERIA), people=MANY)
    submit(table, "mo", "wand", "open")
    card = write(table, "ada", column="cards")
    submit(table, "mo", "wand", "shortlist", cards=[card])
    for person in MANY:
        rate(table, person.id, card, nutzen=4, aufwand=1)
    submit(table, "mo", "wand", "close")
    before = figures(table)
    submit(table, "mo", "wand", "show", view="result")
    assert before["ratings"] == {card: {"nutzen": {"4": 10}, "aufwand": {"1": 10}}}
    assert (figures(table), state(table).ratings.people) == (before, {})
    assert state(afresh(table)) == state(table)
    assert view(table)["result"].rated[0].scores == (Score(4.0, 4, 4, 10), Score(1.0, 1, 1, 10))


def test_a_hidden_or_merged_card_is_rated_no_more() -> None:
    table, (card, other, third) = listed()
    submit(table, "mo", "wand", "hide", ref=card, reason="kein Beitrag")
    submit(table, "mo", "wand", "merge", card=third, cards=[other])
    assert [paper.ref for paper in mine(table, "ada")["mine-rating"].papers] == [third]
    submit(table, "mo", "wand", "close")
    assert "mine-rating" not in mine(table, "ada")


@pytest.mark.parametrize("settings", [{"criteria": CRITERIA * 3}, {"criteria": [CRITERIA[0]] * 2}])
def test_there_are_at_most_four_criteria_of_different_names(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        wall.Config.model_validate(settings)
