"""What is planned for a group is put right at any time: words, place, link, and who leads it or is its host."""

from typing import Any

import pytest

from facilitation.screen import Audience
from tests.kinds.tables import begun, did, html, planned, refusal, space, state, view, wrote
from tests.rooms import Kept, afresh, submit

SAID: dict[str, Any] = {
    "title": "Gruppe 1",
    "topic": "Weglassen",
    "task": "Drei Punkte",
    "material": "Blatt 4",
    "place": "Raum 5",
    "link": "https://gespraech.example/neu",
    "capacity": 4,
    "facilitator": "mo",
    "host": "ben",
}


def equipped(table: Kept, group: str = "eins", **said: Any) -> None:
    did(table, "mo", "equip", group=group, **{"title": "Gruppe 1"} | said)
    assert afresh(table).activities["kg"].state == state(table)


def test_members_see_the_new_link_at_once_and_nobody_else_does() -> None:
    table = begun()
    equipped(table, **SAID)
    page = html(table, space(table))
    for words in ("Weglassen", "Drei Punkte", "Blatt 4", "Raum 5", "https://gespraech.example/neu"):
        assert words in page
    assert "gespraech.example/1" not in page
    assert "gespraech.example/neu" not in html(table, view(table, Audience.PLENARY))
    assert state(table).seats == {"ada": "eins", "ben": "eins", "dan": "zwei"}


def test_what_is_not_said_is_not_so_any_more() -> None:
    table = begun()
    equipped(table, **SAID)
    equipped(table)
    group = state(table).groups["eins"]
    assert (group.topic, group.task, group.link, group.capacity, group.host) == ("", "", "", None, "")


def test_whoever_is_planned_leads_and_whoever_was_does_not_but_who_took_over_does() -> None:
    table = planned()
    equipped(table, facilitator="ada")
    equipped(table, "zwei", title="Gruppe 2", facilitator="ada")  # nobody leads two
    assert (state(table).leaders("eins"), state(table).leaders("zwei")) == ([], ["ada"])
    did(table, "mo", "assign", groups={"zwei": ["ben"]})
    did(table, "ben", "lead", group="zwei")
    equipped(table, "zwei", title="Gruppe 2", facilitator="dan")
    assert state(table).leaders("zwei") == ["ben", "dan"]
    equipped(table, "zwei", title="Gruppe 2", facilitator="dan", topic="Anders")
    assert state(table).leaders("zwei") == ["ben", "dan"]


def test_a_host_is_at_home_in_the_group_and_no_more_when_there_is_another() -> None:
    table = begun()
    assert state(table).home("cem") == "drei"
    equipped(table, "drei", title="Gruppe 3", host="")
    equipped(table, "zwei", title="Gruppe 2", host="cem")
    assert state(table).home("cem") == "zwei"


def test_who_waits_comes_up_where_there_are_places_from_now_on() -> None:
    for capacity, moved in ((1, []), (2, ["ada"]), (None, ["ada", "ben"])):
        table = planned(mode="self_select")
        did(table, "mo", "assign", groups={"zwei": ["dan"]})
        for person in ("ada", "ben"):
            did(table, person, "enter", group="zwei")
        entries = submit(table, "mo", "kg", "equip", group="zwei", title="Gruppe 2", capacity=capacity)
        assert [entry.data["person"] for entry in entries[1:]] == moved
        assert state(table).members("zwei") == ["dan", *moved]


def test_of_a_group_that_was_added_new_words_go_with_the_old_when_it_is_redacted() -> None:
    table = begun()
    ref = did(table, "mo", "add", title="Radwege")
    equipped(table, "g4", title="Geheimnis", material="Geheimnis")
    wrote(table, "ada")
    submit(table, "mo", "kg", "redact", ref=ref, reason="privat")
    group = afresh(table).activities["kg"].state.groups["g4"]
    assert (group.title, group.material) == ("Gruppe 4", "")


@pytest.mark.parametrize(
    "said, expected",
    [
        ({"group": "vier", "title": "Gruppe"}, ("groups.invalid", {"why": "unknown_group"})),
        ({"group": "eins", "title": "Gruppe", "host": "wer"}, ("roster.invalid", {"why": "unknown_person"})),
        ({"group": "eins", "title": "Gruppe", "facilitator": "wer"}, ("roster.invalid", {"why": "unknown_person"})),
        ({"group": "eins", "title": "x" * 301}, ("groups.too_long", {"most": 300})),
        ({"group": "eins", "title": "Gruppe", "material": "x" * 10_001}, ("groups.too_long", {"most": 10_000})),
        ({"group": "eins", "title": "Gruppe", "link": "javascript:1"}, ("command.invalid", {"why": "malformed"})),
        ({"group": "eins"}, ("command.invalid", {"why": "malformed"})),
    ],
)
def test_what_does_not_do_is_refused(said: dict[str, Any], expected: tuple[str, dict[str, Any]]) -> None:
    assert refusal(begun(), "mo", "equip", **said) == expected
