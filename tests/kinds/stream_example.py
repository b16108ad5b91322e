"""How a stream is played."""

from tests.play import Example, Play, Wishes

MODES = ("named", "moderators", "anonymous")
PROMPTS = [{"id": "mut", "title": "Was macht Mut?"}, {"id": "zeit", "title": "Was kostet Zeit?"}]
TOPICS = [{"id": "personal", "title": "Personal & <Geld>"}]
IMAGE = "0123456789abcdef" * 2


def wishes(play: Play) -> Wishes:
    rng, ref, words = play.rng, play.ref, play.words

    def post() -> dict[str, object]:
        said = {"prompt": rng.choice(["mut", "zeit", "keiner"]), "title": words(), "body": words()}
        pictured = {"image": IMAGE, "alt": words(), "consent": rng.random() < 0.9}
        return (
            said | (pictured if rng.random() < 0.4 else {}) | ({"topics": ["personal"]} if rng.random() < 0.3 else {})
        )

    def headline() -> dict[str, object]:
        said = {"prompt": "mut", "title": words(), "published": rng.random() < 0.8}
        return said | {"sources": list(dict.fromkeys((ref(), ref())))}

    return [
        (6, lambda: ("post", post())),
        (4, lambda: ("comment", {"on": ref(), "text": words()})),
        (4, lambda: ("react", {"on": ref(), "word": rng.choice(["Danke", "Na ja"])})),
        (3, lambda: ("report", {"on": ref(), "reason": words()})),
        (2, lambda: ("dismiss", {"on": ref()})),
        (4, lambda: ("draft", post())),
        (2, lambda: ("draft", headline())),
        (3, lambda: ("publish", {"post": ref()})),
        (3, lambda: ("correct", {"post": ref(), "title": words(), "body": words(), "reason": words()})),
        (2, lambda: ("lock", {"post": ref()})),
        (1, lambda: ("unlock", {"post": ref()})),
        (4, lambda: ("approve", {"ref": ref()})),
        (2, lambda: ("reject", {"ref": ref(), "reason": words()})),
        (1, lambda: ("tag", {"ref": ref(), "labels": rng.choice([["personal"], [], ["nein"]])})),
    ]


EXAMPLE = Example(
    [
        {"prompts": PROMPTS, "topics": TOPICS, "names": names, "premoderated": premoderated}
        for premoderated in (False, True)
        for names in MODES
    ],
    wishes,
    ("post", {"prompt": "mut", "title": "Geheimnis", "body": "Text"}),
    views=("ticker",),
)
