from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.cloud import Word
from facilitation.forms import wordcloud
from facilitation.forms.wordcloud import Paper
from facilitation.texts import word_key
from tests.forms.papers import check, figures, paper, refusal, result
from tests.forms.words import said
from tests.kinds.polls import MODES, close_and_show, content, opened, vote
from tests.kinds.polls import figures as figures_of
from tests.rooms import afresh, submit

SETTINGS = wordcloud.Settings(max_words=2, max_length=10)
CLOUD = {"form": "wordcloud", "settings": {"max_words": 2, "max_length": 10}}


@pytest.mark.parametrize(
    "one, other",
    [
        ("Mut", " mut "),
        ("Weiter  so", "weiter so"),
        ("Stra\u00dfe", "STRASSE"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("M\u00adut\u200b", "mut"),
    ],
)
def test_the_same_word_is_the_same_however_it_is_spelt(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


def test_punctuation_tells_words_apart() -> None:
    assert word_key("Weiter so!") != word_key("weiter so")


@pytest.mark.parametrize("words", [[], ["eins", "zwei", "drei"]])
def test_there_are_as_many_words_as_are_asked_for(words: list[str]) -> None:
    check(wordcloud, SETTINGS, {"words": ["eins", "zwei"]})
    assert refusal(wordcloud, SETTINGS, {"words": words}) == {"why": "number_of_words", "most": 2}


def test_a_word_is_not_too_long() -> None:
    check(wordcloud, SETTINGS, {"words": ["x" * 10]})
    assert refusal(wordcloud, SETTINGS, {"words": ["x" * 11]}) == {"most": 10}


@pytest.mark.parametrize("ballot", [{"words": "Mut"}, {"words": [1]}, {"words": ["\u200b"]}, {}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        wordcloud.Ballot.model_validate(ballot)


def test_words_are_counted_by_their_keys() -> None:
    block = figures(wordcloud, SETTINGS, said=said("Mut", "mut", "0", "false"))
    assert block == {"words_total": 4, "by_word": {"mut": 2, "0": 1, "false": 1}}
    assert list(wordcloud.rows(SETTINGS, (), block)) == [
        {"label": "mut", "votes": 2},
        {"label": "0", "votes": 1},
        {"label": "false", "votes": 1},
    ]


def test_a_word_is_drawn_in_its_most_frequent_spelling_and_the_more_often_the_larger() -> None:
    drawn = result(wordcloud, SETTINGS, said=said("mut", "Mut", "Mut", "Mut", "Ruhe"))
    assert drawn.words == (Word("Mut", 4), Word("Ruhe", 1))
    assert drawn.cloud == (Word("Mut", 4, 5), Word("Ruhe", 1, 2))


def test_stop_words_are_counted_and_not_drawn() -> None:
    settings = wordcloud.Settings(stop=("Und",))
    assert figures(wordcloud, settings, said=said("und"))["by_word"] == {"und": 1}
    assert result(wordcloud, settings, said=said("und", "Mut")).words == (Word("Mut", 1),)


def test_the_paper_has_a_field_for_each_word() -> None:
    assert paper(wordcloud, SETTINGS) == Paper(("", ""), 10)
    assert paper(wordcloud, SETTINGS, {}, said("Mut")) == Paper(("Mut", ""), 10)


def test_where_only_counts_are_left_they_are_drawn() -> None:
    assert wordcloud.result(SETTINGS, (), {"by_word": {"mut": 2}}, ()).words == (Word("mut", 2),)
    assert wordcloud.result(SETTINGS, (), {}, ()).words == ()


# ── in a poll ──


def cloud(names: str) -> Any:
    made = opened(CLOUD, names=names)
    vote(made, "ada", words=["Mut", "Ruhe"])
    vote(made, "ben", words=["mut"])
    vote(made, "ada", words=["Mut"])  # the second word is taken back
    return made


@pytest.mark.parametrize("names", MODES)
def test_the_words_of_the_last_ballot_count(names: str) -> None:
    block = figures_of(cloud(names))
    assert (block["ballots"], block["replaced"], block["words_total"], block["by_word"]) == (2, 1, 2, {"mut": 2})


def test_what_is_sealed_keeps_its_words_and_nobody_knows_whose_they_are() -> None:
    made = cloud("anonymous")
    box = made.activities["abfrage"].state.box
    before, whose = figures_of(made), list(box.ballots)
    assert all(box.said_by(pseudonym) for pseudonym in whose)
    close_and_show(made)
    assert figures_of(made) == before
    assert not any(pseudonym in repr(box) for pseudonym in whose)
    sealed = next(entry for entry in made.record if entry.type == "activity.sealed")
    assert "by_word" not in sealed.data["figures"]  # or a redacted word would stay there
    assert {answer.by for answer in box.answers.values()} == {None}


def test_a_banned_word_leaves_the_screens_in_every_spelling_and_comes_back() -> None:
    made = cloud("named")
    submit(made, "mo", "abfrage", "ban", word=" MUT")
    vote(made, "cem", words=["M\u00adut", "Zeit"])
    vote(made, "ada", words=["mutig", "viel Mut!"])
    close_and_show(made)
    assert [word.text for word in content(made).words] == ["mutig", "Zeit"]
    assert figures_of(made)["by_word"] == {"mut": 2, "zeit": 1, "mutig": 1, "viel mut!": 1}
    submit(made, "mo", "abfrage", "permit", word="mut")
    assert [word.text for word in content(made).words] == ["mut", "mutig", "viel Mut!", "Zeit"]


def test_a_redacted_word_is_in_no_figure_any_more() -> None:
    made = cloud("named")
    (ref,) = [answer.ref for answer in made.activities["abfrage"].state.box.answers.values() if answer.text == "mut"]
    submit(made, "mo", "abfrage", "redact", ref=ref, reason="Ein Name")
    assert afresh(made).activities["abfrage"].figures()["by_word"] == {"mut": 1}
