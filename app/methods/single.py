"""One activity of any kind, made of a title and a few lines: for the question that nobody had planned.

It is a method of one step, so that it is added in the same way.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from app.methods.format import MOMENTS, Activity, Method, Step
from facilitation.forms import FORMS
from facilitation.kinds import KINDS

OPTIONS = ["{options}"]
NO_YES = ["stimme nicht zu", "stimme zu"]
YES_NO = [["ja", "Ja"], ["nein", "Nein"], ["enthaltung", "Enthaltung"]]


class Offer(NamedTuple):
    """What can be added.  `lines` says what the lines are for: needed, if anything, or nothing."""

    id: str
    label: str
    kind: str
    settings: dict[str, Any]
    lines: Literal["", "may", "must"]
    group: str
    form: str = ""

    def config(self, lines: Sequence[str]) -> dict[str, Any]:
        """The settings of the kind; lines that may be missing and are leave it as it is."""
        if self.form:
            return {"form": self.form, "settings": self.settings}
        if self.kind == "survey":
            return {"questions": [_open_question(number, line) for number, line in enumerate(lines, 1)]}
        return {} if self.lines == "may" and not lines else self.settings

    def method(self, lines: Sequence[str], minutes: int) -> Method:
        """A method of one step, with nothing but this in it."""
        activity = Activity(kind=self.kind, title="{title}", settings=self.config(lines))
        step = Step(title="{title}", minutes=minutes, instruction=self.label, activities=(self.id,))
        return Method(
            name=self.id,
            title=self.label,
            moment=MOMENTS[0],
            purpose=self.label,
            size="beliebig",
            activities={self.id: activity},
            steps=(step,),
        )


def _poll(id: str, form: str, label: str, lines: Literal["", "must"] = "", **settings: Any) -> Offer:
    return Offer(id, label, "poll", settings, lines, "Abfrage", form)


def _other(id: str, kind: str, label: str, lines: Literal["", "may", "must"] = "", **settings: Any) -> Offer:
    return Offer(id, label, kind, settings, lines, "Anderer Baustein")


def _open_question(number: int, title: str) -> dict[str, Any]:
    return {"id": f"{{slug}}-{number}", "title": title, "form": "open", "settings": {"max_length": 500}}


_STAYS = ["bleibt", "Es bleibt, wie es ist (Passivlösung)"]
_TEXT = {"id": "{slug}", "title": "{title}", "paragraphs": ["{paragraphs}"]}

# A picture to put pins on is sent beforehand: that form stands in no list.
_OFFERS = (
    _poll("ja-nein", "single", "Ja, Nein, Enthaltung", options=YES_NO, abstain="enthaltung"),
    _poll("auswahl", "single", "Eine Antwort", "must", options=OPTIONS),
    _poll("mehrfachauswahl", "multiple", "Mehrere Antworten", "must", options=OPTIONS),
    _poll("skala", "scale", "Skala von 1 bis 10", min=1, max=10),
    _poll("wortwolke", "wordcloud", "Wortwolke"),
    _poll("offene-frage", "open", "Offene Frage", max_length=500),
    _poll("rangfolge", "ranking", "Rangfolge", "must", options=OPTIONS),
    _poll("punkte", "points", "100 Punkte verteilen", "must", options=OPTIONS),
    _poll("zahl", "number", "Zahl von 0 bis 100 schätzen", min=0, max=100, whole=True),
    _poll("einschaetzung", "matrix", "Jede Zeile von 1 bis 5 einschätzen", "must", items=OPTIONS, min=1, max=5),
    _poll("aufstellung", "position", "Standpunkt auf einer Linie", line=True, x_labels=NO_YES),
    _poll("wirkung-aufwand", "portfolio", "Jede Zeile nach Wirkung und Aufwand", "must", items=OPTIONS),
    _poll("konsent", "consent", "Konsent zu einem Vorschlag"),
    _poll("widerstand", "resistance", "Widerstand von 0 bis 10", "must", options=[*OPTIONS, _STAYS], passive="bleibt"),
    _poll("praemissen", "premises", "Prämissen prüfen", "must", items=OPTIONS),
    _other("wand", "wall", "Ideenwand", "may", columns=OPTIONS),
    _other("fragen", "questions", "Fragen an das Podium"),
    _other("blog", "stream", "Blog", "may", prompts=OPTIONS),
    _other("redeliste", "speaking", "Redeliste"),
    _other("fishbowl-kreis", "speaking", "Fishbowl mit vier Plätzen, einer frei", seats=4, free_seats=1),
    _other("ampel", "pulse", "Ampel"),
    _other("blitzlicht-jetzt", "pulse", "Blitzlicht", preset="blitzlicht"),
    _other("vereinbarungen", "measures", "Vereinbarungen"),
    _other("fragebogen", "survey", "Fragebogen mit offenen Fragen", "must"),
    _other("grundlagentext", "text", "Text, jede Zeile ein Absatz", "must", documents=[_TEXT]),
    _other("verdichtung", "digest", "Redaktion", "may", topics=OPTIONS),
)
OFFERS = {offer.id: offer for offer in _OFFERS if offer.kind in KINDS and offer.form in ("", *FORMS)}
