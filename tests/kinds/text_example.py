"""How a text is played: two paragraphs, random votes, suggestions and decisions."""

from facilitation.record import Data
from tests.play import Example, Play, Wishes

DOCUMENTS = [
    {
        "id": "leitbild",
        "title": "Leitbild <b>",
        "paragraphs": [
            {"id": "lb-1", "title": "Ziel", "text": "Wir sind für alle da."},
            {"id": "lb-2", "title": "Weg & Mittel", "text": "Wir hören zu und entscheiden dann."},
        ],
    }
]
VALUES = ["traegt", "mit_aenderung", "Widerspruch <i>"]


def of_text(play: Play) -> Wishes:
    rng = play.rng

    def paragraph() -> str:
        return rng.choice(["lb-1", "lb-2", "lb-2", "keiner"])

    def decision() -> Data:
        decision = rng.choice(["accepted", "accepted", "rejected", "deferred"])
        own = {"wording": play.words()} if rng.random() < 0.3 else {}
        return {"suggestion": play.ref(), "decision": decision, "reason": play.words()} | own

    def suggestion() -> Data:
        base = {"base_revision": rng.randint(0, 3)} if rng.random() < 0.3 else {}
        return {"paragraph": paragraph(), "text": play.words(), "reason": play.words()} | base

    return [
        (8, lambda: ("vote", {"paragraph": paragraph(), "value": rng.choice([*VALUES, "nichts"])})),
        (7, lambda: ("suggest", suggestion())),
        (5, lambda: ("support", {"suggestion": play.ref()})),
        (4, lambda: ("decide", decision())),
        (3, lambda: ("comment", {"on": paragraph(), "text": play.words()})),
    ]


EXAMPLE = Example(
    [{"documents": DOCUMENTS, "vote_values": VALUES, "names": names} for names in ("named", "moderators", "anonymous")],
    of_text,
    views=("paragraph", "gallery"),
)
