"""What speaking, a pulse and a digest put on record goes out and comes in again."""

from pathlib import Path
from typing import Any

import pytest

from app.scripts import sheets
from app.scripts.results import results
from app.scripts.verifying import recorded, verify
from app.store import Store
from tests.scripts import exported, imported, longer, other, script, store

__all__ = ["other", "store"]

ADDED = [
    {"id": "fishbowl", "type": "speak", "title": "Fishbowl", "seats": 4, "free_seats": 1}
    | {"lists": [{"id": "bedenken", "title": "Bedenken"}], "turn_seconds": 120},
    {"id": "ampel", "type": "pulse", "title": "Ampel", "anonymous": True}
    | {"signals": [{"id": "ja", "label": "Ja"}, {"id": "nein", "label": "Nein", "shape": "square"}]},
    {"id": "redaktion", "type": "digest", "title": "Redaktion", "topics": [{"id": "mut", "title": "Mut"}]},
]
SPOKEN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("p01", "speak_request", "fishbowl", {}),
    ("p02", "speak_request", "fishbowl", {}),
    ("s01", "speak_turn", "fishbowl", {"person": "p01", "seconds": 117}),
    ("s01", "speak_order", "fishbowl", {"rule": "fewest"}),
    ("s01", "speak_prefer", "fishbowl", {"person": "p02"}),
    ("s01", "speak_seat", "fishbowl", {"person": "p03"}),
    ("p03", "speak_rise", "fishbowl", {}),
    ("s01", "speak_vacate", "fishbowl", {"person": "p01"}),
    ("p02", "speak_retract", "fishbowl", {}),
    ("s01", "speak_finish", "fishbowl", {}),
    ("s01", "argument", "fishbowl", {"entity": "arg1", "list": "bedenken", "text": "Wer haftet?"}),
    ("s01", "argument_revise", "fishbowl", {"entity": "arg1", "list": "bedenken", "text": "Wer haftet dann?"}),
    ("s01", "open", "fishbowl", {}),
    ("p02", "reaction", "fishbowl", {"on": "arg1", "emoji": "Treffend"}),
    ("s01", "close", "fishbowl", {}),
    ("s01", "open", "ampel", {}),
    *((f"p0{n}", "signal", "ampel", {"signal": "ja"}) for n in range(1, 7)),
    ("p01", "signal", "ampel", {"signal": "nein"}),
    ("s01", "close", "ampel", {}),
    ("s01", "original_claim", "redaktion", {"sources": ["arg1"]}),
    ("s01", "original_release", "redaktion", {"sources": ["arg1"]}),
    ("s01", "original_tag", "redaktion", {"sources": ["arg1"], "topic": "mut"}),
    ("s01", "original_decline", "redaktion", {"sources": ["arg1"], "reason": "steht fest"}),
    ("s01", "original_resume", "redaktion", {"sources": ["arg1"]}),
    ("s01", "sentence", "redaktion", {"entity": "satz1", "text": "Haftung klären.", "sources": ["arg1"]}),
    ("s01", "sentence", "redaktion", {"entity": "satz2", "text": "Mehr Mut.", "topic": "mut"}),
    ("s02", "sentence_rewrite", "redaktion", {"entity": "satz2", "text": "Viel mehr Mut.", "topic": "mut"}),
    ("s02", "sentence_link", "redaktion", {"entity": "satz2", "sources": ["arg1"]}),
    ("s02", "sentence_place", "redaktion", {"entity": "satz1", "before": "satz2"}),
    ("s02", "show", "redaktion", {"view": "sentence", "item": "satz1"}),
    ("s02", "draft", "blog", {"entity": "kurz1", "prompt": "mit", "title": "Haftung klären.", "sources": ["satz1"]}),
    ("s02", "draft", "blog", {"entity": "kurz2", "prompt": "mit", "title": "Mut.", "published": True}),
    ("s02", "sentence_recall", "redaktion", {"entity": "satz2"}),
]
FIGURES = {
    "speak": {"fishbowl": {"requests": 2, "turns": 1, "speakers": 1}},
    "pulses": {"ampel": {"given": 6, "changed": 1, "discarded": 0, "by_signal": {"ja": 5, "nein": 1}}},
    "digests": {"redaktion": {"sentences": 2, "withdrawn": 1, "visible": 1, "originals": 1}},
}


def extended() -> dict[str, Any]:
    """The day with an hour more."""
    return longer(ADDED, SPOKEN)


def test_all_of_it_is_accepted_and_counted(store: Store) -> None:
    workshop, outcomes = imported(store, extended())
    found = results(*recorded(store, workshop))
    assert {outcomes[f"b{n:03d}"] for n in range(1, len(SPOKEN) + 1)} == {"accepted"}
    assert [*found["speak"]["fishbowl"].pop("reactions_by_argument").values()] == [{"Treffend": 1}]
    assert {block: found[block] for block in FIGURES} == FIGURES


def test_an_export_imported_again_gives_the_same_record(store: Store, other: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, extended())
    out = exported(store, workshop, tmp_path)
    again, _ = imported(other, out)

    assert results(*recorded(other, again)) == results(*recorded(store, workshop)) == out["results"]
    assert verify(store, workshop, script(out)) == verify(other, again, script(out)) == ([], {})
    assert exported(other, again, tmp_path)["stream"] == out["stream"]
    first, second = (recorded(from_, id)[0].activities for from_, id in ((store, workshop), (other, again)))
    assert first["redaktion"].state == second["redaktion"].state
    posts = [[it._replace(at=0) for it in them["blog"].state.posts.values()] for them in (first, second)]
    assert posts[0] == posts[1]
    assert first["blog"].made_of == second["blog"].made_of != {}
    assert first["redaktion"].presented == second["redaktion"].presented
    assert [first[id].config == second[id].config for id in ("fishbowl", "ampel", "redaktion")] == [True, True, True]


def test_a_figure_that_differs_is_found(store: Store) -> None:
    workshop, _ = imported(store, extended())
    wrong = extended()
    wrong["expected"] |= FIGURES | {"pulses": {"ampel": FIGURES["pulses"]["ampel"] | {"changed": 2}}}
    paths = [difference.path for difference in verify(store, workshop, script(wrong)).differences]
    assert [path for path in paths if path.startswith(("speak", "pulses", "digests"))] == ["pulses.ampel.changed"]


@pytest.mark.parametrize(
    "activity,head",
    [
        ("fishbowl", {"list": "Bedenken", "text": "Wer haftet dann?", "reactions": {"Treffend": 1}, "hidden": ""}),
        ("ampel", {"option": "ja", "label": "Ja", "votes": 5}),
        ("redaktion", {"text": "Haftung klären.", "topic": "", "declined": "", "hidden": ""}),
    ],
)
def test_its_tables_say_what_was_said_and_by_nobody(store: Store, activity: str, head: dict[str, Any]) -> None:
    workshop, _ = imported(store, extended())
    table = recorded(store, workshop)[0]
    first = sheets.rows(table.activities[activity], table)[0]
    assert {name: value for name, value in first.items() if name not in ("ref", "sources")} == head
