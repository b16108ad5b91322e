from dataclasses import replace
from datetime import timedelta

import pytest

from facilitation.activity import Phase
from facilitation.kinds import wall
from facilitation.record import Entry, Refused
from tests.rooms import NINE, Kept, activity, afresh, envelope, room, send, submit
from tests.steered import hall, opened, refusal, types, vote

# ── open, close, time ──


def test_nothing_is_open_before_it_is_opened() -> None:
    with pytest.raises(Refused, match=r"^poll.not_open$"):
        vote(hall())


def test_closing_by_hand_has_no_grace() -> None:
    made = opened(hall())
    vote(made)
    submit(made, "mo", "abfrage", "close")

    with pytest.raises(Refused, match=r"^poll.not_open$"):
        vote(made, at=1)


def test_where_a_timer_closes_two_seconds_of_grace_are_given() -> None:
    made = opened(hall(), seconds=60)
    vote(made, "ada", at=60)
    vote(made, "ben", at=61.999)

    with pytest.raises(Refused, match=r"^poll.not_open$"):
        vote(made, "cem", at=62)


def test_a_timer_lasts_at_least_five_seconds_and_at_most_a_day() -> None:
    for seconds in (4, 86_401):
        assert refusal(hall(), "abfrage", "open", seconds=seconds) == "command.invalid"


def test_an_extension_counts_from_the_end() -> None:
    made = opened(hall(), seconds=60)
    submit(made, "mo", "abfrage", "extend", seconds=30)

    assert made.activities["abfrage"].ends == NINE + timedelta(seconds=90)


def test_an_extension_counts_from_now_where_there_was_no_timer_or_it_is_over() -> None:
    made = opened(hall())
    sent = envelope(made, "mo", "abfrage", "extend", seconds=60)
    send(made, sent)
    assert made.activities["abfrage"].ends == sent.when + timedelta(seconds=60)

    late = envelope(made, "mo", "abfrage", "extend", seconds=60)._replace(when=NINE + timedelta(seconds=300))
    send(made, late)
    assert made.activities["abfrage"].ends == NINE + timedelta(seconds=360)


def test_a_shortened_timer_ends_now_at_the_earliest() -> None:
    made = opened(hall(), seconds=60)
    sent = envelope(made, "mo", "abfrage", "extend", seconds=-3600)
    send(made, sent)

    assert made.activities["abfrage"].ends == sent.when


def test_what_is_not_open_cannot_be_extended() -> None:
    assert refusal(hall(), "abfrage", "extend") == "activity.not_open"


def by_the_clock(made: Kept, *, at: float) -> list[tuple[str, str]]:
    sent = envelope(made, "clock", "abfrage", "close")
    return types(send(made, sent._replace(when=NINE + timedelta(seconds=at))))


def test_the_clock_closes_what_is_due() -> None:
    assert by_the_clock(opened(hall(), seconds=60), at=62) == [("abfrage", "activity.closed")]


def test_the_clock_does_not_close_what_was_extended_or_closed_meanwhile() -> None:
    made = opened(hall(), seconds=60)
    submit(made, "mo", "abfrage", "extend", seconds=30)
    with pytest.raises(Refused, match=r"^activity.invalid$"):
        by_the_clock(made, at=62)

    submit(made, "mo", "abfrage", "close")
    with pytest.raises(Refused, match=r"^activity.invalid$"):
        by_the_clock(made, at=92)


def test_opening_again_forgets_the_old_timer() -> None:
    made = opened(hall(), seconds=60)
    submit(made, "mo", "abfrage", "close")
    opened(made)

    again = made.activities["abfrage"]
    assert (again.phase, again.closed, again.ends) == (Phase.OPEN, None, None)


# ── show and blank ──


def test_opening_and_closing_change_no_stage() -> None:
    made = opened(hall())
    submit(made, "mo", "abfrage", "close")
    assert (made.stage.target, made.stage.view) == ("", "join_qr")


def test_showing_is_an_act_of_its_own() -> None:
    made = opened(hall())
    submit(made, "mo", "abfrage", "close")
    assert not made.activities["abfrage"].shown

    entries = submit(made, "mo", "abfrage", "show", view="result")
    assert types(entries) == [("stage", "stage.shown"), ("abfrage", "activity.shown")]
    assert (made.stage.target, made.stage.view, made.activities["abfrage"].shown) == ("abfrage", "result", True)


def test_showing_the_question_shows_no_result() -> None:
    made = opened(hall())
    assert types(submit(made, "mo", "abfrage", "show", view="question")) == [("stage", "stage.shown")]


def test_one_contribution_is_shown_large_until_something_else_is_shown() -> None:
    made = room(activity(wall, "wand"))
    submit(made, "mo", "wand", "show", view="wall", item="AT2-0001")
    assert made.stage.item == "AT2-0001"
    submit(made, "mo", "wand", "show", view="wall")
    assert made.stage.item == ""


def test_a_free_word_can_be_shown() -> None:
    made = hall()
    submit(made, "mo", "pause", "show", view="thanks")
    assert (made.stage.target, made.stage.view) == ("pause", "thanks")


def test_a_running_result_shown_by_mistake_is_taken_back_by_blanking_and_seals_nothing() -> None:
    made = opened(hall("anonymous"))
    vote(made)
    submit(made, "mo", "abfrage", "show", view="result")
    assert made.activities["abfrage"].shown

    entries = submit(made, "mo", "stage", "darken")
    assert types(entries) == [("stage", "stage.blanked"), ("abfrage", "activity.covered")]
    assert (made.stage.blank, made.activities["abfrage"].shown, made.activities["abfrage"].sealed) == (
        True,
        False,
        False,
    )

    assert types(submit(made, "mo", "stage", "darken", blank=False)) == [("stage", "stage.blanked")]
    assert (made.stage.blank, made.activities["abfrage"].shown) == (False, False)


def test_a_running_result_is_taken_back_by_showing_something_else() -> None:
    made = opened(hall())
    submit(made, "mo", "abfrage", "show", view="result")
    submit(made, "mo", "pause", "show", view="thanks")
    assert not made.activities["abfrage"].shown


def test_a_result_that_is_shown_while_it_closes_is_final() -> None:
    made = opened(hall("anonymous"))
    vote(made)
    submit(made, "mo", "abfrage", "show", view="result")

    assert types(submit(made, "mo", "abfrage", "close")) == [
        ("abfrage", "activity.closed"),
        ("abfrage", "activity.sealed"),
    ]


def test_the_view_blank_blanks_the_stage() -> None:
    made = hall()
    submit(made, "mo", "pause", "show", view="blank")
    assert made.stage.blank


def test_the_desk_chooses_the_theme_of_the_stage() -> None:
    made = hall()
    submit(made, "mo", "stage", "theme", dark=True)
    assert made.stage.dark
    submit(made, "mo", "stage", "theme", dark=False)
    assert not made.stage.dark


def test_what_another_build_did_to_the_stage_is_passed_over() -> None:
    made = hall()
    before = replace(made.stage)
    made.fold(Entry(made.at + 1, "stage", "stage.mirrored", "mo", {}, NINE, "x"))
    assert made.stage == before


# ── sealing ──


def test_the_shown_result_of_a_closed_anonymous_activity_is_sealed() -> None:
    made = opened(hall("anonymous"))
    vote(made)
    submit(made, "mo", "abfrage", "close")
    sealed = submit(made, "mo", "abfrage", "show", view="result")[-1]

    assert (sealed.type, sealed.unveils) == ("activity.sealed", True)
    assert sealed.data["figures"]["by_option"] == {"rot": 1, "blau": 0}
    assert (made.activities["abfrage"].sealed, made.activities["abfrage"].key) == (True, "")


@pytest.mark.parametrize("names", ["named", "moderators"])
def test_what_has_names_is_not_sealed(names: str) -> None:
    made = opened(hall(names))
    vote(made)
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    assert not made.activities["abfrage"].sealed


def test_what_is_sealed_is_sealed_once() -> None:
    made = opened(hall("anonymous"))
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    entries = submit(made, "mo", "abfrage", "show", view="result")
    assert types(entries) == [("stage", "stage.shown"), ("abfrage", "activity.shown")]


def test_what_is_sealed_is_not_opened_again_but_reset_starts_afresh() -> None:
    made = opened(hall("anonymous"))
    vote(made)
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    assert refusal(made, "abfrage", "open") == "activity.sealed"

    submit(made, "mo", "abfrage", "reset")
    assert (made.activities["abfrage"].sealed, made.activities["abfrage"].shown) == (False, False)
    submit(made, "mo", "abfrage", "open")
    vote(made, "ben", choice="blau")
    figures = made.activities["abfrage"].figures()
    assert (figures["ballots"], figures["discarded"], figures["by_option"]) == (1, 1, {"rot": 0, "blau": 1})
    assert afresh(made).activities["abfrage"].figures() == figures


def test_a_seal_is_clean_when_the_files_are_and_no_more_after_a_reset() -> None:
    made = opened(hall("anonymous"))
    submit(made, "mo", "abfrage", "close")
    submit(made, "mo", "abfrage", "show", view="result")
    abfrage = made.activities["abfrage"]
    assert not abfrage.cleaned

    cleaned = Entry(made.at + 1, "abfrage", "activity.cleaned", "clock", {"through": made.at}, NINE, "c")
    made.fold(cleaned)
    assert abfrage.cleaned
    submit(made, "mo", "abfrage", "reset")
    assert not abfrage.cleaned
    made.fold(cleaned._replace(at=made.at + 1))
    assert not abfrage.cleaned
