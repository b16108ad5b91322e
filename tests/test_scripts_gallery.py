"""What is said about the results of groups goes out with the script and comes in again."""

from pathlib import Path
from typing import Any

from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.scripts import exported, imported, longer, other, script, store

__all__ = ["other", "store"]

ROOMS = [{"id": "t1", "title": "Tisch 1"}, {"id": "t2", "title": "Tisch 2"}]
ADDED = [
    {"id": "kg", "type": "breakout", "title": "Runde 1", "rooms": ROOMS, "minutes": 20},
    {"id": "ziel", "type": "wall", "title": "Weiter", "columns": [{"id": "neu", "title": "Neu"}]},
]
WORKED: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("s01", "kg", "breakout_assign", {"rooms": {"t1": ["p01", "p02"], "t2": ["p03"]}}, "accepted"),
    ("s01", "kg", "breakout_start", {"minutes": 25}, "accepted"),
    (
        "p01",
        "kg",
        "result",
        {"entity": "r1", "room": "t1", "text": "Mehr Mut", "points": "Im Kleinen\nBald"},
        "accepted",
    ),
    ("p03", "kg", "result", {"entity": "r2", "room": "t2", "text": "Weniger Papier"}, "accepted"),
    ("p03", "kg", "result_support", {"entity": "r1"}, "not_open"),
    ("s01", "kg", "breakout_end", {}, "accepted"),
    ("s01", "kg", "show", {"view": "result"}, "accepted"),
    ("p03", "kg", "result_support", {"entity": "r1"}, "accepted"),
    ("p03", "kg", "result_support", {"entity": "r1"}, "already_voted"),
    ("p01", "kg", "result_support", {"entity": "r1"}, "own"),
    ("p03", "kg", "result_unsupport", {"entity": "r1"}, "accepted"),
    ("p03", "kg", "result_support", {"entity": "r1"}, "accepted"),
    ("p03", "kg", "comment", {"entity": "c1", "on": "r1", "text": "Wer?", "aspect": "question"}, "accepted"),
    ("p01", "kg", "comment", {"entity": "c2", "on": "r2", "text": "Zu uns", "aspect": "link"}, "accepted"),
    ("p03", "kg", "comment_answer", {"comment": "c1", "text": "Ich"}, "not_member"),
    ("p02", "kg", "comment_answer", {"entity": "a1", "comment": "c1", "text": "Amt 10"}, "accepted"),
    ("p02", "kg", "comment_answer", {"comment": "c1", "text": "Amt 10 und 20"}, "accepted"),
    ("p01", "kg", "comment_accept", {"entity": "c1"}, "accepted"),
    ("s01", "kg", "gallery_arrange", {"room": "t2", "ahead_of": "t1"}, "accepted"),
    ("s01", "kg", "gallery", {"open": False}, "accepted"),
    ("p01", "kg", "comment_accept", {"entity": "c1"}, "not_open"),
    ("s01", "ziel", "adopt", {"entity": "k1", "column": "neu", "sources": ["r1"]}, "accepted"),
    ("s01", "ziel", "adopt", {"entity": "k2", "column": "neu", "sources": ["r1"], "point": 2}, "accepted"),
    ("s01", "ziel", "adopt", {"entity": "k3", "column": "neu", "sources": ["r1"], "point": 3}, "invalid"),
    ("s01", "ziel", "adopt", {"entity": "k3", "column": "neu", "sources": ["r1", "r2"], "point": 1}, "invalid"),
]


def extended() -> dict[str, Any]:
    """The day with a round of groups more, and a wall that its results go to."""
    return longer(ADDED, ((actor, kind, target, data) for actor, target, kind, data, _ in WORKED))


def test_everything_that_is_said_in_a_gallery_is_judged_and_counted(store: Store) -> None:
    workshop, outcomes = imported(store, extended())
    figures = results(*recorded(store, workshop))["breakouts"]["kg"]
    assert [outcomes[f"b{n:03d}"] for n in range(1, len(WORKED) + 1)] == [word for *_, word in WORKED]
    assert (figures["results"], figures["comments"], figures["support"]) == (2, 2, 1)


def test_a_gallery_that_is_imported_again_is_the_same(store: Store, other: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    first, second = (recorded(from_, id)[0].activities for from_, id in ((store, workshop), (other, again)))
    for part in ("voices", "supporters", "order", "open", "visits"):
        assert getattr(first["kg"].state.harvest, part) == getattr(second["kg"].state.harvest, part)
    assert [card.text for card in second["ziel"].state.cards.values()] == ["Mehr Mut", "Bald"]
