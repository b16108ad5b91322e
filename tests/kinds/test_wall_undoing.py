"""Undoing: everybody who sorts takes their own last step back, and nobody else's."""

import pytest

from facilitation.kinds import wall
from facilitation.record import Person, Role
from tests.halls import refusal
from tests.kinds.walls import COLUMNS, figures, state, write
from tests.rooms import PEOPLE, Kept, activity, afresh, room, submit

OTHER = Person("eda", Role.ORGANISER, "Organisation")


def opened(**config: object) -> Kept:
    """An open wall that two people sort."""
    table = room(activity(wall, "wand", columns=COLUMNS, names="named", **config), people=(*PEOPLE, OTHER))
    submit(table, "mo", "wand", "open")
    return table


def did(table: Kept, command: str, by: str = "mo", **data: object) -> str:
    ref: str = submit(table, by, "wand", command, **data)[0].data.get("ref", "")
    return ref


def undo(table: Kept, by: str = "mo") -> None:
    did(table, "undo", by)
    assert state(table) == state(afresh(table))


def lying(table: Kept) -> dict[str, list[str]]:
    """Where the cards lie that stand by themselves: island -> cards."""
    return {island: list(shelf) for island, shelf in state(table).grounds.items() if len(shelf)}


def nothing(table: Kept, by: str = "mo") -> bool:
    return refusal(table, by, "wand", "undo") == ("wall.invalid", "undone")


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_steps_are_taken_back_one_by_one_the_latest_first(names: str) -> None:
    table = opened() if names == "named" else room(activity(wall, "wand", columns=COLUMNS, names=names))
    if names != "named":
        submit(table, "mo", "wand", "open")
    card = write(table, "ada")
    first, second = did(table, "island", title="Mut"), did(table, "island", title="Zeit")
    did(table, "assign", island=first, cards=[card])
    did(table, "assign", island=second, cards=[card])
    did(table, "move", card=card, column="besser")

    undo(table)
    assert state(table).cards[card].column == "mitnehmen"
    undo(table)
    assert lying(table) == {first: [card]}
    undo(table)
    assert lying(table) == {"": [card]}
    undo(table)
    undo(table)
    assert (state(table).islands, nothing(table)) == ({}, True)
    assert [entry.type for entry in table.record].count("wall.assigned") == 2  # nothing is deleted


def test_what_somebody_else_did_since_stands() -> None:
    table = opened()
    mine, theirs = write(table, "ada"), write(table, "ben")
    first, second = did(table, "island", title="Mut"), did(table, "island", "eda", title="Zeit")
    did(table, "assign", island=first, cards=[mine, theirs])
    did(table, "assign", "eda", island=second, cards=[theirs])

    undo(table)

    assert lying(table) == {second: [theirs], "": [mine]}
    undo(table, "eda")
    assert lying(table) == {first: [theirs], "": [mine]}
    undo(table, "eda")
    assert (list(state(table).islands), nothing(table, "eda")) == ([first], True)


def test_a_step_of_which_nothing_is_left_is_passed_over() -> None:
    table = opened()
    card, other = write(table, "ada"), write(table, "ben")
    there = did(table, "island", title="Mut")
    did(table, "assign", island=there, cards=[other])
    did(table, "assign", island=there, cards=[card])
    did(table, "assign", "eda", island="", cards=[card])

    undo(table)

    assert lying(table) == {"": [other, card]}


def test_an_island_goes_with_its_founding_unless_others_use_it() -> None:
    table = opened()
    card, other = write(table, "ada"), write(table, "ben")
    there = did(table, "island", title="Mut", cards=[card])
    undo(table)
    assert (state(table).islands, lying(table), figures(table)["clusters"]) == ({}, {"": [other, card]}, {})
    assert refusal(table, "mo", "wand", "assign", island=there, cards=[card]) == ("wall.invalid", "unknown_island")
    assert table.sources[there].withdrawn

    used = did(table, "island", title="Zeit", cards=[card])
    did(table, "assign", "eda", island=used, cards=[other])
    undo(table)
    assert lying(table) == {used: [other], "": [card]}
    assert nothing(table)


@pytest.mark.parametrize("use", ["link", "dots"])
def test_an_island_that_hangs_together_with_others_or_may_have_dots_stays(use: str) -> None:
    table = opened(dots={"budget": 2, "on": "both"})
    card = write(table, "ada")
    there = did(table, "island", title="Mut", cards=[card])
    did(table, "link", card=there, other=card, reason="Beides") if use == "link" else did(table, "dots_open")
    undo(table)
    assert (list(state(table).islands), lying(table)) == ([there], {"": [card]})


def test_cards_that_were_merged_lie_as_before_with_all_beneath_them() -> None:
    table = opened()
    top, middle, low = (write(table, "ada", text) for text in ("oben", "mitte", "unten"))
    did(table, "merge", card=middle, cards=[low])
    did(table, "merge", card=top, cards=[middle])
    assert state(table).beneath == {top: (middle, low)}

    undo(table)
    assert state(table).beneath == {middle: (low,)}
    undo(table)
    assert (state(table).beneath, lying(table)) == ({}, {"": [low, middle, top]})


def test_a_card_that_was_split_lies_beneath_again_if_there_is_still_room_for_it() -> None:
    table = opened()
    top, low, other = (write(table, "ada") for _ in range(3))
    did(table, "merge", card=top, cards=[low])
    did(table, "split", card=low)
    undo(table)
    assert state(table).beneath == {top: (low,)}

    did(table, "split", card=low)
    did(table, "merge", "eda", card=low, cards=[other])
    assert (nothing(table), state(table).beneath) == (True, {low: (other,)})
