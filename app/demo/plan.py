"""What was prepared for the day: its steps, and the ids of its activities."""

from datetime import datetime, timedelta
from typing import NamedTuple

from facilitation.agenda import Step

TITLE = "Digitaler Amtsleitungstag der Stadt Musterstadt"
TEST, MOOD, WORD = "poll-technik", "poll-stimmung", "poll-wort"
START, CONSENT, FOCUS = "poll-anfang", "poll-konsent", "poll-schwerpunkt"
ORDER, TANDEM, LEAVING = "poll-reihenfolge", "poll-tandem", "poll-ausblick"
ARRIVAL, CIRCLE, TEXT = "blitzlicht", "fishbowl", "grundsaetze"
AGREEMENTS, DIGEST = "vereinbarungen", "verdichtung"
WALL, QUESTIONS, STREAM = "wand", "fragen", "blog"
GROUPS, WORKSHOP = "gruppen", "werkstatt"


class Planned(NamedTuple):
    id: str
    minutes: int
    title: str
    type: str
    activities: tuple[str, ...] = ()
    lead: str = ""


DIGITAL = "Leitung Digitales und Daten"
STEPS = (
    Planned("ankommen", 16, "Ankommen und Technikprobe", "lobby", (TEST, ARRIVAL), "Technik"),
    Planned("begruessung", 7, "Begrüßung", "plenum", (), "Oberbürgermeisterin"),
    Planned("stimmung", 4, "Stimmungsbild", "abfrage", (MOOD,), "Moderation"),
    Planned("wort", 4, "Ein Wort zur Zusammenarbeit", "abfrage", (WORD,), "Moderation"),
    Planned("impuls", 15, "Impuls: Ein Antrag geht durch die Stadt", "impuls", (), DIGITAL),
    Planned("fragerunde", 8, "Fragerunde zum Impuls", "fragen", (QUESTIONS,), DIGITAL),
    Planned("fishbowl", 12, "Fishbowl: Neun Mitzeichnungen", "plenum", (CIRCLE,), "Moderation"),
    Planned("anfang", 5, "Womit fangen wir an?", "abfrage", (START,), "Moderation"),
    Planned("ideen", 20, "Ideenwand: Was bleibt, was geht, was kommt?", "ideenwand", (WALL,), "Moderation"),
    Planned("kleingruppen", 20, "Kleingruppen: Was machen wir daraus?", "plenum", (GROUPS,), "Moderation"),
    Planned("grundsaetze", 14, "Zwei Grundsätze", "plenum", (TEXT, CONSENT), "Leitung Organisation und Formulare"),
    Planned("vereinbarungen", 12, "Vereinbarungen", "plenum", (AGREEMENTS,), "Beigeordneter Dezernat I"),
    Planned("schwerpunkt", 10, "Ein gemeinsamer Schwerpunkt", "abfrage", (FOCUS, WALL), "Beigeordnete Dezernat III"),
    Planned("pause", 15, "Pause", "pause"),
    Planned("reihenfolge", 8, "Was danach kommt", "abfrage", (ORDER,), "Beigeordnete Dezernat III"),
    Planned("tandem", 15, "Wer arbeitet mit wem?", "abfrage", (TANDEM,), "Leitung Personal"),
    Planned("abschluss", 10, "Ausblick und Abschluss", "plenum", (LEAVING, AGREEMENTS), "Oberbürgermeisterin"),
)
BY_HAND = {"schwerpunkt"}  # steps whose activity the facilitator opens


def steps(began: datetime) -> list[Step]:
    """The agenda of a day that began at that moment."""
    planned: list[Step] = []
    for it in STEPS:
        starts = planned[-1].ends if planned else began
        planned.append(
            Step(
                id=it.id,
                title=it.title,
                type=it.type,
                starts=starts,
                ends=starts + timedelta(minutes=it.minutes),
                activities=it.activities,
                lead=it.lead,
                opens=bool(it.activities) and it.id not in BY_HAND,
            )
        )
    return planned
