"""What is a script and what is none: each refusal in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from app.scripts.importing import make
from app.scripts.reading import ScriptError, parsed
from app.scripts.verifying import verify
from app.store import Store
from tests.days import day
from tests.scripts import Day, imported, script, store

__all__ = ["store"]


def _set(path: str, value: Any) -> Callable[[Day], None]:
    def change(day: Day) -> None:
        block: Any = day
        *outer, last = path.split(".")
        for name in outer:
            block = block[int(name) if name.isdecimal() else name]
        block[last] = value

    return change


@pytest.mark.parametrize(
    "change, sentence",
    [
        (_set("format", "something"), "format: is not the format that is read"),
        (_set("format_version", 2), "format_version: is not the format that is read"),
        (_set("title", ""), "title: is empty"),
        (_set("title", "Titel\x00"), "title: contains a null character"),
        (_set("title", "\ud800"), "title: contains unreadable characters"),
        (_set("start", "2025-03-11T09:00:00"), "start: has a time without a time zone"),
        (_set("start", "morgen"), "start: is not a date with a time"),
        (_set("start", 1741680000), "start: is not a date with a time"),
        (_set("start", "9999-03-11T09:00:00Z"), "start: is outside the years"),
        (_set("end", "2025-03-11T08:00:00Z"), None),
        (_set("end", "2025-03-11T07:00:00Z"), "ends before it starts"),
        (_set("timezone", "Mitteleuropa/Grünfelde"), "timezone: is not a known time zone"),
        (_set("timezone", "../../etc/passwd"), "timezone: is not a known time zone"),
        (_set("staff.0.id", "p01"), "id of a person is there twice: p01"),
        (_set("staff.0.id", "clock"), "the id is reserved: clock"),
        (_set("participants.3.id", "../p04"), r"participants\[3\].id: is not a usable id"),
        (_set("participants.3.label", None), r"participants\[3\].label: is not a text"),
        (_set("participants.3.dezernat", "IX"), "unknown dezernat: IX"),
        (_set("participants.13.deputy_for", "p99"), "a deputy of an unknown person: p99"),
        (_set("shared_rooms.0.headcount", -1), "headcount"),
        (_set("activities.0.id", "roster"), "the id is reserved: roster"),
        (_set("activities.0.id", "wand"), "id of an activity is there twice: wand"),
        (_set("activities.0.id", 'x" onload="'), r"activities\[0\].id: is not a usable id"),
        (_set("agenda.1.id", "top-1"), "id of a step is there twice: top-1"),
        (_set("agenda.1.activities", ["nirgends"]), "a step names an unknown activity: nirgends"),
        (_set("stream.3.id", "a0001"), "id of an action is there twice: a0001"),
        (_set("stream.3.seq", 1), "the number seq is there twice: 1"),
        (_set("stream.3.ts", "gestern"), r"stream\[3\].ts: is not a date with a time"),
        (_set("stream.3.key", ""), r"stream\[3\].key: is not a usable id"),
        (_set("stream.3.data", []), r"stream\[3\].data: does not have the shape"),
        (_set("stream", {}), "stream: is not a list"),
    ],
)
def test_what_is_no_script_is_said_in_one_sentence(change: Callable[[Day], None], sentence: str | None) -> None:
    wrong = day()
    change(wrong)

    if sentence is None:
        assert script(wrong).title == "Klausur: Gemeinsam anpacken"
    else:
        with pytest.raises(ScriptError, match=sentence) as raised:
            script(wrong)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", r"tag.json: not JSON \(line 1, column 1\)$"),
        ("[]", "does not have the shape"),
        ("{}", "format: is missing"),
        ('{"title": NaN}', "NaN is not a number in JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_object_is_no_script(text: str, sentence: str) -> None:
    with pytest.raises(ScriptError, match=sentence):
        parsed(text, "tag.json")


@pytest.mark.parametrize(
    "activity, change, sentence",
    [
        (0, {"min": 5, "max": 1}, "activity stimmung: the settings contradict each other"),
        (1, {"options": "abc"}, "activity thema: .* is not valid"),
        (2, {"ballot_unit": "Amt"}, "activity weg: ballot_unit is not valid"),
        (3, {"columns": [{"id": "neu", "title": "A"}, {"id": "neu", "title": "B"}]}, "activity wand: columns"),
        (3, {"max_length": 0}, "activity wand: max_length is not valid"),
    ],
)
def test_settings_that_no_activity_can_have_change_nothing(
    store: Store, activity: int, change: Day, sentence: str
) -> None:
    wrong = day()
    wrong["activities"][activity] |= change

    with pytest.raises(ScriptError, match=sentence):
        make(store, script(wrong))

    assert store.workshop(1) is None


def test_unknown_fields_kinds_and_types_are_no_error(store: Store) -> None:
    odd = day() | {"something": {"else": True}}
    odd["stream"] = [action | {"mood": "good"} for action in odd["stream"]]

    workshop, _ = imported(store, odd)

    assert verify(store, workshop, script(day())).differences == []
