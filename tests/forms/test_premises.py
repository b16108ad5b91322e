from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import premises
from facilitation.forms.premises import Row
from tests.forms.papers import OPTIONS, check, figures, paper, refusal, result, rows
from tests.forms.words import said

SETTINGS = premises.Settings.model_validate({"items": OPTIONS})
RESISTING = premises.Settings.model_validate({"items": OPTIONS, "resistance": True})


def stances(carried: int, concerned: int, against: int) -> list[dict[str, Any]]:
    words = ["carried"] * carried + ["concerned"] * concerned + ["against"] * against
    return [{"stances": {"rot": word}} for word in words]


@pytest.mark.parametrize("ballot", [{}, {"stances": {}}, {"stances": {"rot": "vielleicht"}}, {"stances": {"rot": 1}}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        premises.Ballot.model_validate(ballot)


@pytest.mark.parametrize(
    "more, values",
    [
        ({"stances": {"gelb": "carried"}}, {"why": "unknown_option"}),
        ({"reasons": {"blau": "Weil"}}, {"why": "stance"}),
        ({"resistance": {"rot": 3}}, {"why": "out_of_range", "least": 0, "most": 10}),
        ({"reasons": {"rot": "x" * 501}}, {"most": 500}),
    ],
)
def test_a_ballot_that_does_not_hold(more: dict[str, Any], values: dict[str, Any]) -> None:
    check(premises, SETTINGS, {"stances": {"rot": "carried"}})
    assert refusal(premises, SETTINGS, {"stances": {"rot": "carried"}} | more) == values


def test_resistance_goes_from_none_to_ten() -> None:
    check(premises, RESISTING, {"stances": {"rot": "against"}, "resistance": {"rot": 10}})
    assert refusal(premises, RESISTING, {"stances": {"rot": "against"}, "resistance": {"rot": 11}})["most"] == 10


@pytest.mark.parametrize(
    "counts, place",
    [((9, 1, 0), 0), ((7, 3, 0), 0), ((6, 3, 0), 1), ((6, 2, 1), 1), ((6, 0, 2), 2), ((0, 0, 0), 0)],
)
def test_premises_are_carried_unclear_or_disputed(counts: tuple[int, int, int], place: int) -> None:
    lists = result(premises, SETTINGS, stances(*counts))
    assert [any(row.label == "Rot" for row in rows) for rows in lists] == [n == place for n in range(3)]


def test_a_premise_shows_its_counts_its_mean_resistance_and_its_reasons() -> None:
    ballots = [
        {"stances": {"rot": "against"}, "resistance": {"rot": 9}},
        {"stances": {"rot": "concerned", "blau": "carried"}, "resistance": {"rot": 4}},
    ]
    reasons = said("Zu teuer", field="reasons", on="rot")
    assert figures(premises, RESISTING, ballots, said=reasons) == {
        "items": {
            "rot": {"carried": 0, "concerned": 1, "against": 1},
            "blau": {"carried": 1, "concerned": 0, "against": 0},
            "grün": {"carried": 0, "concerned": 0, "against": 0},
        },
        "by_option": {"rot": 0, "blau": 1, "grün": 0},
        "reasons": 1,
        "resistance": {"rot": 6.5},
    }
    drawn = result(premises, RESISTING, ballots, reasons)
    assert drawn.disputed == (Row("Rot", (0, 1, 1), 6.5, (("AT2-0001", "Zu teuer"),)),)
    rot, table = {"option": "rot", "label": "Rot"}, rows(premises, RESISTING, ballots)
    assert table[:3] == [
        rot | {"value": "trage ich mit", "votes": 0, "verdict": "strittig", "mean": 6.5},
        rot | {"value": "mit Bedenken", "votes": 1, "verdict": "strittig", "mean": 6.5},
        rot | {"value": "dagegen", "votes": 1, "verdict": "strittig", "mean": 6.5},
    ]
    assert [(row["verdict"], row["mean"]) for row in table[3::3]] == [("tragfähig", None), ("tragfähig", None)]


def test_the_paper_knows_what_was_said() -> None:
    assert {(line.stance, line.reason, line.resistance) for line in paper(premises, SETTINGS).lines} == {("", "", None)}
    again = paper(
        premises, RESISTING, {"stances": {"rot": "against"}, "resistance": {"rot": 9}}, said("Nein", on="rot")
    )
    assert [(line.stance, line.reason, line.resistance) for line in again.lines[:2]] == [
        ("against", "Nein", 9),
        ("", "", None),
    ]
