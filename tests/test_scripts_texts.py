"""Texts and measures of a script: in by its rules, out again, and in again with the same results."""

from pathlib import Path
from typing import Any

import pytest

from app.scripts.reading import ScriptError
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.days import Stream, day
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]

DOCUMENTS = [
    {"id": "tf", "title": "Themenfeld", "paragraphs": [{"id": "tf-1", "title": "Ziel", "text": "Für alle da."}]}
]
EARLIER = {
    "id": "m-alt",
    "title": "Dienstvereinbarung",
    "owner_unit": "Amt 02",
    "due": "2025-01-31",
    "status": "in_arbeit",
    "progress": 40,
    "origin": ["idea-1", "idea-2"],
}
ACTIVITIES = [
    {"id": "offen", "type": "text", "title": "Mit Namen", "documents": DOCUMENTS, "vote_values": ["ja", "nein"]},
    {"id": "geheim", "type": "text", "title": "Anonym", "anonymous": True, "vote_values": ["ja", "nein"]}
    | {"documents": [{"paragraphs": [{"id": "g-1", "text": "Geheim."}]}]},
    {"id": "wand", "type": "wall", "title": "Wand", "columns": [{"id": "a", "title": "A"}]},
    {"id": "zusagen", "type": "measures", "title": "Zusagen", "statuses": ["offen", "in_arbeit"], "preload": ["m-alt"]},
]


def _texts(s: Stream) -> None:
    for text, paragraph in (("offen", "tf-1"), ("geheim", "g-1")):
        s.no("not_open", "p01", "paragraph_vote", text, paragraph=paragraph, value="ja")
        s.add("s01", "open", text)
        for person, value in (("p01", "ja"), ("p02", "nein"), ("p01", "nein")):
            s.add(person, "paragraph_vote", text, paragraph=paragraph, value=value)
        s.no("invalid", "p01", "paragraph_vote", text, paragraph=paragraph, value="vielleicht")
        s.no("invalid", "p01", "paragraph_vote", text, paragraph="tf-9", value="ja")
        said = {"paragraph": paragraph, "base_revision": 1, "reason": "Kürzer"}
        s.add("p01", "suggest", text, entity=f"{text}-1", text="Da.", **said)
        s.add("p02", "suggest", text, entity=f"{text}-2", text="Da!", **said)
        s.no("invalid", "p03", "suggest", text, entity=f"{text}-3", text=" \u200b", **said)
        s.add("p02", "support", text, entity=f"{text}-1")
        s.no("already_voted", "p02", "support", text, entity=f"{text}-1")
        s.no("forbidden", "p02", "decide", text, entity=f"{text}-1", decision="accepted")
        s.add("p03", "comment", on=paragraph, entity=f"{text}-c", text="Für wen?")
        s.add("s01", "decide", text, entity=f"{text}-1", decision="accepted")
        s.add("s01", "decide", text, entity=f"{text}-2", decision="deferred")
        s.add("s01", "show", text, view="paragraph", item=paragraph)
        s.add("s01", "close", text)
    s.add("s01", "show", "geheim", view="result")


def _measures(s: Stream) -> None:
    s.add("s01", "open", "wand")
    s.add("p01", "idea", "wand", entity="i-1", column="a", text="Mehr Mut")
    new = {"entity": "m-neu", "title": "Mehr wagen", "description": "", "owner_unit": "Amt 01", "due": "2025-06-30"}
    s.add("s02", "measure", "zusagen", origin=["i-1"], **new)
    s.no("invalid", "s02", "measure", "zusagen", origin=["i-9"], **new | {"entity": "m-nie"})
    s.no("forbidden", "p01", "measure", "zusagen", origin=[], **new | {"entity": "m-nie"})
    done = {"status": "in_arbeit", "progress": 60, "text": "Läuft"}
    s.add("p02", "measure_update", "zusagen", entity="m-alt", **done)
    s.add("p01", "measure_update", "zusagen", entity="m-neu", due="2025-07-31", **done)
    s.no("forbidden", "p02", "measure_update", "zusagen", entity="m-neu", **done)
    s.no("invalid", "p02", "measure_update", "zusagen", entity="m-alt", **done | {"status": "egal"})
    s.no("invalid", "s02", "measure_update", "zusagen", entity="m-nie", **done)
    s.add("s01", "open", "zusagen")
    s.add("p03", "volunteer", "zusagen", entity="m-neu", part="helper")
    s.add("p03", "comment", on="m-alt", entity="m-c", text="Die Zeit")
    s.add("s02", "measure_amend", "zusagen", entity="m-neu", helper_unit="Amt 03")


def _paragraph(final_text: str, votes: dict[str, int]) -> dict[str, Any]:
    return {"revision": 2, "votes": votes, "comments": 1, "suggestions": 2, "final_text": final_text}


def _text(text: str, paragraph: str) -> dict[str, Any]:
    return {
        "paragraphs": {paragraph: _paragraph("Da.", {"ja": 0, "nein": 2})},
        "suggestions": 2,
        "suggestions_by_state": {"accepted": 1, "deferred": 1},
        "comments": 1,
        "support": {f"{text}-1": 1, f"{text}-2": 0},
    }


MEASURES = {
    "m-alt": {"owner_unit": "Amt 02", "status": "in_arbeit", "progress": 60, "due": "2025-01-31", "origin": 2}
    | {"updates": 1},
    "m-neu": {"owner_unit": "Amt 01", "status": "in_arbeit", "progress": 60, "due": "2025-07-31", "origin": 1}
    | {"updates": 1},
}


def reform() -> dict[str, Any]:
    stream = Stream()
    for person in ("p01", "p02", "p03"):
        stream.add(person, "join")
    _texts(stream)
    _measures(stream)
    expected = {
        "not_accepted": stream.refused,
        "texts": {"offen": _text("offen", "tf-1"), "geheim": _text("geheim", "g-1")},
        "measures": {"zusagen": {"count": 2, "by_status": {"in_arbeit": 2}, "items": MEASURES}},
    }
    head = day() | {"activities": ACTIVITIES, "agenda": [], "carried_over": {"measures": [EARLIER]}}
    return head | {"stream": stream.actions, "expected": expected}


def test_texts_and_measures_come_to_what_is_expected(store: Store) -> None:
    workshop, outcomes = imported(store, reform())

    differences = [
        it for it in verify(store, workshop, script(reform())).differences if not it.path.startswith("totals")
    ]
    assert [it for it in differences if it.path.split(".")[0] in ("texts", "measures", "not_accepted")] == []
    assert "unsupported" not in outcomes.values()


def test_refused_actions_are_counted_by_the_kind_they_are_of(store: Store) -> None:
    workshop, _ = imported(store, reform())

    submitted = results(*recorded(store, workshop))["totals"]["submitted_by_kind"]

    counts = ("paragraph_vote", "support", "measure", "measure_update", "vote", "upvote")
    assert [submitted.get(kind) for kind in counts] == [12, 4, 3, 5, None, None]


def test_texts_and_measures_go_out_and_come_in_again_with_the_same_results(
    store: Store, other: Store, tmp_path: Path
) -> None:
    workshop, _ = imported(store, reform())
    out = exported(store, workshop, tmp_path)
    again, outcomes = imported(other, out)

    assert [outcome for outcome in outcomes.values() if outcome in ("unsupported", "invalid")].count("unsupported") == 0
    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert (out["activities"][3]["preload"], out["carried_over"]["measures"][0]["id"]) == (["m-alt"], "m-alt")


def test_no_sealed_result_carries_words_that_might_be_redacted_later(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, reform())

    stream = exported(store, workshop, tmp_path)["stream"]
    sealed = [it["data"]["tally"] for it in stream if it["kind"] == "sealed" and it["target"] == "geheim"]

    assert [sorted(tally["paragraphs"]["g-1"]) for tally in sealed] == [
        ["comments", "revision", "suggestions", "votes"]
    ]


def test_a_measure_that_was_never_carried_over_cannot_be_loaded() -> None:
    with pytest.raises(ScriptError, match="unknown measure: m-alt"):
        script(reform() | {"carried_over": {"measures": []}})
