"""The ways into the demo, as they are printed."""

import io
from collections.abc import Iterator
from typing import NamedTuple

import qrcode

from app.demo.cast import GUEST_OF_HONOUR
from app.demo.plan import WORKSHOP
from app.demo.town import FACILITATOR, ORGANISER, ROOMS
from app.tokens import link
from facilitation.room import Room
from realtime.seat import Seat

GONE, KEPT = "Demo – Daten werden gelöscht", "Demo – Daten bleiben in"


class Way(NamedTuple):
    name: str
    url: str


def ways(room: Room, url: str, secret: str) -> list[Way]:
    """Every link that somebody needs to look at the demo from all sides."""
    workshop, people = room.workshop, room.roster.people

    def seat(name: str, person: str, place: str) -> Way:
        version = people[person].version if person else workshop.stage_version
        return Way(name, link(url, secret, Seat(workshop.id, person, place, "", version)))

    tables = room.activities[WORKSHOP].state
    working = tables.members("g1")[0]
    guest = next(person for person in people.values() if person.label == GUEST_OF_HONOUR)
    return [
        seat("Leinwand", "", "stage"),
        seat("Regie, als Organisation", ORGANISER, "desk"),
        seat("Regie, als Moderation", FACILITATOR, "desk"),
        Way(f"Teilnehmen mit dem Code {workshop.code}", f"{url}/j/{workshop.code}"),
        seat(f"Persönlicher Link: {guest.label}", guest.id, "person"),
        seat(f"In einer Kleingruppe: {people[working].label}", working, "person"),
        seat(f"Raumgerät: {ROOMS[0].label}, {ROOMS[0].headcount} Personen", ROOMS[0].id, "person"),
    ]


def printed(room: Room, url: str, secret: str, *, kept: str, simulated: int) -> Iterator[str]:
    """What the terminal says once the demo is there; `kept` is the folder of kept data, or ""."""
    all_ways = ways(room, url, secret)
    yield f"\n{room.workshop.title}"
    yield f"{KEPT} {kept}" if kept else GONE
    for way in all_ways:
        yield f"\n  {way.name}\n  {way.url}"
    yield f"\n{_qr(f'{url}/j/{room.workshop.code}')}"
    yield "Öffnen Sie zuerst die Leinwand, daneben die Regie, dann den persönlichen Link in einem dritten Fenster."
    yield "Stimmen Sie ab und sehen Sie auf der Leinwand die Beteiligung steigen; das Ergebnis zeigt erst die Regie."
    yield "Wer mit dem Code kommt, wartet an der Tür, bis die Regie einlässt."
    yield "In der Werkstatt nebenan arbeiten Kleingruppen: eine ist fertig, eine ruft um Hilfe, eine ist leer."
    yield "Im Ablauf der Regie: die Ergebnisse der Kleingruppen mit Kommentaren, und wer sie mitträgt."
    yield "Im Ablauf der Regie: die Wand mit Themeninseln, die Vereinbarungen daraus und die Sätze der Redaktion."
    if simulated:
        yield f"{simulated} simulierte Teilnehmende machen mit."
    yield "Strg+C beendet die Demo."


def _qr(address: str) -> str:
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()
