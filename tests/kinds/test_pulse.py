from typing import Any

import pytest
from markupsafe import escape
from pydantic import ValidationError

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import pulse
from facilitation.kinds.pulse import Minute, Turnout
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience, Slot
from facilitation.signals import PRESETS, Signal
from tests.kinds.walls import HOSTILE
from tests.rooms import NINE, PEOPLE, Kept, activity, afresh, envelope, room, send, submit

CROWD = (*PEOPLE, *(Person(f"p{n}", Role.PARTICIPANT, f"Amt {n}") for n in range(5)))
FIVE = ("ada", "ben", "cem", "p0", "p1")


def opened(**config: Any) -> Kept:
    table = room(activity(pulse, "puls", **config), people=CROWD)
    submit(table, "mo", "puls", "open")
    return table


def tap(table: Kept, by: str, signal: str = "gruen", minute: int | None = None) -> None:
    sent = envelope(table, by, "puls", "signal", signal=signal)
    send(table, sent if minute is None else sent._replace(when=NINE.replace(minute=minute)))


def state(table: Kept) -> pulse.State:
    kept: pulse.State = table.activities["puls"].state
    return kept


def view(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "") -> dict[str, Any]:
    puls = table.activities["puls"]
    return pulse.view(puls.state, pictures.look(table, puls, audience, picture))


def mine(table: Kept, by: str) -> pulse.MySignal:
    puls = table.activities["puls"]
    look = pictures.look(table, puls, Audience.PLENARY)
    kept: pulse.MySignal = pulse.mine(puls.state, puls.actor(table.roster.people[by]), look)["mine-signal"]
    return kept


def html(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "") -> str:
    seen = view(table, audience, picture) | (
        {"mine-signal": mine(table, "ada")} if audience is Audience.PLENARY else {}
    )
    parts = drawn(pictures.framed(table.activities["puls"], "page.", seen)[0])
    return "".join(part for part in parts.values() if isinstance(part, str))


def shown(table: Kept, *, closed: bool = False) -> None:
    if closed:
        submit(table, "mo", "puls", "close")
    submit(table, "mo", "puls", "show", view="result")


def votes(table: Kept) -> list[int | None]:
    puls = table.activities["puls"]
    return [row["votes"] for row in pulse.rows(puls.state, pictures.look(table, puls, Audience.DESK))]


# ── what counts ──


def test_the_last_tap_of_each_person_counts() -> None:
    table = opened()
    tap(table, "ada", "gruen")
    tap(table, "ben", "gruen")
    tap(table, "ada", "rot")
    tap(table, "ada", "rot")
    assert table.activities["puls"].figures() == {
        "given": 2,
        "changed": 2,
        "discarded": 0,
        "by_signal": {"gruen": 1, "gelb": 0, "rot": 1},
    }


def test_only_what_is_offered_can_be_tapped_and_only_while_it_is_open() -> None:
    table = opened()
    with pytest.raises(Refused) as unknown:
        tap(table, "ada", "blau")
    submit(table, "mo", "puls", "close")
    with pytest.raises(Refused) as late:
        tap(table, "ada")
    assert [(no.value.code, no.value.values) for no in (unknown, late)] == [
        ("pulse.invalid", {"why": "unknown_signal"}),
        ("pulse.not_open", {}),
    ]


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_after_a_reset_everybody_begins_anew(names: str) -> None:
    table = opened(names=names)
    for signal in ("gruen", "rot"):
        tap(table, "ada", signal)
    submit(table, "mo", "puls", "reset")
    tap(table, "ben", "gelb")
    assert table.activities["puls"].figures() == {
        "given": 1,
        "changed": 1,
        "discarded": 1,
        "by_signal": {"gruen": 0, "gelb": 1, "rot": 0},
    }
    assert state(table) == state(afresh(table))


def test_nobody_is_on_record_with_a_signal_unless_names_are_given() -> None:
    anonymous, named = opened(), opened(names="named")
    for table in (anonymous, named):
        tap(table, "ada", "rot")
    assert [(entry.by == "ada", entry.data) for entry in (anonymous.record[-1], named.record[-1])] == [
        (False, {}),
        (True, {"signal": "rot"}),
    ]


def test_the_shown_result_of_a_closed_pulse_is_all_that_remains() -> None:
    table = opened()
    for person in FIVE:
        tap(table, person)
    before = table.activities["puls"].figures()
    shown(table, closed=True)
    assert state(table) == state(afresh(table))
    assert (state(table).given, state(table).minutes, table.activities["puls"].figures()) == ({}, {}, before)
    assert view(table, Audience.STAGE, "result")["stage-tendency"].rows[0] == (PRESETS["ampel"][0], 5)


# ── settings ──


def test_signals_can_be_named_otherwise() -> None:
    signals = [["ja", "Ja"], ["nein", "Nein", "square", "halt"]]
    assert mine(opened(signals=signals), "ada").signals == (
        Signal("ja", "Ja"),
        Signal("nein", "Nein", "square", "halt"),
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_needs_no_preparation_and_each_of_its_signals_has_a_shape_of_its_own(preset: str) -> None:
    offered = mine(opened(preset=preset), "ada").signals
    assert (offered, len({signal.shape for signal in offered})) == (PRESETS[preset], len(offered))


@pytest.mark.parametrize("signals", [[["ja", "Ja"]], [["ja", "Ja"], ["ja", "Doch"]]])
def test_there_are_at_least_two_signals_with_ids_of_their_own(signals: list[list[str]]) -> None:
    with pytest.raises(ValidationError, match="at least two"):
        pulse.Config.model_validate({"signals": signals})


# ── how it stands ──


@pytest.mark.parametrize("names", ["named", "moderators", "anonymous"])
def test_how_it_stands_is_shown_only_where_five_have_tapped(names: str) -> None:
    table = opened(names=names)
    shown(table)
    for person in FIVE[:4]:
        tap(table, person)
    screens = [(Audience.DESK, "desk-pulse"), (Audience.STAGE, "stage-tendency"), (Audience.PLENARY, "tendency")]
    assert [view(table, audience, "result")[part].rows for audience, part in screens] == [None, None, None]
    tap(table, FIVE[4], "rot")
    rows = tuple(zip(PRESETS["ampel"], (4, 0, 1), strict=True))
    assert [view(table, audience, "result")[part].rows for audience, part in screens] == [rows, rows, rows]


def test_the_desk_sees_it_live_and_everybody_else_once_the_stage_shows_it() -> None:
    table = opened()
    for person in FIVE:
        tap(table, person)
    assert view(table)[""] == Slot(("ask", "mine-signal", "turnout"))
    assert view(table)["turnout"] == Turnout(5, 8, shown=False)
    assert set(view(table, Audience.STAGE, "result")) == {"", "stage-question"}
    shown(table)
    assert view(table)[""] == Slot(("ask", "mine-signal", "tendency", "turnout"))
    assert set(view(table, Audience.STAGE, "question")) == {"", "stage-question"}
    assert set(view(table, Audience.STAGE, "result")) == {"", "stage-tendency"}


def test_the_desk_sees_how_it_stood_after_each_minute_in_which_somebody_tapped() -> None:
    table = opened(preset="tempo")
    for person in FIVE[:4]:
        tap(table, person, "gut", minute=10)
    tap(table, FIVE[4], "schnell", minute=11)
    for person in FIVE[:2]:
        tap(table, person, "langsam", minute=14)
    trend = view(table, Audience.DESK)["desk-trend"]
    assert [(minute.begins.minute, minute.people) for minute in trend.minutes] == [
        (10, None),
        (11, (1, 4, 0)),
        (14, (1, 2, 2)),
    ]
    assert (trend.signals, trend.most) == (PRESETS["tempo"], 5)


def test_of_a_long_trend_the_latest_twelve_minutes_are_shown() -> None:
    table = opened()
    for minute in range(5, 20):
        tap(table, "ada", minute=minute)
    trend = view(table, Audience.DESK)["desk-trend"]
    assert [minute.begins.minute for minute in trend.minutes] == list(range(8, 20))
    assert (trend.minutes[0], trend.most) == (Minute(trend.minutes[0].begins, None), 0)


def test_a_table_has_numbers_once_it_is_over_and_enough_have_tapped() -> None:
    table, few = opened(), opened()
    for person in FIVE:
        tap(table, person)
    tap(few, "ada")
    submit(few, "mo", "puls", "close")
    assert (votes(table), votes(few)) == ([None, None, None], [None, None, None])
    submit(table, "mo", "puls", "close")
    assert votes(table) == [5, 0, 0]


# ── what is drawn ──


def test_a_tap_is_one_button_and_the_last_one_is_pressed() -> None:
    table = opened()
    assert html(table).count('aria-pressed="true"') == 0
    tap(table, "ada", "gelb")
    page = html(table)
    assert (page.count('name="signal"'), page.count("<form")) == (3, 1)
    assert 'value="gelb" aria-pressed="true"' in page
    assert (mine(table, "ben").chosen, mine(table, "ben").made) == ("", None)


@pytest.mark.parametrize(
    "names,sentence",
    [("named", "Mit Namen."), ("moderators", "Nur für die Moderation gespeichert."), ("anonymous", "Anonym.")],
)
def test_who_will_know_is_said_where_one_taps(names: str, sentence: str) -> None:
    assert sentence in html(opened(names=names))


def test_a_closed_pulse_offers_nothing_and_keeps_the_own_signal_in_sight() -> None:
    table = opened(names="named")
    tap(table, "ada", "gelb")
    submit(table, "mo", "puls", "close")
    assert (html(table).count("<button"), "Ihr letztes Signal" in html(table)) == (0, True)


def test_each_minute_of_the_trend_is_a_row_of_numbers() -> None:
    table = opened()
    assert "<table" not in html(table, Audience.DESK)
    for person in FIVE:
        tap(table, person, minute=10)
    page = html(table, Audience.DESK)
    assert (page.count("<tr>"), page.count('<span class="num">5</span>')) == (2, 1)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup_and_each_is_isolated(words: str) -> None:
    table = opened(signals=[["a", words], ["b", "B"]])
    for person in FIVE:
        tap(table, person, "a")
    shown(table)
    pages = [html(table), html(table, Audience.STAGE, "result"), html(table, Audience.DESK)]
    assert [page.count(f'<bdi dir="auto">{escape(words)}</bdi>') for page in pages] == [2, 1, 2]
    assert [page.count("<script>") for page in pages] == [0, 0, 0]


def test_a_question_alone_comes_with_how_many_have_tapped() -> None:
    table = opened()
    tap(table, "ada")
    question = view(table, Audience.STAGE, "question")["stage-question"]
    assert (question.ask.title, question.given, question.of) == ("puls", 1, 8)
