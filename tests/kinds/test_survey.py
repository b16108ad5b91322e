"""The rules of a survey."""

from typing import Any

import pytest
from pydantic import ValidationError

from facilitation import pictures
from facilitation.kinds import survey
from facilitation.record import Data
from facilitation.screen import Audience
from tests.forms.examples import PAPERS
from tests.kinds.surveys import BLUE, FIVE, OPTIONS, QUESTIONS, RED, answer, closed, figures, mine, opened, refusal
from tests.rooms import Kept, afresh, submit

ORDERED: Data = {"id": "platz", "title": "Was zuerst?", "form": "ranking", "settings": {"options": OPTIONS}}


def counts(table: Kept) -> list[int]:
    return [block["ballots"] for block in figures(table)["questions"].values()]


def rows(table: Kept, audience: Audience = Audience.DESK) -> list[Data]:
    bogen = table.activities["bogen"]
    return list(survey.rows(bogen.state, pictures.look(table, bogen, audience)))


# ── settings ──


@pytest.mark.parametrize(
    "wrong",
    [
        {"questions": []},
        {"questions": [QUESTIONS[0], QUESTIONS[0]]},
        {"questions": [QUESTIONS[0] | {"form": "orakel"}]},
        {"questions": [QUESTIONS[0] | {"settings": {}}]},
        {"questions": [QUESTIONS[0] | {"id": "a.b"}]},
        {"questions": [QUESTIONS[0] | {"id": "a]"}]},
        {"questions": [QUESTIONS[0] | {"title": ""}]},
        {"questions": [ORDERED]},
        {"seen": "always"},
    ],
)
def test_a_survey_that_could_not_be_answered_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        survey.Config.model_validate({"questions": QUESTIONS} | wrong)


def test_what_is_ordered_from_the_beginning_can_be_a_question_that_must_be_answered() -> None:
    some = ORDERED | {"settings": {"options": OPTIONS, "top": 1}}
    asked = [ORDERED | {"required": True}, some | {"id": "auswahl"}]
    assert len(survey.Config.model_validate({"questions": asked}).questions) == 2


# ── to answer ──


def test_everything_is_submitted_at_once_and_counted_question_by_question() -> None:
    table = opened()
    facts = answer(table, "ada", RED, wie={"value": 4}, sonst={"text": "Mehr Zeit"})
    answer(table, "ben", BLUE)
    assert facts == ["survey.submitted", "survey.said"]
    assert counts(table) == [2, 1, 1]
    assert figures(table)["questions"]["farbe"]["by_option"] == {"rot": 1, "blau": 1}
    assert (figures(table)["submitted"], figures(table)["replaced"]) == (2, 0)


def test_whoever_submits_again_replaces_everything_and_what_is_left_out_counts_no_more() -> None:
    table = opened()
    answer(table, "ada", RED, wie={"value": 4}, sonst={"text": "Mehr Zeit"})
    assert answer(table, "ada", BLUE, wie={"value": 5}, sonst={"text": "Weniger Zeit"})[1:] == ["survey.said"]
    assert [it.text for it in table.activities["bogen"].contributions.values()] == ["Weniger Zeit"]
    assert answer(table, "ada", BLUE) == ["survey.submitted", "survey.unsaid"]
    assert (counts(table), figures(table)["replaced"]) == ([1, 0, 0], 2)
    assert figures(table)["questions"]["farbe"]["by_option"] == {"rot": 0, "blau": 1}


def test_where_it_is_submitted_once_the_first_answers_count() -> None:
    table = opened(revote=False)
    answer(table, "ada")
    assert refusal(table, "ada", BLUE) == (
        "survey.already_voted",
        "Sie haben den Fragebogen schon abgegeben. Ändern lässt er sich nicht mehr.",
    )
    assert counts(table) == [1, 0, 0]


@pytest.mark.parametrize(
    "answers, code, why",
    [
        ({}, "survey.invalid", "Es ist noch nichts beantwortet. Bitte beantworten Sie mindestens eine Frage."),
        ({"wie": {"value": 3}}, "survey.invalid", "„Welche Farbe?“ braucht eine Antwort."),
        (RED | {"7": {}}, "survey.invalid", "Eine Frage gibt es hier nicht."),
        ({"farbe": {"choice": "grün"}}, "survey.invalid", "Zu „Welche Farbe?“: Diese Antwort gibt es hier nicht."),
        ({"farbe": {}}, "survey.invalid", "Zu „Welche Farbe?“: Bitte wählen Sie eine Antwort aus."),
        (
            RED | {"wie": {"value": 6}},
            "survey.invalid",
            "Zu „Wie zufrieden?“: Bitte wählen Sie einen Wert von 1 bis 5.",
        ),
        (RED | {"sonst": {"text": "x" * 21}}, "survey.too_long", "Zu „Und sonst?“: Der Text ist zu lang: höchstens 20"),
    ],
)
def test_all_or_nothing_and_a_refusal_names_the_question(answers: dict[str, Any], code: str, why: str) -> None:
    table = opened()
    found, said = refusal(table, "ada", answers)
    assert (found, said[: len(why)], counts(table)) == (code, why, [0, 0, 0])


def test_braces_in_a_title_are_words() -> None:
    table = opened(questions=[QUESTIONS[0] | {"title": "Was {why} {0}?"}])
    assert refusal(table, "ada", {"farbe": {"choice": "x"}})[1].startswith("Zu „Was {why} {0}?“: Diese Antwort")


def test_it_is_for_whom_it_is_open() -> None:
    table = opened(eligible={"units": ["amt-10"]})
    answer(table, "ada")
    assert refusal(table, "ben")[0] == "survey.not_eligible"


def test_a_closed_survey_takes_nothing() -> None:
    table = opened()
    submit(table, "mo", "bogen", "close")
    assert refusal(table, "ada") == ("survey.not_open", "Der Fragebogen ist nicht geöffnet.")


@pytest.mark.parametrize("form", PAPERS)
def test_a_question_has_any_form_of_a_poll(form: str) -> None:
    paper = PAPERS[form]
    table = opened(questions=[{"id": "q", "title": "?", "form": form, "settings": paper.settings, "required": True}])
    words: dict[str, Data] = {
        "wordcloud": {"words": ["Mut"]},
        "open": {"text": "Mut"},
        "consent": {"choice": "einwand", "reason": "Zu teuer"},
    }
    answer(table, "ada", {"q": words.get(form) or paper.one or {}})
    assert counts(table) == [1]
    assert mine(table, "ada").sheets[0].answered


# ── what remains ──


def test_an_anonymous_survey_leaves_figures_and_words_when_its_result_is_shown() -> None:
    table = opened(names="anonymous")
    for n, person in enumerate(FIVE):
        answer(table, person, RED, wie={"value": 1 + n}, sonst={"text": f"Wort {n}"})
    answer(table, "ada", BLUE, wie={"value": 1}, sonst={"text": "Wort 0"})
    before = figures(table)

    closed(table)

    state = table.activities["bogen"].state
    assert figures(table) == before
    assert (state.made, [box.ballots for box in state.boxes.values()]) == ({}, [{}, {}, {}])
    assert {said.by for said in state.boxes["sonst"].answers.values()} == {None}
    assert afresh(table).activities["bogen"] == table.activities["bogen"]
    assert (mine(table, "ada").made, mine(table, "ada").sheets[0].answered) == (None, False)
    sealed = next(entry for entry in table.record if entry.type == "activity.sealed")
    assert "Wort" not in str(sealed.data)


def test_a_wordcloud_without_words_is_sealed_with_the_same_figures() -> None:
    cloud = {"id": "wolke", "title": "Ein Wort?", "form": "wordcloud", "settings": {}}
    table = opened(names="anonymous", questions=[QUESTIONS[0], cloud])
    answer(table, "ada")
    before = figures(table)
    assert before["questions"]["wolke"]["by_word"] == {}
    assert figures(closed(table)) == before


def test_a_table_has_figures_once_it_is_over_and_words_that_are_not_hidden() -> None:
    table = opened(names="moderators")
    for person in FIVE:
        answer(table, person)
    ref = submit(table, "ada", "bogen", "submit", answers=dict(RED) | {"sonst": {"text": "Geheim"}})[-1].data["ref"]
    assert {row["votes"] for row in rows(table)} == {None}

    submit(table, "mo", "bogen", "close")
    submit(table, "mo", "bogen", "hide", ref=ref, reason="Ein Name")

    colours = [(row["question"], row["votes"]) for row in rows(table) if row.get("option") in ("rot", "blau")]
    assert colours == [("Welche Farbe?", 5), ("Welche Farbe?", 0)]
    assert {row["votes"] for row in rows(table) if row["question"] == "Wie zufrieden?"} == {None}  # too few
    said = [row for row in rows(table) if row.get("ref")]
    assert said == [
        {
            "question": "Und sonst?",
            "ref": ref,
            "option": "",
            "text": "Geheim",
            "author": "Leitung Amt 10",
            "hidden": "Ein Name",
        }
    ]
    assert [row for row in rows(table, Audience.PLENARY) if row.get("ref")] == []
