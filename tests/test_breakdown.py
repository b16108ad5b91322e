from hypothesis import given
from hypothesis import strategies as st

from facilitation.breakdown import Breakdown, Line, breakdown, suppressed

COLUMNS = [("ja", "Ja"), ("nein", "Nein")]


def answers(**counts: tuple[int, int]) -> list[tuple[str, str]]:
    """So many of each value said yes and no."""
    return [
        (value, key)
        for value, pair in counts.items()
        for key, n in zip(("ja", "nein"), pair, strict=True)
        for _ in range(n)
    ]


def test_answers_are_counted_by_an_attribute() -> None:
    assert breakdown(answers(I=(7, 5), II=(6, 9)), COLUMNS, 5) == Breakdown(
        ("Ja", "Nein"), (Line("I", (7, 5)), Line("II", (6, 9))), suppressed=False
    )


def test_whoever_has_no_value_is_left_out() -> None:
    assert breakdown([("", "ja")] * 9, COLUMNS, 5) == Breakdown(("Ja", "Nein"), (), suppressed=False)


def test_a_small_cell_is_suppressed_with_those_that_give_it_away() -> None:
    assert breakdown(answers(I=(7, 1), II=(6, 9), III=(20, 30)), COLUMNS, 5) == Breakdown(
        ("Ja", "Nein"),
        (Line("I", (None, None)), Line("II", (None, None)), Line("III", (20, 30))),
        suppressed=True,
    )


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), max_size=5)
)


@given(tables)
def test_no_cell_below_k_is_shown_nor_the_only_one_missing_in_a_line_that_has_others(exact: list[list[int]]) -> None:
    shown = suppressed(exact, 5)
    for row, values in zip(shown, exact, strict=True):
        assert [count for count in row if count is not None] == [
            value for count, value in zip(row, values, strict=True) if count is not None
        ]
    assert all(count >= 5 for row in shown for count in row if count is not None)
    for line in [*shown, *map(list, zip(*shown, strict=True))]:
        assert line.count(None) != 1 or len(line) == 1
