"""How groups are played: people come and go, write, call for help and hand in; the desk deals them out and helps."""

from collections.abc import Callable

from facilitation.record import Data
from tests.play import HERE, SLUG, Example, Play, Wishes

GROUPS: list[Data] = [
    {"id": "g-1", "title": "Gruppe <1>", "topic": "Mitnehmen", "capacity": 2, "link": "https://gespraech.example/1"},
    {"id": "g-2", "title": "Gruppe 2", "task": "Drei Punkte", "material": "Blatt 4", "place": "Raum 5", "host": "cem"},
    {"id": "g-3", "title": "Gruppe 3", "facilitator": "mo"},
]
ARRIVING = {"title": "Ankommen", "minutes": 3, "do": "Wer da ist", "say": ["Wer <b> sind Sie?"], "stuck": "Fragen"}
GUIDES: dict[str, list[Data]] = {"assigned": [ARRIVING, {"title": "Reden", "minutes": 20}], "self_select": []}
RULES: list[Data] = [
    {"is_a": "apart", "why": "unit", "people": ["ada", "amy"]},
    {"is_a": "spread", "least": 2},
    {"is_a": "sized", "least": 1, "most": 2},
    {"is_a": "holds", "group": "g-1", "most": 2},
    {"is_a": "stays", "person": "cem", "group": "g-2"},
    {"is_a": "accessible", "groups": ["g-3"]},
]


def of_groups(play: Play) -> Wishes:
    rng = play.rng
    people = [person.id for person in HERE]

    def group() -> Data:
        return {"group": rng.choice(["g-1", "g-2", "g-3", "g-1", "g-2", "g-3", "g4", "keine"])}

    def choice() -> str:
        return rng.choice(["", "g-1", "g-2", "g-3", "keine"])

    def convened() -> Data:
        said = {"title": play.words(), "topic": play.words(), "task": play.words(), "place": play.words()}
        return said | rng.choice([{}, {"capacity": 1}, {"sources": [play.ref()]}])

    def dealt() -> Data:
        groups: dict[str, list[str]] = {"g-1": [], "g-2": [], "g-3": []}
        for person in people:
            groups[rng.choice(list(groups))].append(person)
        return {"groups": groups}

    def result() -> str:
        handed_in = [it.ref for it in play.table.activities[SLUG].state.results.values()]
        return rng.choice(handed_in or [""])

    return [
        (3, lambda: ("danach show", {"view": "question"})),
        (2, lambda: ("danach assign", dealt())),
        (2, lambda: ("danach wish", {"first": choice(), "second": choice()})),
        (4, lambda: (f"{SLUG} show", {"view": "result", "item": result()})),
        (9, lambda: (f"{SLUG} redact", {"ref": play.ref(), "reason": play.words()})),
        (4, lambda: ("assign", dealt())),
        (2, lambda: ("start", rng.choice([{}, {"minutes": 20}]))),
        (2, lambda: ("prolong", {"seconds": 120} | rng.choice([{}, group()]))),
        (2, lambda: ("finish", {"soft": rng.random() < 0.6})),
        (2, lambda: ("hold", group())),
        (3, lambda: ("add", convened())),
        (1, lambda: ("merge", group() | {"into": group()["group"]})),
        (1, lambda: ("pair", {})),
        (1, lambda: ("split", rng.choice([{}, group(), group()]))),
        (1, lambda: ("settle", {})),
        (4, lambda: ("wish", {"first": choice(), "second": choice(), "none": rng.random() < 0.2})),
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
        (3, lambda: ("lead", group() | {"leads": rng.random() < 0.8})),
        (6, lambda: ("brief", {"text": play.words()})),
        (4, lambda: ("aside", group() | {"text": play.words(), "released": rng.random() < 0.5})),
        (2, lambda: ("release", group() | {"aside": play.ref(), "released": rng.random() < 0.7})),
        (1, lambda: ("furnish", group() | {"activity": rng.choice(["wand", SLUG, "nirgends"])})),
        (1, lambda: ("propose", dealt() | {"way": "built", "rules": RULES, "wishes": {"ada": ["g-2"]}})),
        (2, lambda: ("shift", {"person": rng.choice([*people, "nobody"]), "group": rng.choice(["", "g-1", "keine"])})),
        (1, lambda: ("unshift", {"step": rng.choice([1, 1, 2])})),
        (2, lambda: ("equip", group() | convened_as(play))),
        (1, lambda: ("access", {"groups": rng.choice([[], ["g-1"], ["g-1", "g-3"], ["keine"]])})),
        (1, lambda: ("discard", {})),
        (1, lambda: ("publish", {})),
        *of_galleries(play, result, lambda: rng.choice(["g-1", "g-2", "g-3"])),
    ]


def convened_as(play: Play) -> Data:
    """All that is planned for a group."""
    rng = play.rng
    said = {"title": play.words(), "topic": play.words(), "task": play.words(), "material": play.words()}
    led = {"facilitator": rng.choice(["", "mo", "ada"]), "host": rng.choice(["", "cem", "niemand"])}
    return said | led | {"capacity": rng.choice([None, 1, 3]), "link": rng.choice(["", "https://gespraech.example/9"])}


def of_galleries(play: Play, result: Callable[[], str], group: Callable[[], str]) -> Wishes:
    """What is said about results, whose gallery opens and closes."""
    rng = play.rng

    def comment() -> str:
        return rng.choice([*play.table.activities[SLUG].state.harvest.voices, "AT2-9999"])

    def said() -> Data:
        return {"on": result(), "text": play.words(), "aspect": rng.choice(["strength", "question", "link"])}

    return [
        (10, lambda: ("comment", said())),
        (6, lambda: ("support", {"result": result()})),
        (2, lambda: ("unsupport", {"result": result()})),
        (5, lambda: ("answer", {"comment": comment(), "text": play.words()})),
        (3, lambda: ("accept", {"comment": comment()})),
        (6, lambda: ("exhibit", {"open": rng.random() < 0.8})),
        (2, lambda: ("arrange", {"group": group(), "ahead_of": rng.choice([group(), "", "g-9"])})),
    ]


EXAMPLE = Example(
    [
        {"names": names, "mode": mode, "groups": GROUPS, "scribe": mode == "assigned", "guide": GUIDES[mode]}
        | {"settles": names == "named", "convened": mode == "self_select"}
        | {"follows": SLUG}  # from itself one can always come
        for names in ("named", "moderators")
        for mode in ("assigned", "self_select")
    ],
    of_groups,
    ("result", {"group": "g-1", "text": "Geheimnis"}),
    views=("gallery", "timer"),
    later=[("danach", "groups", {"mode": "self_select", "follows": SLUG, "groups": GROUPS})],
    beside=[("wand", "wall", {"names": "named"})],
    author="mo",
)
