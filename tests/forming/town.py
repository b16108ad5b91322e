"""Heads and deputies of a city who are to sit in groups, for the tests of forming them."""

import json
from typing import Any

from app.forming.choice import Choice
from app.forming.ways import Hall, proposed
from facilitation.groups.forming import Propose
from facilitation.groups.rules import Breach, breaches
from facilitation.groups.settings import Group
from facilitation.record import Data, Person, Role


def head(number: int, division: str = "I", **more: Any) -> Person:
    """The head of a unit: h1 leads amt-1."""
    told = {"unit": f"amt-{number}", "division": division, "function": "amtsleitung"} | more
    return Person(f"h{number}", Role.PARTICIPANT, f"Leitung Amt {number}", **told)


def deputy(number: int, division: str = "I") -> Person:
    unit, of = f"amt-{number}", f"h{number}"
    return Person(
        f"d{number}",
        Role.PARTICIPANT,
        f"Vertretung Amt {number}",
        unit=unit,
        division=division,
        function="stellvertretung",
        deputy=True,
        deputy_for=of,
    )


def city(units: int, divisions: int = 4) -> list[Person]:
    """Of each unit the head and the deputy."""
    return [make(number, "I" * (1 + number % divisions)) for number in range(1, units + 1) for make in (head, deputy)]


def groups(many: int, **more: Any) -> list[Group]:
    return [Group(f"g{number}", f"Gruppe {number}", **more) for number in range(1, many + 1)]


def hall(people: list[Person], tables: list[Group], **more: Any) -> Hall:
    known = {"seats": {}, "rounds": [], "wishes": {}} | more
    return Hall(people=people, roster={it.id: it for it in people}, groups=tables, **known)


def formed(here: Hall, **chosen: Any) -> Data:
    """What is proposed where nothing is asked for but what is said."""
    nothing = {"unit": False, "hosts": False, "divisions": 0}
    return proposed(Choice.model_validate(nothing | chosen), here)


def plan(data: Data) -> dict[str, str]:
    return {person: group for group, people in data["groups"].items() for person in people}


def sizes(data: Data) -> list[int]:
    return [len(people) for people in data["groups"].values()]


def broken(data: Data, here: Hall) -> list[Breach]:
    """What a proposal breaks of its own rules, as the record would keep it."""
    command = Propose.model_validate_json(json.dumps(data))
    return breaches(command.rules, plan(data), here.roster)
