"""What is said in Musterstadt: cards, questions, posts.  Invented, as plausible as an administration allows."""

from typing import NamedTuple

KEEP, DROP, TRY = "bleibt", "geht", "kommt"  # the columns of the wall

CARDS: dict[str, tuple[str, ...]] = {
    KEEP: (
        "Kurze Wege: Wer eine Frage hat, geht zwei Türen weiter und hat eine Antwort.",
        "Die gemeinsame Telefonzentrale. Seitdem klingelt es dort, wo jemand sitzt.",
        "Dienstags 15 Minuten mit der Kämmerei, im Stehen.",
        "Das Bürgeramt am Samstag. Dafür bekommen wir Postkarten.",
        "Einarbeitung im Tandem, auch über Dezernate hinweg.",
        "Protokolle mit einer Seite.",
        "Die Bauakten sind digital. Bitte nie wieder zurück in den Keller.",
        "Vertretungsregeln, die auch im August gelten.",
        "Der Jour fixe der Stellvertretungen.",
        "Ein Team von Hausmeisterinnen und Hausmeistern für alle Schulen.",
        "Dass die Feuerwehr bei großen Lagen alle an einen Tisch holt.",
        "Der Kaffee im Standesamt.",
    ),
    DROP: (
        "Faxgeräte, auch das letzte.",
        "Unterschriftenmappen mit mehr als drei Unterschriften.",
        "E-Mails an alle mit der Bitte um Kenntnisnahme.",
        "Formulare, die nach dem Faxanschluss fragen.",
        "Doppelte Prüfung von Reisekosten unter 50 Euro.",
        "Besprechungen, in denen die nächste Besprechung vorbereitet wird.",
        "Tabellen, die nur eine Person versteht. Sie geht im Mai in den Ruhestand.",
        "Mitzeichnung in Reihe. Nebeneinander geht es auch.",
        "Drei Kalender für denselben Sitzungssaal.",
        "Ausdrucken, unterschreiben, einscannen.",
        "Die Abkürzungsliste in der Fassung von 1998.",
        "Urlaubsanträge auf Durchschlagpapier.",
        "Ausschreibungen, die länger sind als der Vertrag.",
    ),
    TRY: (
        "Ein Antrag, eine zuständige Person, bis er fertig ist.",
        "Sprechstunde per Video für Bauanträge.",
        "Eine Anlaufstelle für Umzüge: Meldung, Kita, Abfall, Parken.",
        "Formulare von denen testen lassen, die sie ausfüllen müssen.",
        "Einen Tag im Jahr im Nachbaramt arbeiten.",
        "Eingangsbestätigung mit dem Datum, bis zu dem wir antworten.",
        "Bescheide in verständlicher Sprache, zuerst beim Wohngeld.",
        "Gemeinsam Diensträder beschaffen.",
        "Fristen auf einer Tafel, die alle Ämter sehen.",
        "Ein Raum ohne Tagesordnung, jeden ersten Freitag.",
        "Vier Wochen Übergabe, bevor jemand geht.",
        "Terminbuchung, die auch Absagen kann.",
        "Kleine Beträge ohne Rechnung auf Papier.",
        "Eine Karte aller Baustellen, bevor gegraben wird.",
        "Neue Programme erst in einem Amt, dann in drei, dann überall.",
    ),
}
ISLANDS: dict[str, tuple[str, ...]] = {  # title -> how its cards begin
    "Eine Person ist zuständig": (
        "Ein Antrag,",
        "Eine Anlaufstelle",
        "Die gemeinsame Telefonzentrale",
        "Kurze Wege",
        "Das Bürgeramt am Samstag",
        "Terminbuchung",
        "Sprechstunde per Video",
    ),
    "Mitzeichnung nebeneinander": (
        "Mitzeichnung in Reihe",
        "Unterschriftenmappen",
        "Doppelte Prüfung",
        "Ausdrucken",
        "Dienstags 15 Minuten",
    ),
    "Weniger Papier": (
        "Faxgeräte",
        "Formulare, die nach dem Faxanschluss",
        "Urlaubsanträge",
        "Kleine Beträge",
        "Die Bauakten",
    ),
    "Verständlich schreiben": ("Bescheide in", "Formulare von denen", "Eingangsbestätigung", "Die Abkürzungsliste"),
    "Wissen weitergeben": (
        "Vier Wochen Übergabe",
        "Einarbeitung",
        "Tabellen",
        "Vertretungsregeln",
        "Einen Tag im Jahr",
    ),
    "Gemeinsam planen": ("Drei Kalender", "Fristen auf", "Eine Karte aller", "Gemeinsam Dienst", "Neue Programme"),
}
LIKED = (18, 17, 5, 13, 6, 5)  # how dots fall on the islands, in their order
CARD_COMMENTS = (
    ("Die gemeinsame Telefonzentrale", "Bitte auch die Außenstellen dazunehmen."),
    ("Mitzeichnung in Reihe", "Bei uns seit März so. Vier Tage statt drei Wochen."),
    ("Vier Wochen Übergabe", "Dafür bräuchten wir die Stelle vier Wochen doppelt."),
)


class Asked(NamedTuple):
    text: str
    status: str  # waiting, approved, answered or hidden
    support: int = 0
    anonymous: bool = False
    answer: str = ""  # "" where it was answered aloud
    comments: tuple[str, ...] = ()


QUESTIONS = (
    Asked(
        "Wer entscheidet, welches Verfahren zuerst digital wird?",
        "answered",
        21,
        answer="Die Lenkungsgruppe im Mai, nach Fallzahl und Aufwand. Die Liste steht danach im Blog.",
        comments=("Bitte auch die Verfahren mit wenigen, aber eiligen Fällen ansehen.",),
    ),
    Asked("Bekommen wir für die Umstellung Personal, oder läuft das nebenbei?", "approved", 34, anonymous=True),
    Asked("Was wird aus Menschen ohne Internet?", "answered", 17),
    Asked(
        "Gilt die elektronische Akte auch für Altfälle?",
        "approved",
        12,
        comments=(
            "Im Bauarchiv stehen 900 laufende Meter davon.",
            "Wir scannen dort, wo ein Fall wieder aufgemacht wird.",
        ),
    ),
    Asked("Warum braucht ein Gartenzaun neun Mitzeichnungen?", "approved", 15),
    Asked("Wie messen wir, ob es schneller geworden ist?", "approved", 9),
    Asked("Können wir das alte Fachverfahren abschalten, wenn das neue läuft?", "approved", 6),
    Asked("Wann kommt die Dienstvereinbarung zum mobilen Arbeiten?", "waiting"),
    Asked("Dürfen Ämter ihre Vorlagen selbst ändern?", "waiting"),
    Asked("Wer hat das Buffet genehmigt?", "hidden"),
)
HIDDEN_QUESTION = "Gehört nicht zum Impuls; die Organisation beantwortet das in der Pause"
HIDDEN_CARD = "Nennt eine einzelne Person; bitte allgemein formulieren"
NAMING_CARD = "Die Schlüsselliste. Nur der Kollege im Erdgeschoss weiß, welche Tür gemeint ist."
EDITED = (
    ("Faxgeräte.", "Faxgeräte, auch das letzte. Es steht im Archiv."),
    ("Jour fixe.", "Der Jour fixe der Stellvertretungen, aber nur mit Thema."),
    ("Weniger Mails.", "Betreffzeilen, aus denen hervorgeht, ob jemand etwas tun soll."),
)
WITHDRAWN = "Hier stand etwas, das sich im Gespräch geklärt hat."


class Post(NamedTuple):
    prompt: str
    title: str
    body: str
    comments: tuple[str, ...] = ()
    reactions: tuple[int, int, int] = (0, 0, 0)  # of the three words


POSTS = (
    Post(
        "staunen",
        "Zwölf Stationen für eine Terrasse",
        "Im Impuls wurde ein echter Antrag verfolgt: zwölf Stationen, vier davon haben nichts entschieden. "
        "Wir haben uns in der dritten wiedererkannt.",
        ("Wir waren die siebte und wussten es nicht.", "Kann die Folie ins Intranet?"),
        (23, 8, 0),
    ),
    Post(
        "staunen",
        "Die Stellvertretungen kennen sich besser als wir",
        "Auf der Karte der Zusammenarbeit liefen die meisten Linien zwischen Stellvertretungen. "
        "Vielleicht laden wir beim nächsten Mal nur sie ein.",
        ("Wir kämen gern.",),
        (17, 3, 2),
    ),
    Post(
        "mitnehmen",
        "Eine Frage für die nächste Dienstbesprechung",
        "Welche Unterschrift hat im letzten Jahr etwas geändert? Die anderen können weg.",
        ("Bei uns waren es zwei von elf.", "Die Rechnungsprüfung spricht gern vorher darüber."),
        (12, 14, 1),
    ),
    Post(
        "mitnehmen",
        "Bescheide laut lesen",
        "Wir lesen ab Montag einen Bescheid je Woche laut vor. Wo gelacht wird, schreiben wir neu.",
        (),
        (9, 11, 0),
    ),
)
HIDDEN_COMMENT = "Das klappt doch sowieso nie."
HIDDEN_COMMENT_REASON = "Bitte mit einem Vorschlag verbinden"
