"""In groups: a round whose results were commented on and supported, and groups that work while the others vote."""

from collections.abc import Iterator
from itertools import count, cycle

from app.demo import grouped, plan
from app.demo.cast import Act, Cast, showing, step
from app.demo.town import FACILITATOR
from facilitation.record import Person


def dealt(people: list[Person], groups: int) -> dict[str, list[str]]:
    """People dealt out in turn, so that those of one office meet others."""
    return {f"g{n}": [person.id for person in people[n - 1 :: groups]] for n in range(1, groups + 1)}


def work(cast: Cast) -> Iterator[Act]:
    """Six groups; one calls for help, all get two minutes more, one hands in late."""
    there, tables = plan.GROUPS, dealt(cast.here, grouped.GROUPS)
    yield Act(92, FACILITATOR, there, "assign", {"groups": tables})
    yield step(92.2, "kleingruppen")
    for n, it in enumerate(grouped.ROUND, 1):
        at, members = {"group": f"g{n}"}, cycle(tables[f"g{n}"])
        yield Act(92.8 + 0.1 * n, next(members), there, "scribe", at)
        for minute, text in zip(count(94 + 0.3 * n, 1.9), it.notes):
            yield Act(minute, next(members), there, "note", at | {"text": text})
        result = at | {"text": it.result, "points": it.points}
        late = n == grouped.GROUPS
        yield Act(106.4 if late else 102 + 0.4 * n, next(members), there, "result", result, f"ergebnis-{n}")
    yield Act(95, tables["g3"][0], there, "help", {"group": "g3", "text": grouped.HELP}, "ruf")
    yield Act(95.6, FACILITATOR, there, "take", {"call": "@ruf"})
    yield Act(97, FACILITATOR, there, "helped", {"call": "@ruf"})
    yield Act(101, FACILITATOR, there, "prolong", {"seconds": 120})
    yield Act(105.6, FACILITATOR, there, "finish", {})
    yield Act(105.8, FACILITATOR, there, "late", {"group": f"g{grouped.GROUPS}"})


def gallery(cast: Cast) -> Iterator[Act]:
    """Everybody reads what the others found; the groups answer what they are asked, or leave it open."""
    there, tables = plan.GROUPS, dealt(cast.here, grouped.GROUPS)
    yield showing(106, there, "result")
    for n, it in enumerate(grouped.ROUND, 1):
        ref, own = f"@ergebnis-{n}", tables[f"g{n}"]
        others = [person.id for person in cast.here[1:] if person.id not in own]  # the guest of honour has yet to read
        for nth, person in enumerate(others[: it.support]):
            yield Act(106.6 + 0.09 * nth, person, there, "support", {"result": ref})
        for nth, said in enumerate(it.said):
            name = f"stimme-{n}-{nth}"
            comment = {"on": ref, "text": said.text, "aspect": said.aspect}
            yield Act(107 + 0.4 * nth, others[-1 - nth], there, "comment", comment, name)
            if said.reply:
                yield Act(109, own[0], there, "answer", {"comment": f"@{name}", "text": said.reply})
            if said.accepted:
                yield Act(109.2, own[0], there, "accept", {"comment": f"@{name}"})
    yield showing(110.6, there, "result", "@ergebnis-2")


def workshop(cast: Cast) -> Iterator[Act]:
    """Beside the vote: groups of which one is done, one asks for help, one is still, and one sits with another."""
    there, tables = plan.WORKSHOP, dealt(cast.here[1:25], grouped.WORKING)
    tables[grouped.JOINED] = [person.id for person in cast.here[25:27]]
    yield Act(128, FACILITATOR, there, "assign", {"groups": tables})
    yield Act(128.2, FACILITATOR, there, "start", {})
    for n, (_, notes) in enumerate(grouped.TABLES, 1):
        for nth, text in enumerate(notes):
            minute = {4: 129.5, 6: 131.5}.get(n, 138.5 + 0.7 * n + 0.2 * nth)
            yield Act(minute, tables[f"g{n}"][nth], there, "note", {"group": f"g{n}", "text": text})
    yield Act(133, FACILITATOR, there, "merge", {"group": grouped.JOINED, "into": grouped.HOSTS})
    yield Act(139.6, tables["g1"][0], there, "result", {"group": "g1", "text": grouped.DONE, "points": ""})
    yield Act(139.7, tables["g1"][0], there, "ready", {"group": "g1"})
    yield Act(141, tables["g2"][1], there, "help", {"group": "g2", "text": grouped.ASKING})
    yield Act(140.5, FACILITATOR, there, "tell", {"text": grouped.TOLD})
