"""How a digest is played: others write cards, editors take them up, condense them or let them be."""

from facilitation.record import Data
from tests.play import Example, Play, Wishes

TOPICS = [{"id": "personal", "title": "Personal <b>"}, {"id": "zeit", "title": "Zeit"}]


def of_digest(play: Play) -> Wishes:
    rng = play.rng

    def ref() -> str:
        said = list(play.table.sources)
        return rng.choice(said) if said and rng.random() < 0.95 else "AT2-9999"

    def sources() -> Data:
        return {"sources": list(dict.fromkeys(ref() for _ in range(rng.randint(1, 3))))}

    def topic() -> Data:
        return {"topic": rng.choice(["personal", "zeit", "", "keins"])}

    return [
        (8, lambda: ("wand write", {"column": "cards", "text": play.words()})),
        (8, lambda: ("claim", sources())),
        (2, lambda: ("release", sources())),
        (2, lambda: ("tag", sources() | topic())),
        (3, lambda: ("decline", sources() | {"reason": play.words()})),
        (1, lambda: ("resume", sources())),
        (6, lambda: ("condense", sources() | topic() | {"text": play.words()})),
        (2, lambda: ("rewrite", {"sentence": play.ref(), "text": play.words()} | topic())),
        (1, lambda: ("link", {"sentence": play.ref()} | sources())),
        (2, lambda: ("place", {"sentence": play.ref(), "before": play.ref()})),
        (1, lambda: ("recall", {"sentence": play.ref()})),
    ]


EXAMPLE = Example(
    [{"names": names, "topics": TOPICS} for names in ("named", "moderators", "anonymous")],
    of_digest,
    ("condense", {"text": "Geheimnis"}),
    views=("sentence",),
    author="mo",
    beside=[("wand", "wall", {"names": "anonymous"})],
)
