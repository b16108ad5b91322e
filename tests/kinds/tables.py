"""A round of groups and its screens, for the tests of groups."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.groups.state import State
from facilitation.kinds import groups
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience
from tests.rooms import PEOPLE, Kept, activity, room, submit

OFFICES = {"ada": "amtsleitung", "ben": "amtsleitung", "cem": "dezernatsleitung"}
HERE = (
    *(replace(person, function=OFFICES.get(person.id, "")) for person in PEOPLE),
    Person("dan", Role.PARTICIPANT, "Leitung Amt 50", unit="amt-50"),
)
GROUPS: list[dict[str, Any]] = [
    {"id": "eins", "title": "Gruppe 1", "topic": "Mitnehmen", "link": "https://gespraech.example/1"},
    {"id": "zwei", "title": "Gruppe 2", "topic": "Beibehalten", "capacity": 1},
    {"id": "drei", "title": "Gruppe 3", "host": "cem"},
]
SEATED = {"eins": ["ada", "ben"], "zwei": ["dan"]}


def planned(**config: Any) -> Kept:
    """A round of three groups that nobody has begun; nobody is in one."""
    return room(activity(groups, "kg", **{"groups": GROUPS} | config), people=HERE)


def begun(**config: Any) -> Kept:
    """The same, running: ada and ben sit in group eins, dan in group zwei."""
    table = planned(**config)
    did(table, "mo", "assign", groups=SEATED)
    did(table, "mo", "start")
    return table


def did(table: Kept, by: str, command: str, /, **data: Any) -> str:
    """What somebody does; the reference of what was written."""
    ref: str = submit(table, by, "kg", command, **data)[0].data.get("ref", "")
    return ref


def wrote(table: Kept, by: str, text: str = "Eine Zeile", group: str = "eins") -> str:
    return did(table, by, "note", group=group, text=text)


def handed_in(table: Kept, by: str, text: str = "Ein Satz", group: str = "eins", points: str = "") -> str:
    return did(table, by, "result", group=group, text=text, points=points)


def refusal(table: Kept, by: str, command: str, /, **data: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        submit(table, by, "kg", command, **data)
    return refused.value.code, refused.value.values


def state(table: Kept) -> State:
    kept: State = table.activities["kg"].state
    return kept


def view(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "question", **more: Any) -> dict[str, Any]:
    """What an audience sees; a group is named by `group`."""
    kg = table.activities["kg"]
    return groups.view(kg.state, pictures.look(table, kg, audience, picture)._replace(**more))


def space(table: Kept, group: str = "eins") -> dict[str, Any]:
    return view(table, Audience.GROUP, group=group)


def mine(table: Kept, by: str) -> dict[str, Any]:
    kg = table.activities["kg"]
    return groups.mine(kg.state, kg.actor(table.roster.people[by]), pictures.look(table, kg, Audience.PLENARY))


def html(table: Kept, seen: dict[str, Any]) -> str:
    """What is drawn of a view."""
    return "".join(_drawn(table, {name: part for name, part in seen.items() if name != "marks"}))


def _drawn(table: Kept, seen: dict[str, Any]) -> Iterator[str]:
    framed = pictures.framed(table.activities["kg"], "page.", seen)[0]
    return (part for part in drawn(framed).values() if isinstance(part, str))


def figures(table: Kept) -> dict[str, Any]:
    return table.activities["kg"].figures()


def rows(table: Kept, audience: Audience = Audience.DESK) -> list[dict[str, Any]]:
    kg = table.activities["kg"]
    return list(groups.rows(kg.state, pictures.look(table, kg, audience)))
