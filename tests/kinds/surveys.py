"""An open survey, what people answer and its screens, for the tests of surveys."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.projection import drawn
from app.texts import sentence
from facilitation import pictures
from facilitation.kinds import survey
from facilitation.record import Data, Person, Refused, Role
from facilitation.screen import Audience
from facilitation.surveying import MyPaper
from tests.rooms import PEOPLE, Kept, activity, afresh, room, submit

OPTIONS = [("rot", "Rot"), ("blau", "Blau")]
QUESTIONS: list[Data] = [
    {"id": "farbe", "title": "Welche Farbe?", "form": "single", "settings": {"options": OPTIONS}, "required": True},
    {"id": "wie", "title": "Wie zufrieden?", "form": "scale", "settings": {"min": 1, "max": 5}},
    {"id": "sonst", "title": "Und sonst?", "form": "open", "settings": {"max_length": 20}},
]
CROWD = (*PEOPLE, *(Person(f"p{n}", Role.PARTICIPANT, f"Amt {n}") for n in range(5)))
FIVE = ("ada", "ben", "cem", "p0", "p1")
RED: dict[str, Data] = {"farbe": {"choice": "rot"}}
BLUE: dict[str, Data] = {"farbe": {"choice": "blau"}}


def opened(**config: Any) -> Kept:
    """An open survey, with names unless `config` says otherwise."""
    table = room(activity(survey, "bogen", **{"names": "named", "questions": QUESTIONS} | config), people=CROWD)
    submit(table, "mo", "bogen", "open")
    return table


def answer(table: Kept, by: str, answers: Mapping[str, Data] = RED, **more: Data) -> list[str]:
    """The types of what is on record of it."""
    return [entry.type for entry in submit(table, by, "bogen", "submit", answers=dict(answers) | more)]


def refusal(table: Kept, by: str, answers: Mapping[str, Any] = RED, **more: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        answer(table, by, answers, **more)
    return refused.value.code, sentence(refused.value)


def figures(table: Kept) -> Data:
    block = table.activities["bogen"].figures()
    assert afresh(table).activities["bogen"].figures() == block
    return block


def closed(table: Kept, item: str = "") -> Kept:
    """Closed, and the result of a question on the stage."""
    submit(table, "mo", "bogen", "close")
    submit(table, "mo", "bogen", "show", view="result", **({"item": item} if item else {}))
    return table


def view(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "", item: str = "") -> dict[str, Any]:
    bogen = table.activities["bogen"]
    return survey.view(bogen.state, pictures.look(table, bogen, audience, picture, item))


def mine(table: Kept, by: str) -> MyPaper:
    bogen = table.activities["bogen"]
    look = pictures.look(table, bogen, Audience.PLENARY)
    paper: MyPaper = survey.mine(bogen.state, bogen.actor(table.person(by)), look)["mine-paper"]
    return paper


def html(table: Kept, audience: Audience = Audience.PLENARY, picture: str = "", item: str = "", by: str = "ada") -> str:
    seen = view(table, audience, picture, item)
    seen |= {"mine-paper": mine(table, by)} if audience is Audience.PLENARY else {}
    parts = drawn(pictures.framed(table.activities["bogen"], "page.", seen)[0])
    return "".join(part for part in parts.values() if isinstance(part, str))
