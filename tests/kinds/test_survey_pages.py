"""A survey as a browser without scripts has it: one form, and nothing typed is lost."""

import re

import httpx2

from tests.browsing import ada, page, town
from tests.controls import form
from tests.town import CODE, SURVEY, Town

__all__ = ["ada", "town"]

TICKED = {"answers[q1][choice]:opt": "blau", "answers[q2][value]:int": "4"}


async def sent(ada: httpx2.AsyncClient, words: str) -> httpx2.Response:
    """The answer to a filled form."""
    paper = form(await page(ada, "now"), f"{SURVEY}.submit")
    return await ada.post(f"/w/{CODE}/{paper.action}", data=TICKED | {"answers[q3][text]:opt": words})


async def test_what_was_answered_is_on_the_page_again(town: Town, ada: httpx2.AsyncClient) -> None:
    assert (await sent(ada, "Mehr Zeit")).status_code == 303
    again = form(await page(ada, "now"), f"{SURVEY}.submit")
    assert {control.name: control.chosen for control in again.controls} == {
        "answers[q1][choice]:opt": ("blau",),
        "answers[q2][value]:int": ("4",),
        "answers[q3][text]:opt": ("Mehr Zeit",),
    }


async def test_a_refused_survey_comes_back_as_it_was_filled_in_and_names_the_question(ada: httpx2.AsyncClient) -> None:
    answer = await sent(ada, 201 * "x")
    assert answer.status_code == 422
    assert "Zu „Und sonst?“: Der Text ist zu lang: höchstens 200 Zeichen." in answer.text
    again = form(answer.text, f"{SURVEY}.submit")
    assert [control.chosen for control in again.controls] == [("blau",), ("4",), (201 * "x",)]


async def test_where_the_survey_is_closed_the_words_stand_below_the_sentence(
    town: Town, ada: httpx2.AsyncClient
) -> None:
    paper = form(await page(ada, "now"), f"{SURVEY}.submit")
    await town.did("mo", SURVEY, "close")
    answer = await ada.post(f"/w/{CODE}/{paper.action}", data=TICKED | {"answers[q3][text]:opt": "Mehr <Zeit>"})
    assert (answer.status_code, "Der Fragebogen ist nicht geöffnet." in answer.text) == (422, True)
    assert re.findall(r"Ihr Text: <bdi[^>]*>([^<]*)<", answer.text) == ["Mehr &lt;Zeit&gt;"]
