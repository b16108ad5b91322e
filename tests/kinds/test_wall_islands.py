"""Islands, merging and links: what belongs together."""

import pytest

from facilitation.record import Refused
from facilitation.screen import Audience, Slot
from facilitation.walls.links import Tie
from facilitation.walls.notes import Under
from facilitation.walls.phone import Spot
from facilitation.walls.settings import Column
from tests.halls import refusal
from tests.kinds.walls import changed, comment, figures, html, mine, opened, react, state, view, write
from tests.rooms import Kept, afresh, submit


def island(table: Kept, title: str = "Mut", *cards: str) -> str:
    """The reference of a new island with these cards."""
    ref: str = submit(table, "mo", "wand", "island", title=title, cards=list(cards))[-1].data["ref"]
    return ref


def assign(table: Kept, on: str, *cards: str) -> None:
    submit(table, "mo", "wand", "assign", island=on, cards=list(cards))


def merge(table: Kept, into: str, *cards: str) -> None:
    submit(table, "mo", "wand", "merge", card=into, cards=list(cards))


def lying(table: Kept, on: str) -> list[str]:
    return list(state(table).grounds.get(on, ()))


# ── islands ──


def test_a_card_lies_on_one_island_at_most_and_the_last_assignment_counts() -> None:
    table = opened()
    card, other = write(table, "ada"), write(table, "ben")
    first, second = island(table, "Mut", card), island(table, "Zeit")
    assign(table, second, card, other)
    assert (lying(table, first), lying(table, second), lying(table, "")) == ([], [other, card], [])
    assign(table, "", card)
    assert (lying(table, second), lying(table, "")) == ([other], [card])
    assert state(afresh(table)) == state(table)


def test_an_island_that_nobody_founded_and_a_card_that_nobody_wrote_are_refused() -> None:
    table = opened()
    there, card = island(table), write(table, "ada")
    assert refusal(table, "mo", "wand", "assign", island="AT2-0999", cards=[card])[1] == "unknown_island"
    assert refusal(table, "mo", "wand", "assign", island=there, cards=[card, "AT2-0999"])[1] == "unknown_card"
    assert refusal(table, "mo", "wand", "rename", island=card, title="x")[1] == "unknown_island"
    assert lying(table, there) == []


def test_an_island_is_renamed_and_its_name_has_an_end() -> None:
    table = opened()
    there = island(table)
    submit(table, "mo", "wand", "rename", island=there, title="Mehr Mut")
    assert state(table).islands[there].title == "Mehr Mut"
    for command, data in (("rename", {"island": there}), ("island", {})):
        with pytest.raises(Refused, match=r"^wall.too_long$"):
            submit(table, "mo", "wand", command, title="x" * 121, **data)


def test_the_figures_count_the_cards_of_each_island_hidden_ones_too() -> None:
    table = opened()
    cards = [write(table, "ada") for _ in range(3)]
    there, empty = island(table, "Mut", *cards[:2]), island(table, "Leer")
    submit(table, "mo", "wand", "hide", ref=cards[0], reason="kein Beitrag")
    assert figures(table)["clusters"] == {there: {"title": "Mut", "ideas": 2}, empty: {"title": "Leer", "ideas": 0}}
    assert figures(table)["unclustered"] == 1


def test_the_phone_shows_cards_by_island_once_there_are_some() -> None:
    table = opened()
    first, second = write(table, "ada"), write(table, "ben")
    there = island(table, "Mut", first)
    screen = view(table)
    assert [name for name in screen[""] if name.startswith(("isle", "column"))] == [f"isle-{there}", "isle-alone"]
    assert (screen[f"cards-{there}"], screen["cards-alone"]) == (Slot((f"card-{first}",)), Slot((f"card-{second}",)))
    assert screen[f"isle-{there}"] == Spot(Column(there, "Mut"), 0)
    assert [(lane.column.title, lane.cards) for lane in screen["tabs"]] == [("Mut", 1), ("", 1)]


def test_the_cards_of_a_hidden_island_lie_on_none() -> None:
    table = opened()
    card = write(table, "ada")
    there = island(table, "Ein Angriff", card)
    island(table, "Mut")
    submit(table, "mo", "wand", "hide", ref=there, reason="kein Beitrag")
    assert view(table)["cards-alone"] == Slot((f"card-{card}",))
    assert "Ein Angriff" not in str([view(table), view(table, Audience.STAGE, "wall")])


def test_laying_a_card_elsewhere_changes_two_places_and_no_card() -> None:
    table = opened()
    cards = [write(table, "ada") for _ in range(4)]
    first, second = island(table, "Mut", *cards[:2]), island(table, "Zeit", *cards[2:])
    before = view(table)
    assign(table, second, cards[0])
    assert changed(before, view(table)) == {f"cards-{first}", f"cards-{second}", "tabs"}


def test_the_desk_has_a_tray_of_loose_cards_oldest_first_and_a_board_for_each_island() -> None:
    table = opened()
    first, second, third = (write(table, "ada", f"Karte {n}") for n in range(3))
    there = island(table, "Mut", second)
    screen = view(table, Audience.DESK)
    assert (screen["sorting"].loose, screen["sorting"].cards) == (2, 3)
    assert screen["picks"] == Slot((f"pick-{first}", f"pick-{third}"))
    assert screen["sorting"].islands[0] == (there, "Mut", "1")
    assert [card.ref for card in screen[f"board-{there}"].cards] == [second]


def test_only_nine_islands_have_a_key_and_a_picture_of_the_stage() -> None:
    table = opened()
    refs = [island(table, f"Insel {n}") for n in range(11)]
    keys = view(table, Audience.DESK)["sorting"] if state(table).cards else None
    assert keys is None  # nothing to sort
    write(table, "ada")
    assert [key.key for key in view(table, Audience.DESK)["sorting"].islands] == [*"123456789", "", ""]
    land = view(table, Audience.STAGE, "wall")["stage-isles"]
    assert ([it.ref for it in land.islands], land.more, land.loose, land.dots) == (refs[:9], 2, 1, False)
    assert "2 weitere Themeninseln" in html(table)


# ── merging ──


def test_merged_cards_lie_as_one_with_the_originals_beneath() -> None:
    table = opened()
    main, other, third = write(table, "ada", "Mut"), write(table, "ben", "Mehr Mut"), write(table, "cem", "Viel Mut")
    merge(table, other, third)
    merge(table, main, other)
    assert view(table)["cards-mitnehmen"] == Slot((f"card-{main}",))
    assert view(table)[f"card-{main}"].beneath == (Under(other, "Mehr Mut"), Under(third, "Viel Mut"))
    assert view(table)["tabs"][0].cards == 1
    assert (figures(table)["ideas"], figures(table)["visible"]) == (3, 3)


def test_what_was_merged_can_be_split_again() -> None:
    table = opened()
    main, other, third = (write(table, "ada") for _ in range(3))
    merge(table, main, other, third)
    submit(table, "mo", "wand", "split", card=third)
    submit(table, "mo", "wand", "split", card=other)
    assert set(view(table)["cards-mitnehmen"]) == {f"card-{ref}" for ref in (main, other, third)}
    assert (state(table).beneath, view(table)[f"card-{main}"].beneath) == ({}, ())
    assert state(afresh(table)) == state(table)


@pytest.mark.parametrize("wrong", ["itself", "nothing", "below", "withdrawn"])
def test_only_different_cards_that_lie_by_themselves_are_merged(wrong: str) -> None:
    table = opened()
    main, other, gone = (write(table, "ada") for _ in range(3))
    merge(table, main, other)
    submit(table, "ada", "wand", "withdraw", card=gone)
    card, cards = {
        "itself": (main, [main]),
        "nothing": (main, []),
        "below": (main, [other]),
        "withdrawn": (gone, [main]),
    }[wrong]
    assert refusal(table, "mo", "wand", "merge", card=card, cards=cards) == ("wall.invalid", "merge")
    assert refusal(table, "mo", "wand", "split", card=main) == ("wall.invalid", "split")


def test_a_merged_card_counts_each_person_once_and_shows_all_comments() -> None:
    table = opened()
    main, other = write(table, "ada"), write(table, "ben")
    said = [comment(table, "ada", other, "eins"), comment(table, "ben", main, "zwei")]
    for by, on in (("ada", main), ("ada", other), ("cem", other)):
        react(table, by, on)
    merge(table, main, other)
    screen = view(table)
    assert screen[f"word-0-{main}"].times == 2
    assert screen[f"below-{main}"] == Slot((*(f"comment-{ref}" for ref in said), f"reply-{main}"))
    assert (f"card-{main}", "own") in mine(table, "ben")["marks"]  # beneath lies one of ben's
    assert mine(table, "ada")["marks"].count((f"word-0-{main}", "own")) == 1
    assert [item.under for item in mine(table, "ben")["mine-cards"][1]] == [main]


def test_sealing_keeps_what_was_merged_and_nothing_is_merged_after_it() -> None:
    table = opened(names="anonymous")
    main, other, third = (write(table, "ada") for _ in range(3))
    for by, on in (("ada", main), ("ada", other), ("ben", other)):
        react(table, by, on)
    merge(table, main, other)
    before = figures(table)
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "show", view="result")
    assert figures(table) == before
    assert view(table)[f"word-0-{main}"].times == 2
    assert state(afresh(table)) == state(table)
    for command, data in (("merge", {"card": main, "cards": [third]}), ("split", {"card": other})):
        with pytest.raises(Refused, match=r"^activity.sealed$"):
            submit(table, "mo", "wand", command, **data)


# ── links ──


def test_a_link_has_no_direction_and_the_same_two_are_one() -> None:
    table = opened()
    card, there = write(table, "ada", "Mehr Mut"), island(table, "Zeit")
    submit(table, "mo", "wand", "link", card=card, other=there, reason="hängt daran")
    submit(table, "mo", "wand", "link", card=there, other=card)
    assert figures(table)["links"] == 1
    assert view(table)[f"card-{card}"].ties == (Tie(there, "Zeit", ""),)
    assert view(table, Audience.DESK)[f"board-{there}"].ties == (Tie(card, "Mehr Mut", ""),)


def test_a_link_to_itself_or_to_nothing_is_refused_and_a_reason_has_an_end() -> None:
    table = opened()
    card, other = write(table, "ada"), write(table, "ben")
    assert refusal(table, "mo", "wand", "link", card=card, other=card) == ("wall.invalid", "itself")
    assert refusal(table, "mo", "wand", "link", card=card, other="AT2-0999") == ("wall.invalid", "unknown_card")
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        submit(table, "mo", "wand", "link", card=card, other=other, reason="x" * 281)


def test_what_a_card_hangs_together_with_reads_as_it_stands_now() -> None:
    table = opened()
    card, other = write(table, "ada"), write(table, "ben", "Mut")
    there = island(table, "Zeit")
    submit(table, "mo", "wand", "link", card=card, other=other, reason="beides")
    submit(table, "mo", "wand", "link", card=card, other=there)
    view(table)
    submit(table, "ben", "wand", "edit", card=other, text="Mehr Mut")
    submit(table, "mo", "wand", "rename", island=there, title="Mehr Zeit")
    assert [tie.text for tie in view(table)[f"card-{card}"].ties] == ["Mehr Mut", "Mehr Zeit"]
    submit(table, "mo", "wand", "hide", ref=other, reason="kein Beitrag")
    assert [tie.text for tie in view(table)[f"card-{card}"].ties] == ["Mehr Zeit"]
