"""What groups wrote, handed in and were told: a round that is over, and a workshop beside the vote that goes on."""

from typing import NamedTuple

GROUPS = 6
WORKING = 4  # groups beside the vote in which people sit apart


class Said(NamedTuple):
    """A comment on a result; `reply` is what the group answered, `accepted` whether they took it up."""

    aspect: str
    text: str
    reply: str = ""
    accepted: bool = False


class Worked(NamedTuple):
    """A group of the round that is over."""

    topic: str
    notes: tuple[str, ...]
    result: str
    points: str
    support: int
    said: tuple[Said, ...] = ()


ROUND = (
    Worked(
        "Eine Person ist zuständig",
        ("Wer anruft, soll einen Namen bekommen.", "Vertretung muss im Kalender stehen.", "Rückruf in zwei Tagen."),
        "Jeder Antrag hat von Anfang an einen Namen, und der bleibt bis zum Bescheid.",
        "Vertretung steht im Kalender\nRückruf innerhalb von zwei Tagen",
        31,
        (
            Said("strength", "Das merkt man als Bürgerin sofort."),
            Said("question", "Was passiert im Urlaub?", "Die Vertretung steht im Kalender und im Bescheid."),
        ),
    ),
    Worked(
        "Mitzeichnung nebeneinander",
        ("Neun Stellen, alle nacheinander.", "Drei davon haben noch nie etwas geändert."),
        "Wir zeichnen gleichzeitig mit, zuerst bei kleinen Bauvorhaben.",
        "Frist: fünf Arbeitstage\nOhne Antwort gilt es als gelesen\nNach drei Monaten zählen wir nach",
        42,
        (
            Said("question", "Gilt das auch für den Brandschutz?", "Nein, der bleibt vorab."),
            Said("link", "Hängt mit Gruppe 3 zusammen: Ohne gemeinsame Akte geht es nicht.", accepted=True),
            Said("strength", "Klein anfangen und nachzählen: gut."),
        ),
    ),
    Worked(
        "Weniger Papier",
        ("Urlaubsanträge gehen durch fünf Hände.", "Die Bauakten sind das dicke Brett."),
        "Was intern bleibt, bleibt elektronisch: Urlaub, Dienstreise, kleine Beträge.",
        "Bauakten erst danach",
        18,
        (Said("question", "Wer kümmert sich um die Bezirksgärtnereien ohne Rechner?"),),
    ),
    Worked(
        "Verständlich schreiben",
        ("Wir haben einen Bescheid laut gelesen. Nach zwei Sätzen waren alle raus.",),
        "Der erste Satz eines Bescheids sagt, was gilt und was jetzt zu tun ist.",
        "Mit fünf Menschen lesen, die ihn bekommen haben",
        27,
        (Said("strength", "Der Satz gilt auch für Vermerke."),),
    ),
    Worked(
        "Wissen, das geht",
        ("In vier Jahren geht ein Drittel.", "Tandems kosten Zeit, aber nur einmal."),
        "Wer in zwei Jahren geht, arbeitet im letzten halben Jahr zu zweit.",
        "",
        22,
    ),
    Worked(
        "Abends und am Samstag",
        ("Nicht alle Ämter, nicht jeden Samstag.",),
        "Ein Samstag im Monat reicht, wenn alle ihn kennen.",
        "Gemeinsam ankündigen",
        9,
        (Said("question", "Ist das mit dem Personalrat besprochen?"),),
    ),
)
HELP = "Wir hören niemanden."

TABLES = (  # topic and notes of the groups beside the vote, in the order of how they stand
    ("Anlaufstelle für Umzüge", ("Kita, Hund, Parkausweis: alles dieselbe Adresse.", "Das Bürgeramt fängt an.")),
    ("Ein Kalender für Säle", ("Drei Kalender, zwei davon gleich.",)),
    ("Bescheide in Alltagssprache", ("Welcher Bescheid zuerst? Wohngeld.",)),
    ("Probetag ohne Unterschriftenmappe", ("Ein Dienstag im Januar.",)),
    ("Telefonzentrale am Samstag", ()),
    ("Ansagen, die jemand versteht", ("Die Warteschleife sagt dreimal, dass sie wichtig ist.",)),  # joins the third
)
JOINED, HOSTS = "g6", "g3"
DONE = "Wer umzieht, meldet sich einmal, und das Bürgeramt sagt es den anderen."
ASKING = "Wir haben eine Frage: Gehört der Ratssaal auch dazu?"
TOLD = "Noch zehn Minuten. Ein Satz genügt."
