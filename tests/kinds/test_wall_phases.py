"""Phases of a wall: who may do what when, and silence until the cards are revealed."""

from contextlib import suppress
from typing import Any

import pytest

from facilitation import pictures
from facilitation.kinds import wall
from facilitation.record import Refused
from facilitation.screen import Audience, Marks
from tests.halls import refusal
from tests.kinds.walls import comment, html, mine, opened, own, react, state, view, write
from tests.rooms import Kept, afresh, submit


def enter(table: Kept, phase: str, **data: Any) -> None:
    submit(table, "mo", "wand", "phase", phase=phase, **data)


@pytest.mark.parametrize(
    "phase,allowed",
    [
        ("collect", {"write", "comment", "react"}),
        ("draft", {"write"}),
        ("reveal", {"comment", "react"}),
        ("sort", set()),
        ("weigh", set()),
        ("decide", {"comment", "react"}),
    ],
)
def test_each_phase_allows_what_belongs_to_it(phase: str, allowed: set[str]) -> None:
    table = opened()
    card = write(table, "ada")
    enter(table, phase)
    wishes = {
        "write": {"column": "besser", "text": "Mut"},
        "comment": {"on": card, "text": "Ja"},
        "react": {"on": card, "word": "Danke"},
    }
    found = set()
    for command, data in wishes.items():
        with suppress(Refused):
            submit(table, "ben", "wand", command, **data)
            found.add(command)
    assert found == allowed


def test_in_a_phase_without_writing_nobody_edits_or_withdraws() -> None:
    table = opened()
    card = write(table, "ada")
    enter(table, "sort")
    assert refusal(table, "ada", "wand", "edit", card=card, text="x") == ("wall.not_open", "phase")
    assert refusal(table, "ada", "wand", "withdraw", card=card) == ("wall.not_open", "phase")
    assert "Gerade schreibt niemand Karten." in html(table)


def test_open_and_close_mean_what_they_meant_in_every_phase() -> None:
    table = opened()
    enter(table, "draft")
    submit(table, "mo", "wand", "close")
    with pytest.raises(Refused, match=r"^wall.not_open$") as refused:
        write(table, "ada")
    assert refused.value.values == {}
    submit(table, "mo", "wand", "open")
    write(table, "ada")
    assert state(table).stand.phase == "draft"


# ── silence until the cards are revealed ──


def test_a_draft_is_seen_by_its_author_alone_until_it_is_revealed() -> None:
    table = opened()
    enter(table, "draft")
    card = write(table, "ada", "Ein Gedanke")
    wand = table.activities["wand"]
    looks = [view(table), *(view(table, Audience.STAGE, it) for it in ("wall", "result", "question", "dots"))]
    rows = list(wall.rows(state(table), pictures.look(table, wand, Audience.PLENARY)))
    assert "Ein Gedanke" not in str([*looks, mine(table, "ben"), rows])
    assert (own(table, "ada"), mine(table, "ada")["marks"]) == ([(card, "Ein Gedanke")], Marks())
    assert (wall.withheld(state(table), card), wand.is_public(card)) == (True, False)
    enter(table, "reveal")
    assert f"card-{card}" in view(table)["cards-mitnehmen"]
    assert wand.is_public(card)


def test_while_people_write_for_themselves_the_desk_counts_and_reads_only_on_purpose() -> None:
    table = opened()
    enter(table, "draft")
    write(table, "ada", "Ein Gedanke"), write(table, "ben")
    screen = view(table, Audience.DESK)
    assert (screen["phases"].cards, screen["phases"].writers, "sorting" in screen) == (2, 2, False)
    page = html(table)
    assert page.index("Wortlaut, noch nicht aufgedeckt") < page.rindex("Ein Gedanke")
    assert page.count("erst für mich, dann für alle") == 2  # the wall is the question as long as nobody sees cards


def test_what_was_said_below_a_card_before_a_draft_is_gone_with_it_until_then() -> None:
    table = opened()
    card = write(table, "ada")
    comment(table, "ben", card, "Genau das")
    react(table, "ben", card)
    enter(table, "draft")
    assert "Genau das" not in str([view(table), mine(table, "ben")])
    enter(table, "collect")
    assert "Genau das" in str(view(table))


# ── what is said of a phase ──


def test_a_phase_has_an_instruction_that_staff_may_put_into_its_own_words() -> None:
    table = opened()
    enter(table, "sort")
    assert "Die Moderation legt zusammen, was zusammengehört." in html(table)
    enter(table, "sort", text="Wir <b>ordnen</b>.")
    assert '<bdi dir="auto">Wir &lt;b&gt;ordnen&lt;/b&gt;.</bdi>' in html(table)
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        enter(table, "sort", text="x" * 281)


def test_comments_may_be_switched_off_for_a_phase() -> None:
    table = opened()
    card = write(table, "ada")
    enter(table, "reveal", comments=False)
    react(table, "ben", card)
    assert refusal(table, "ben", "wand", "comment", on=card, text="Ja") == ("wall.not_open", "phase")
    assert view(table)[f"below-{card}"] == ()
    assert state(afresh(table)) == state(table)


def test_weighing_opens_the_dots_and_leaving_it_closes_them() -> None:
    table = opened()
    for phase, open_now in (("weigh", True), ("weigh", True), ("decide", False)):
        enter(table, phase)
        assert state(table).dots.open is open_now
    enter(opened(dots=None), "weigh")


def test_a_sealed_wall_weighs_nothing_more() -> None:
    table = opened(names="anonymous")
    write(table, "ada")
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "show", view="result")
    enter(table, "weigh")
    assert not state(table).dots.open


def test_an_anonymous_wall_whose_cards_are_shown_is_sealed_only_when_nothing_more_is_given() -> None:
    table = opened(names="anonymous")
    write(table, "ada")
    submit(table, "mo", "wand", "close")
    for phase, sealed in (("sort", False), ("weigh", False), ("decide", True)):
        enter(table, phase)
        submit(table, "mo", "wand", "show", view="result")
        assert table.activities["wand"].sealed is sealed
