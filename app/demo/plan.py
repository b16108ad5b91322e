"""What was prepared for the day: eleven steps and nine activities, in the states that the story brings them into."""

from datetime import datetime, timedelta

from app.preparing import Planned
from facilitation.agenda import Step

TITLE = "Digitaler Amtsleitungstag der Stadt Musterstadt"
MOOD, TEST, START, FOCUS = "poll-stimmung", "poll-technik", "poll-anfang", "poll-schwerpunkt"
TANDEM, LEAVING = "poll-tandem", "poll-ausblick"
WALL, QUESTIONS, STREAM = "wand", "fragen", "blog"
KEEP, DROP, TRY = "bleibt", "geht", "kommt"
STARTS = (
    ("termine", "Termine ohne Warten"),
    ("bescheide", "Bescheide, die man beim ersten Lesen versteht"),
    ("akte", "Akten, die alle finden"),
    ("umzug", "Ein Umzug, eine Anlaufstelle"),
)
FOCUSES = (
    ("antrag", "Ein Antrag, eine zuständige Person"),
    ("sprache", "Bescheide in verständlicher Sprache"),
    ("mitzeichnung", "Mitzeichnung nebeneinander statt nacheinander"),
    ("wissen", "Wissen sichern, bevor jemand geht"),
)


def _options(options: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"id": id, "label": label} for id, label in options]


ACTIVITIES = (
    Planned(
        TEST,
        "poll",
        "Technikprobe: Was kommt bei Ihnen an?",
        {
            "form": "single",
            "settings": {
                "options": _options(
                    (
                        ("alles", "Bild und Ton"),
                        ("bild", "Nur das Bild"),
                        ("ton", "Nur der Ton"),
                        ("flur", "Nur der Flur nebenan"),
                    )
                )
            },
        },
    ),
    Planned(
        MOOD,
        "poll",
        "Wie gehen Sie heute in den Tag?",
        {"form": "scale", "settings": {"min": 1, "max": 10, "ends": ["erschöpft", "voller Energie"]}},
    ),
    Planned(
        QUESTIONS,
        "questions",
        "Fragen zum Impuls",
        {"premoderated": True, "anonymous_allowed": True, "names": "named"},
    ),
    Planned(
        START,
        "poll",
        "Womit fängt Ihr Amt an?",
        {"form": "single", "names": "named", "ballot_unit": "unit", "settings": {"options": _options(STARTS)}},
    ),
    Planned(
        WALL,
        "wall",
        "Was bleibt, was geht, was kommt?",
        {
            "names": "moderators",
            "columns": [
                {"id": KEEP, "title": "Das behalten wir", "text": "Was gut läuft und bleiben soll."},
                {"id": DROP, "title": "Das lassen wir weg", "text": "Was Zeit kostet und niemandem fehlt."},
                {"id": TRY, "title": "Das probieren wir aus", "text": "Was einen Versuch wert ist."},
            ],
        },
    ),
    Planned(
        FOCUS,
        "poll",
        "Welches Vorhaben beginnen wir zuerst gemeinsam?",
        {"form": "single", "settings": {"options": _options(FOCUSES)}},
    ),
    Planned(
        TANDEM,
        "poll",
        "Mit welchen Dezernaten möchten Sie ein Tandem bilden?",
        {
            "form": "multiple",
            "names": "named",
            "settings": {
                "max_choices": 2,
                "options": _options(
                    (
                        ("d-ob", "Dezernat OB"),
                        ("d-1", "Dezernat I"),
                        ("d-2", "Dezernat II"),
                        ("d-3", "Dezernat III"),
                        ("d-4", "Dezernat IV"),
                        ("d-5", "Dezernat V"),
                        ("d-6", "Dezernat VI"),
                    )
                ),
            },
        },
    ),
    Planned(
        LEAVING,
        "poll",
        "Wie zuversichtlich gehen Sie zurück in Ihr Amt?",
        {"form": "scale", "settings": {"min": 1, "max": 5, "ends": ["wenig", "sehr"]}},
    ),
    Planned(
        STREAM,
        "stream",
        "Blog zum Amtsleitungstag",
        {
            "prompts": [
                {"id": "staunen", "title": "Was hat Sie heute überrascht?"},
                {"id": "mitnehmen", "title": "Was nehmen Sie in Ihr Amt mit?"},
            ]
        },
    ),
)

BY_HAND = {"schwerpunkt"}  # steps whose activity the facilitator opens
_STEPS = (  # id, minutes, title, type, activity, who leads it
    ("ankommen", 15, "Ankommen und Technikprobe", "lobby", TEST, "Technik"),
    ("begruessung", 7, "Begrüßung", "plenum", "", "Oberbürgermeisterin"),
    ("stimmung", 5, "Stimmungsbild", "abfrage", MOOD, "Moderation"),
    ("impuls", 15, "Impuls: Ein Antrag geht durch die Stadt", "impuls", "", "Leitung Digitales und Daten"),
    ("fragerunde", 8, "Fragerunde zum Impuls", "fragen", QUESTIONS, "Leitung Digitales und Daten"),
    ("anfang", 6, "Womit fangen wir an?", "abfrage", START, "Moderation"),
    ("ideen", 11, "Ideenwand: Was bleibt, was geht, was kommt?", "ideenwand", WALL, "Moderation"),
    ("schwerpunkt", 10, "Ein gemeinsamer Schwerpunkt", "abfrage", FOCUS, "Beigeordnete Dezernat III"),
    ("pause", 15, "Pause", "pause", "", ""),
    ("tandem", 20, "Wer arbeitet mit wem?", "abfrage", TANDEM, "Leitung Personal"),
    ("abschluss", 10, "Ausblick und Abschluss", "plenum", LEAVING, "Oberbürgermeisterin"),
)


def steps(began: datetime) -> list[Step]:
    """The agenda of a day that began at that moment."""
    planned: list[Step] = []
    for id, minutes, title, kind, activity, lead in _STEPS:
        starts = planned[-1].ends if planned else began
        planned.append(
            Step(
                id=id,
                title=title,
                type=kind,
                starts=starts,
                ends=starts + timedelta(minutes=minutes),
                activities=(activity,) if activity else (),
                lead=lead,
                opens=bool(activity) and id not in BY_HAND,
            )
        )
    return planned
