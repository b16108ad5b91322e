from datetime import UTC, datetime, timedelta

import pytest

from app import drawing
from app.drawing import Column, Segment, Tick

NINE = datetime(2020, 6, 4, 9, 0, tzinfo=UTC)


def ruler(**length: float) -> list[Tick]:
    return drawing.ruler(NINE, NINE + timedelta(**length))


def longs(ticks: list[Tick]) -> list[int]:
    return [tick.x for tick in ticks if tick.long]


# ── figures ──


def test_a_day_that_is_far_off_has_its_year() -> None:
    assert drawing.dated("2020-11-30") == "30. November 2020"


def test_figures_are_written_the_german_way() -> None:
    assert [drawing.number(4000), drawing.number(6.52, 1), drawing.number(-2), drawing.number(1234567.891, 2)] == [
        "4.000",
        "6,5",
        "−2",
        "1.234.567,89",
    ]


def test_a_share_is_rounded_half_up_and_never_breaks_before_its_sign() -> None:
    assert [drawing.percent(71, 100), drawing.percent(1, 8), drawing.percent(1, 200), drawing.percent(0, 0)] == [
        "71\u00a0%",
        "13\u00a0%",
        "1\u00a0%",
        "0\u00a0%",
    ]


def test_a_clock_shows_the_zone_that_the_moment_carries() -> None:
    assert drawing.clock(datetime.fromisoformat("2020-06-04T09:05:59+02:00")) == "09:05"


def test_the_browser_gets_a_moment_in_its_own_unit() -> None:
    assert drawing.milliseconds(datetime.fromisoformat("2020-06-04T09:00:00.250+02:00")) == 1591254000250


def test_a_code_is_written_in_pairs() -> None:
    assert drawing.paired("482731") == "48 27 31"


# ── ruler ──


def test_a_poll_is_measured_in_tens_of_seconds_with_a_long_tick_each_minute() -> None:
    ticks = ruler(seconds=150)
    assert [tick.x for tick in ticks] == [
        *(0, 67, 133, 200, 267, 333, 400, 467),
        *(533, 600, 667, 733, 800, 867, 933, 1000),
    ]
    assert longs(ticks) == [0, 400, 800]


def test_a_group_is_measured_in_minutes_with_a_long_tick_each_five() -> None:
    ticks = ruler(minutes=11)
    assert [tick.x for tick in ticks] == [0, 91, 182, 273, 364, 455, 545, 636, 727, 818, 909, 1000]
    assert longs(ticks) == [0, 455, 909]


def test_a_ruler_that_does_not_come_out_even_ends_without_a_tick() -> None:
    assert ruler(seconds=25) == [Tick(0, long=True), Tick(400, long=False), Tick(800, long=False)]


@pytest.mark.parametrize(
    "hours,ticks",
    [(1 / 12, 31), (1, 61), (12, 73), (72, 73), (24 * 21, 22)],
)
def test_however_long_it_lasts_a_ruler_never_turns_into_a_comb(hours: float, ticks: int) -> None:
    assert len(ruler(hours=hours)) == ticks


def test_what_ends_as_it_begins_has_no_ticks() -> None:
    assert ruler(seconds=0) == []


# ── tally ──


def test_four_strokes_stand_and_the_fifth_crosses_them() -> None:
    assert drawing.tally(5, 5).yes == "M0 0V56M22 0V56M44 0V56M66 0V56M-12 42L78 14"


def test_whoever_is_missing_is_a_short_stroke_in_the_same_place() -> None:
    picture = drawing.tally(2, 5)
    assert (picture.yes, picture.no) == ("M0 0V56M22 0V56", "M44 16.8V39.2M66 16.8V39.2M88 16.8V39.2")


def test_rows_are_filled_evenly() -> None:
    picture = drawing.tally(62, 89)
    assert (picture.view, picture.yes.count("M"), picture.no.count("M")) == ("-16 -4 1208 142", 62, 27)
    assert picture.yes.split("M")[46] == "0 78V134"  # 18 bundles are nine and nine, so the 46th person begins row two


@pytest.mark.parametrize(
    "hand,yes,total,view",
    [
        ("phone", 89, 96, "-16 -4 1344 142"),
        ("desk", 61, 89, "-16 -4 2410 54"),
        ("join", 69, 96, "-16 -4 1540 146"),
        ("stage", 61, 89, "-16 -4 1384 198"),
        ("question", 15, 15, "-16 -4 448 78"),
    ],
)
def test_every_size_of_hand_has_its_own_picture(hand: str, yes: int, total: int, view: str) -> None:
    assert drawing.tally(yes, total, hand).view == view


def test_more_votes_than_people_present_are_all_drawn() -> None:
    picture = drawing.tally(3, 2)
    assert (picture.yes, picture.no) == ("M0 0V56M22 0V56M44 0V56", "")


def test_nobody_is_an_empty_row() -> None:
    assert drawing.tally(0, 0) == ("-16 -4 848 64", "", "")


# ── day line ──


def test_a_segment_is_as_long_as_its_step_and_now_stands_out() -> None:
    assert drawing.dayline([(30, "past"), (90, "now"), (120, "next")]) == [
        Segment("past", 0.5, 2.5, 29, 3),
        Segment("now", 30.5, 0, 89, 8),
        Segment("next", 120.5, 2.5, 119, 3),
    ]


def test_a_day_of_any_length_fills_the_line() -> None:
    *_, last = drawing.dayline([(300, "past"), (180, "next")])
    assert last.x + last.width + 0.5 == drawing.DAY_WIDTH


def test_a_step_without_minutes_is_still_seen() -> None:
    assert [segment.width for segment in drawing.dayline([(0, "now"), (479, "next")])] == [0.5, 238.5]


def test_a_day_without_steps_has_no_segments() -> None:
    assert drawing.dayline([]) == []


# ── bars ──


def test_the_axis_of_a_small_poll_counts_single_votes() -> None:
    picture = drawing.bars([19, 17, 11, 9, 8, 4])
    assert (picture.axis, len(picture.ticks), longs(picture.ticks)) == (20, 21, [0, 5, 10, 15, 20])
    assert picture.leading == [True, False, False, False, False, False]


@pytest.mark.parametrize(
    "longest,axis,steps",
    [(0, 5, 5), (25, 25, 25), (26, 30, 15), (51, 75, 15), (126, 150, 15), (251, 300, 15), (4000, 4000, 20)],
)
def test_a_larger_poll_has_a_coarser_axis_that_still_holds_its_longest_bar(longest: int, axis: int, steps: int) -> None:
    picture = drawing.bars([longest])
    assert (picture.axis, len(picture.ticks) - 1) == (axis, steps)


def test_equals_lead_together_and_nobody_leads_with_nothing() -> None:
    assert drawing.bars([7, 3, 7]).leading == [True, False, True]
    assert drawing.bars([0, 0]).leading == [False, False]


# ── histogram ──


def test_ten_values_stand_where_the_scale_puts_them() -> None:
    picture = drawing.histogram({1: 0, 2: 0, 3: 5, 4: 4, 5: 20, 6: 11, 7: 12, 8: 15, 9: 9, 10: 4})
    assert [(column.middle, column.top, column.height) for column in picture] == [
        (118, 560, 0),
        (278, 560, 0),
        (438, 444, 116),
        (598, 468, 92),
        (758, 98, 462),
        (918, 306, 254),
        (1078, 282, 278),
        (1238, 213, 347),
        (1398, 352, 208),
        (1558, 468, 92),
    ]


def test_fewer_values_are_wider() -> None:
    assert drawing.histogram({1: 1, 2: 2}) == [
        Column(value=1, people=1, middle=438, left=148, top=329, width=580, height=231),
        Column(value=2, people=2, middle=1238, left=948, top=98, width=580, height=462),
    ]


def test_before_the_first_answer_all_columns_lie_flat() -> None:
    assert [column.height for column in drawing.histogram({1: 0, 2: 0})] == [0, 0]
