"""The difference of two texts: what stands there before and after is exactly what was written."""

from random import Random

import pytest

from facilitation.difference import PAIRS, Piece, difference, excerpt

WORDS = ["Wir", "hören", "zu", ",", "\n", "und", "  dann", "entscheiden", "wir.", "das", "das"]


def sides(old: str, new: str) -> tuple[str, str]:
    pieces = difference(old, new)
    return tuple("".join(it.text for it in pieces if it.kind != left_out) for left_out in ("in", "out"))  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(50))
def test_both_texts_can_be_read_from_the_pieces(seed: int) -> None:
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    old, new = (" ".join(rng.choices(WORDS, k=rng.randint(0, 12))) for _ in range(2))

    assert sides(old, new) == (old, new)


def test_a_word_that_changes_is_one_change() -> None:
    assert difference("Wir sind für alle da.", "Wir sind für Menschen da.") == (
        Piece("same", "Wir sind für"),
        Piece("out", " alle"),
        Piece("in", " Menschen"),
        Piece("same", " da."),
    )


def test_one_word_between_two_changes_belongs_to_them() -> None:
    assert difference("a eins b zwei c", "a drei b vier c") == (
        Piece("same", "a"),
        Piece("out", " eins b zwei"),
        Piece("in", " drei b vier"),
        Piece("same", " c"),
    )


def test_two_words_between_two_changes_stay() -> None:
    assert [it.kind for it in difference("eins a b zwei", "drei a b vier")] == ["out", "in", "same", "out", "in"]


def test_equal_texts_have_no_change_and_empty_ones_no_piece() -> None:
    assert difference("So bleibt es.", "So bleibt es.") == (Piece("same", "So bleibt es."),)
    assert difference("", "") == ()


def test_where_everything_resembles_everything_the_changed_part_is_one_change() -> None:
    many = round(PAIRS**0.5) + 1
    old, new = f"Anfang {'ja nein ' * many}Ende", f"Anfang {'nein ja ' * many}Ende"

    assert [it.kind for it in difference(old, new)] == ["same", "out", "in", "same"]
    assert sides(old, new) == (old, new)


def test_an_excerpt_has_a_few_words_around_each_change() -> None:
    pieces = difference(
        "eins zwei drei vier alt a b c d e f weg sieben acht neun",
        "eins zwei drei vier neu a b c d e f sieben acht neun",
    )

    assert "".join(it.text for it in excerpt(pieces, 2)) == " … drei vier alt neu a b … e f weg sieben acht … "


def test_an_excerpt_of_little_is_all_of_it() -> None:
    assert excerpt(difference("alt ist gut", "neu ist gut")) == difference("alt ist gut", "neu ist gut")
