"""The polls of the day, in the order of the agenda."""

from app.demo import plan
from app.preparing import Planned
from facilitation.record import Data


def _options(**labels: str) -> list[dict[str, str]]:
    return [{"id": id, "label": label} for id, label in labels.items()]


ENERGY: Data = {"min": 1, "max": 10, "ends": ["erschöpft", "voller Energie"]}

POLLS = (
    Planned(
        plan.TEST,
        "poll",
        "Technikprobe: Was kommt bei Ihnen an?",
        {
            "form": "single",
            "settings": {
                "options": _options(
                    alles="Bild und Ton", bild="Nur das Bild", ton="Nur der Ton", flur="Nur der Flur nebenan"
                )
            },
        },
    ),
    Planned(plan.MOOD, "poll", "Wie gehen Sie heute in den Tag?", {"form": "scale", "settings": ENERGY}),
    Planned(
        plan.WORD,
        "poll",
        "Was macht Zusammenarbeit leicht? Ein Wort oder zwei",
        {"form": "wordcloud", "settings": {"max_words": 2}},
    ),
    Planned(
        plan.START,
        "poll",
        "Womit fängt Ihr Amt an?",
        {
            "form": "single",
            "names": "named",
            "ballot_unit": "unit",
            "settings": {
                "options": _options(
                    termine="Termine ohne Warten",
                    bescheide="Bescheide, die man beim ersten Lesen versteht",
                    akte="Akten, die alle finden",
                    umzug="Ein Umzug, eine Anlaufstelle",
                )
            },
        },
    ),
    Planned(
        plan.CONSENT,
        "poll",
        "Tragen Sie den ersten Grundsatz in der neuen Fassung?",
        {"form": "consent", "names": "moderators", "settings": {}},
    ),
    Planned(
        plan.FOCUS,
        "poll",
        "Welches Vorhaben beginnen wir zuerst gemeinsam?",
        {
            "form": "single",
            "settings": {
                "options": _options(
                    antrag="Ein Antrag, eine zuständige Person",
                    sprache="Bescheide in verständlicher Sprache",
                    mitzeichnung="Mitzeichnung nebeneinander statt nacheinander",
                    wissen="Wissen sichern, bevor jemand geht",
                )
            },
        },
    ),
    Planned(
        plan.ORDER,
        "poll",
        "In welcher Reihenfolge geht es danach weiter?",
        {
            "form": "ranking",
            "settings": {
                "top": 3,
                "options": _options(
                    kalender="Ein Kalender für alle Sitzungssäle",
                    vertretung="Vertretungen, die auch im August gelten",
                    fristen="Eine Tafel mit allen Fristen",
                    baustellen="Eine Karte aller Baustellen",
                    besuch="Ein Tag im Nachbaramt",
                ),
            },
        },
    ),
    Planned(
        plan.TANDEM,
        "poll",
        "Mit welchen Dezernaten möchten Sie ein Tandem bilden?",
        {
            "form": "multiple",
            "names": "named",
            "settings": {
                "max_choices": 2,
                "options": [
                    {"id": f"d-{id.lower()}", "label": f"Dezernat {id}"}
                    for id in ("OB", "I", "II", "III", "IV", "V", "VI")
                ],
            },
        },
    ),
    Planned(
        plan.LEAVING,
        "poll",
        "Und jetzt: Wie gehen Sie aus dem Tag?",
        {"form": "scale", "settings": ENERGY, "follows": plan.MOOD},
    ),
)
