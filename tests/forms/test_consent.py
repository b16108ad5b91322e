from typing import Any

import pytest
from pydantic import ValidationError

from facilitation.forms import consent
from facilitation.forms.consent import Row
from tests.forms.papers import check, figures, paper, refusal, result, rows
from tests.forms.words import said

SETTINGS = consent.Settings()
BALLOTS = [{"choice": "zustimmung"}, {"choice": "zustimmung"}, {"choice": "bedenken"}]


def test_only_an_option_can_need_a_reason() -> None:
    with pytest.raises(ValidationError, match="only an option can need a reason"):
        consent.Settings(reason_required=("nichts",))


def test_an_objection_needs_its_reason() -> None:
    check(consent, SETTINGS, {"choice": "zustimmung"})
    check(consent, SETTINGS, {"choice": "einwand", "reason": "Der Personalrat fehlt."})
    assert refusal(consent, SETTINGS, {"choice": "einwand"}) == {"why": "reason"}
    assert refusal(consent, SETTINGS, {"choice": "nein"}) == {"why": "unknown_option"}
    assert refusal(consent, SETTINGS, {"choice": "einwand", "reason": "x" * 1001}) == {"most": 1000}


@pytest.mark.parametrize("ballot", [{}, {"choice": "einwand", "reason": " "}, {"choice": 1}])
def test_what_is_no_ballot_is_none(ballot: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        consent.Ballot.model_validate(ballot)


def test_it_stands_as_long_as_nobody_objects() -> None:
    assert result(consent, SETTINGS, BALLOTS).stands
    assert not result(consent, SETTINGS, [*BALLOTS, {"choice": "einwand"}]).stands


def test_choices_are_counted_and_reasons_stand_with_what_they_are_for() -> None:
    reasons = said("Zu früh", "Zu teuer", field="reason", on="bedenken")
    assert figures(consent, SETTINGS, BALLOTS, said=reasons) == {
        "by_option": {"zustimmung": 2, "bedenken": 1, "einwand": 0},
        "reasons": 2,
    }
    drawn = result(consent, SETTINGS, BALLOTS, reasons)
    assert drawn.rows[1] == Row(
        "leichte Bedenken", 1, needs_reason=False, reasons=(("AT2-0002", "Zu teuer"), ("AT2-0001", "Zu früh"))
    )
    assert [row["votes"] for row in rows(consent, SETTINGS, BALLOTS)] == [2, 1, 0]


def test_the_paper_knows_what_was_said() -> None:
    assert (paper(consent, SETTINGS).chosen, paper(consent, SETTINGS).reason) == ("", "")
    again = paper(consent, SETTINGS, {"choice": "bedenken"}, said("Zu früh"))
    assert (again.chosen, again.reason) == ("bedenken", "Zu früh")
    assert [choice.needs_reason for choice in again.choices] == [False, False, True]
    assert paper(consent, SETTINGS, {"choice": "zustimmung"}).reason == ""
