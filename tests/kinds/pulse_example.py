"""How a pulse is played: people tap, seldom what is not offered."""

from tests.play import Example, Play, Wishes

SIGNALS = [["ja", "Ja <b>", "circle"], ["nein", "Nein", "square"]]


def of_pulse(play: Play) -> Wishes:
    rng = play.rng
    return [
        (20, lambda: ("signal", {"signal": rng.choice(["gruen", "rot", "ja", "nein", "gut", "schnell", "unbekannt"])})),
        (1, lambda: ("reset", {})),
    ]


EXAMPLE = Example(
    [
        {"names": names} | offered
        for offered in ({"signals": SIGNALS}, {}, {"preset": "tempo"})
        for names in ("named", "moderators", "anonymous")
    ],
    of_pulse,
)
