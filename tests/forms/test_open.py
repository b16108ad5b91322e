from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import open as open_text
from facilitation.forms.open import Paper, Result
from tests.forms.papers import check, figures, paper, refusal, result
from tests.forms.words import said
from tests.kinds.polls import MODES, close_and_show, content, opened, vote
from tests.kinds.polls import figures as figures_of
from tests.rooms import afresh, submit

SETTINGS = open_text.Settings(max_length=20)
THREE = open_text.Settings(several=3)


@pytest.mark.parametrize(
    "ballot",
    [{}, {"text": None}, {"text": "a", "texts": ["b"]}, {"text": " \u200b"}, {"text": "a\x00"}, {"texts": [1]}],
)
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        open_text.Ballot.model_validate(ballot)


def test_a_text_is_as_long_as_it_may_be_in_code_points() -> None:
    check(open_text, SETTINGS, {"text": "🌳" * 20})
    assert refusal(open_text, SETTINGS, {"text": "🌳" * 21}) == {"most": 20}


def test_there_are_as_many_answers_as_are_asked_for() -> None:
    check(open_text, THREE, {"texts": ["a", "b", "c"]})
    assert refusal(open_text, THREE, {"texts": []}) == {"why": "number_of_answers", "most": 3}
    assert refusal(open_text, SETTINGS, {"texts": ["a", "b"]}) == {"why": "number_of_answers", "most": 1}


def test_answers_are_counted_and_drawn_the_latest_first() -> None:
    assert figures(open_text, SETTINGS, said=said("eins", "zwei")) == {"answers": 2}
    assert result(open_text, SETTINGS, said=said("eins", "zwei")) == Result(
        (("AT2-0002", "zwei"), ("AT2-0001", "eins"))
    )
    assert list(open_text.rows(SETTINGS, (), {"answers": 2})) == []


def test_the_paper_has_a_field_for_each_answer() -> None:
    assert paper(open_text, THREE) == Paper(("", "", ""), open_text.ENDLESS)
    assert paper(open_text, THREE, {}, said("eins")) == Paper(("eins", "", ""), open_text.ENDLESS)


@pytest.mark.parametrize("names", MODES)
def test_every_answer_is_a_contribution_that_can_be_changed_hidden_and_redacted(names: str) -> None:
    made = opened({"form": "open", "settings": {}}, names=names)
    vote(made, "ada", text="Mehr Mut")
    vote(made, "ben", text="Weniger Papier")
    vote(made, "ada", text="Viel mehr Mut")
    (adas, bens) = made.activities["abfrage"].contributions
    assert (figures_of(made)["ballots"], figures_of(made)["replaced"], figures_of(made)["answers"]) == (2, 1, 2)
    submit(made, "mo", "abfrage", "hide", ref=bens, reason="Ein Name")
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    if names == "named":
        assert content(made).answers == ((adas, "Viel mehr Mut"),)
    submit(made, "mo", "abfrage", "redact", ref=adas, reason="Ein Name")
    assert all("Mut" not in str(entry.full) for entry in afresh(made).record)


def test_sealing_forgets_whose_an_answer_was_and_keeps_the_answer() -> None:
    made = opened({"form": "open", "settings": {}}, names="anonymous")
    vote(made, "ada", text="Mehr Mut")
    close_and_show(made)
    said_here = made.activities["abfrage"].contributions.values()
    assert [(it.text, it.by) for it in said_here] == [("Mehr Mut", None)]
    assert figures_of(made)["answers"] == 1
