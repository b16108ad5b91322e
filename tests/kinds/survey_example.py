"""How a survey is played: every form is a question, answered by chance, seldom so that it does not hold."""

from facilitation.record import Data
from tests.forms.examples import PAPERS
from tests.play import SLUG, Example, Play, Wishes

QUESTIONS = [
    {
        "id": form,
        "title": f"Frage <b> {form}",
        "form": form,
        "settings": paper.settings,
        "required": form in ("single", "open"),
    }
    for form, paper in PAPERS.items()
]
ONE_OF_WORDS = {"id": "open", "title": "Und sonst?", "form": "open", "settings": {}, "required": True}


def answers(play: Play) -> dict[str, Data]:
    """Some of the questions, mostly those that must be answered among them."""
    asked = [question.id for question in play.table.activities[SLUG].state.config.questions]
    chosen = [id for id in asked if play.rng.random() < (0.97 if id in ("single", "open") else 0.2)]
    found = {id: PAPERS[id].ballot(play) for id in chosen}
    return found | ({"7": {}} if play.rng.random() < 0.03 else {})


def of_survey(play: Play) -> Wishes:
    return [
        (20, lambda: ("submit", {"answers": answers(play)})),
        (3, lambda: (f"{SLUG} redact", {"ref": play.ref(), "reason": play.words()})),
    ]


EXAMPLE = Example(
    [
        {"questions": asked, "names": names, "revote": revote}
        for names, revote in (("named", True), ("moderators", False), ("anonymous", True))
        for asked in ([ONE_OF_WORDS], QUESTIONS)
    ],
    of_survey,
)
