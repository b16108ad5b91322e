"""Reactions from outside the circle to the arguments that are written down."""

import pytest

from facilitation import pictures
from facilitation.kinds import speaking
from facilitation.screen import Audience
from tests.kinds.floors import did, figures, html, mine, opened, refusal, state, view
from tests.rooms import Kept, afresh, submit


def argued(**config: object) -> tuple[Kept, str]:
    table = opened(**config)
    return table, did(table, "mo", "argue", list="bedenken", text="Zu teuer")


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_whoever_listens_says_of_an_argument_that_it_hits_the_mark_each_once(names: str) -> None:
    table, ref = argued(names=names)
    for by in ("ada", "ben"):
        did(table, by, "react", on=ref, word="Treffend")
    did(table, "ada", "react", on=ref, word="Hm")

    assert refusal(table, "ada", "react", on=ref, word="Treffend")[0] == "reaction.already_voted"
    assert refusal(table, "ada", "react", on="nichts", word="Treffend") == (
        "speaking.invalid",
        {"why": "unknown_argument"},
    )
    assert refusal(table, "ada", "react", on=ref, word=33 * "x") == ("reaction.too_long", {"most": 32})
    assert (view(table)[f"word-0-{ref}"].times, view(table)[f"word-0-{ref}"].open) == (2, True)
    assert (f"word-0-{ref}", "own") in mine(table, "ada")["marks"]
    assert mine(table, "cem")["marks"] == ()
    assert view(table, Audience.DESK)[f"minute-{ref}"].given == (("Treffend", 2),)
    assert figures(table)["reactions_by_argument"] == {ref: {"Treffend": 2, "Hm": 1}}
    assert state(afresh(table)) == state(table)
    rede = table.activities["rede"]
    rows = list(speaking.rows(rede.state, pictures.look(table, rede, Audience.DESK)))
    assert rows[0]["reactions"] == {"Treffend": 2, "Hm": 1}
    assert 'Treffend</bdi> <b class="num">2' in html(table, Audience.DESK)


def test_what_was_given_stays_when_it_is_closed_and_forgotten_who_gave_it() -> None:
    table, ref = argued(names="anonymous")
    other = did(table, "mo", "argue", list="heraus", text="Zu spät")
    did(table, "ada", "react", on=ref, word="Treffend")
    submit(table, "mo", "rede", "close")
    assert refusal(table, "ben", "react", on=ref, word="Treffend")[0] == "speaking.not_open"
    submit(table, "mo", "rede", "show", view="result")

    assert state(table).sealed
    there = view(table)
    assert (there[f"word-0-{ref}"].times, there[f"word-0-{ref}"].open) == (1, False)
    assert f"word-0-{other}" not in there
    assert mine(table, "ada")["marks"] == ()
    assert figures(table) == figures(afresh(table)) | {"reactions_by_argument": {ref: {"Treffend": 1}}}


def test_a_hidden_argument_takes_what_was_given_to_it_along() -> None:
    table, ref = argued()
    did(table, "ada", "react", on=ref, word="Treffend")
    submit(table, "mo", "rede", "hide", ref=ref, reason="Name")
    assert [name for name in view(table) if ref in name] == []
    assert mine(table, "ada")["marks"] == ()


def test_words_are_those_of_the_settings_and_there_may_be_none() -> None:
    table, ref = argued(reactions=["Dagegen", "Dafür"])
    assert [view(table)[f"word-{n}-{ref}"].word for n in range(2)] == ["Dagegen", "Dafür"]
    table, ref = argued(reactions=[])
    assert "Treffend" not in html(table)
    assert view(table)[f"words-{ref}"] == ()
