"""What is worked out in Musterstadt: words, arguments, principles, consent, agreements, sentences."""

from typing import NamedTuple

WORDS = {  # of the word cloud, and how often
    "Vertrauen": 22,
    "Zeit": 17,
    "Kurze Wege": 12,
    "Zuhören": 11,
    "Humor": 9,
    "Verlässlichkeit": 8,
    "Klarheit": 7,
    "Kaffee": 6,
    "Mut": 5,
    "Geduld": 3,
    "Ansprechbarkeit": 3,
    "Pausen": 2,
}
SPELLINGS = {"Vertrauen": "vertrauen", "Kurze Wege": "kurze wege", "Humor": "HUMOR"}  # others write it like this
BANNED = "Feierabend"
SHARES = {"dabei": 34, "nachdenklich": 17, "skeptisch": 6, "muede": 9}  # of the signals on arrival

ARGUMENTS = (  # list, words
    ("sichert", "Jede Mitzeichnung hat einmal einen Fehler verhindert."),
    ("kostet", "Neun Schreibtische sind neunmal Warten."),
    ("kostet", "Wer als Neunter zeichnet, liest die acht davor nicht."),
    ("sichert", "Beim Baumschutz merkt sonst niemand, dass eine Linde im Weg steht."),
    ("versuch", "Nebeneinander zeichnen und nach zehn Tagen Schweigen als Zustimmung nehmen."),
)

RESPONSIBLE = "Jedes Amt bearbeitet seinen Teil eines Antrags und gibt ihn danach weiter."
LEGIBLE = "Bescheide sollen möglichst verständlich sein."
VOTES = {"zustaendig": (14, 31, 12), "verstaendlich": (33, 17, 3)}  # carries, with changes, does not


class Suggested(NamedTuple):
    paragraph: str
    text: str
    reason: str
    support: int
    decision: str  # "" where nobody has decided yet
    why: str = ""


SUGGESTED = (
    Suggested(
        "zustaendig",
        "Wer einen Antrag annimmt, bleibt zuständig, bis er entschieden ist. Andere Ämter arbeiten zu.",
        "Sonst sucht, wer ihn gestellt hat, nach jeder Übergabe neu.",
        38,
        "accepted",
        "Von vielen getragen, und ohne neue Stelle machbar.",
    ),
    Suggested(
        "zustaendig",
        "Jedes Amt bearbeitet seinen Teil eines Antrags innerhalb von drei Tagen.",
        "Drei Tage kann sich jeder merken.",
        9,
        "rejected",
        "Drei Tage hält niemand ein, der auf ein Gutachten wartet.",
    ),
    Suggested(
        "verstaendlich",
        "Bescheide versteht man beim ersten Lesen. Neue Vorlagen liest vorher jemand, der nicht bei uns arbeitet.",
        "Möglichst heißt: nie.",
        27,
        "",
    ),
)
REMARKS = (
    ("zustaendig", "Und wer vertritt im August?"),
    ("zustaendig", "Bei Bauanträgen sind es oft sechs Ämter. Gerade deshalb."),
    ("verstaendlich", "Die Rechtsbehelfsbelehrung bleibt, wie sie ist, leider."),
)

CONSENT = {"zustimmung": 41, "bedenken": 12, "einwand": 0}
CONCERNS = (
    "Die Fachverfahren zeigen nur den eigenen Teil des Antrags.",
    "Gilt das auch, wenn jemand das Amt wechselt?",
    "Für die Zuarbeit brauchen wir eine Frist.",
)


class Agreed(NamedTuple):
    title: str
    first_step: str
    owner: str  # whose unit takes it on: the label of its head
    helper: str  # another that offers help, or ""
    weeks: int  # until it is due
    island: str
    cards: tuple[str, ...] = ()  # how they begin


AGREED = (
    Agreed(
        "Mitzeichnung nebeneinander, zuerst bei kleinen Bauvorhaben",
        "Bis Monatsende die neun Stellen an einen Tisch holen.",
        "Bauaufsicht",
        "Grünflächen und Friedhöfe",
        10,
        "Mitzeichnung nebeneinander",
        ("Mitzeichnung in Reihe",),
    ),
    Agreed(
        "Eine Anlaufstelle für Umzüge",
        "Zwei Wochen lang mitschreiben, wonach beim Umzug gefragt wird.",
        "Bürgeramt",
        "Kindertagesstätten",
        16,
        "Eine Person ist zuständig",
        ("Eine Anlaufstelle", "Ein Antrag,"),
    ),
    Agreed(
        "Der Wohngeldbescheid in verständlicher Sprache",
        "Einen Bescheid mit fünf Menschen lesen, die einen bekommen haben.",
        "Wohngeld und Wohnen",
        "",
        20,
        "Verständlich schreiben",
        ("Bescheide in",),
    ),
)
CARRIED_OVER, CARRIED_BY = "AT0-0312", "Gebäude und Schlüssel"  # an agreement of the last day, and whose it is
REPORT = "Die drei Kalender liegen nebeneinander. Zwei davon sind derselbe."
DOUBT = "Bitte die Außenstellen im Bauhof von Anfang an einladen."


class Condensed(NamedTuple):
    text: str
    topic: str
    cards: tuple[str, ...]  # how those begin of which it was made
    questions: tuple[int, ...] = ()  # their places among all


SENTENCES = (
    Condensed(
        "Wer einen Antrag stellt, will eine Person kennen, nicht unseren Aufbau.",
        "buerger",
        ("Ein Antrag,", "Eine Anlaufstelle", "Die gemeinsame Telefonzentrale"),
    ),
    Condensed(
        "Wir zeichnen nebeneinander, weil der neunte Stempel selten etwas ändert.",
        "haus",
        ("Mitzeichnung in Reihe", "Unterschriftenmappen"),
        (4,),
    ),
)
DECLINED, DECLINED_WHY = "Der Kaffee im Standesamt", "Bleibt, wie er ist; dafür braucht es keinen Beschluss"
CLAIMED = ("Ein Raum ohne Tagesordnung", "Der Jour fixe")
AFTERWARDS = "Die Wand bleibt offen: Was fällt Ihnen noch ein?"
