"""Forming groups: a proposal is made, looked at, changed by hand, thrown away or made real."""

from dataclasses import replace
from typing import Any

import pytest

from facilitation.groups.forming import Proposal
from facilitation.groups.report import Granted, report
from facilitation.screen import Audience
from tests.kinds.tables import HERE, begun, did, html, planned, refusal, state, view
from tests.rooms import Kept, afresh

PEOPLE = {person.id: person for person in HERE}
TOGETHER = {"is_a": "apart", "why": "line", "people": ["ada", "ben"]}
ALIKE = {"is_a": "spread", "least": 1}
PROPOSED: dict[str, Any] = {"groups": {"eins": ["ada", "ben"], "zwei": ["dan"]}, "way": "built", "seed": 7}


def proposed(**more: Any) -> Kept:
    table = planned()
    did(table, "mo", "propose", **PROPOSED | more)
    return table


def proposal(table: Kept) -> Proposal:
    found = state(table).forming.proposal
    assert found
    return found


def test_nobody_knows_of_a_proposal_until_it_is_published() -> None:
    table = proposed()
    assert (state(table).seats, state(table).is_published) == ({}, False)
    assert proposal(table).groups() == PROPOSED["groups"]
    did(table, "mo", "publish")
    assert state(table).seats == {"ada": "eins", "ben": "eins", "dan": "zwei"}
    assert (state(table).is_published, state(table).forming.proposal) == (True, None)


def test_somebody_is_put_elsewhere_by_hand_or_nowhere() -> None:
    table = proposed(without=["cem"])
    did(table, "mo", "shift", person="ben", group="drei")
    did(table, "mo", "shift", person="dan", group="")
    assert dict(proposal(table).seats) == {"ada": "eins", "ben": "drei", "dan": "", "cem": ""}
    did(table, "mo", "shift", person="dan", group="")  # is there already
    assert len(proposal(table).steps) == 2
    did(table, "mo", "publish")
    assert state(table).seats == {"ada": "eins", "ben": "drei"}


def test_changes_by_hand_are_taken_back_one_by_one_with_what_was_proven() -> None:
    table = proposed(rules=[TOGETHER], least=1)
    before = [proposal(table)]
    for person, group in (("ben", "zwei"), ("dan", ""), ("cem", "drei")):  # nobody had thought of cem
        did(table, "mo", "shift", person=person, group=group)
        before.append(proposal(table))
    assert [it.least for it in before] == [1, 1, 0, 0]
    for step in (3, 2, 1):
        assert proposal(table) == before[step]
        did(table, "mo", "unshift", step=step)
        assert (proposal(table), afresh(table).activities["kg"].state) == (before[step - 1], state(table))


def test_only_the_last_change_by_hand_is_taken_back_and_only_once() -> None:
    table = proposed()
    did(table, "mo", "shift", person="ben", group="zwei")
    did(table, "mo", "shift", person="dan", group="drei")
    for step in (1, 3):
        assert refusal(table, "mo", "unshift", step=step) == ("groups.invalid", {"why": "not_last"})
    did(table, "mo", "unshift", step=2)
    assert refusal(table, "mo", "unshift", step=2) == ("groups.invalid", {"why": "not_last"})
    assert dict(proposal(table).seats) == {"ada": "eins", "ben": "zwei", "dan": "zwei"}


def test_whoever_came_since_keeps_their_seat_and_whoever_was_left_out_loses_it() -> None:
    table = planned()
    did(table, "mo", "assign", groups={"zwei": ["cem"], "drei": ["dan"]})
    did(table, "mo", "propose", groups={"eins": ["ada"]}, without=["dan"], way="built")
    did(table, "mo", "publish")
    assert state(table).seats == {"ada": "eins", "cem": "zwei"}


def test_a_proposal_is_thrown_away_and_twice_is_once() -> None:
    table = proposed()
    for _ in range(2):
        did(table, "mo", "discard")
        assert state(table).forming.proposal is None


def test_dealing_out_otherwise_does_away_with_the_proposal() -> None:
    table = proposed()
    did(table, "mo", "assign", groups={"drei": ["ada"]})
    assert state(table).forming.proposal is None


def test_the_newest_proposal_counts() -> None:
    table = proposed()
    did(table, "mo", "propose", groups={"drei": ["ada"]}, way="random")
    assert proposal(table).groups() == {"drei": ["ada"]}


def test_it_is_on_record_with_its_rules_and_comes_back_from_there() -> None:
    table = proposed(rules=[TOGETHER, ALIKE], wishes={"ada": ["zwei", "eins"]}, least=1)
    did(table, "mo", "shift", person="dan", group="drei")
    assert afresh(table).activities["kg"].state == state(table)


def test_groups_can_be_formed_anew_while_they_work() -> None:
    table = begun()
    did(table, "mo", "propose", groups={"drei": ["ada"]}, without=["ben", "dan"], way="repair")
    did(table, "mo", "publish")
    assert state(table).seats == {"ada": "drei"}


@pytest.mark.parametrize(
    "command, data, expected",
    [
        ("propose", {"groups": {"vier": ["ada"]}, "way": "built"}, ("groups.invalid", "unknown_group")),
        ("propose", {"groups": {"eins": ["ada"], "zwei": ["ada"]}, "way": "built"}, ("groups.invalid", "twice")),
        ("propose", {"groups": {"eins": ["ada"]}, "without": ["ada"], "way": "built"}, ("groups.invalid", "twice")),
        ("propose", {"groups": {"eins": ["wer"]}, "way": "built"}, ("roster.invalid", "unknown_person")),
        ("propose", {"groups": {}, "without": ["wer"], "way": "built"}, ("roster.invalid", "unknown_person")),
        ("propose", {"groups": {}, "way": "gewürfelt"}, ("command.invalid", "malformed")),
        ("propose", {"groups": {}, "way": "built", "rules": [{"is_a": "gut"}]}, ("command.invalid", "malformed")),
        ("assign", {"groups": {"eins": ["wer"]}}, ("roster.invalid", "unknown_person")),
        ("shift", {"person": "wer", "group": "eins"}, ("roster.invalid", "unknown_person")),
        ("shift", {"person": "ada", "group": "vier"}, ("groups.invalid", "unknown_group")),
    ],
)
def test_only_people_of_the_roster_are_dealt_out_to_groups_that_there_are(
    command: str, data: dict[str, Any], expected: tuple[str, str]
) -> None:
    code, values = refusal(proposed(), "mo", command, **data)
    assert (code, values["why"]) == expected


def test_without_a_proposal_there_is_nothing_to_change_or_publish() -> None:
    table = planned()
    for command, data in (("shift", {"person": "ada", "group": "eins"}), ("unshift", {"step": 1}), ("publish", {})):
        assert refusal(table, "mo", command, **data) == ("groups.invalid", {"why": "no_proposal"})


# ── rooms without barriers ──


def test_it_is_known_of_which_groups_the_place_can_be_reached_by_everybody() -> None:
    table = begun()
    did(table, "mo", "access", groups=["zwei", "drei"])
    did(table, "mo", "access", groups=["drei"])
    assert [id for id, group in state(table).groups.items() if group.barrier_free] == ["drei"]
    assert afresh(table).activities["kg"].state == state(table)
    assert refusal(table, "mo", "access", groups=["vier"]) == ("groups.invalid", {"why": "unknown_group"})


def test_the_report_names_who_cannot_reach_their_group_and_the_record_does_not() -> None:
    people = PEOPLE | {id: replace(PEOPLE[id], barrier_free=True) for id in ("ada", "dan")}
    table = proposed(rules=[{"is_a": "accessible", "groups": ["zwei"]}])
    (kept,) = report(proposal(table), people).kept
    assert (kept.sort, kept.amount, kept.least) == ("accessible", 1, 0)
    assert [(it.group, it.people) for it in kept.breaches] == [("eins", ("ada",))]
    table = proposed(rules=[{"is_a": "accessible"}])
    (kept,) = report(proposal(table), people).kept
    assert (kept.amount, kept.least) == (2, 2)
    assert not report(proposal(table), PEOPLE).broken
    assert table.record[-1].data["rules"] == [{"is_a": "accessible", "groups": []}]


# ── the report ──


def test_the_report_says_what_is_kept_what_is_broken_and_by_whom() -> None:
    told = report(proposal(proposed(rules=[ALIKE, TOGETHER])), PEOPLE)
    line, spread = told.kept
    assert [(it.sort, it.amount, it.least) for it in told.kept] == [("line", 1, 0), ("spread", 2, 2)]
    assert [(it.group, it.people) for it in line.breaches] == [("eins", ("ada", "ben"))]
    assert [it.group for it in spread.breaches] == ["eins", "zwei"]
    assert (told.broken, told.least, told.granted) == (3, 2, None)


def test_what_was_proven_holds_as_long_as_the_same_people_sit_in_the_same_groups() -> None:
    table = proposed(rules=[TOGETHER], least=1)
    assert report(proposal(table), PEOPLE).least == 1
    did(table, "mo", "shift", person="ben", group="zwei")
    did(table, "mo", "shift", person="dan", group="eins")
    assert (proposal(table).least, report(proposal(table), PEOPLE).least) == (1, 0)
    did(table, "mo", "shift", person="ben", group="drei")
    assert proposal(table).least == 0


def test_a_proof_ends_with_somebody_who_gets_a_seat_or_loses_it() -> None:
    for person, group in (("cem", "eins"), ("ada", "")):
        table = proposed(least=1, without=["cem"])
        did(table, "mo", "shift", person=person, group=group)
        assert proposal(table).least == 0


def test_the_report_counts_wishes() -> None:
    wishes = {"ada": ["eins"], "ben": ["zwei", "eins"], "dan": ["eins", "drei"], "cem": ["eins"]}
    told = report(proposal(proposed(wishes=wishes, without=["cem"])), PEOPLE)
    assert told.granted == Granted(1, 1, ("dan", "cem"))


# ── the desk ──


def test_the_desk_leads_to_forming_groups() -> None:
    page = html(table := planned(), view(table, Audience.DESK))
    assert ('href="groups/kg">Kleingruppen bilden</a>' in page, "publish" in page) == (True, False)


def test_the_desk_says_that_there_is_a_proposal_and_offers_to_publish_it() -> None:
    table = proposed(rules=[TOGETHER])
    page = html(table, view(table, Audience.DESK))
    assert 'action="kg.publish?once=once"' in page
    assert "3 Personen in 2 Gruppen, 1 Mal eine Regel nicht eingehalten. Noch weiß niemand davon." in page
    did(table, "mo", "shift", person="ben", group="zwei")
    assert "in 2 Gruppen, alle Regeln eingehalten." in html(table, view(table, Audience.DESK))


def test_no_other_screen_shows_a_proposal() -> None:
    table, other = planned(), planned()
    did(other, "mo", "propose", **PROPOSED)
    for audience, group in ((Audience.PLENARY, ""), (Audience.STAGE, ""), (Audience.GROUP, "eins")):
        assert view(table, audience, group=group) == view(other, audience, group=group)
