from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.choices import Bar
from facilitation.form import Option
from facilitation.forms import single
from facilitation.forms.single import Paper, Result
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows
from tests.forms.words import said

SETTINGS = single.Settings.model_validate({"options": OPTIONS})
ROT, BLAU, GRUEN = (Option(*option) for option in OPTIONS)


@pytest.mark.parametrize("many", [0, 1, 31])
def test_there_is_something_to_choose_and_not_too_much(many: int) -> None:
    with pytest.raises(ValidationError):
        single.Settings.model_validate({"options": [(str(number), "Antwort") for number in range(many)]})


def test_one_option_is_chosen() -> None:
    check(single, SETTINGS, {"choice": "rot"})
    assert refusal(single, SETTINGS, {"choice": "gelb"}) == {"why": "unknown_option"}


@pytest.mark.parametrize("ballot", [{"choice": 1}, {"choice": "rot", "unit": "amt-10"}, {}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        single.Ballot.model_validate(ballot)


def test_options_are_counted_in_their_order_and_those_of_rooms_are_added() -> None:
    ballots = [{"choice": "blau"}, {"choice": "rot"}, {"choice": "blau"}]
    assert figures(single, SETTINGS, ballots, {"rot": 4}) == {"by_option": {"rot": 5, "blau": 2, "grün": 0}}
    assert rows(single, SETTINGS, ballots) == [
        {"option": "rot", "label": "Rot", "votes": 1},
        {"option": "blau", "label": "Blau", "votes": 2},
        {"option": "grün", "label": "Grün", "votes": 0},
    ]


def test_the_most_chosen_option_is_drawn_first() -> None:
    ballots = [{"choice": "blau"}, {"choice": "rot"}, {"choice": "blau"}]
    drawn = (Bar("Blau", 2), Bar("Rot", 1), Bar("Grün", 0))
    assert result(single, SETTINGS, ballots) == Result(drawn, base=3, abstained=None, of_valid=True, others=())


def test_the_paper_knows_what_was_chosen() -> None:
    assert paper(single, SETTINGS) == Paper((ROT, BLAU, GRUEN), "")
    assert paper(single, SETTINGS, {"choice": "blau"}) == Paper((ROT, BLAU, GRUEN), "blau")


# ── abstaining, answering otherwise ──

ABSTAINING = single.Settings.model_validate({"options": OPTIONS, "abstain": "grün"})
OTHERWISE = single.Settings.model_validate({"options": OPTIONS, "other": "grün"})
SIX = [{"choice": "rot"}] * 3 + [{"choice": "blau"}] + [{"choice": "grün"}] * 2


def test_who_abstains_is_no_share_of_the_result_unless_that_is_the_base() -> None:
    drawn = result(single, ABSTAINING, SIX)
    assert (drawn.rows, drawn.base, drawn.abstained) == ((Bar("Rot", 3), Bar("Blau", 1)), 4, 2)
    of_all = single.Settings.model_validate({"options": OPTIONS, "abstain": "grün", "base": "cast"})
    assert (result(single, of_all, SIX).base, result(single, of_all, SIX).of_valid) == (6, False)


def test_another_answer_comes_in_words_of_its_own_and_only_it() -> None:
    check(single, OTHERWISE, {"choice": "grün", "other": "Türkis"})
    check(single, OTHERWISE, {"choice": "rot"})
    for ballot in ({"choice": "grün"}, {"choice": "rot", "other": "Türkis"}):
        assert refusal(single, OTHERWISE, ballot) == {"why": "other"}
    assert refusal(single, SETTINGS, {"choice": "grün", "other": "Türkis"}) == {"why": "other"}
    assert refusal(single, OTHERWISE, {"choice": "grün", "other": "x" * 201}) == {"most": 200}


def test_words_of_ones_own_stand_on_the_paper_and_below_the_result() -> None:
    words = said("Türkis", "Ocker", field="other", on="grün")
    assert result(single, OTHERWISE, SIX, words).others == (("AT2-0002", "Ocker"), ("AT2-0001", "Türkis"))
    again = paper(single, OTHERWISE, {"choice": "grün"}, words[:1])
    assert (again.other, again.text) == ("grün", "Türkis")


@pytest.mark.parametrize("special", ["abstain", "other"])
def test_abstaining_and_answering_otherwise_are_options(special: str) -> None:
    with pytest.raises(ValidationError, match="abstaining and answering otherwise are options"):
        single.Settings.model_validate({"options": OPTIONS, special: "gelb"})


# ── what all choices have in common ──


def test_everybody_may_see_the_options_in_another_order() -> None:
    mixed = single.Settings.model_validate({"options": OPTIONS, "shuffle": True})
    orders = {paper(single, mixed, seed=str(n)).options for n in range(20)}
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset({ROT, BLAU, GRUEN})}
    assert paper(single, mixed, seed="ada") == paper(single, mixed, seed="ada")


def test_right_answers_are_marked_once_they_are_revealed() -> None:
    quiz = single.Settings.model_validate({"options": OPTIONS, "correct": ["blau"]})
    counted = {"by_option": {"rot": 1, "blau": 0, "grün": 0}}
    for revealed, marks in ((False, [None, None, None]), (True, [False, True, False])):
        drawn = single.result(quiz, single.options(quiz), counted | {"revealed": revealed}, ())
        assert [bar.right for bar in drawn.rows] == marks
    with pytest.raises(ValidationError, match="only an option can be correct"):
        single.Settings.model_validate({"options": OPTIONS, "correct": ["gelb"]})


def test_a_picture_has_words_for_who_cannot_see_it() -> None:
    pictured = {"id": "a", "label": "A", "image": "0" * 32, "alt": "Ein Baum"}
    settings = single.Settings.model_validate({"options": [pictured, ["b", "B"]]})
    assert result(single, settings, []).rows[0] == Bar("A", 0, "0" * 32, "Ein Baum")
    with pytest.raises(ValidationError, match="a picture has words"):
        single.Settings.model_validate({"options": [pictured | {"alt": " "}, ["b", "B"]]})
