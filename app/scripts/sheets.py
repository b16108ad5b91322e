"""A workshop as tables: one row for each contribution and for each line of a tally, made for German Excel.

No cell is ever a formula, whatever somebody wrote: Excel and its relatives would run it on the desk of whoever opens
the file.  Names stand only where they were given; what may not be known yet, or too few have answered, stays empty.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable
from typing import Any

from facilitation import pictures
from facilitation.activity import Activity
from facilitation.record import Data
from facilitation.room import Room
from facilitation.screen import Audience

FILES = {
    "poll": "abfragen",
    "wall": "ideenwaende",
    "questions": "fragen",
    "stream": "blog",
    "text": "grundlagentexte",
    "measures": "vereinbarungen",
    "speaking": "argumente",
    "pulse": "blitzlichter",
    "digest": "verdichtungen",
    "survey": "frageboegen",
    "groups": "kleingruppen",
}
HEADERS = {
    "kind": "Bausteinart",
    "activity": "Baustein",
    "heading": "Titel des Bausteins",
    "question": "Frage",
    "ref": "Nummer",
    "on": "zu Nummer",
    "option": "Kennung",
    "label": "Antwortmöglichkeit",
    "votes": "Stimmen",
    "value": "Wert",
    "points": "Punkte",
    "median": "Median",
    "resistance": "Widerstand",
    "mean": "Mittel",
    "tens": "Wert 10",
    "mean_x": "Mittel waagerecht",
    "mean_y": "Mittel senkrecht",
    "deviation_x": "Streuung waagerecht",
    "deviation_y": "Streuung senkrecht",
    "column": "Spalte",
    "prompt": "Leitfrage",
    "title": "Überschrift",
    "text": "Text",
    "author": "Name",
    "support": "mitgefragt",
    "status": "Stand",
    "island": "Themeninsel",
    "dots": "Punkte",
    "under": "zusammengelegt unter",
    "origin": "eingebracht als",
    "quadrant": "Feld",
    "verdict": "Ergebnis",
    "answer": "Antwort",
    "answerer": "beantwortet von",
    "answered": "beantwortet am",
    "to": "an",
    "original": "Wortlaut vor der Berichtigung",
    "labels": "Schlagworte",
    "end_reason": "Grund des Abschlusses",
    "owner": "kümmert sich",
    "due": "fällig am",
    "into": "zusammengefasst mit",
    "reactions": "Reaktionen",
    "paragraph": "Absatz",
    "type": "Art",
    "first_step": "Erster Schritt",
    "owner_unit": "Federführung",
    "helper_unit": "Tandem-Amt",
    "progress": "Fortschritt in Prozent",
    "list": "Liste",
    "group": "Kleingruppe",
    "round": "Runde",
    "statements": "Stichpunkte",
    "late": "nachgereicht",
    "topic": "Thema",
    "sources": "aus den Nummern",
    "declined": "bewusst nicht verfolgt, weil",
    "image": "Bild",
    "alt": "auf dem Bild",
    "hidden": "ausgeblendet, weil",
}
SIGNS = tuple("=+-@")  # a formula begins with one of these …
BREAKS = tuple("\t\r\n\x00")  # … or a cell that a spreadsheet splits
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # categories of what is white or invisible


def rows(activity: Activity, room: Room) -> list[Data]:
    """The contributions or the tally of an activity as the organiser may keep them: no names but those given.

    What belongs to a group says to which one, and in which round.
    """
    look = pictures.look(room, activity, Audience.DESK)
    names = activity.names if activity.names == "named" else "anonymous"
    where = _where(activity, room)
    return [where | row for row in activity.kind.rows(activity.state, look._replace(names=names))]


def _where(activity: Activity, room: Room) -> Data:
    if activity in room.belonging.rounds:
        return {"round": activity.title}
    owners = room.belonging.owners(activity)
    titles = {"group": [it.group for it in owners], "round": [it.round for it in owners]}
    return {name: ", ".join(dict.fromkeys(those)) for name, those in titles.items() if those}


def combined(room: Room) -> bytes:
    """One CSV of all activities."""
    return _csv(_table(room.activities.values(), room))


def zipped(room: Room) -> bytes:
    """A ZIP with one CSV for each kind of activity that occurs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in dict.fromkeys(activity.kind.name for activity in room.activities.values()):
            these = [activity for activity in room.activities.values() if activity.kind.name == kind]
            archive.writestr(f"{FILES.get(kind, kind)}.csv", _csv(_table(these, room)))
    return packed.getvalue()


def _table(activities: Iterable[Activity], room: Room) -> list[Data]:
    return [
        {"kind": activity.kind.name, "activity": activity.id, "heading": activity.title} | row
        for activity in activities
        for row in rows(activity, room)
    ]


def _csv(table: list[Data]) -> bytes:
    """UTF-8 with BOM and semicolons, as German Excel expects it; columns in the order in which they first occur."""
    columns = list(dict.fromkeys(name for row in table for name in row))
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(HEADERS.get(name, name)) for name in columns])
    writer.writerows([_cell(row.get(name)) for name in columns] for row in table)
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case int() | float():
            return value
        case dict():
            return harmless("; ".join(f"{name}: {count}" for name, count in value.items()))
    return harmless(str(value))


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    Full-width signs count as signs, and what is invisible or white before them hides nothing.
    """
    plain = unicodedata.normalize("NFKC", text)
    seen = next((n for n, char in enumerate(plain) if unicodedata.category(char) not in UNSEEN), len(plain))
    if text.startswith(BREAKS) or plain.startswith(SIGNS, seen):
        return f"'{text}"
    return text
