"""How measures are played: some carried over, units that volunteer and say how far they are."""

from facilitation.record import Data
from tests.play import Example, Play, Wishes

PRELOAD = [
    {
        "id": "m-001",
        "title": "Dienstvereinbarung <b>",
        "description": "Zwei Tage",
        "owner_unit": "amt-10",
        "due": "2020-10-01",
        "status": "in_arbeit",
        "progress": 40,
        "origin": 2,
    }
]


def of_measures(play: Play) -> Wishes:
    rng = play.rng

    def measure() -> str:
        return rng.choice(["m-001", play.ref()])

    def sources() -> list[str]:
        said = [*play.table.sources, "AT2-9999"]
        return list(dict.fromkeys(rng.choice(said) for _ in range(rng.randint(0, 2))))

    def agreed() -> Data:
        words = {name: play.words() for name in ("title", "description", "first_step") if rng.random() < 0.9}
        due = {"due": rng.choice(["2020-11-30", "irgendwann"])} if rng.random() < 0.5 else {}
        return words | due | {"owner_unit": rng.choice(["amt-10", "amt-20"]), "sources": sources()}

    def update() -> Data:
        said = {"measure": measure(), "text": play.words(), "progress": rng.choice([0, 40, 100, 140])}
        return said | {"status": rng.choice(["in_arbeit", "erledigt", "versandet"])}

    return [
        (4, lambda: ("wand write", {"column": "cards", "text": play.words()})),
        (7, lambda: ("agree", agreed())),
        (2, lambda: ("amend", {"measure": measure(), "sources": sources()} | {"first_step": play.words()})),
        (6, lambda: ("update", update())),
        (5, lambda: ("volunteer", {"measure": measure(), "part": rng.choice(["owner", "helper", "none"])})),
        (3, lambda: ("comment", {"on": measure(), "text": play.words()})),
    ]


EXAMPLE = Example(
    [{"preload": PRELOAD, "names": names} for names in ("named", "moderators", "anonymous")],
    of_measures,
    ("agree", {"title": "Geheimnis", "owner_unit": "amt-20"}),
    views=("list",),
    author="mo",
    beside=[("wand", "wall", {"names": "anonymous"})],
)
