"""How groups are played: people come and go, write, call for help and hand in; the desk deals them out and helps."""

from facilitation.record import Data
from tests.play import HERE, SLUG, Example, Play, Wishes

GROUPS: list[Data] = [
    {"id": "g-1", "title": "Gruppe <1>", "topic": "Mitnehmen", "capacity": 2, "link": "https://gespraech.example/1"},
    {"id": "g-2", "title": "Gruppe 2", "task": "Drei Punkte", "material": "Blatt 4", "place": "Raum 5", "host": "cem"},
    {"id": "g-3", "title": "Gruppe 3", "facilitator": "mo"},
]
RULES: list[Data] = [
    {"is_a": "apart", "why": "unit", "people": ["ada", "amy"]},
    {"is_a": "spread", "least": 2},
    {"is_a": "sized", "least": 1, "most": 2},
    {"is_a": "holds", "group": "g-1", "most": 2},
    {"is_a": "stays", "person": "cem", "group": "g-2"},
]


def of_groups(play: Play) -> Wishes:
    rng = play.rng
    people = [person.id for person in HERE]

    def group() -> Data:
        return {"group": rng.choice(["g-1", "g-2", "g-3", "g-1", "g-2", "g-3", "keine"])}

    def dealt() -> Data:
        groups: dict[str, list[str]] = {"g-1": [], "g-2": [], "g-3": []}
        for person in people:
            groups[rng.choice(list(groups))].append(person)
        return {"groups": groups}

    def result() -> str:
        handed_in = [it.ref for it in play.table.activities[SLUG].state.results.values()]
        return rng.choice(handed_in or [""])

    return [
        (4, lambda: (f"{SLUG} show", {"view": "result", "item": result()})),
        (4, lambda: ("assign", dealt())),
        (2, lambda: ("start", rng.choice([{}, {"minutes": 20}]))),
        (2, lambda: ("prolong", {"seconds": 120} | rng.choice([{}, group()]))),
        (1, lambda: ("finish", {})),
        (3, lambda: ("move", group() | {"person": rng.choice([*people, "nobody"])})),
        (2, lambda: ("tell", {"text": play.words()} | rng.choice([{}, group()]))),
        (1, lambda: ("late", group())),
        (2, lambda: ("take", {"call": play.ref()})),
        (1, lambda: ("helped", {"call": play.ref()})),
        (5, lambda: ("enter", group())),
        (2, lambda: ("leave", {})),
        (14, lambda: ("note", group() | {"text": play.words()})),
        (4, lambda: ("rewrite", group() | {"note": play.ref(), "text": play.words()})),
        (6, lambda: ("result", group() | {"text": play.words(), "points": rng.choice(["", play.words()])})),
        (4, lambda: ("help", group() | {"text": play.words()})),
        (2, lambda: ("scribe", group())),
        (3, lambda: ("ready", group() | {"done": rng.random() < 0.7})),
        (1, lambda: ("propose", dealt() | {"way": "built", "rules": RULES, "wishes": {"ada": ["g-2"]}})),
        (2, lambda: ("shift", {"person": rng.choice([*people, "nobody"]), "group": rng.choice(["", "g-1", "keine"])})),
        (1, lambda: ("discard", {})),
        (1, lambda: ("publish", {})),
    ]


EXAMPLE = Example(
    [
        {"names": names, "mode": mode, "groups": GROUPS, "scribe": mode == "assigned"}
        for names in ("named", "moderators")
        for mode in ("assigned", "self_select")
    ],
    of_groups,
    ("result", {"group": "g-1", "text": "Geheimnis"}),
    views=("gallery", "timer"),
    author="mo",
)
