"""The screens of a survey."""

import re

import pytest
from markupsafe import Markup, escape

from app.fields import decoded
from app.nesting import nested
from facilitation.screen import Audience, Slot
from facilitation.surveying import Line
from tests.controls import forms
from tests.forms.examples import PAPERS
from tests.kinds.surveys import BLUE, FIVE, QUESTIONS, RED, answer, closed, html, mine, opened, view
from tests.kinds.walls import HOSTILE
from tests.rooms import submit

WORDS = {"sonst": {"text": "Mehr Zeit"}}


# ── the paper ──


def test_all_questions_stand_in_one_form_and_each_says_whether_it_must_be_answered() -> None:
    page = html(opened())
    assert (page.count("<form"), page.count('<fieldset class="survey__question'), page.count("data-progress")) == (
        1,
        3,
        1,
    )
    assert re.findall(r"Frage \d von 3(?:, freiwillig)?", page) == [
        "Frage 1 von 3",
        "Frage 2 von 3, freiwillig",
        "Frage 3 von 3, freiwillig",
    ]
    required = {tag for tag in re.findall(r"<(?:input|textarea)[^>]*>", page) if " required" in tag}
    assert {re.findall(r'name="([^"]+)"', tag)[0] for tag in required} == {"answers[farbe][choice]:opt"}


def test_what_is_sent_is_what_was_answered_and_what_is_left_empty_is_not() -> None:
    (paper,) = forms(html(opened()))
    colour, value, words = (control.name for control in paper.controls)
    assert decoded([(colour, "rot"), (value, "4"), (words, "Mehr Zeit")]) == {
        "answers": RED | {"wie": {"value": 4}} | WORDS
    }
    assert decoded([(colour, "rot"), (words, "")]) == {"answers": RED}


def test_names_of_all_forms_are_those_of_their_question() -> None:
    asked = [
        {"id": form, "title": form, "form": form, "settings": paper.settings, "required": True}
        for form, paper in PAPERS.items()
    ]
    page = html(opened(questions=asked))
    names = {
        name
        for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", page)
        for name in re.findall(r'\sname="([^"]*)"', tag)
    }
    of = {name: re.match(r"answers\[(\w+)\]\[\w+\]", name) for name in names}
    assert [name for name, match in of.items() if match is None] == []
    assert {match[1] for match in of.values() if match} == PAPERS.keys()
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_words_in_a_paper_change_nothing_about_its_fields() -> None:
    paper = Markup(
        '<p>name="choice" required</p><input value="a name=" name="choice" aria-label="is required " required>'
    )
    kept = '<p>name="choice" required</p><input value="a name=" name="answers[q][choice]:opt" aria-label="is required "'
    assert nested(paper, "q", required=False) == f"{kept}>"
    assert nested(paper, "q", required=True) == f"{kept} required>"


def test_answers_are_filled_in_again_until_it_closes() -> None:
    table = opened()
    answer(table, "ada", BLUE, **WORDS)
    page = html(table)
    assert re.findall(r'value="(\w+)" checked', page) == ["blau"]
    assert "Mehr Zeit</textarea>" in page
    assert ("Änderbar bis zum Schluss." in page, "Antworten ändern" in page) == (True, True)
    submit(table, "mo", "bogen", "close")
    page = html(table)
    assert ("Diese Antworten gelten." in page, "<form" in page, page.count("nicht beantwortet")) == (True, False, 1)


def test_where_it_is_submitted_once_nothing_is_offered_to_be_changed() -> None:
    table = opened(revote=False)
    answer(table, "ada")
    assert ("<form" in html(table), "Diese Antworten gelten." in html(table)) == (False, True)


def test_who_is_not_asked_sees_how_many_have_answered() -> None:
    table = opened(eligible={"units": ["amt-10"]})
    assert ("<form" in html(table, by="ben"), "richtet sich an andere" in html(table, by="ben")) == (False, True)
    assert 'nur für <bdi dir="auto">amt-10</bdi>' in html(table)


@pytest.mark.parametrize(
    "names, word",
    [("named", "Mit Namen."), ("moderators", "Nur für die Moderation sichtbar."), ("anonymous", "Anonym.")],
)
def test_who_will_know_is_said_above_the_button(names: str, word: str) -> None:
    page = html(opened(names=names))
    assert page.index("<textarea") < page.index(word) < page.rindex("<button")


# ── the result ──


def test_no_tendency_is_seen_while_it_is_open() -> None:
    one, other = opened(names="anonymous"), opened(names="anonymous")
    for person in FIVE:
        answer(one, person, RED)
        answer(other, person, BLUE)
    for audience in Audience:
        assert view(one, audience) == view(other, audience)


def test_the_result_is_shown_question_by_question_and_too_few_answers_are_not() -> None:
    table = opened(names="anonymous")
    for person in FIVE:
        answer(table, person)
    answer(table, "ada", RED, wie={"value": 4})
    closed(table, "wie")
    assert view(table)[""] == Slot(("ask", "mine-paper", "result-farbe", "result-wie", "result-sonst", "turnout"))
    assert [view(table)[f"result-{id}"].result.content is None for id in ("farbe", "wie", "sonst")] == [
        False,
        True,
        True,
    ]
    assert html(table).count("Unter fünf wird keine Auszählung gezeigt.") == 2

    stage = view(table, Audience.STAGE, "result", "wie")["stage-result"]
    assert (stage.number, stage.of, stage.survey, stage.result.title) == (2, 3, "bogen", "Wie zufrieden?")
    assert (stage.result.turnout.cast, stage.result.turnout.of) == (1, 5)
    assert "Zu wenige Antworten" in html(table, Audience.STAGE, "result", "wie")
    assert view(table, Audience.STAGE, "result", "?")["stage-result"].number == 1
    assert "5</b> Antworten von 5" in html(table, Audience.STAGE, "result", "farbe")


def test_the_stage_says_how_many_have_answered_until_the_result_is_shown() -> None:
    table = opened()
    answer(table, "ada")
    assert view(table, Audience.STAGE, "result").keys() == {"", "stage-question"}
    assert "im eigenen Tempo" in html(table, Audience.STAGE, "question")
    submit(table, "mo", "bogen", "close")
    assert "geschlossen" in html(table, Audience.STAGE, "question")


# ── the desk ──


def test_the_desk_goes_from_question_to_question() -> None:
    table = opened()
    overview = view(table, Audience.DESK)["desk-survey"]
    assert (overview.showing, "Zeigen lässt es sich nach dem Schluss." in html(table, Audience.DESK)) == (False, True)
    submit(table, "mo", "bogen", "close")
    places = []
    for item in (None, "", "wie", "sonst"):
        if item is not None:
            submit(table, "mo", "bogen", "show", view="result", item=item)
        overview = view(table, Audience.DESK)["desk-survey"]
        places.append((overview.before, overview.after))
    assert places == [("", "farbe"), ("", "wie"), ("farbe", "sonst"), ("wie", "")]
    assert overview.lines[-1] == Line("sonst", "Und sonst?", 0, on_stage=True)
    page = html(table, Audience.DESK)
    assert ("Vorige Frage zeigen" in page, "Nächste Frage zeigen" in page, "auf der Leinwand" in page) == (
        True,
        False,
        True,
    )


def test_words_come_to_the_inbox_with_their_question_and_leave_the_screens_when_they_are_hidden() -> None:
    table = opened()
    ref = submit(table, "ada", "bogen", "submit", answers=dict(RED) | WORDS)[-1].data["ref"]
    closed(table)
    item = view(table, Audience.DESK)[f"item-{ref}"]
    assert (item.on, item.text, item.author, item.hidden) == ("Und sonst?", "Mehr Zeit", "Leitung Amt 10", "")
    assert "Mehr Zeit" in html(table, by="ben")
    submit(table, "mo", "bogen", "hide", ref=ref, reason="Ein Name")
    assert ("Mehr Zeit" in html(table, by="ben"), "ausgeblendet: " in html(table, Audience.DESK)) == (False, True)


def test_a_survey_without_words_has_no_inbox() -> None:
    assert "inbox" not in view(opened(questions=QUESTIONS[1:2]), Audience.DESK)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup(words: str) -> None:
    asked = [
        question
        | {
            "title": words,
            "settings": question["settings"] | ({"max_length": 5000} if question["form"] == "open" else {}),
        }
        for question in QUESTIONS
    ]
    table = opened(questions=asked)
    for person in FIVE:
        answer(table, person, RED, sonst={"text": words})
    closed(table, "sonst")
    for page in (html(table), html(table, Audience.STAGE, "result", "sonst"), html(table, Audience.DESK)):
        assert f'<bdi dir="auto">{escape(words)}</bdi>' in page
        assert words not in page.replace(str(escape(words)), "") or words == str(escape(words))


def test_answers_of_one_are_on_the_paper_of_nobody_else() -> None:
    table = opened()
    answer(table, "ada", BLUE)
    assert [sheet.answered for sheet in mine(table, "ada").sheets] == [True, False, False]
    assert [sheet.answered for sheet in mine(table, "ben").sheets] == [False, False, False]
