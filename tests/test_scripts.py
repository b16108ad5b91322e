"""Whole days in: imported and compared with what was expected."""

from collections import Counter
from typing import Any

import pytest

from app.scripts import applying, importing, verifying
from app.scripts.importing import make
from app.scripts.reading import ScriptError
from app.scripts.verifying import Difference, recorded, verify
from app.store import Store
from tests.days import START, day
from tests.scripts import imported, opened, script, store

__all__ = ["store"]

UNSUPPORTED = {"befragen": 2, "hide": 1, "open": 1, "show": 1, "vote": 1}


def test_every_action_of_a_day_is_judged_as_the_format_says(store: Store) -> None:
    _, outcomes = imported(store, day())

    expected = {action["id"]: "accepted" for action in day()["stream"]} | day()["expected"]["not_accepted"]
    built = {id: word for id, word in outcomes.items() if word != "unsupported"}
    assert built == {id: expected[id] for id in built}
    assert Counter(outcomes.values())["unsupported"] == sum(UNSUPPORTED.values())


def test_an_imported_day_comes_to_what_was_counted_by_hand(database_url: str) -> None:
    with opened(database_url) as store:
        workshop, _ = imported(store, day())

        comparison = verify(store, workshop, script(day()))

    assert comparison == ([], UNSUPPORTED)


def test_without_its_stream_a_day_is_people_activities_and_steps(store: Store) -> None:
    made = make(store, script(day()))

    room, entries, _ = recorded(store, made.id)
    assert entries == []
    assert [*room.activities] == ["stimmung", "thema", "weg", "wand", "fragen", "blog"]
    assert [step.activities for step in room.agenda.steps] == [(), ("stimmung", "thema")]
    assert Counter(person.role for person in room.roster.people.values()) == {
        "participant": 24,
        "room": 1,
        "facilitator": 1,
        "organiser": 1,
        "technician": 1,
    }
    assert room.workshop.prefix == "KG1"


def test_a_day_may_be_imported_twice_and_its_references_do_not_collide(store: Store) -> None:
    first, _ = imported(store, day())
    second, _ = imported(store, day())

    assert [recorded(store, id)[0].workshop.prefix for id in (first, second)] == ["KG1", "KG2"]
    assert verify(store, second, script(day())).differences == []


@pytest.mark.parametrize(
    "path, value",
    [
        ("totals.by_outcome.invalid", 17),
        ("totals.submitted_by_kind.move", 3),
        ("not_accepted.a0018", "accepted"),
        ("participation.devices_joined", 18),
        ("polls.stimmung.by_value.3", 5),
        ("polls.thema.discarded", 0),
        ("walls.wand.authors", 7),
        ("qa.fragen.upvotes.q-1", 2),
        ("blogs.blog.comments_by_post.b-1", 1),
        ("hidden_other", []),
    ],
)
def test_what_differs_is_named_by_path_and_two_values(store: Store, path: str, value: Any) -> None:
    workshop, _ = imported(store, day())
    wrong = day()
    *outer, last = path.split(".")
    block = wrong["expected"]
    for name in outer:
        block = block[name]
    found, block[last] = block[last], value

    assert verify(store, workshop, script(wrong)).differences == [Difference(path, value, found)]


def test_a_day_that_nobody_played_lacks_every_action(store: Store) -> None:
    made = make(store, script(day()))

    found = {difference.path: difference.found for difference in verify(store, made.id, script(day())).differences}

    assert found["totals.actions"] == 0
    assert found["not_accepted.a0002"] == "missing"


def test_a_day_played_live_is_not_asked_who_came_in_time(store: Store) -> None:
    later = day()
    for action in later["stream"]:
        action["ts"] = action["ts"].replace("2025-03-11", "2025-03-12")
    workshop, _ = imported(store, later)

    assert recorded(store, workshop)[0].workshop.starts == START
    assert verify(store, workshop, script(day())).differences == []


def test_a_comparison_needs_expected_results(store: Store) -> None:
    made = make(store, script(day()))

    for expected in (None, {"polls": {"stimmung": 3}}, {"totals": {"by_outcome": []}, "participation": 7}):
        with pytest.raises(ScriptError, match="expected"):
            verify(store, made.id, script(day() | {"expected": expected}))


def test_somebody_can_always_run_what_was_imported(store: Store) -> None:
    made = make(store, script(day() | {"staff": [], "stream": []}))

    links = importing.links(store, made.id, "https://ratschlag.example", "x" * 32)

    assert links["join"] == f"https://ratschlag.example/j/{made.code}"
    assert links["desk"].startswith("https://ratschlag.example/p/")


def test_a_day_of_a_window_and_more_is_applied_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "WINDOW", 3)

    workshop, _ = imported(store, day())

    assert verify(store, workshop, script(day())).differences == []


def test_the_supported_share_follows_from_the_build(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(verifying.results.__globals__["BLOCKS"], "stream")
    monkeypatch.delitem(importing.structure.FIELDS, "stream")
    monkeypatch.delitem(importing.structure.kind_of.__globals__["KINDS"], "stream")

    workshop, _ = imported(store, day())

    comparison = verify(store, workshop, script(day()))
    assert comparison.differences == []
    assert comparison.unsupported == {
        "befragen": 2,
        "blog": 3,
        "close": 1,
        "comment": 2,
        "hide": 2,
        "open": 2,
        "reaction": 4,
        "show": 1,
        "vote": 1,
    }


def test_what_nobody_has_said_yet_stands_nowhere_whatever_is_closed(store: Store) -> None:
    """The activity of a thing is closed to comments once the thing is there; before, there is nothing to comment on."""
    odd = day()
    stream = odd["stream"]
    comment = next(action for action in stream if action["kind"] == "comment")
    first = next(at for at, action in enumerate(stream) if action["kind"] == "join") + 1
    early = comment | {"id": "early", "key": "early", "ts": stream[first]["ts"], "actor": stream[first - 1]["actor"]}
    stream.insert(first, early | {"data": comment["data"] | {"entity": "c-early"}})
    for seq, action in enumerate(stream, 1):
        action["seq"] = seq

    _, outcomes = imported(store, odd)

    assert (outcomes["early"], outcomes[comment["id"]]) == ("invalid", "accepted")
