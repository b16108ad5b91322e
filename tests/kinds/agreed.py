"""Open measures beside a wall, and their screens, for the tests of measures."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.agreements import State
from facilitation.kinds import measures, wall
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.rooms import PEOPLE, Kept, activity, room, submit
from tests.town import PEOPLE as TOWN

SAAL = next(person for person in TOWN if person.id == "saal")
DEPUTY = next(person for person in TOWN if person.id == "dep")  # of the same unit as ben


def opened(**config: Any) -> Kept:
    """A room with open measures and an open wall; with names unless `config` says otherwise."""
    hall = room(
        activity(measures, "zusagen", **config),
        activity(wall, "wand", names="anonymous"),
        people=(*PEOPLE, SAAL, DEPUTY),
    )
    submit(hall, "mo", "zusagen", "open")
    submit(hall, "mo", "wand", "open")
    return hall


def card(hall: Kept, text: str = "Aushilfe hat geklappt") -> str:
    ref: str = submit(hall, "ada", "wand", "write", column="cards", text=text)[-1].data["ref"]
    return ref


def agree(hall: Kept, title: str = "Personalpool verstetigen", **data: Any) -> str:
    """The reference of a new measure, of amt-10 unless `data` says otherwise."""
    said = {"title": title, "owner_unit": "amt-10"} | data
    ref: str = submit(hall, "mo", "zusagen", "agree", **said)[-1].data["ref"]
    return ref


def update(hall: Kept, by: str, measure: str, status: str = "in_arbeit", **data: Any) -> str:
    said = {"measure": measure, "status": status, "progress": 40, "text": "Wir sind dran."} | data
    ref: str = submit(hall, by, "zusagen", "update", **said)[-1].data["ref"]
    return ref


def comment(hall: Kept, by: str, measure: str, text: str = "Das Personal fehlt") -> str:
    ref: str = submit(hall, by, "zusagen", "comment", on=measure, text=text)[-1].data["ref"]
    return ref


def refusal(hall: Kept, by: str, command: str, **data: Any) -> str:
    """Why not: code and reason."""
    with pytest.raises(Refused) as refused:
        submit(hall, by, "zusagen", command, **data)
    return ".".join(filter(None, [refused.value.code, refused.value.values.get("why")]))


def state(hall: Kept) -> State:
    kept: State = hall.activities["zusagen"].state
    return kept


def view(hall: Kept, audience: Audience = Audience.PLENARY, shown: str = "question", item: str = "") -> dict[str, Any]:
    zusagen = hall.activities["zusagen"]
    return measures.view(zusagen.state, pictures.look(hall, zusagen, audience, shown, item))


def html(hall: Kept, audience: Audience = Audience.PLENARY, shown: str = "question", item: str = "") -> dict[str, str]:
    """What is drawn for an audience, part by part."""
    framed = pictures.framed(hall.activities["zusagen"], "", view(hall, audience, shown, item))[0]
    return {name.removeprefix("zusagen."): str(part) for name, part in drawn(framed).items()}


def mine(hall: Kept, by: str) -> dict[str, Any]:
    zusagen = hall.activities["zusagen"]
    actor = zusagen.actor(hall.roster.people[by])
    return measures.mine(zusagen.state, actor, pictures.look(hall, zusagen, Audience.PLENARY))


def rows(hall: Kept, audience: Audience) -> list[dict[str, Any]]:
    zusagen = hall.activities["zusagen"]
    return list(measures.rows(zusagen.state, pictures.look(hall, zusagen, audience)))


def figures(hall: Kept) -> dict[str, Any]:
    return hall.activities["zusagen"].figures()
