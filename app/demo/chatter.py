"""What simulated people say while somebody watches."""

from app.demo.words import DROP, KEEP, TRY

CARDS = (
    (KEEP, "Die Lotsin im Foyer. Seit sie da ist, fragt niemand mehr an der Pforte nach dem Weg."),
    (KEEP, "Der Stadtplan mit allen Schulwegen."),
    (KEEP, "Telefonkonferenz bei Sturm um sieben Uhr."),
    (KEEP, "Die Springerkräfte in den Kindertagesstätten."),
    (KEEP, "Vorlagen, die mit einer Zusammenfassung beginnen."),
    (KEEP, "Der Bücherbus, auch für Ausweise."),
    (DROP, "Anlagen, die auf Anlagen verweisen."),
    (DROP, "Öffnungszeiten, die nur der Hausmeister kennt."),
    (DROP, "Drei Stempel, zwei Farben."),
    (DROP, "Rundschreiben über die Aufhebung von Rundschreiben."),
    (DROP, "Nachfragen nach Unterlagen, die schon im Haus sind."),
    (DROP, "Passwörter auf Zetteln, weil es sieben sind."),
    (TRY, "Eine Sprechstunde für Vereine, alle Ämter an einem Abend."),
    (TRY, "Beschlüsse mit einem Satz dazu, was sich dadurch ändert."),
    (TRY, "Praktikum der Amtsleitungen am Empfang."),
    (TRY, "Ein Foto zum Schlagloch, ein Datum zur Antwort."),
    (TRY, "Die Hälfte aller Besprechungen auf 25 Minuten."),
    (TRY, "Eine Liste dessen, was wir nicht mehr tun."),
)
QUESTIONS = (
    "Wer beantwortet Fragen, die zwischen zwei Ämter fallen?",
    "Bekommen die Eigenbetriebe dieselbe Software?",
    "Wie lange läuft die Probephase?",
    "Wer pflegt die Texte auf der Internetseite?",
    "Was sagt der Personalrat dazu?",
    "Gibt es Schulungen auch am Nachmittag?",
)
COMMENTS = (
    "Das ging uns genauso.",
    "Wir haben dazu eine Vorlage, die wir gern teilen.",
    "Bitte auch an die Außenstellen denken.",
    "Dazu gibt es seit letztem Jahr einen Beschluss.",
    "Das wäre ein Thema für den nächsten Amtsleitungstag.",
    "Wir machen mit.",
)
WORDS = ("Vertrauen", "Zeit", "Zuhören", "kurze Wege", "Humor", "Klarheit", "Kaffee", "Geduld", "Mut", "Pausen")
REASONS = (
    "Das trifft kleine Ämter härter als große.",
    "Bitte erst mit zwei Ämtern ausprobieren.",
    "Dafür fehlt uns im Moment eine Stelle.",
    "Die Frist ist zu knapp, sonst gern.",
)
ANSWERS = (
    "Dass wir uns einmal im Jahr alle sehen.",
    "Eine gemeinsame Liste, an die sich alle halten.",
    "Ein Anruf, bevor die Mail kommt.",
    "Dass Entscheidungen begründet werden.",
)
WORDINGS = (
    "Wer einen Antrag annimmt, bleibt zuständig, bis er entschieden ist, und sagt, wer sonst noch mitarbeitet.",
    "Wir schreiben so, dass niemand nachfragen muss, und lesen jeden neuen Bescheid vorher laut.",
)
