"""Tables and bundles of a day: nothing runs in a spreadsheet, and nobody is named who did not say so."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from app.scripts import files, sheets
from app.store import Store
from tests.days import EXPECTED, HOSTILE, day
from tests.scripts import exported, imported, store

__all__ = ["store"]


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
    assert activities["stimmung"]["figures"] == EXPECTED["polls"]["stimmung"] | {"median": 4}
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
