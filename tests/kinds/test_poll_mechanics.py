"""Who may answer and who sees what when, quorum, breakdowns, options that people add, and sureness."""

from typing import Any

import pytest
from pydantic import ValidationError

from facilitation import pictures
from facilitation.form import Option
from facilitation.kinds import poll
from facilitation.poll_parts import Turnout
from facilitation.record import Refused
from facilitation.screen import Audience, Slot
from tests.kinds.polls import (
    CROWD,
    DEVICE,
    MODES,
    MULTIPLE,
    SCALE,
    SINGLE,
    ballot,
    bars,
    chosen,
    close_and_show,
    figures,
    html,
    opened,
    paper,
    refusal,
    result,
    view,
    views,
    vote,
)
from tests.rooms import Kept, afresh, submit


def tops(made: Kept) -> Any:
    return view(made, Audience.PLENARY)[""]


def own(made: Kept, by: str) -> dict[str, Any]:
    abfrage = made.activities["abfrage"]
    seen = pictures.look(made, abfrage, Audience.PLENARY)
    return poll.mine(abfrage.state, abfrage.actor(made.person(by)), seen)


def five(made: Kept, choice: str = "rot") -> None:
    """As many ballots as may be shown of a poll without names."""
    for person in CROWD[:5]:
        vote(made, person.id, choice=choice)


# ── who may answer ──


@pytest.mark.parametrize("names", MODES)
def test_a_poll_for_some_is_closed_to_others_who_see_it(names: str) -> None:
    made = opened(people=CROWD, names=names, eligible={"divisions": ["I"]})
    vote(made, "p00", choice="rot")
    assert refusal(made, "p27", choice="rot") == ("poll.not_eligible", {})
    assert (ballot(made, "p00").eligible, ballot(made, "p27").eligible) == (True, False)
    assert view(made, Audience.PLENARY)["ask"].whom == ("I",)
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(1, 14, by_unit=False)


def test_whoever_is_asked_has_one_of_the_values_of_each_attribute() -> None:
    made = opened(people=CROWD, eligible={"divisions": ["I", "II"], "units": ["amt-3", "amt-20"]}, ballot_unit="unit")
    assert [person.id for person in CROWD if ballot(made, person.id).eligible] == ["p03", "p20"]
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(0, 2, by_unit=True)


def test_people_in_front_of_room_devices_are_counted_where_everybody_is_asked() -> None:
    made = opened(people=(DEVICE,))
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(0, 15, by_unit=False)


def test_of_how_many_answered_is_said_as_it_was_when_the_poll_closed() -> None:
    made = opened(people=CROWD)
    vote(made, "p00", choice="rot")
    close_and_show(made)
    submit(made, "p01", "roster", "leave")
    assert result(made).turnout == result(afresh(made)).turnout == Turnout(1, 31, by_unit=False)

    submit(made, "mo", "abfrage", "open")
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(1, 30, by_unit=False)


def test_a_quorum_is_a_share_of_those_who_could_answer() -> None:
    made = opened(people=CROWD, quorum=10)
    assert view(made, Audience.PLENARY)["turnout"].turnout == Turnout(0, 31, by_unit=False, needed=4)


# ── who sees the tally when ──


@pytest.mark.parametrize("names", MODES)
def test_where_closing_reveals_the_result_is_seen_at_once_and_final(names: str) -> None:
    made = opened(people=CROWD, names=names, seen="closed")
    five(made)
    assert "result" not in view(made, Audience.PLENARY)
    submit(made, "mo", "abfrage", "close")
    assert tops(made) == Slot(("ask", "mine-ballot", "result", "turnout"))
    assert made.activities["abfrage"].sealed == (names == "anonymous")


def test_closing_by_going_on_and_at_the_end_reveals_too() -> None:
    made = opened(people=CROWD, seen="closed")
    submit(made, "mo", "agenda", "end", confirmed=True)
    assert made.activities["abfrage"].shown


def test_a_running_tally_is_seen_by_all_where_the_poll_says_so_from_five_answers_on() -> None:
    made = opened(people=CROWD, names="anonymous", seen="always")
    for person in CROWD[:4]:
        vote(made, person.id, choice="rot")
    assert result(made).content is None
    vote(made, "p04", choice="rot")
    assert bars(result(made).content) == (("Rot", 5), ("Blau", 0), ("Grün", 0))


def test_a_running_tally_is_seen_by_those_who_answered_where_the_poll_says_so() -> None:
    made = opened(people=CROWD, seen="voted")
    five(made)
    assert "result" not in view(made, Audience.PLENARY)
    assert own(made, "p27").keys() == {"mine-ballot"}
    assert bars(own(made, "p00")["mine-result"].content)[0] == ("Rot", 5)
    assert tops(made) == Slot(("ask", "mine-ballot", "mine-result", "turnout"))

    close_and_show(made)
    assert own(made, "p00").keys() == {"mine-ballot"}
    assert "result" in view(made, Audience.PLENARY)


def test_what_one_sees_changes_with_what_others_do_only_where_the_poll_says_so() -> None:
    alone, together = opened(people=CROWD), opened(people=CROWD, seen="voted")
    vote(alone, "p00", choice="rot")
    vote(together, "p00", choice="rot")
    assert alone.touched(alone.record[-1]) == {"p00"}
    assert together.touched(together.record[-1]) is None


def test_what_is_for_the_stage_only_is_on_no_phone() -> None:
    made = opened(people=CROWD, seen="never")
    five(made)
    close_and_show(made)
    assert "result" not in view(made, Audience.PLENARY)
    assert "stage-result" in view(made, Audience.STAGE, "result")


def test_the_desk_sees_a_running_tally_where_the_poll_says_so() -> None:
    assert "result" not in view(opened(), Audience.DESK)
    made = opened(people=CROWD, desk=True)
    five(made)
    assert bars(view(made, Audience.DESK)["result"].content)[0] == ("Rot", 5)
    close_and_show(made)
    assert "result" not in view(made, Audience.DESK)  # it stands in the preview


# ── parts of the people ──


def test_a_result_is_broken_down_by_an_attribute() -> None:
    made = opened(people=CROWD, segments=["division"])
    for n, person in enumerate(CROWD):
        vote(made, person.id, choice="rot" if n % 2 else "blau")
    assert "stage-question" in view(made, Audience.STAGE, "division")
    close_and_show(made)
    title, attribute, counted = view(made, Audience.STAGE, "division")["stage-breakdown"]
    assert (title, attribute, counted.columns) == ("abfrage", "division", ("Rot", "Blau", "Grün"))
    assert [line.value for line in counted.lines] == ["I", "II"]
    assert views(made) == ["division"]


def test_of_several_choices_each_is_broken_down() -> None:
    made = opened(MULTIPLE, CROWD, segments=["division"])
    for person in CROWD:
        vote(made, person.id, choices=["rot", "blau"])
    close_and_show(made)
    counted = view(made, Audience.STAGE, "division")["stage-breakdown"][2]
    assert counted.columns[:2] == ("Rot", "Blau")
    assert [line.value for line in counted.lines] == ["I", "II"]


def test_what_cannot_be_broken_down_is_not_offered() -> None:
    made = opened({"form": "open", "settings": {}}, CROWD, segments=["division", "function"])
    for person in CROWD:
        vote(made, person.id, text="Ja")
    close_and_show(made)
    assert views(made) == ["cards", "cloud"]
    assert "stage-question" in view(made, Audience.STAGE, "division")


def test_a_picture_without_a_single_cell_is_named_and_not_offered() -> None:
    made = opened(people=CROWD, segments=["division", "unit"])
    for n, person in enumerate(CROWD[:8]):
        vote(made, person.id, choice="rot" if n % 2 else "blau")
    close_and_show(made)
    assert views(made) == []
    assert "Zu wenige Antworten je Feld für: Aufteilung nach Dezernat, Aufteilung nach Amt." in html(
        made, Audience.DESK
    )


def test_an_anonymous_poll_is_not_broken_down() -> None:
    with pytest.raises(ValidationError, match="an anonymous poll is not broken down"):
        poll.Config.model_validate(SINGLE | {"names": "anonymous", "segments": ["unit"]})


# ── options that people add ──


@pytest.mark.parametrize("names", MODES)
def test_a_proposal_is_an_option_once_the_desk_accepts_it(names: str) -> None:
    made = opened(people=CROWD, names=names, proposals="moderated")
    (*_, proposed) = submit(made, "p00", "abfrage", "propose", text="Gelb")
    ref = proposed.data["ref"]
    assert len(paper(made, "p01").options) == 3
    assert view(made, Audience.DESK)["desk-turnout"].proposed == (Option(ref, "Gelb"),)
    submit(made, "mo", "abfrage", "accept", option=ref)
    assert paper(afresh(made), "p01").options[-1] == Option(ref, "Gelb")
    vote(made, "p01", choice=ref)
    assert figures(made)["by_option"][ref] == 1


def test_a_free_proposal_is_an_option_at_once() -> None:
    made = opened(proposals="free")
    (proposed,) = submit(made, "ada", "abfrage", "propose", text="Gelb")
    vote(made, "ben", choice=proposed.data["ref"])
    assert chosen(made, "ben") == proposed.data["ref"]


@pytest.mark.parametrize(
    "config, text, code, values",
    [
        ({}, "Gelb", "poll.invalid", {"why": "no_options"}),
        ({"proposals": "free"}, " ROT", "poll.invalid", {"why": "same_option"}),
        ({"proposals": "free"}, "x" * 201, "poll.too_long", {"most": 200}),
        ({"proposals": "free", "eligible": {"units": ["amt-20"]}}, "Gelb", "poll.not_eligible", {}),
    ],
)
def test_a_proposal_that_is_refused(config: dict[str, Any], text: str, code: str, values: dict[str, Any]) -> None:
    made = opened(**config)
    with pytest.raises(Refused) as refused:
        submit(made, "ada", "abfrage", "propose", text=text)
    assert (refused.value.code, refused.value.values) == (code, values)


def test_only_what_was_proposed_is_accepted() -> None:
    with pytest.raises(Refused, match=r"^poll.invalid$"):
        submit(opened(proposals="moderated"), "mo", "abfrage", "accept", option="rot")


def test_options_are_added_only_to_forms_that_can_have_more() -> None:
    with pytest.raises(ValidationError, match="options cannot be added to this form"):
        poll.Config.model_validate(SCALE | {"proposals": "free"})
    with pytest.raises(Refused, match=r"^poll.invalid$"):
        submit(opened(SCALE), "mo", "abfrage", "adopt", sources=[])


def test_a_hidden_option_is_offered_to_nobody_and_its_votes_stay() -> None:
    made = opened(MULTIPLE, people=CROWD, proposals="free")
    (proposed,) = submit(made, "ada", "abfrage", "propose", text="Gelb")
    vote(made, "ben", choices=[proposed.data["ref"]])
    submit(made, "mo", "abfrage", "hide", ref=proposed.data["ref"], reason="Unfug")
    assert len(paper(made, "cem").options) == 3
    close_and_show(made)
    assert bars(result(made).content)[0] == ("ausgeblendete Antwort", 1)


# ── how sure ──


@pytest.mark.parametrize("names", MODES)
def test_how_sure_people_are_is_counted_by_what_they_chose(names: str) -> None:
    made = opened(people=CROWD, names=names, sure=True)
    for person, sure in zip(CROWD[:5], (5, 5, 4, 1, 1), strict=True):
        vote(made, person.id, choice="rot", sure=sure)
    vote(made, "ada", choice="blau")
    assert (ballot(made, "p00").sure, ballot(made, "ada").sure, ballot(made, "ben").sure) == (5, 0, 0)
    close_and_show(made)
    assert figures(made)["sure"] == {"rot": {"1": 2, "4": 1, "5": 2}}
    assert result(made).sure == (("Rot", (2, 0, 0, 1, 2)),)
    assert views(made) == ["sure"]
    assert "5 ganz sicher" in html(made, Audience.STAGE, "sure")


def test_how_sure_people_are_is_a_picture_of_its_own_only_where_it_was_asked() -> None:
    made = opened(people=CROWD)
    five(made)
    close_and_show(made)
    assert views(made) == []
    assert "stage-question" in view(made, Audience.STAGE, "sure")


@pytest.mark.parametrize("sure", [0, 6, "5", True])
def test_nobody_is_surer_than_five(sure: Any) -> None:
    assert refusal(opened(sure=True), "ada", choice="rot", sure=sure) == (
        "poll.invalid",
        {"why": "out_of_range", "least": 1, "most": 5},
    )


def test_where_nobody_asks_how_sure_it_is_no_part_of_a_ballot() -> None:
    assert refusal(opened(), "ada", choice="rot", sure=5) == ("poll.invalid", {"why": "malformed"})
