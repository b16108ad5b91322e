from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.form import Option
from facilitation.forms import single
from facilitation.kinds import poll
from facilitation.poll_parts import MyBallot
from facilitation.record import Entry, Person, Refused, Role
from tests.kinds.polls import (
    AMY,
    DEVICE,
    MODES,
    MULTIPLE,
    OPTIONS,
    SCALE,
    SINGLE,
    ballot,
    bars,
    chosen,
    close_and_show,
    content,
    figures,
    opened,
    paper,
    refusal,
    result,
    vote,
)
from tests.rooms import NINE, afresh, submit

# ── settings ──


def test_a_poll_has_a_form_that_is_known() -> None:
    with pytest.raises(ValidationError, match="no such form of a poll: guess"):
        poll.Config(form="guess", settings={})


def test_a_poll_has_settings_that_fit_its_form() -> None:
    with pytest.raises(ValidationError):
        poll.Config(form="scale", settings={"options": OPTIONS})


# ── ballots ──


@pytest.mark.parametrize("names", MODES)
def test_ballots_are_counted(names: str) -> None:
    made = opened(names=names)
    for by, choice in (("ada", "rot"), ("ben", "blau"), ("cem", "rot")):
        vote(made, by, choice=choice)

    assert figures(made) == {
        "kind": "single",
        "ballots": 3,
        "replaced": 0,
        "discarded": 0,
        "by_option": {"rot": 2, "blau": 1, "grün": 0},
    }


@pytest.mark.parametrize("names", MODES)
def test_the_last_ballot_counts_and_the_earlier_ones_are_replaced(names: str) -> None:
    made = opened(names=names)
    for choice in ("rot", "blau", "blau"):
        vote(made, "ada", choice=choice)

    block = figures(made)
    assert (block["ballots"], block["replaced"], block["by_option"]) == (1, 2, {"rot": 0, "blau": 1, "grün": 0})


@pytest.mark.parametrize("names", MODES)
def test_where_no_ballot_replaces_another_the_first_counts(names: str) -> None:
    made = opened(names=names, revote=False)
    vote(made, "ada", choice="rot")

    assert refusal(made, "ada", choice="blau") == ("poll.already_voted", {})
    assert figures(made)["by_option"] == {"rot": 1, "blau": 0, "grün": 0}


@pytest.mark.parametrize("names", MODES)
def test_head_and_deputy_of_a_unit_share_one_ballot(names: str) -> None:
    made = opened(people=(AMY,), names=names, ballot_unit="unit")
    vote(made, "ada", choice="rot")
    vote(made, "amy", choice="blau")
    vote(made, "ben", choice="grün")

    block = figures(made)
    assert (block["ballots"], block["replaced"], block["by_option"]) == (2, 1, {"rot": 0, "blau": 1, "grün": 1})
    assert (chosen(made, "ada"), chosen(made, "amy")) == ("blau", "blau")


def test_whoever_has_no_unit_has_a_ballot_of_their_own() -> None:
    guest = Person("gast", Role.PARTICIPANT, "Gast")
    made = opened(people=(guest,), ballot_unit="unit")
    vote(made, "gast", choice="rot")
    vote(made, "ada", choice="blau")

    assert (figures(made)["ballots"], chosen(made, "gast")) == (2, "rot")


def test_nobody_says_for_which_unit_they_vote() -> None:
    assert refusal(opened(ballot_unit="unit"), "ada", choice="rot", unit="amt-20") == (
        "poll.invalid",
        {"why": "malformed"},
    )


def test_the_ballot_paper_of_somebody_who_voted_says_what_and_when() -> None:
    made = opened()
    assert ballot(made, "ada") == MyBallot(
        form="single",
        paper=single.Paper(tuple(Option(*option) for option in OPTIONS), ""),
        made=None,
        open=True,
        revote=True,
        names="named",
        by_unit=False,
        headcount=0,
        lines=(),
        eligible=True,
        sure=None,
        seen="shown",
        desk=False,
        proposals="no",
        worded=False,
    )
    vote(made, "ada", choice="rot")
    assert (chosen(made, "ada"), ballot(made, "ada").made) == ("rot", made.record[-1].made.replace(second=0))


# ── room devices ──


@pytest.mark.parametrize("names", MODES)
def test_a_room_device_sends_the_counts_of_its_people(names: str) -> None:
    made = opened(people=(DEVICE,), names=names)
    vote(made, "ada", choice="rot")
    vote(made, "saal", counts={"rot": 2, "blau": 5})

    assert figures(made) == {
        "kind": "single",
        "ballots": 1,
        "replaced": 0,
        "discarded": 0,
        "collective_ballots": 1,
        "collective_votes": 7,
        "by_option": {"rot": 3, "blau": 5, "grün": 0},
    }
    sheet = ballot(made, "saal")
    assert (sheet.headcount, [count for _, count in sheet.lines]) == (12, [2, 5, None])
    close_and_show(made)
    assert result(made).turnout.cast == 8


def test_later_counts_replace_earlier_ones_and_a_ballot_of_the_device_too() -> None:
    made = opened(people=(DEVICE,))
    vote(made, "saal", choice="rot")
    vote(made, "saal", counts={"rot": 2})
    vote(made, "saal", counts={"blau": 3})

    block = figures(made)
    assert (block["ballots"], block["replaced"], block["by_option"]) == (0, 2, {"rot": 0, "blau": 3, "grün": 0})
    vote(made, "saal", choice="grün")
    assert figures(made)["by_option"] == {"rot": 0, "blau": 0, "grün": 1}


def test_where_no_ballot_replaces_another_the_first_counts_stay() -> None:
    made = opened(people=(DEVICE,), revote=False)
    vote(made, "saal", counts={"rot": 2})
    assert refusal(made, "saal", counts={"rot": 3}) == ("poll.already_voted", {})


def test_only_a_room_device_sends_counts_and_only_where_they_add_up() -> None:
    assert refusal(opened(), "ada", counts={"rot": 1}) == ("poll.invalid", {"why": "counts"})
    assert refusal(opened(MULTIPLE, (DEVICE,)), "saal", counts={"rot": 1}) == ("poll.invalid", {"why": "counts"})
    assert ballot(opened(MULTIPLE, (DEVICE,)), "saal").headcount == 0


@pytest.mark.parametrize(
    "data, values",
    [
        ({"counts": {"rot": 13}}, {"why": "headcount", "most": 12}),
        ({"counts": {"rot": 12, "blau": 1}}, {"why": "headcount", "most": 12}),
        ({"counts": {"rot": 0}}, {"why": "headcount", "most": 12}),
        ({"counts": {}}, {"why": "headcount", "most": 12}),
        ({"counts": {"gelb": 1}}, {"why": "unknown_option"}),
        ({"counts": {"rot": -1}}, {"why": "malformed"}),
        ({"counts": {"rot": True}}, {"why": "malformed"}),
        ({"counts": {"rot": 1.0}}, {"why": "malformed"}),
        ({"counts": {"rot": "1"}}, {"why": "malformed"}),
        ({"counts": 3}, {"why": "malformed"}),
        ({"counts": {"rot": 1}, "choice": "rot"}, {"why": "malformed"}),
    ],
)
def test_what_are_no_counts_is_refused(data: dict[str, Any], values: dict[str, Any]) -> None:
    made = opened(people=(DEVICE,))
    assert refusal(made, "saal", **data) == ("poll.invalid", values)
    assert figures(made)["ballots"] == 0


# ── mending ──


@pytest.mark.parametrize("names", MODES)
def test_mending_the_words_of_an_option_keeps_its_ballots(names: str) -> None:
    made = opened(names=names)
    vote(made, "ada", choice="rot")
    submit(made, "mo", "abfrage", "amend", option="rot", label="Dunkelrot")

    assert paper(made, "ben").options[0] == Option("rot", "Dunkelrot")
    assert figures(made)["by_option"]["rot"] == 1
    assert paper(afresh(made), "ben").options[0] == Option("rot", "Dunkelrot")


def test_only_what_is_there_can_be_mended() -> None:
    with pytest.raises(Refused, match=r"^poll.invalid$"):
        submit(opened(), "mo", "abfrage", "amend", option="gelb", label="Gelb")


@pytest.mark.parametrize("names", MODES)
def test_a_reset_discards_and_counts_all_ballots(names: str) -> None:
    made = opened(names=names)
    vote(made, "ada", choice="rot")
    vote(made, "ada", choice="blau")
    vote(made, "ben", choice="rot")
    (reset,) = submit(made, "mo", "abfrage", "reset")
    assert reset.unveils == (names == "anonymous")
    vote(made, "ben", choice="grün")
    submit(made, "mo", "abfrage", "reset")
    vote(made, "cem", choice="grün")

    assert figures(made) == {
        "kind": "single",
        "ballots": 1,
        "replaced": 1,
        "discarded": 3,
        "by_option": {"rot": 0, "blau": 0, "grün": 1},
    }


@pytest.mark.parametrize("command, data", [("amend", {"option": "rot", "label": "Blau"}), ("reset", {})])
def test_nobody_mends_but_staff(command: str, data: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"^command.forbidden$"):
        submit(opened(), "ada", "abfrage", command, **data)


# ── sealed ──


def test_what_is_sealed_keeps_every_figure_and_no_ballot() -> None:
    made = opened(people=(DEVICE,), names="anonymous")
    vote(made, "ada", choice="blau")
    vote(made, "ada", choice="rot")
    vote(made, "saal", counts={"rot": 2, "blau": 5})
    before = figures(made)
    close_and_show(made)

    assert figures(made) == before
    assert bars(content(made)) == (("Blau", 5), ("Rot", 3), ("Grün", 0))
    assert (result(made).turnout.cast, result(made).replaced) == (8, 1)
    assert (chosen(made, "ada"), ballot(made, "ada").made) == ("", None)
    assert [count for _, count in ballot(made, "saal").lines] == [None, None, None]


def test_a_sealed_scale_keeps_its_values_and_its_mean() -> None:
    made = opened(SCALE, (DEVICE,), names="anonymous")
    vote(made, "saal", counts={"1": 2, "2": 4})
    close_and_show(made)

    assert (content(made).rows, content(made).mean) == (((1, 2), (2, 4), (3, 0), (4, 0), (5, 0)), 1.67)


def test_a_ballot_without_its_veil_counts_no_more() -> None:
    state = poll.begin(poll.Config.model_validate(SINGLE))
    bare = Entry(1, "abfrage", "poll.voted", None, {}, NINE, "c")
    poll.fold(state, bare)
    poll.fold(state, Entry(2, "abfrage", "poll.printed", "mo", {}, NINE, "d"))
    assert state.box.cast == 0


@pytest.mark.parametrize(
    "config, worded",
    [
        (SINGLE, False),
        ({"form": "single", "settings": {"options": OPTIONS, "other": "rot"}}, True),
        ({"form": "resistance", "settings": {"options": OPTIONS}}, False),
        ({"form": "open", "settings": {}}, True),
        (SCALE, False),
    ],
)
def test_the_paper_knows_whether_words_of_ones_own_will_stay(config: dict[str, Any], worded: bool) -> None:  # noqa: FBT001
    assert ballot(opened(config), "ada").worded == worded
