"""Ballots of simulated people: one that holds, in whatever form a question has."""

from collections.abc import Callable
from random import Random
from typing import Any

from app.demo import chatter
from facilitation.ballots import Box
from facilitation.forms import portfolio, premises, resistance
from facilitation.record import Data


def ballot(box: Box, draws: Random) -> Data:
    """What somebody answers, by chance, with a liking for what stands first."""
    return BALLOTS[box.form.name](box.settings, [option.id for option in box.options], draws)


def _liked(options: list[str], draws: Random) -> str:
    return draws.choices(options, [3 + n % 4 for n, _ in enumerate(options)])[0]


def _between(least: float, most: float, draws: Random) -> int:
    """A whole number, most often in the upper half."""
    return round(draws.triangular(least, most, least + 0.7 * (most - least)))


def _single(settings: Any, options: list[str], draws: Random) -> Data:
    choice = _liked(options, draws)
    return {"choice": choice} | ({"other": _words(chatter.ANSWERS, 200, draws)} if choice == settings.other else {})


def _multiple(settings: Any, options: list[str], draws: Random) -> Data:
    most = min(settings.max_choices or len(options), len(options))
    return {"choices": draws.sample(options, draws.randint(min(settings.min_choices, most), most))}


def _scale(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # a scale has none
    return {"value": _between(settings.min, settings.max, draws)}


def _matrix(settings: Any, options: list[str], draws: Random) -> Data:
    return {"ratings": {id: _between(settings.min, settings.max, draws) for id in options}}


def _ranking(settings: Any, options: list[str], draws: Random) -> Data:
    places = min(settings.top or len(options), len(options))
    return {"order": draws.sample(options, places)}


def _points(settings: Any, options: list[str], draws: Random) -> Data:
    """All of the budget, in up to three heaps."""
    chosen = draws.sample(options, min(3, len(options)))
    heap = settings.budget // len(chosen)
    points = dict.fromkeys(chosen, heap) | {chosen[0]: settings.budget - heap * (len(chosen) - 1)}
    return {"points": {id: given for id, given in points.items() if given}}


def _resistance(settings: Any, options: list[str], draws: Random) -> Data:
    ratings = {id: round(draws.triangular(0, resistance.MOST, 3)) for id in options}
    worst = max(options, key=lambda id: ratings[id])
    reasons = {"reasons": {worst: draws.choice(chatter.REASONS)}} if settings.reasons and draws.random() < 0.3 else {}
    return {"resistance": ratings} | reasons


def _position(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # a field has none
    x, y = (min(100, max(0, round(draws.gauss(60, 22)))) for _ in range(2))
    return {"x": x} if settings.line else {"x": x, "y": y}


def _portfolio(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # any will do
    x, y = ({id: draws.randint(portfolio.LEAST, portfolio.MOST) for id in options} for _ in range(2))
    return {"x": x, "y": y}


def _pin(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # a picture has none
    x, y = (min(100, max(0, round(draws.gauss(50, 20)))) for _ in range(2))
    return {"point": f"{x},{y}"}


def _wordcloud(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # a cloud has none
    known = [word for word in chatter.WORDS if len(word) <= settings.max_length] or ["gut"[: settings.max_length]]
    return {"words": draws.sample(known, draws.randint(1, min(settings.max_words, len(known))))}


def _open(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # a field has none
    return {"text": _words(chatter.ANSWERS, settings.max_length, draws)}


def _consent(settings: Any, options: list[str], draws: Random) -> Data:
    """Most agree, and who does not often says why."""
    choice = draws.choices(options, [0.4**n for n, _ in enumerate(options)])[0]
    says_why = choice in settings.reason_required or (choice != options[0] and draws.random() < 0.5)
    return {"choice": choice} | ({"reason": draws.choice(chatter.REASONS)} if says_why else {})


def _premises(settings: Any, options: list[str], draws: Random) -> Data:
    stances = {id: draws.choices(premises.STANCES, (6, 3, 1))[0] for id in options}
    against = [id for id, stance in stances.items() if stance == premises.AGAINST]
    reasons = {"reasons": {id: draws.choice(chatter.REASONS) for id in against}}
    felt = {id: _between(0, premises.RESISTANCE, draws) for id in against}
    return {"stances": stances} | reasons | ({"resistance": felt} if settings.resistance else {})


def _number(settings: Any, options: list[str], draws: Random) -> Data:  # noqa: ARG001  # an estimate has none
    estimated = draws.triangular(settings.min, settings.max)
    return {"number": min(settings.max, max(settings.min, round(estimated) if settings.whole else round(estimated, 1)))}


def _words(known: tuple[str, ...], length: int, draws: Random) -> str:
    """Something to say that fits."""
    return draws.choice(known)[:length].strip()


BALLOTS: dict[str, Callable[[Any, list[str], Random], Data]] = {
    "single": _single,
    "multiple": _multiple,
    "scale": _scale,
    "matrix": _matrix,
    "ranking": _ranking,
    "points": _points,
    "resistance": _resistance,
    "position": _position,
    "portfolio": _portfolio,
    "pin": _pin,
    "wordcloud": _wordcloud,
    "open": _open,
    "consent": _consent,
    "premises": _premises,
    "number": _number,
}
