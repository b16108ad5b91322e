"""Coming, and the first polls."""

from collections.abc import Iterator

from app.demo import decided, plan
from app.demo.cast import Act, Cast, onwards, showing, step
from app.demo.town import FACILITATOR, ROOMS
from facilitation.record import Data, Person


def coming(cast: Cast) -> Iterator[Act]:
    yield step(0.2, "ankommen")
    for person in (*cast.here, *cast.leaving):
        yield joining(cast, person, cast.between(0.5, 14))
    for room, minute in zip(ROOMS, (6, 9), strict=True):
        data = {"client": "room", "via": "link", "headcount": room.headcount}
        yield Act(minute, room.id, "roster", "join", data)
    yield step(17.5, "begruessung")
    for person in cast.leaving:
        yield Act(cast.between(75, 110), person.id, "roster", "leave", {"reason": "left"})


def joining(cast: Cast, person: Person, minute: float) -> Act:
    data: Data = {"client": cast.draws.choice(("laptop", "laptop", "phone")), "via": "link"}
    if person.deputy_for in {head.id for head in cast.absent}:
        data["represents"] = person.deputy_for
    return Act(minute, person.id, "roster", "join", data)


def testing(cast: Cast) -> Iterator[Act]:
    shares = {"alles": 40, "bild": 3, "ton": 2, "flur": 1}
    yield from cast.votes(plan.TEST, 14.1, 15.2, cast.some(46), shares, "choice")


def arrival(cast: Cast) -> Iterator[Act]:
    """One tap each; some tap again.  The tendency is seen while it grows."""
    yield onwards(15.3)
    signals, shares = list(decided.SHARES), list(decided.SHARES.values())
    people = cast.some(sum(shares))
    for person in (*people, *people[:5]):
        (signal,) = cast.draws.choices(signals, shares)
        yield Act(cast.between(15.4, 16.8), person.id, plan.ARRIVAL, "signal", {"signal": signal})
    yield showing(16, plan.ARRIVAL, "result")
    yield Act(17, FACILITATOR, plan.ARRIVAL, "close", {})


def mood(cast: Cast) -> Iterator[Act]:
    yield step(24.5, "stimmung")
    shares = {2: 1, 3: 3, 4: 5, 5: 9, 6: 14, 7: 21, 8: 18, 9: 8, 10: 3}
    voters = cast.some(72, [cast.honoured])
    yield from cast.votes(plan.MOOD, 24.7, 26.8, [cast.honoured, *voters], shares, "value")
    yield from cast.votes(plan.MOOD, 26.8, 27.3, voters[:4], shares, "value")  # who think again
    yield Act(26, ROOMS[0].id, plan.MOOD, "vote", {"counts": {"6": 3, "7": 4, "8": 2}})
    yield Act(26.5, ROOMS[1].id, plan.MOOD, "vote", {"counts": {"5": 1, "8": 3}})
    yield Act(27.5, FACILITATOR, plan.MOOD, "close", {})
    yield showing(27.7, plan.MOOD, "result")


def word(cast: Cast) -> Iterator[Act]:
    """Many say the same word, spelt in their own way; one word is kept off the stage."""
    yield step(28.5, "wort")
    likely = decided.WORDS
    for person in cast.some(58):
        said = dict.fromkeys(cast.draws.choices(list(likely), list(likely.values()), k=cast.draws.choice((1, 2))))
        words = [decided.SPELLINGS.get(it, it) if cast.draws.random() < 0.3 else it for it in said]
        yield Act(cast.between(28.7, 31), person.id, plan.WORD, "vote", {"words": words})
    yield Act(31.1, cast.here[-1].id, plan.WORD, "vote", {"words": [decided.BANNED]})
    yield Act(31.3, FACILITATOR, plan.WORD, "ban", {"word": decided.BANNED})
    yield Act(31.5, FACILITATOR, plan.WORD, "close", {})
    yield showing(31.6, plan.WORD, "result")
