from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.kinds import wall
from facilitation.reactions import Reaction
from facilitation.record import Entry, Refused
from facilitation.screen import Audience, Marks
from facilitation.walls.notes import Note
from facilitation.walls.settings import Column
from tests.kinds.walls import COLUMNS, HOSTILE, comment, figures, mine, opened, own, react, state, view, write
from tests.rooms import Kept, afresh, envelope, send, submit

# ── settings ──


def test_a_wall_without_columns_gets_one() -> None:
    assert wall.Config().columns == wall.Config(columns=()).columns == (Column("cards", "Karten"),)


def test_two_columns_of_one_name_cannot_be_told_apart() -> None:
    with pytest.raises(ValidationError, match="two columns have the same id"):
        wall.Config.model_validate({"columns": [COLUMNS[0], COLUMNS[0]]})


def test_the_name_of_a_column_fits_into_the_name_of_a_part() -> None:
    with pytest.raises(ValidationError):
        wall.Config.model_validate({"columns": [{"id": 'a" onclick', "title": "Mitnehmen"}]})


# ── writing ──


@pytest.mark.parametrize("text", HOSTILE)
def test_a_card_is_kept_as_it_came(text: str) -> None:
    table = opened()
    ref = write(table, "ada", text)
    assert state(table).cards[ref].text == text
    assert view(table)[f"card-{ref}"] == Note(ref, text, "Leitung Amt 10", edited=False)


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200b\u2060 \ufeff\u00ad", "nicht\x00sichtbar"])
def test_a_card_that_nobody_could_read_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"^command.invalid$"):
        write(opened(), "ada", text)


def test_a_card_is_measured_in_code_points() -> None:
    table = opened(max_length=3)
    write(table, "ada", "👍🏽!")
    with pytest.raises(Refused, match=r"^wall.too_long$") as refused:
        write(table, "ada", "👍🏽!!")
    assert refused.value.values == {"most": 3}


def test_the_column_is_looked_at_before_the_length() -> None:
    with pytest.raises(Refused, match=r"^wall.invalid$") as refused:
        write(opened(max_length=3), "ada", "viel zu lang", "sonstiges")
    assert refused.value.values == {"why": "unknown_column"}


def test_a_card_sent_twice_is_one_card_and_a_new_tap_is_another() -> None:
    table = opened()
    sent = envelope(table, "ada", "wand", "write", column="besser", text="Weniger Mails")
    send(table, sent)
    submit(table, "mo", "wand", "close")
    assert send(table, sent) == []
    submit(table, "mo", "wand", "open")
    submit(table, "ada", "wand", "write", column="besser", text="Weniger Mails")
    assert [card.text for card in state(table).cards.values()] == ["Weniger Mails", "Weniger Mails"]


def test_nobody_writes_on_a_closed_wall() -> None:
    table = opened()
    submit(table, "mo", "wand", "close")
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        write(table, "ada", "Bitte mehr Pausen einplanen")


def test_staff_writes_as_everybody_does() -> None:
    table = opened()
    ref = write(table, "mo")
    assert view(table)[f"card-{ref}"].author == "Moderation"


# ── editing and withdrawing ──


def test_an_edited_card_shows_its_new_words_and_the_record_keeps_the_earlier_ones() -> None:
    table = opened()
    ref = write(table, "ada", "Mut")
    submit(table, "ada", "wand", "edit", card=ref, text="Mehr Mut")
    assert view(table)[f"card-{ref}"] == Note(ref, "Mehr Mut", "Leitung Amt 10", edited=True)
    assert [(entry.type, entry.data) for entry in table.record[-2:]] == [
        ("wall.written", {"ref": ref, "column": "mitnehmen", "text": "Mut"}),
        ("wall.edited", {"of": ref, "text": "Mehr Mut"}),
    ]


def test_an_edit_is_measured_like_a_card() -> None:
    table = opened(max_length=3)
    ref = write(table, "ada", "Mut")
    with pytest.raises(Refused, match=r"^wall.too_long$"):
        submit(table, "ada", "wand", "edit", card=ref, text="Mehr Mut")


@pytest.mark.parametrize("steps", [[], ["close"]])
@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
@pytest.mark.parametrize("command,words", [("edit", {"text": "Unfug"}), ("withdraw", {})])
@pytest.mark.parametrize("by", ["ben", "mo"])
def test_nobody_touches_the_card_of_another(
    by: str, command: str, words: dict[str, str], names: str, steps: list[str]
) -> None:
    table = opened(names=names)
    ref = write(table, "ada")
    for step in steps:
        submit(table, "mo", "wand", step)
    with pytest.raises(Refused, match=r"^wall.forbidden$"):
        submit(table, by, "wand", command, card=ref, **words)


@pytest.mark.parametrize("command,words", [("edit", {"text": "Besser so"}), ("withdraw", {})])
def test_after_the_close_an_own_card_stays_as_it_is(command: str, words: dict[str, str]) -> None:
    table = opened()
    ref = write(table, "ada")
    submit(table, "mo", "wand", "close")
    with pytest.raises(Refused, match=r"^wall.not_open$"):
        submit(table, "ada", "wand", command, card=ref, **words)


@pytest.mark.parametrize(
    "by,command,words", [("ada", "edit", {"text": "x"}), ("ada", "withdraw", {}), ("mo", "move", {"column": "besser"})]
)
def test_a_card_that_is_not_there_can_only_be_refused(by: str, command: str, words: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"^wall.invalid$") as refused:
        submit(opened(), by, "wand", command, card="AT2-9999", **words)
    assert refused.value.values == {"why": "unknown_card"}


def test_a_withdrawn_card_leaves_every_screen_and_stays_on_record() -> None:
    table = opened()
    ref = write(table, "ada")
    submit(table, "ada", "wand", "withdraw", card=ref)
    screens = [view(table), view(table, Audience.STAGE), view(table, Audience.DESK), mine(table, "ada")]
    assert [ref for screen in screens if ref in str(screen)] == []
    assert table.record[-2].data["text"] == "Mehr Mut"


def test_withdrawing_again_from_another_device_changes_nothing() -> None:
    table = opened()
    ref = write(table, "ada")
    submit(table, "ada", "wand", "withdraw", card=ref)
    before = figures(table)
    submit(table, "ada", "wand", "withdraw", card=ref)
    assert figures(table) == before


# ── moving ──


def test_staff_moves_a_card_even_when_the_wall_is_closed() -> None:
    table = opened()
    ref = write(table, "ada", column="mitnehmen")
    submit(table, "mo", "wand", "close")
    submit(table, "mo", "wand", "move", card=ref, column="besser")
    assert state(table).cards[ref].column == "besser"


def test_nobody_else_moves_a_card_not_even_its_author() -> None:
    table = opened()
    ref = write(table, "ada")
    with pytest.raises(Refused, match=r"^command.forbidden$"):
        submit(table, "ada", "wand", "move", card=ref, column="besser")


def test_a_card_is_not_moved_to_nowhere() -> None:
    table = opened()
    ref = write(table, "ada")
    with pytest.raises(Refused, match=r"^wall.invalid$") as refused:
        submit(table, "mo", "wand", "move", card=ref, column="sonstiges")
    assert refused.value.values == {"why": "unknown_column"}


# ── names ──


@pytest.mark.parametrize(
    "names,everybody,desk",
    [("named", "Leitung Amt 10", "Leitung Amt 10"), ("moderators", "", "Leitung Amt 10"), ("anonymous", "", "")],
)
def test_a_name_is_written_only_where_it_was_announced(names: str, everybody: str, desk: str) -> None:
    table = opened(names=names)
    ref = write(table, "ada")
    _, (lane, _) = view(table, Audience.STAGE)["stage-wall"]
    seen = [view(table)[f"card-{ref}"], lane.newest[0], view(table, Audience.DESK)[f"item-{ref}"].note]
    assert [note.author for note in seen] == [everybody, everybody, desk]
    assert mine(table, "ada")["mine-write"].author == everybody


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_everybody_finds_their_own_cards_newest_first_and_marked(names: str) -> None:
    table = opened(names=names)
    first, _, last = write(table, "ada", "Mut"), write(table, "ben"), write(table, "ada", "Zeit")
    assert own(table, "ada") == [(last, "Zeit"), (first, "Mut")]
    assert mine(table, "ada")["marks"] == Marks(((f"card-{first}", "own"), (f"card-{last}", "own")))
    assert (own(table, "cem"), mine(table, "cem")["marks"]) == ([], Marks())


def test_on_an_anonymous_wall_no_entry_names_an_author() -> None:
    table = opened(names="anonymous")
    ref = write(table, "ada")
    submit(table, "ada", "wand", "edit", card=ref, text="Mehr Zeit")
    submit(table, "ada", "wand", "withdraw", card=ref)
    acts = [entry for entry in table.record if entry.type.startswith("wall.")]
    assert len(acts) == 3
    assert {entry.by for entry in acts} == {state(table).cards[ref].author}
    assert "ada" not in str([(entry.by, entry.data, entry.veil) for entry in acts])


def test_whoever_moves_a_card_of_an_anonymous_wall_is_on_record() -> None:
    table = opened(names="anonymous")
    ref = write(table, "ada")
    (moved,) = submit(table, "mo", "wand", "move", card=ref, column="besser")
    assert (moved.by, moved.veil, moved.data) == ("mo", None, {"of": ref, "column": "besser"})


# ── sealing ──


def sealed() -> tuple[Kept, dict[str, Any]]:
    """A sealed anonymous wall of three cards by two people, one talked about, and its figures from before."""
    table = opened(names="anonymous")
    first, *_ = write(table, "ada"), write(table, "ada"), write(table, "ben")
    submit(table, "ada", "wand", "edit", card=first, text="Mehr Zeit")
    comment(table, "ben", first)
    for by in ("ada", "ben"):
        react(table, by, first)
    submit(table, "mo", "wand", "close")
    before = figures(table)
    submit(table, "mo", "wand", "show", view="result")
    assert table.activities["wand"].sealed
    return table, before


def test_sealing_keeps_words_and_figures_and_forgets_who_and_when() -> None:
    table, before = sealed()
    cards = state(table).cards.values()
    assert figures(table) == before
    assert [(card.text, card.author, card.made) for card in cards] == [
        ("Mehr Zeit", None, None),
        ("Mehr Mut", None, None),
        ("Mehr Mut", None, None),
    ]
    (first, (said,)), *_ = state(table).remarks.items()
    assert (said.text, said.author, said.made) == ("Bei uns auch.", None, None)
    assert (before["comments"], before["reactions_by_idea"]) == (1, {first: {"Danke": 2}})
    assert view(table)[f"word-0-{first}"] == Reaction(first, "Danke", 2, open=False)


def test_a_sealed_wall_is_the_same_when_it_is_loaded_from_the_record() -> None:
    table, before = sealed()
    loaded = afresh(table)
    assert state(loaded) == state(table)
    assert figures(loaded) == before
    assert [view(loaded, audience) for audience in Audience] == [view(table, audience) for audience in Audience]


def test_after_sealing_a_card_is_nobodys_own() -> None:
    table, _ = sealed()
    assert (own(table, "ada"), mine(table, "ada")["marks"]) == ([], Marks())
    with pytest.raises(Refused, match=r"^wall.forbidden$"):
        submit(table, "ada", "wand", "withdraw", card=next(iter(state(table).cards)))


def test_a_sealed_wall_is_still_moderated() -> None:
    table, before = sealed()
    ref = next(iter(state(table).cards))
    submit(table, "mo", "wand", "move", card=ref, column="besser")
    submit(table, "mo", "wand", "hide", ref=ref, reason="kein Beitrag")
    assert figures(table) == before | {
        "visible": 2,
        "by_column": {"mitnehmen": 2, "besser": 1},
        "visible_by_column": {"mitnehmen": 2, "besser": 0},
        "moved": 1,
    }


def test_what_is_no_business_of_the_wall_leaves_it_alone() -> None:
    table = opened()
    write(table, "ada")
    before = deepcopy(state(table))
    wall.fold(state(table), Entry(99, "wand", "activity.prepared", "mo", {}, table.record[-1].made))
    assert state(table) == before
