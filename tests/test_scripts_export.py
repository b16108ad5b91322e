"""Whole days out, and in again."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clerk import Clerk
from app.scripts import files
from app.scripts.importing import make
from app.scripts.reading import ScriptError
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.settings import WrongUse
from app.store import Store
from facilitation.record import Envelope
from tests.days import EXPECTED, START, day
from tests.scripts import exported, imported, other, script, store

__all__ = ["other", "store"]


def test_an_export_imported_again_gives_the_same_results_and_the_same_export(
    store: Store, other: Store, tmp_path: Path
) -> None:
    workshop, _ = imported(store, day())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(store, workshop, script(out)) == verify(other, again, script(out)) == ([], {})
    assert verify(other, again, script(day())).differences != []  # its sealed ballots are no actions any more
    assert exported(other, again, tmp_path)["stream"] == out["stream"]


def test_an_export_beside_its_original_gets_other_references_and_the_same_results(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    out = exported(store, workshop, tmp_path)

    copied, _ = imported(store, out)

    assert recorded(store, copied)[0].workshop.prefix != out["prefix"]
    assert verify(store, copied, script(out)) == ([], {})


def test_a_sealed_poll_is_one_action_with_tally_and_outcomes(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    out = exported(store, workshop, tmp_path)

    sealed = [action for action in out["stream"] if action["kind"] == "sealed"]
    votes = [action for action in out["stream"] if action.get("target") == "stimmung" and action["kind"] == "vote"]
    assert votes == []
    assert [(action["target"], action["data"]["tally"]) for action in sealed[:1]] == [
        ("stimmung", EXPECTED["polls"]["stimmung"] | {"median": 4})
    ]
    took = sum((Counter(action["data"]["outcomes"]) for action in sealed), Counter[str]())
    assert took == {"accepted": 12, "duplicate": 2, "invalid": 4, "not_joined": 1, "unknown_actor": 1, "not_open": 3}


def test_an_export_holds_refused_actions_with_their_outcome_and_no_content(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    out = exported(store, workshop, tmp_path)

    refused = [action for action in out["stream"] if "outcome" in action]
    assert all("data" not in action for action in refused)
    assert {action["id"]: action["outcome"] for action in refused} == out["expected"]["not_accepted"]
    late = next(action for action in refused if action["actor"] == "p01" and action["kind"] == "idea")
    assert (late["target"], late["outcome"]) == ("wand", "duplicate")
    assert "Vollständige Kopie für die Organisation" in out["notice"]


def test_an_export_names_nobody_behind_an_anonymous_question(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    out = exported(store, workshop, tmp_path)

    asked = {
        action["data"]["text"]: action["actor"]
        for action in out["stream"]
        if action["kind"] == "question" and "data" in action
    }
    assert asked == {"Wann?": "p01", "@Wer?": "anonym", "Unpassend": "p03"}


def test_invisible_characters_stand_escaped_in_an_export(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    files.write(store, workshop, "script", tmp_path / "aus.json")

    text = (tmp_path / "aus.json").read_text(encoding="utf-8")
    assert "\\u202everkehrt" in text
    assert not {"\u202e", "\u200b", "\ufeff", "\r", "\t"} & set(text)
    assert "שלום" in text


STEERED = [
    ("s01", "roster", "door", {"door": "lobby"}),
    ("p01", "roster", "join", {"client": "phone", "via": "code", "notice": "2026-11"}),
    ("p02", "roster", "join", {"client": "phone", "via": "code"}),
    ("s01", "roster", "admit", {}),
    ("s01", "agenda", "advance", {}),
    ("s01", "agenda", "advance", {"step": "top-2"}),
    ("s01", "agenda", "advance", {}),
    ("s01", "still", "open", {"seconds": 60}),
    ("s01", "still", "extend", {"seconds": 45}),
    ("p01", "still", "write", {"column": "neu", "text": "Niemand weiß, von wem"}),
    ("p02", "still", "write", {"column": "neu", "text": "Das auch nicht"}),
    ("p02", "still", "write", {"column": "nirgends", "text": "Und das gilt nicht"}),
    ("p01", "still", "edit", {"card": "@0", "text": "Niemand weiß es"}),
    ("s01", "still", "redact", {"ref": "@1", "reason": "nennt eine Person"}),
    ("s01", "stage", "darken", {"blank": True}),
    ("s01", "stage", "theme", {"dark": True}),
    ("s01", "laut", "open", {}),
    ("p01", "laut", "ask", {"text": "Anonym wie alles hier"}),
    ("p02", "laut", "support", {"question": "@2"}),
    ("p02", "laut", "support", {"question": "@2"}),
    ("s01", "laut", "answer", {"question": "@2"}),
    ("s01", "agenda", "end", {"confirmed": True}),
]


def test_what_no_script_has_comes_back_from_an_export_too(store: Store, other: Store, tmp_path: Path) -> None:
    quiet = day() | {"stream": [], "agenda": day()["agenda"]}
    quiet["activities"] = [
        {
            "id": "still",
            "type": "wall",
            "title": "Anonym",
            "anonymous": True,
            "columns": [{"id": "neu", "title": "Neu"}],
        },
        {"id": "laut", "type": "qa", "title": "Anonym", "anonymous": True},
        *(activity for activity in quiet["activities"] if activity["id"] in ("stimmung", "thema", "orakel")),
    ]
    workshop = make(store, script(quiet)).id
    asyncio.run(_steered(store, workshop))

    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert out["results"]["walls"]["still"]["authors"] == 2
    assert out["results"]["qa"]["laut"]["upvotes_total"] == 1
    assert results(*recorded(other, again)) == out["results"]
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    said = [action for action in out["stream"] if action.get("target") in ("still", "laut")]
    assert not {action["actor"] for action in said} & {"p01", "p02"}
    assert "Das auch nicht" not in json.dumps(out)
    here, there = recorded(store, workshop)[0], recorded(other, again)[0]
    assert (here.agenda.cursor, here.stage.dark, here.roster.door) == (there.agenda.cursor, True, there.roster.door)
    assert [it.text for it in there.activities["still"].contributions.values()] == ["Niemand weiß es", ""]


async def _steered(store: Store, workshop: int) -> None:
    """Send the commands of STEERED, one a second; `@0` is the first reference that one of them made."""
    clerk, references = Clerk(store), list[str]()
    for n, (by, activity, command, data) in enumerate(STEERED):
        known = {name: references[int(it[1:])] if str(it).startswith("@") else it for name, it in data.items()}
        envelope = Envelope(f"{n:032x}", workshop, by, activity, command, known, device="d1")
        answer = await asyncio.gather(clerk.submit(envelope, when=START + timedelta(seconds=n)), return_exceptions=True)
        references += [answer[0].ref] if command in ("write", "ask") and hasattr(answer[0], "ref") else []
    await clerk.close()


@pytest.mark.parametrize(
    "tally",
    [None, {}, {"kind": "single"}, {"ballots": "viele"}, EXPECTED["polls"]["weg"], {"by_value": {"1": 3}}],
)
def test_a_sealed_result_of_another_shape_changes_nothing(store: Store, tally: Any) -> None:
    whole = EXPECTED["polls"]["stimmung"] | (tally or {}) if tally else tally
    action = {"seq": 1, "id": "a1", "ts": START.isoformat(), "kind": "sealed", "target": "stimmung", "key": "k1"}

    with pytest.raises(ScriptError, match="action a1: the tally does not fit activity stimmung"):
        make(store, script(day() | {"stream": [action | {"data": {"tally": whole, "outcomes": {"accepted": 1}}}]}))

    assert store.workshop(1) is None


def test_a_sealed_result_of_somebody_else_is_taken_as_the_result_of_the_poll(store: Store) -> None:
    tally = EXPECTED["polls"]["stimmung"]
    action = {"seq": 1, "id": "a1", "ts": START.isoformat(), "kind": "sealed", "target": "stimmung", "key": "k1"}
    sealed = day() | {"stream": [action | {"data": {"tally": tally, "outcomes": {"accepted": 12, "invalid": 4}}}]}

    workshop, outcomes = imported(store, sealed)

    found = results(*recorded(store, workshop))
    assert outcomes == {"a1": "accepted"}
    assert found["polls"]["stimmung"] == tally
    assert found["totals"] == {
        "actions": 16,
        "by_outcome": {"accepted": 12, "invalid": 4},
        "submitted_by_kind": {"vote": 16},
        "accepted_by_kind": {"vote": 12},
    }


def test_an_export_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    workshop = make(store, script(day())).id

    with pytest.raises(WrongUse, match="cannot be written"):
        files.write(store, workshop, "script", tmp_path / "nirgends" / "aus.json")
    with pytest.raises(WrongUse, match="must be one of script, json, csv"):
        files.write(store, workshop, "doc", tmp_path / "aus.doc")

    assert sorted(path.name for path in tmp_path.iterdir() if ".db" not in path.name) == []
