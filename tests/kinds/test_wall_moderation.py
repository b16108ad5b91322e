import pytest

from facilitation import pictures
from facilitation.kinds import wall
from facilitation.screen import Audience, Marks, Slot
from facilitation.walls.desk import Counts
from tests.kinds.walls import figures, mine, opened, state, view, write
from tests.rooms import afresh, submit

# ── moderation ──


def test_a_hidden_card_is_seen_by_its_author_and_the_desk_alone_and_stays_on_record() -> None:
    table = opened()
    ref = write(table, "ada", "Ein Angriff")
    submit(table, "mo", "wand", "hide", ref=ref, reason="persönlicher Angriff")
    screens = [view(table), view(table, Audience.STAGE), mine(table, "ben")]
    assert [screen for screen in screens if ref in str(screen)] == []
    assert view(table, Audience.DESK)[f"item-{ref}"].hidden == "persönlicher Angriff"
    assert view(table, Audience.DESK)["inbox"] == Counts(cards=1, comments=0, hidden=1)
    assert [item.hidden for item in mine(table, "ada")["mine-cards"][1]] == ["persönlicher Angriff"]
    assert mine(table, "ada")["marks"] == Marks()
    assert state(afresh(table)).cards[ref].text == "Ein Angriff"


def test_a_restored_card_is_back_in_its_place() -> None:
    table = opened()
    first, _ = write(table, "ada"), write(table, "ben")
    before = view(table)
    submit(table, "mo", "wand", "hide", ref=first, reason="versehentlich")
    submit(table, "mo", "wand", "restore", ref=first)
    assert view(table) == before


def test_a_redacted_card_loses_all_its_words_and_keeps_its_place() -> None:
    table = opened()
    ref = write(table, "ada", "Frau M. ist krank")
    submit(table, "ada", "wand", "edit", card=ref, text="Frau M. ist länger krank")
    submit(table, "mo", "wand", "redact", ref=ref, reason="Gesundheitsdaten")
    loaded = afresh(table)
    assert "Frau M." not in str(loaded.activities)
    assert view(loaded)["cards-mitnehmen"] == Slot((f"card-{ref}",))


def test_the_desk_has_every_card_with_where_it_can_be_moved() -> None:
    table = opened()
    first, second = write(table, "ada"), write(table, "ben", column="besser")
    screen = view(table, Audience.DESK)
    assert screen["items"] == Slot((f"item-{second}", f"item-{first}"))
    assert [column.id for column in screen[f"item-{first}"].others] == ["besser"]


# ── figures ──


def test_the_figures_count_what_was_accepted_and_what_can_be_seen() -> None:
    table = opened()
    kept, hidden, gone = write(table, "ada"), write(table, "ada"), write(table, "ben", column="besser")
    submit(table, "ada", "wand", "edit", card=kept, text="Mehr Zeit")
    submit(table, "mo", "wand", "move", card=kept, column="besser")
    submit(table, "mo", "wand", "hide", ref=hidden, reason="kein Beitrag")
    submit(table, "ben", "wand", "withdraw", card=gone)
    assert figures(table) == {
        "ideas": 3,
        "visible": 1,
        "withdrawn": 1,
        "by_column": {"mitnehmen": 1, "besser": 2},
        "visible_by_column": {"mitnehmen": 0, "besser": 1},
        "authors": 2,
        "edited": 1,
        "moved": 1,
        "comments": 0,
        "comments_by_idea": {},
        "reactions": 0,
        "reactions_by_idea": {},
        "reactions_merged": {},
        "clusters": {},
        "unclustered": 3,
        "dots": {},
        "dots_total": 0,
        "dot_voters": 0,
        "dots_complete": 0,
        "links": 0,
        "ratings": {},
    }


@pytest.mark.parametrize("audience,seen", [(Audience.DESK, ["", "kein Beitrag"]), (Audience.PLENARY, [""])])
def test_a_table_has_a_row_for_each_card_and_hidden_ones_for_staff_only(audience: Audience, seen: list[str]) -> None:
    table = opened()
    first, second, gone = write(table, "ada", "Mut"), write(table, "ben"), write(table, "ben")
    submit(table, "mo", "wand", "hide", ref=second, reason="kein Beitrag")
    submit(table, "ben", "wand", "withdraw", card=gone)
    rows = list(wall.rows(state(table), pictures.look(table, table.activities["wand"], audience)))
    assert rows[0] == {
        "ref": first,
        "on": "",
        "column": "Mitnehmen",
        "text": "Mut",
        "author": "Leitung Amt 10",
        "reactions": {},
        "hidden": "",
        "tag": "",
        "labels": "",
        "island": "",
        "dots": 0,
        "under": "",
        "origin": "",
        "quadrant": "",
    }
    assert [row["hidden"] for row in rows] == seen
