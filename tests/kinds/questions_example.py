"""How questions are played."""

from tests.play import Example, Play, Wishes

MODES = ("named", "moderators", "anonymous")
LABELS = [{"id": "personal", "title": "Personal & <Geld>"}, {"id": "it", "title": "IT"}]
ENDS = ["", "in_writing", "dropped"]
ADDRESSEES = [{"id": "ob", "title": "OB <b>"}]


def wishes(play: Play) -> Wishes:
    rng, ref, words = play.rng, play.ref, play.words
    return [
        (6, lambda: ("ask", {"text": words(), "anonymous": rng.random() < 0.3, "to": rng.choice(["", "ob", "nein"])})),
        (2, lambda: ("withdraw", {"question": ref()})),
        (6, lambda: ("support", {"question": ref()})),
        (2, lambda: ("unsupport", {"question": ref()})),
        (3, lambda: ("oppose", {"question": ref()})),
        (1, lambda: ("unoppose", {"question": ref()})),
        (4, lambda: ("comment", {"on": ref(), "text": words()})),
        (5, lambda: ("approve", {"question": ref()})),
        (6, lambda: ("reject", {"ref": ref(), "reason": words()})),
        (2, lambda: ("mend", {"question": ref(), "text": words()})),
        (2, lambda: ("tag", {"ref": ref(), "labels": rng.sample(["personal", "it", "nein"], 1)})),
        (1, lambda: ("shortlist", {"question": ref(), "chosen": rng.random() < 0.8})),
        (4, lambda: ("merge", {"question": ref(), "into": ref()})),
        (2, lambda: ("split", {"question": ref()})),
        (2, lambda: ("answer", {"question": ref(), "text": words(), "answerer": "Amt 11"})),
        (2, lambda: ("settle", {"question": ref(), "end": rng.choice(ENDS), "reason": words()})),
        (1, lambda: ("sort", {"order": rng.choice(["support", "newest", "best", "disputed"])})),
    ]


EXAMPLE = Example(
    [
        {
            "names": names,
            "premoderated": premoderated,
            "labels": LABELS,
            "addressees": ADDRESSEES,
            "opposable": premoderated,
            "most_open": 5 if premoderated else None,
        }
        for names in MODES
        for premoderated in (False, True)
    ],
    wishes,
    ("ask", {"text": "Geheimnis"}),
    views=("shortlist", "label-personal"),
)
