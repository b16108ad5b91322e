"""A fishbowl or a list of speakers and its screens, for the tests of speaking."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.floor import State
from facilitation.kinds import speaking
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience
from tests.rooms import PEOPLE, Kept, activity, room, submit

OFFICES = {"ada": "amtsleitung", "ben": "buergerschaft", "cem": "amtsleitung"}
HERE = (
    *(replace(person, function=OFFICES.get(person.id, "")) for person in PEOPLE),
    Person("dan", Role.PARTICIPANT, "Gast 1", function="buergerschaft"),
)
LISTS = [("heraus", "Herausforderungen"), ("bedenken", "Bedenken")]


def opened(**config: Any) -> Kept:
    """An open circle of three seats, the last of them free, unless `config` says otherwise."""
    table = room(activity(speaking, "rede", **{"seats": 3, "free_seats": 1, "lists": LISTS} | config), people=HERE)
    submit(table, "mo", "rede", "open")
    return table


def did(table: Kept, by: str, command: str, **data: Any) -> str:
    """What somebody does; the reference of what was written."""
    ref: str = submit(table, by, "rede", command, **data)[-1].data.get("ref", "")
    return ref


def refusal(table: Kept, by: str, command: str, **data: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        submit(table, by, "rede", command, **data)
    return refused.value.code, refused.value.values


def state(table: Kept) -> State:
    kept: State = table.activities["rede"].state
    return kept


def queue(table: Kept) -> list[str]:
    """Who waits, the next one first, by the roles of the roster."""
    people = table.roster.people
    return [request.by for request in state(table).queue(lambda id: people[id].function)]


def seats(table: Kept) -> list[str]:
    return [chair.person if chair else "" for chair in state(table).chairs]


def view(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "question") -> dict[str, Any]:
    rede = table.activities["rede"]
    return speaking.view(rede.state, pictures.look(table, rede, audience, picture))


def mine(table: Kept, by: str) -> dict[str, Any]:
    rede = table.activities["rede"]
    look = pictures.look(table, rede, Audience.PLENARY)
    return speaking.mine(rede.state, rede.actor(table.roster.people[by]), look)


def html(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "question") -> str:
    """What is drawn for an audience; for the plenary with what is ada's own."""
    own = {name: part for name, part in mine(table, "ada").items() if name != "marks"}
    return "".join(_drawn(table, view(table, audience, picture) | (own if audience is Audience.PLENARY else {})))


def _drawn(table: Kept, seen: dict[str, Any]) -> Iterator[str]:
    framed = pictures.framed(table.activities["rede"], "page.", seen)[0]
    return (part for part in drawn(framed).values() if isinstance(part, str))


def figures(table: Kept) -> dict[str, Any]:
    return table.activities["rede"].figures()


def rows(table: Kept, audience: Audience) -> list[dict[str, Any]]:
    rede = table.activities["rede"]
    return list(speaking.rows(rede.state, pictures.look(table, rede, audience)))
