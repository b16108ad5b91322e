"""How speaking is played: people ask and withdraw, the desk seats them, gives them the floor and writes down."""

from facilitation.record import Data
from tests.play import HERE, Example, Play, Wishes

LISTS = [{"id": "bedenken", "title": "Bedenken <b>"}, {"id": "loesungen", "title": "Lösungen"}]


def of_speaking(play: Play) -> Wishes:
    rng = play.rng

    def person() -> Data:
        return {"person": rng.choice([*(person.id for person in HERE), "nobody"])}

    def said() -> Data:
        return {"list": rng.choice(["bedenken", "loesungen", "keine"]), "text": play.words()}

    return [
        (8, lambda: ("request", {})),
        (3, lambda: ("retract", {})),
        (2, lambda: ("rise", {})),
        (6, lambda: ("turn", person() | rng.choice([{}, {"seconds": 90}]))),
        (2, lambda: ("finish", {})),
        (5, lambda: ("seat", person())),
        (2, lambda: ("vacate", person())),
        (2, lambda: ("prefer", person())),
        (1, lambda: ("order", {"rule": rng.choice(["arrival", "fewest", "roles"])})),
        (6, lambda: ("argue", said())),
        (2, lambda: ("revise", {"argument": play.ref()} | said())),
        (4, lambda: ("react", {"on": play.ref(), "word": rng.choice(["Treffend", "Unfug", "x" * 33])})),
    ]


EXAMPLE = Example(
    [
        {"names": names, "lists": LISTS} | seats
        for seats in ({"seats": 3, "free_seats": 1}, {})
        for names in ("named", "moderators", "anonymous")
    ],
    of_speaking,
    ("argue", {"list": "bedenken", "text": "Geheimnis"}),
    author="mo",
)
