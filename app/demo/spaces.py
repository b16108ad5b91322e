"""Everything else that was prepared: wall, questions, blog, and what they turn into."""

from app.demo import decided, grouped, plan, town, words
from app.demo.polls import POLLS
from app.preparing import Planned

SPACES = (
    Planned(plan.ARRIVAL, "pulse", "Blitzlicht: Wie kommen Sie an?", {"preset": "blitzlicht"}),
    Planned(
        plan.QUESTIONS,
        "questions",
        "Fragen zum Impuls",
        {"premoderated": True, "anonymous_allowed": True, "names": "named"},
    ),
    Planned(
        plan.CIRCLE,
        "speaking",
        "Warum braucht ein Gartenzaun neun Mitzeichnungen?",
        {
            "seats": 4,
            "free_seats": 1,
            "turn_seconds": 120,
            "lists": [
                {"id": "sichert", "title": "Was sie sichern"},
                {"id": "kostet", "title": "Was sie kosten"},
                {"id": "versuch", "title": "Was wir versuchen können"},
            ],
        },
    ),
    Planned(
        plan.WALL,
        "wall",
        "Was bleibt, was geht, was kommt?",
        {
            "names": "moderators",
            "columns": [
                {"id": words.KEEP, "title": "Das behalten wir", "text": "Was gut läuft und bleiben soll."},
                {"id": words.DROP, "title": "Das lassen wir weg", "text": "Was Zeit kostet und niemandem fehlt."},
                {"id": words.TRY, "title": "Das probieren wir aus", "text": "Was einen Versuch wert ist."},
            ],
            "dots": {"budget": 3, "max_per_target": 2, "on": "cluster"},
        },
    ),
    Planned(
        plan.GROUPS,
        "groups",
        "Kleingruppen: Was machen wir daraus?",
        {
            "minutes": 12,
            "scribe": True,
            "groups": [
                {
                    "id": f"g{n}",
                    "title": f"Gruppe {n}",
                    "topic": it.topic,
                    "task": "Eine Insel der Wand, ein Satz: Womit fangen wir an?",
                    "place": "Digital" if n < grouped.GROUPS else "Kleiner Sitzungssaal",
                }
                for n, it in enumerate(grouped.ROUND, 1)
            ],
        },
    ),
    Planned(
        plan.WORKSHOP,
        "groups",
        "Nebenan: Werkstatt für alle, die schon anfangen wollen",
        {
            "minutes": 30,
            "mode": "self_select",
            "groups": [
                {"id": f"g{n}", "title": f"Werkstatt {n}", "topic": topic, "task": "Der erste Schritt, in einem Satz."}
                for n, (topic, _) in enumerate(grouped.TABLES, 1)
            ],
        },
    ),
    Planned(
        plan.TEXT,
        "text",
        "Zwei Grundsätze für Musterstadt",
        {
            "documents": [
                {
                    "id": "grundsaetze",
                    "title": "Grundsätze der Zusammenarbeit",
                    "paragraphs": [
                        {"id": "zustaendig", "title": "Zuständigkeit", "text": decided.RESPONSIBLE},
                        {"id": "verstaendlich", "title": "Verständlichkeit", "text": decided.LEGIBLE},
                    ],
                }
            ],
            "names": "moderators",
        },
    ),
    Planned(
        plan.AGREEMENTS,
        "measures",
        "Was wir vereinbaren",
        {
            "preload": [
                {
                    "id": decided.CARRIED_OVER,
                    "title": "Ein Kalender für alle Sitzungssäle",
                    "first_step": "Die drei Kalender nebeneinanderlegen.",
                    "owner_unit": town.unit(decided.CARRIED_BY),
                    "origin": 6,
                }
            ]
        },
    ),
    Planned(
        plan.DIGEST,
        "digest",
        "Was der Saal sagt",
        {
            "topics": [
                {"id": "buerger", "title": "Für die Bürgerinnen und Bürger"},
                {"id": "haus", "title": "Für uns im Haus"},
            ]
        },
    ),
    Planned(
        plan.STREAM,
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
ACTIVITIES = (*POLLS, *SPACES)
