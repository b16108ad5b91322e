"""More about cards: templates, corrections, personal data, fading, seeds, what is carried over, and very many."""

from typing import Any

import pytest

from facilitation.kinds import wall
from facilitation.record import Refused
from facilitation.screen import Audience, Slot
from tests.halls import refusal
from tests.kinds.walls import COLUMNS, comment, figures, html, mine, opened, own, react, state, view, write
from tests.rooms import Kept, activity, afresh, room, submit

HEADINGS = [{"id": "problem", "title": "Problem"}, {"id": "idee", "title": "Idee", "text": "In einem Satz."}]

# ── templates ──


def filled(table: Kept, **fields: str) -> str:
    ref: str = submit(table, "ada", "wand", "write", column="besser", fields=fields)[-1].data["ref"]
    return ref


def test_a_card_with_a_template_has_its_words_under_headings() -> None:
    table = opened(fields=HEADINGS)
    card = filled(table, idee="Weniger Mitzeichnung", problem="Es dauert")
    note = view(table)[f"card-{card}"]
    assert note.parts == (("Problem", "Es dauert"), ("Idee", "Weniger Mitzeichnung"))
    assert (note.text, table.activities["wand"].contributions[card].text) == ("Es dauert\nWeniger Mitzeichnung",) * 2
    assert '<dt class="small quiet">Problem</dt><dd class="card__text verbatim"><bdi dir="auto">Es dauert' in html(
        table
    )


def test_a_field_may_stay_empty_but_not_all_of_them() -> None:
    table = opened(fields=HEADINGS)
    card = filled(table, idee="Weniger", problem="")
    assert view(table)[f"card-{card}"].parts == (("Idee", "Weniger"),)
    assert refusal(table, "ada", "wand", "write", column="besser", fields={"idee": ""}) == ("wall.invalid", "empty")
    assert refusal(table, "ada", "wand", "write", column="besser", fields=[])[0] == "command.invalid"
    assert refusal(table, "ada", "wand", "write", column="besser", fields={"witz": "x"}) == (
        "wall.invalid",
        "unknown_field",
    )


def test_each_field_is_measured_by_itself() -> None:
    table = opened(fields=HEADINGS, max_length=5)
    filled(table, idee="genau", problem="fünf.")
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        filled(table, idee="sechs.", problem="x")


def test_a_card_with_a_template_is_edited_and_redacted_as_a_whole() -> None:
    table = opened(fields=HEADINGS)
    card = filled(table, idee="Alt", problem="Frau M. ist krank")
    submit(table, "ada", "wand", "edit", card=card, fields={"idee": "Neu"})
    assert view(table)[f"card-{card}"].parts == (("Idee", "Neu"),)
    submit(table, "mo", "wand", "redact", ref=card, reason="Gesundheitsdaten")
    loaded = afresh(table)
    assert "Frau M." not in str(loaded.activities)
    assert (view(loaded)[f"card-{card}"].text, view(loaded)[f"card-{card}"].parts) == ("", ())


def test_a_form_has_a_field_for_each_heading() -> None:
    page = html(opened(fields=HEADINGS))
    assert [page.count(f'name="fields[{heading["id"]}]"') for heading in HEADINGS] == [1, 1]
    assert "In einem Satz." in page


# ── corrections and personal data ──


def test_a_correction_keeps_what_the_author_wrote_and_says_so() -> None:
    table = opened()
    card = write(table, "ada", "Mehr Muht")
    submit(table, "mo", "wand", "correct", card=card, text="Mehr Mutt")
    submit(table, "mo", "wand", "correct", card=card, text="Mehr Mut")
    note = view(table)[f"card-{card}"]
    assert (note.text, note.corrected, note.edited) == ("Mehr Mut", True, False)
    assert view(table, Audience.DESK)[f"item-{card}"].original == "Mehr Muht"
    page = html(table)
    assert 'Ihr Wortlaut: <bdi dir="auto">Mehr Muht</bdi>' in page
    assert "Schreibweise berichtigt" in page
    submit(table, "ada", "wand", "edit", card=card, text="Ganz anders")
    assert view(table)[f"card-{card}"].corrected is False
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        submit(table, "mo", "wand", "correct", card=card, text="x" * 281)


@pytest.mark.parametrize("names", ["named", "anonymous"])
def test_whoever_finds_personal_data_tells_the_desk_once(names: str) -> None:
    table = opened(names=names)
    card = write(table, "ada", "Frau M. ist krank")
    submit(table, "mo", "wand", "close")
    for by in ("ben", "cem"):
        submit(table, by, "wand", "flag", card=card)
    assert refusal(table, "ben", "wand", "flag", card=card)[0] == "wall.already_voted"
    screen = view(table, Audience.DESK)
    assert (screen[f"item-{card}"].flags, screen["inbox"].flagged) == (2, 1)
    assert "2 Personen melden: enthält persönliche Angaben." in html(table)
    assert [item.flags for item in mine(table, "ada")["mine-cards"][1]] == [0]
    submit(table, "mo", "wand", "clear", card=card)
    assert view(table, Audience.DESK)[f"item-{card}"].flags == 0
    assert state(afresh(table)) == state(table)


# ── fading ──


def order(table: Kept) -> list[str]:
    return [name.removeprefix("card-") for name in view(table)["cards-mitnehmen"]]


def test_on_a_wall_that_fades_what_somebody_reacts_to_comes_to_the_top() -> None:
    table = opened(fades=True)
    first, second, third = (write(table, "ada") for _ in range(3))
    react(table, "ben", first)
    assert order(table) == [first, third, second]
    comment(table, "ben", second)
    assert order(table) == [second, first, third]
    plain = opened()
    cards = [write(plain, "ada") for _ in range(2)]
    react(plain, "ben", cards[0])
    assert order(plain) == cards[::-1]


def test_sealing_forgets_what_reactions_did_to_the_order_and_keeps_what_comments_did() -> None:
    table = opened(fades=True, names="anonymous")
    first, second, third = (write(table, "ada") for _ in range(3))
    comment(table, "ben", first)
    react(table, "ben", second)
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "show", view="result")
    assert order(table) == [first, third, second]
    assert state(afresh(table)) == state(table)


def test_sealing_keeps_how_often_a_card_was_flagged_and_forgets_by_whom() -> None:
    table = opened(names="anonymous")
    card = write(table, "ada")
    submit(table, "ben", "wand", "flag", card=card)
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "show", view="result")

    loaded = state(afresh(table))
    assert (loaded.flags[card], loaded.flaggers) == (1, {})


# ── what staff brings ──


def test_a_seed_is_marked_and_is_nobodys_own() -> None:
    table = opened()
    card = submit(table, "mo", "wand", "seed", column="mitnehmen", text="Mehr Mut")[-1].data["ref"]
    note = view(table)[f"card-{card}"]
    assert (note.seed, note.author, figures(table)["authors"]) == (True, "", 0)
    assert ">Vorlage</span>" in html(table)
    assert refusal(table, "mo", "wand", "edit", card=card, text="x")[0] == "wall.forbidden"
    assert refusal(table, "mo", "wand", "seed", column="keine", text="x") == ("wall.invalid", "unknown_column")
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        submit(table, "mo", "wand", "seed", column="besser", text="x" * 281)


def grouped() -> Kept:
    """The wall of a group beside the one of the plenary."""
    walls = (activity(wall, id, columns=COLUMNS, names="named") for id in ("wand", "gruppe-3"))
    table = room(*walls)
    for id in ("wand", "gruppe-3"):
        submit(table, "mo", id, "open")
    return table


def test_a_card_of_a_groups_wall_is_carried_over_with_the_name_of_the_group() -> None:
    table = grouped()
    card = submit(table, "ada", "gruppe-3", "write", column="besser", text="Mehr Mut")[-1].data["ref"]
    taken = submit(table, "mo", "wand", "adopt", column="mitnehmen", sources=[card])[-1].data["ref"]
    note = view(table)[f"card-{taken}"]
    assert (note.text, note.origin, note.author) == ("Mehr Mut", "gruppe-3", "")
    assert table.activities["gruppe-3"].became == {card: (taken,)}
    submit(table, "mo", "gruppe-3", "redact", ref=card, reason="Name")
    assert (view(afresh(table))[f"card-{taken}"].text, view(afresh(table))[f"card-{taken}"].origin) == ("", "")


def test_nothing_hidden_and_nothing_empty_is_carried_over() -> None:
    table = grouped()
    card = submit(table, "ada", "gruppe-3", "write", column="besser", text="Mehr Mut")[-1].data["ref"]
    assert refusal(table, "mo", "wand", "adopt", column="besser") == ("wall.invalid", "nothing")
    submit(table, "mo", "gruppe-3", "hide", ref=card, reason="kein Beitrag")
    assert refusal(table, "mo", "wand", "adopt", column="besser", sources=[card]) == ("wall.invalid", "hidden")


def test_the_author_and_the_desk_see_what_a_card_became() -> None:
    table = opened()
    card = write(table, "ada")
    taken = submit(table, "mo", "wand", "adopt", column="besser", sources=[card])[-1].data["ref"]
    assert mine(table, "ada")["mine-cards"][1][0].became == (taken,)
    assert html(table).count(f'daraus wurde: <span class="ref">{taken}</span>') == 2


# ── very many ──


@pytest.mark.parametrize("many,shown", [(60, [30, 30]), (61, [30, 30]), (120, [30, 30])])
def test_of_very_many_cards_each_place_shows_its_newest_and_a_link_to_all(many: int, shown: list[int]) -> None:
    table = opened()
    for n in range(many):
        write(table, "ada", f"Karte {n}", COLUMNS[n % 2]["id"])
    screen = view(table)
    places = [column["id"] for column in COLUMNS]
    assert [len(screen[f"cards-{place}"]) for place in places] == shown
    assert sum(screen[f"column-{place}"].older for place in places) == many - sum(shown)
    assert ("ältere Karte" in html(table)) == (many > 60)
    assert len(own(table, "ada")) == many


def test_while_dots_are_laid_on_cards_many_more_are_within_reach() -> None:
    table = opened(columns=COLUMNS[:1])
    for n in range(150):
        write(table, "ada", f"Karte {n}")
    assert len(view(table)["cards-mitnehmen"]) == 60
    submit(table, "mo", "wand", "dots_open")
    assert len(view(table)["cards-mitnehmen"]) == 150


def test_an_old_card_that_everybody_sees_no_more_is_still_marked_for_when_it_comes_back() -> None:
    table = opened(columns=COLUMNS[:1])
    first = write(table, "ada")
    for n in range(100):
        write(table, "ben", f"Karte {n}")
    assert f"card-{first}" not in view(table)
    assert (f"card-{first}", "own") in mine(table, "ada")["marks"]


def test_what_did_not_change_is_handed_out_as_the_same_object() -> None:
    table = opened()
    cards = [write(table, "ada") for _ in range(3)]
    comment(table, "ben", cards[0])
    before = view(table)
    submit(table, "ada", "wand", "edit", card=cards[1], text="Neu")
    after = view(table)
    same = {name for name in after if name.endswith((cards[0], cards[2])) and after[name] is before[name]}
    assert same == {name for name in after if name.endswith((cards[0], cards[2]))}


@pytest.mark.parametrize("command", [("hide", {"reason": "kein Beitrag"}), ("redact", {"reason": "Name"})])
def test_a_hidden_comment_is_gone_from_what_was_kept(command: tuple[str, dict[str, Any]]) -> None:
    table = opened()
    card = write(table, "ada")
    said = comment(table, "ben", card, "Genau das")
    view(table)
    submit(table, "mo", "wand", command[0], ref=said, **command[1])
    table = afresh(table) if command[0] == "redact" else table
    assert "Genau das" not in str(view(table))


def test_the_tray_of_the_desk_brings_up_more_as_cards_are_sorted() -> None:
    table = opened()
    cards = [write(table, "ada") for _ in range(62)]
    there = submit(table, "mo", "wand", "island", title="Mut")[-1].data["ref"]
    assert view(table, Audience.DESK)["picks"] == Slot(f"pick-{ref}" for ref in cards[:60])
    submit(table, "mo", "wand", "assign", island=there, cards=cards[:5])
    assert view(table, Audience.DESK)["picks"] == Slot(f"pick-{ref}" for ref in cards[5:])


def test_the_inbox_ends_and_says_what_is_older() -> None:
    table = opened()
    for n in range(203):
        write(table, "ada", f"Karte {n}")
    screen = view(table, Audience.DESK)
    assert (len(screen["items"]), screen["inbox"].older) == (200, 3)
    assert "Noch 3 ältere lesen" in html(table)
