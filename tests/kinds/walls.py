"""An open wall and its screens, for the tests of walls."""

from collections.abc import Mapping
from typing import Any

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import wall
from facilitation.screen import Audience
from facilitation.walls.state import State
from tests.rooms import Kept, activity, room, submit

COLUMNS = [{"id": "mitnehmen", "title": "Mitnehmen"}, {"id": "besser", "title": "Besser machen", "text": "Was stört?"}]
HOSTILE = [
    '=HYPERLINK("x";"y")',
    "<script>alert(1)</script>",
    "{{ 7*7 }} %s %n '; DROP TABLE entry; --",
    "  zwei Leerzeichen davor, Tab dahinter\t",
    "\nZeile\r\nZeile\n",
    "Protokoll\u202efdp.exe",
    "Straße ﬁn",
    "Cafe\u0301",
    "Café",
    "ver\u00adsteckt\u200b",
    "👩🏽‍🚒",
    "null",
    "x" * 250,
]


def opened(**config: Any) -> Kept:
    """A room with an open wall of two columns, with names unless `config` says otherwise."""
    table = room(activity(wall, "wand", **{"columns": COLUMNS, "names": "named"} | config))
    submit(table, "mo", "wand", "open")
    return table


def write(table: Kept, by: str, text: str = "Mehr Mut", column: str = "mitnehmen") -> str:
    """The reference of a new card."""
    ref: str = submit(table, by, "wand", "write", column=column, text=text)[-1].data["ref"]
    return ref


def comment(table: Kept, by: str, on: str, text: str = "Bei uns auch.") -> str:
    """The reference of a new comment."""
    ref: str = submit(table, by, "wand", "comment", on=on, text=text)[-1].data["ref"]
    return ref


def react(table: Kept, by: str, on: str, word: str = "Danke") -> None:
    submit(table, by, "wand", "react", on=on, word=word)


def state(table: Kept) -> State:
    kept: State = table.activities["wand"].state
    return kept


def view(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "") -> dict[str, Any]:
    wand = table.activities["wand"]
    return wall.view(wand.state, pictures.look(table, wand, audience, picture))


def mine(table: Kept, by: str) -> dict[str, Any]:
    wand = table.activities["wand"]
    return wall.mine(wand.state, wand.actor(table.roster.people[by]), pictures.look(table, wand, Audience.PLENARY))


def own(table: Kept, by: str) -> list[tuple[str, str]]:
    """Reference and text of the cards that a person finds among their own."""
    return [(item.note.ref, item.note.text) for item in mine(table, by)["mine-cards"][1]]


def figures(table: Kept) -> dict[str, Any]:
    return table.activities["wand"].figures()


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def html(table: Kept, *shown: str) -> str:
    """Everything that ada has on the phone, then what stands on the stage in these pictures and at the desk."""
    personal = {name: part for name, part in mine(table, "ada").items() if name != "marks"}
    stage = [view(table, Audience.STAGE, picture) for picture in shown or ("wall", "question")]
    framed = [
        pictures.framed(table.activities["wand"], "page.", seen)[0]
        for seen in (view(table), personal, *stage, view(table, Audience.DESK))
    ]
    return "".join(part for picture in framed for part in drawn(picture).values() if isinstance(part, str))
