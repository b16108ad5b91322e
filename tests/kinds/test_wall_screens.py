import pytest
from markupsafe import escape

from facilitation.screen import Audience, Slot
from facilitation.walls import desk
from tests.kinds.walls import HOSTILE, changed, html, opened, state, view, write
from tests.rooms import afresh, submit

# ── what changes on a screen ──


def below(ref: str) -> set[str]:
    """The parts and places below an open card that nobody has commented on."""
    return {f"below-{ref}", f"reply-{ref}", f"words-{ref}", *(f"word-{n}-{ref}" for n in range(3))}


def test_a_new_card_is_one_part_with_what_is_below_it_one_place_and_one_count() -> None:
    table = opened()
    write(table, "ada")
    before = view(table)
    ref = write(table, "ben")
    after = view(table)
    assert changed(before, after) == {f"card-{ref}", "cards-mitnehmen", "tabs"} | below(ref)
    assert after["cards-mitnehmen"] == Slot((f"card-{ref}", *before["cards-mitnehmen"]))


def test_a_move_is_two_places_and_the_counts() -> None:
    table = opened()
    first, *_ = write(table, "ada"), write(table, "ada"), write(table, "ben", column="besser")
    before = view(table)
    submit(table, "mo", "wand", "move", card=first, column="besser")
    assert changed(before, view(table)) == {"cards-mitnehmen", "cards-besser", "tabs"}


def test_an_edit_is_one_part() -> None:
    table = opened()
    ref = write(table, "ada")
    before = view(table)
    submit(table, "ada", "wand", "edit", card=ref, text="Mehr Zeit")
    assert changed(before, view(table)) == {f"card-{ref}"}


def test_an_empty_column_says_so_by_its_name_unless_it_is_the_only_one() -> None:
    several, single = view(opened()), view(opened(columns=[]))
    assert several["cards-besser"] == Slot(("empty-besser",))
    assert several["empty-besser"] == ("Besser machen", True)
    assert single["empty-cards"] == ("", True)


def test_the_first_card_takes_the_place_of_the_sentence() -> None:
    table = opened()
    before = view(table)
    ref = write(table, "ada", column="besser")
    after = view(table)
    assert changed(before, after) == {"empty-besser", f"card-{ref}", "cards-besser", "tabs"} | below(ref)


def test_a_question_alone_comes_with_the_number_of_its_cards() -> None:
    table = opened()
    write(table, "ada")
    screen = view(table, Audience.STAGE, "question")
    assert (screen["stage-question"][0].title, screen["stage-question"][1]) == ("wand", 1)


@pytest.mark.parametrize("picture", ["wall", "result"])
@pytest.mark.parametrize(
    "columns,text,shown",
    [
        (1, "Mut", 9),
        (1, "x" * 280, 3),
        (4, "Mut", 9),
        (4, "x" * 280, 3),
        (5, "Mut", 3),
        (8, "x" * 280, 1),
        (9, "Mut", 0),
    ],
)
def test_the_stage_shows_as_many_of_the_newest_as_fit(columns: int, text: str, shown: int, picture: str) -> None:
    table = opened(columns=[{"id": f"s{n}", "title": f"Spalte {n}"} for n in range(columns)])
    refs = [write(table, "ada", text, "s0") for _ in range(10)]
    _, (lane, *_) = view(table, Audience.STAGE, picture)["stage-wall"]
    assert (lane.cards, [note.ref for note in lane.newest]) == (10, refs[::-1][:shown])


def test_the_desk_writes_down_what_is_called_out_as_long_as_people_write() -> None:
    table = opened(max_length=140)
    pens = [view(table, Audience.DESK).get("pen")]
    for phase in ("draft", "weigh"):
        submit(table, "mo", "wand", "phase", phase=phase)
        pens.append(view(table, Audience.DESK).get("pen"))
    submit(table, "mo", "wand", "phase", phase="collect")
    submit(table, "mo", "wand", "close")
    pens.append(view(table, Audience.DESK).get("pen"))
    there = desk.Pen(state(table).config.columns, 140)
    assert pens == [there, there, None, None]


# ── what is drawn ──


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup_and_each_is_isolated(text: str) -> None:
    table = opened()
    write(table, "ada", text)
    page = html(table)
    assert "<script>" not in page
    assert page.count(f'<bdi dir="auto">{escape(text)}</bdi>') == 5  # on the phone, among own cards, stage, desk twice
    assert page.count(f">\n{escape(text)}</textarea>") == 2  # to edit and, at the desk, to correct


@pytest.mark.parametrize(
    "names,sentence",
    [
        ("named", 'Auf der Karte steht „<bdi dir="auto">Leitung Amt 10</bdi>“.'),
        ("moderators", "Nur für die Moderation sichtbar."),
        ("anonymous", "Anonym."),
    ],
)
def test_who_will_know_is_said_before_the_button(names: str, sentence: str) -> None:
    page = html(opened(names=names))
    assert 0 < page.index("höchstens 280 Zeichen") < page.index(sentence) < page.index("Karte <span")


def test_an_empty_wall_invites_and_a_closed_one_does_not() -> None:
    table = opened()
    assert html(table).count("Schreiben Sie die erste.") == 2
    submit(table, "mo", "wand", "close")
    page = html(table)
    assert (page.count("Schreiben Sie die erste."), page.count('data-command="write"')) == (0, 0)


def test_a_hidden_card_reads_as_such_at_the_desk_and_for_its_author() -> None:
    table = opened()
    submit(table, "mo", "wand", "hide", ref=write(table, "ada"), reason="kein Beitrag")
    sentence = 'ausgeblendet: <bdi dir="auto">kein Beitrag</bdi>.'
    assert html(table).count(sentence) == 2


def test_a_redacted_card_says_so_on_every_screen() -> None:
    table = opened()
    submit(table, "mo", "wand", "redact", ref=write(table, "ada"), reason="Gesundheitsdaten")
    assert html(afresh(table)).count("geschwärzt") == 5
