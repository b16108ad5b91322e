"""Musterstadt: seven divisions, forty-five units, ninety-seven people.  All of it is invented."""

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from facilitation.record import Data, Person, Role

NAME = "Stadt Musterstadt"


class Division(NamedTuple):
    id: str
    title: str
    head: str
    first: int  # number of its first unit
    units: tuple[str, ...]


DIVISIONS = (
    Division(
        "OB",
        "Dezernat OB – Steuerung und Kommunikation",
        "Oberbürgermeisterin",
        1,
        (
            "Büro der Oberbürgermeisterin",
            "Presse und Stadtgespräch",
            "Rechnungsprüfung",
            "Gleichstellung und Vielfalt",
            "Bürgerbeteiligung",
            "Statistik und Vorausschau",
        ),
    ),
    Division(
        "I",
        "Dezernat I – Verwaltung, Personal, Digitales",
        "Beigeordneter Dezernat I",
        10,
        (
            "Personal",
            "Organisation und Formulare",
            "Digitales und Daten",
            "Zentraler Einkauf",
            "Gebäude und Schlüssel",
            "Poststelle und Stadtarchiv",
        ),
    ),
    Division(
        "II",
        "Dezernat II – Finanzen und Recht",
        "Beigeordnete Dezernat II",
        20,
        ("Kämmerei", "Stadtkasse", "Steuern und Abgaben", "Recht", "Beteiligungen", "Fördermittel"),
    ),
    Division(
        "III",
        "Dezernat III – Bürgerservice und Ordnung",
        "Beigeordnete Dezernat III",
        30,
        (
            "Bürgeramt",
            "Standesamt",
            "Zuwanderung und Einbürgerung",
            "Ordnung",
            "Märkte und Feste",
            "Verkehr und Parken",
            "Feuerwehr und Rettung",
        ),
    ),
    Division(
        "IV",
        "Dezernat IV – Soziales, Jugend, Gesundheit",
        "Beigeordneter Dezernat IV",
        40,
        ("Soziales", "Wohngeld und Wohnen", "Jugend", "Kindertagesstätten", "Gesundheit", "Älterwerden"),
    ),
    Division(
        "V",
        "Dezernat V – Bildung, Kultur, Sport",
        "Beigeordnete Dezernat V",
        50,
        ("Schulen", "Volkshochschule", "Stadtbücherei", "Kultur", "Stadtgeschichte", "Sport und Bäder"),
    ),
    Division(
        "VI",
        "Dezernat VI – Planen, Bauen, Umwelt",
        "Beigeordneter Dezernat VI",
        60,
        (
            "Stadtplanung",
            "Bauaufsicht",
            "Hochbau",
            "Wege und Brücken",
            "Mobilität",
            "Grünflächen und Friedhöfe",
            "Umwelt und Klima",
            "Stadtreinigung",
        ),
    ),
)

STAFF = (
    Person("s1", Role.ORGANISER, "Organisation"),
    Person("s2", Role.FACILITATOR, "Moderation"),
    Person("s3", Role.TECHNICIAN, "Technik"),
)
ROOMS = (
    Person("r1", Role.ROOM, "Sitzungssaal im Bauhof", division="VI", headcount=9),
    Person("r2", Role.ROOM, "Leitstelle der Feuerwehr", division="III", headcount=4),
)
ORGANISER, FACILITATOR, TECHNICIAN = (person.id for person in STAFF)


def units() -> list[Data]:
    """What the workshop's settings say about units."""
    return [
        {"id": _unit(number, title), "title": _unit(number, title), "dezernat": division.id}
        for division in DIVISIONS
        for number, title in enumerate(division.units, division.first)
    ]


def unit(title: str) -> str:
    """The id of a unit, which is what it is called: whoever reads it need not look it up."""
    found: str = next(it["id"] for it in units() if it["id"].endswith(f" {title}"))
    return found


def _unit(number: int, title: str) -> str:
    return f"Amt {number:02} {title}"


def divisions() -> list[Data]:
    return [{"id": division.id, "title": division.title} for division in DIVISIONS]


def people() -> list[Person]:
    """The ninety-seven: of each division its head, of each unit head and deputy."""
    numbers = (f"p{number:03}" for number in count(1))
    return [person for division in DIVISIONS for person in _of(division, numbers)]


def _of(division: Division, ids: Iterator[str]) -> Iterator[Person]:
    id, top = division.id, "stadtspitze" if division.id == "OB" else "dezernatsleitung"
    yield Person(next(ids), Role.PARTICIPANT, division.head, unit=f"Dezernat {id}", division=id, function=top)
    for number, title in enumerate(division.units, division.first):
        unit, head = _unit(number, title), next(ids)
        yield Person(
            head, Role.PARTICIPANT, f"Leitung {title}", unit=unit, division=division.id, function="amtsleitung"
        )
        yield Person(
            next(ids),
            Role.PARTICIPANT,
            f"Stellvertretung {title}",
            unit=unit,
            division=division.id,
            function="stellvertretung",
            deputy=True,
            deputy_for=head,
        )
