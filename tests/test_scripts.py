"""Whole days in and out: import, compare, export, and import again."""

import asyncio
import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import database
from app.clerk import Clerk
from app.scripts import applying, files, importing, sheets, verifying
from app.scripts.applying import apply
from app.scripts.importing import make
from app.scripts.reading import ScriptError, parsed
from app.scripts.results import results
from app.scripts.verifying import Difference, recorded, verify
from app.settings import WrongUse
from app.store import Store
from facilitation.record import Envelope
from tests.days import EXPECTED, HOSTILE, START, day

Day = dict[str, Any]
UNSUPPORTED = {"befragen": 2, "hide": 1, "open": 1, "show": 1, "vote": 1}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(f"sqlite:///{tmp_path / 'first.db'}") as store:
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """The store of another installation."""
    with opened(f"sqlite:///{tmp_path / 'other.db'}") as store:
        yield store


@contextmanager
def opened(url: str) -> Iterator[Store]:
    database.upgrade(url)
    with closing(Store(url)) as store:
        yield store


def script(day: Day) -> Any:
    return parsed(json.dumps(day), "tag.json")


def imported(store: Store, day: Day) -> tuple[int, dict[str, str]]:
    """The id of the workshop made of a day, and the outcomes of its actions."""
    read = script(day)
    made = make(store, read)

    async def streamed() -> dict[str, str]:
        clerk = Clerk(store)
        outcomes = await apply(clerk, made.id, read)
        await clerk.close()
        return outcomes

    return made.id, asyncio.run(streamed())


def exported(store: Store, workshop: int, tmp_path: Path, wanted: str = "script") -> Any:
    out = tmp_path / "aus.json"
    files.write(store, workshop, wanted, out)
    return json.loads(out.read_text(encoding="utf-8"))


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
        (_set("format", "something"), "format: ist nicht das erwartete Format"),
        (_set("format_version", 2), "format_version: ist nicht das erwartete Format"),
        (_set("title", ""), "title: ist leer"),
        (_set("title", "Titel\x00"), "title: enthält ein Nullzeichen"),
        (_set("title", "\ud800"), "title: enthält unlesbare Zeichen"),
        (_set("start", "2025-03-11T09:00:00"), "start: ist ein Zeitpunkt ohne Zeitzone"),
        (_set("start", "morgen"), "start: ist kein Zeitpunkt"),
        (_set("start", 1741680000), "start: ist kein Zeitpunkt"),
        (_set("start", "9999-03-11T09:00:00Z"), "start: liegt außerhalb"),
        (_set("end", "2025-03-11T08:00:00Z"), None),
        (_set("end", "2025-03-11T07:00:00Z"), "endet, bevor sie beginnt"),
        (_set("timezone", "Mitteleuropa/Grünfelde"), "timezone: ist keine bekannte Zeitzone"),
        (_set("timezone", "../../etc/passwd"), "timezone: ist keine bekannte Zeitzone"),
        (_set("staff.0.id", "p01"), "Person steht zweimal da: p01"),
        (_set("staff.0.id", "clock"), "Die Kennung ist vergeben: clock"),
        (_set("participants.3.id", "../p04"), r"participants\[3\].id: ist keine brauchbare Kennung"),
        (_set("participants.3.label", None), r"participants\[3\].label: ist kein Text"),
        (_set("participants.3.dezernat", "IX"), "Unbekanntes Dezernat: IX"),
        (_set("participants.13.deputy_for", "p99"), "unbekannten Person: p99"),
        (_set("shared_rooms.0.headcount", -1), "headcount"),
        (_set("activities.0.id", "roster"), "Die Kennung ist vergeben: roster"),
        (_set("activities.0.id", "wand"), "Bausteins steht zweimal da: wand"),
        (_set("activities.0.id", 'x" onload="'), r"activities\[0\].id: ist keine brauchbare Kennung"),
        (_set("agenda.1.id", "top-1"), "Programmpunkts steht zweimal da: top-1"),
        (_set("agenda.1.activities", ["nirgends"]), "unbekanntem Baustein: nirgends"),
        (_set("stream.3.id", "a0001"), "Aktion steht zweimal da: a0001"),
        (_set("stream.3.seq", 1), "Folgenummer steht zweimal da: 1"),
        (_set("stream.3.ts", "gestern"), r"stream\[3\].ts: ist kein Zeitpunkt"),
        (_set("stream.3.key", ""), r"stream\[3\].key: ist keine brauchbare Kennung"),
        (_set("stream.3.data", []), r"stream\[3\].data: hat nicht die Form"),
        (_set("stream", {}), "stream: ist keine Liste"),
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
        ("", r"tag.json: Das ist kein JSON \(Zeile 1, Spalte 1\)\."),
        ("[]", "hat nicht die Form"),
        ("{}", "format: fehlt"),
        ('{"title": NaN}', "NaN ist keine Zahl in JSON"),
        ("[" * 100_000, "zu tief verschachtelt"),
    ],
)
def test_what_is_no_json_object_is_no_script(text: str, sentence: str) -> None:
    with pytest.raises(ScriptError, match=sentence):
        parsed(text, "tag.json")


@pytest.mark.parametrize(
    "activity, change, sentence",
    [
        (0, {"min": 5, "max": 1}, "Baustein stimmung: Die Angaben passen nicht zueinander"),
        (1, {"options": "abc"}, "Baustein thema: .* passt nicht"),
        (2, {"ballot_unit": "Amt"}, "Baustein weg: ballot_unit passt nicht"),
        (3, {"columns": [{"id": "neu", "title": "A"}, {"id": "neu", "title": "B"}]}, "Baustein wand: columns"),
        (3, {"max_length": 0}, "Baustein wand: max_length passt nicht"),
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


def test_somebody_can_always_run_what_was_imported(store: Store) -> None:
    made = make(store, script(day() | {"staff": [], "stream": []}))

    links = importing.links(store, made.id, "https://ratschlag.example", "x" * 32)

    assert links["join"] == f"https://ratschlag.example/j/{made.code}"
    assert links["desk"].startswith("https://ratschlag.example/p/")


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
        ("stimmung", EXPECTED["polls"]["stimmung"])
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

    with pytest.raises(ScriptError, match="Aktion a1: Die Auszählung passt nicht zum Baustein stimmung"):
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


def _table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_no_cell_of_a_csv_is_a_formula_and_every_text_comes_back(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    files.write(store, workshop, "csv", tmp_path / "aus.csv")

    table = _table((tmp_path / "aus.csv").read_bytes())
    cells = [cell for row in table for cell in (*row, *row.values())]
    assert [cell for cell in cells if cell.lstrip("\u200b \t\r\n")[:1] in tuple("=+-@＝＋－＠")] == []
    assert [cell for cell in cells if cell.startswith(("\t", "\r", "\n"))] == []
    written = [row["Text"].removeprefix("'") for row in table if row["Bausteinart"] == "wall"]
    assert [text for text in HOSTILE if text.removeprefix("'") not in written] == []


@pytest.mark.parametrize(
    "sign", [*"=+-@\t\r\n\x00", "＝", "＋", "－", "＠", " =", "\u00a0=", "\u200b+", " \u2060 -", "\ufeff@"]
)
def test_an_apostrophe_stands_before_what_a_spreadsheet_would_run(sign: str) -> None:
    assert sheets.harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "1-1", "a=b", "'=1", "#1", "Amt 12 – gut", "👍"])
def test_what_no_spreadsheet_runs_stays_as_it_is(text: str) -> None:
    assert sheets.harmless(text) == text


def test_a_zip_holds_one_table_for_each_kind(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())
    files.write(store, workshop, "csv", tmp_path / "aus.zip")

    with zipfile.ZipFile(tmp_path / "aus.zip") as archive:
        counts = {name: len(_table(archive.read(name))) for name in archive.namelist()}
    assert counts == {"abfragen.csv": 5 + 3 + 3, "ideenwaende.csv": 23, "fragen.csv": 3, "blog.csv": 4}


def test_a_bundle_names_whoever_gave_their_name_and_nobody_else(store: Store, tmp_path: Path) -> None:
    workshop, _ = imported(store, day())

    bundle = exported(store, workshop, tmp_path, "json")

    activities = {activity["id"]: activity for activity in bundle["activities"]}
    assert [row["author"] for row in activities["fragen"]["rows"]] == ["Leitung Amt 01", "", "Leitung Amt 03"]
    assert [row["votes"] for row in activities["stimmung"]["rows"]] == [2, 1, 4, 5, 3]
    assert activities["stimmung"]["figures"] == EXPECTED["polls"]["stimmung"]
    assert bundle["participation"]["persons_joined"] == 16
    assert "persons_not_joined" not in bundle["participation"]
    assert "p04" not in json.dumps(bundle)


def test_too_few_answers_are_in_no_table_and_in_no_bundle(store: Store, tmp_path: Path) -> None:
    few = day()
    few["stream"] = [
        action for action in few["stream"] if action.get("target") != "stimmung" or action["kind"] != "vote"
    ]
    workshop, _ = imported(store, few)

    (mood,) = (it for it in exported(store, workshop, tmp_path, "json")["activities"] if it["id"] == "stimmung")
    assert [row["votes"] for row in mood["rows"]] == [None] * 5
    assert "figures" not in mood


def test_an_export_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    workshop = make(store, script(day())).id

    with pytest.raises(WrongUse, match="kann nicht geschrieben werden"):
        files.write(store, workshop, "script", tmp_path / "nirgends" / "aus.json")
    with pytest.raises(WrongUse, match="möglich sind script, json, csv"):
        files.write(store, workshop, "doc", tmp_path / "aus.doc")

    assert sorted(path.name for path in tmp_path.iterdir() if ".db" not in path.name) == []


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
