"""The figures of a selftest, and whether they are a proof: no fault found, and enough went wrong to find one."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.selftest.checker import Fault, counts
from app.selftest.history import History

REPEATS_PER_KILL = 20 / 50  # commands that were on record already when they were sent again
LONGEST_CONVERGENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Weather:
    """What was done to the server and its clients."""

    kills: int
    busy: int  # kills while somebody waited for an answer
    cuts: int
    lost_answers: int
    connections: int


@dataclass(frozen=True, slots=True)
class Screens:
    """What everybody saw in the end: how many screens, how many of them not the true picture, and after how long."""

    people: int
    wrong: int
    converged: float | None  # seconds after the last start of the server


@dataclass(frozen=True, slots=True)
class Report:
    seed: int
    database: str
    history: History
    weather: Weather
    screens: Screens
    faults: list[Fault]
    entries: int
    said: str = ""  # by the server, to its operator

    @property
    def repeated(self) -> int:
        return sum(wish.again for wish in self.history.wishes.values())

    def flaws(self) -> Iterator[str]:
        """Why this is no proof, in sentences."""
        found = counts(self.faults)
        for kind, sentence in _FAULTS.items():
            if found[kind]:
                yield f"{found[kind]} {sentence}"
        if self.screens.wrong:
            yield f"{self.screens.wrong} Bildschirme zeigen am Ende nicht das Bild des letzten Eintrags."
        elif self.screens.converged is None or self.screens.converged > LONGEST_CONVERGENCE:
            yield f"Die Bildschirme waren nach {LONGEST_CONVERGENCE:.0f} s nicht einig."
        floors = {
            "wiederholte Befehle, die schon im Protokoll standen": (self.repeated, REPEATS_PER_KILL),
            "Abschüsse mitten in der Arbeit": (self.weather.busy, 0.5),
            "abgerissene Verbindungen": (self.weather.cuts, 1),
            "verschluckte Antworten": (self.weather.lost_answers, 1),
        }
        for what, (reached, each) in floors.items():
            if reached < (needed := math.ceil(each * self.weather.kills)):
                yield f"Kein Beweis: {reached} {what}, nötig sind {needed}."

    def figures(self) -> dict[str, Any]:
        """Everything in numbers, for programs."""
        told, found = self.history.counts, counts(self.faults)
        return {
            "ok": not list(self.flaws()),
            "seed": self.seed,
            "database": self.database,
            **asdict(self.weather),
            "people": self.screens.people,
            "commands": told["invoke"],
            "sent": told["sent"],
            "acknowledged": told["ok"],
            "refused": told["refused"],
            "unknown": told["unknown"],
            "repeated": self.repeated,
            "entries": self.entries,
            **{kind: found[kind] for kind in _FAULTS},
            "wrong_screens": self.screens.wrong,
            "converged_s": self.screens.converged,
            "flaws": list(self.flaws()),
            "said": self.said if list(self.flaws()) else "",
            "examples": [f"{fault.kind}: {fault.about}" for fault in self.faults[:20]],
        }

    def sentences(self) -> Iterator[str]:
        """The same for people."""
        told, found, weather = self.history.counts, counts(self.faults), self.weather
        yield f"Startwert {self.seed}, Datenbank {self.database}, {self.screens.people} simulierte Teilnehmende"
        lines = {
            "Server abgeschossen": f"{weather.kills} (davon {weather.busy} mitten in der Arbeit)",
            "Verbindungsversuche": f"{weather.connections} (davon {weather.cuts} abgerissen)",
            "verschluckte Antworten": weather.lost_answers,
            "Befehle": f"{told['invoke']} (gesendet {told['sent']}-mal, {told['unknown']}-mal ohne Antwort)",
            "bestätigt": told["ok"],
            "abgelehnt": told["refused"],
            "erneut gesendet, schon im Protokoll": self.repeated,
            "Einträge im Protokoll": self.entries,
            "davon bestätigt und verloren": found["lost"],
            "doppelt": found["doubled"],
            "Bildschirme einig nach": "–" if self.screens.converged is None else f"{self.screens.converged} s",
        }
        for name, figure in lines.items():
            yield f"{name + ' ':.<38} {figure}"
        flaws = list(self.flaws())
        yield from flaws
        yield from (f"  {fault.kind}: {fault.about}" for fault in self.faults[:5])
        if flaws and self.said:
            yield f"Der Server sagte zuletzt:\n{self.said}"
        yield (
            "Nicht bestanden."
            if flaws
            else "Bestanden: nichts Bestätigtes verloren, nichts doppelt, alle Bilder gleich."
        )


_FAULTS = {
    "lost": "bestätigte Befehle stehen nicht oder anders im Protokoll.",
    "doubled": "Befehle stehen doppelt im Protokoll.",
    "unsent": "Einträge hat niemand gesendet.",
    "misjudged": "Befehle wurden nicht oder falsch beantwortet.",
    "numbering": "Lücke in der Nummerierung des Protokolls.",
    "votes": "Abfragen zählen etwas anderes, als bestätigt wurde.",
}
