"""From words to agreements: principles, consent, who does what until when; and where the day stands now."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.demo import decided, plan, town
from app.demo.cast import Act, Cast, onwards, showing, step
from app.demo.chapters.collecting import card, island
from app.demo.chapters.morning import joining
from app.demo.town import FACILITATOR, ORGANISER, ROOMS


def principles(cast: Cast) -> Iterator[Act]:
    there = plan.TEXT
    yield step(92.5, "grundsaetze")
    values = ("traegt", "mit_aenderung", "traegt_nicht")
    for paragraph, shares in decided.VOTES.items():
        for person in cast.some(sum(shares)):
            (value,) = cast.draws.choices(values, shares)
            data = {"paragraph": paragraph, "value": value}
            yield Act(cast.between(92.8, 98), person.id, there, "vote", data)
    for paragraph, text in decided.REMARKS:
        yield Act(cast.between(94, 98), cast.some(1)[0].id, there, "comment", {"on": paragraph, "text": text})
    writers = [cast.honoured, *cast.some(len(decided.SUGGESTED) - 1, [cast.honoured])]
    for number, (it, writer) in enumerate(zip(decided.SUGGESTED, writers, strict=True)):
        name = f"fassung-{number}"
        data = {"paragraph": it.paragraph, "text": it.text, "reason": it.reason}
        yield Act(94 + number, writer.id, there, "suggest", data, name)
        for person in cast.some(it.support, [writer]):
            yield Act(cast.between(95.2 + number, 100), person.id, there, "support", {"suggestion": f"@{name}"})
        if it.decision:
            decision = {"suggestion": f"@{name}", "decision": it.decision, "reason": it.why}
            yield Act(100.5 + 0.4 * number, FACILITATOR, there, "decide", decision)
    yield showing(101.2, there, "paragraph", "zustaendig")


def consent(cast: Cast) -> Iterator[Act]:
    yield onwards(102)
    concerns = list(decided.CONCERNS)
    chosen = [choice for choice, people in decided.CONSENT.items() for _ in range(people)]
    for person, choice in zip(cast.some(len(chosen)), chosen, strict=True):
        reason = {"reason": concerns.pop()} if choice == "bedenken" and concerns else {}
        yield Act(cast.between(102.2, 105), person.id, plan.CONSENT, "vote", {"choice": choice} | reason)
    yield Act(105.3, FACILITATOR, plan.CONSENT, "close", {})
    yield showing(105.5, plan.CONSENT, "result")


def agreements(cast: Cast, today: date) -> Iterator[Act]:
    """Units take on what came from the islands, and one says how far the agreement of the last day is."""
    there = plan.AGREEMENTS
    yield step(107, "vereinbarungen")
    report = {"measure": decided.CARRIED_OVER, "status": "in_arbeit", "progress": 40, "text": decided.REPORT}
    due = {"due": _in(today, 6)}
    yield Act(108, cast.one_of(decided.CARRIED_BY).id, there, "update", report | due)
    for number, it in enumerate(decided.AGREED):
        minute, name = 108.5 + 2.5 * number, f"vereinbart-{number}"
        sources = [island(it.island), *map(card, it.cards), *(["@ergebnis-2"] if number == 0 else [])]
        words = {"title": it.title, "first_step": it.first_step, "owner_unit": town.unit(it.owner)}
        yield Act(minute, FACILITATOR, there, "agree", words | {"due": _in(today, it.weeks), "sources": sources}, name)
        offers = {it.owner: "owner", it.helper: "helper"}
        for unit, part in offers.items() if it.helper else ():
            offer = {"measure": f"@{name}", "part": part}
            yield Act(minute + cast.between(0.3, 1.5), cast.one_of(unit).id, there, "volunteer", offer)
        if it.helper:
            amended = {"measure": f"@{name}", "helper_unit": town.unit(it.helper)}
            yield Act(minute + 1.8, FACILITATOR, there, "amend", amended)
    comment = {"on": "@vereinbart-0", "text": decided.DOUBT}
    yield Act(114, cast.some(1)[0].id, there, "comment", comment)
    yield showing(116, there, "list")


def _in(today: date, weeks: int) -> str:
    return (today + timedelta(weeks=weeks)).isoformat()


def digest() -> Iterator[Act]:
    """Two editors read everything that comes in; two sentences of it go to the stage, with their sources."""
    there = plan.DIGEST
    yield Act(101, ORGANISER, there, "open", {})
    for number, it in enumerate(decided.SENTENCES):
        sources = [*map(card, it.cards), *(f"@frage-{question}" for question in it.questions)]
        by = (ORGANISER, FACILITATOR)[number]
        yield Act(103 + 8 * number, by, there, "claim", {"sources": sources})
        words = {"text": it.text, "topic": it.topic, "sources": sources}
        yield Act(104 + 8 * number, by, there, "condense", words, f"satz-{number}")
        yield showing(117 + number, there, "sentence", f"@satz-{number}")
    declined = {"sources": [card(decided.DECLINED)], "reason": decided.DECLINED_WHY}
    yield Act(113, ORGANISER, there, "decline", declined)
    yield Act(118.5, ORGANISER, there, "claim", {"sources": [*map(card, decided.CLAIMED)]})


def now(cast: Cast) -> Iterator[Act]:
    """The vote has begun, the wall stays open beside it, and some come late."""
    yield step(119, "schwerpunkt")
    yield Act(119.1, FACILITATOR, plan.WALL, "phase", {"phase": "collect", "text": decided.AFTERWARDS})
    yield Act(119.1, FACILITATOR, plan.WALL, "open", {})
    yield Act(119.2, FACILITATOR, plan.FOCUS, "open", {})  # last, so that it stands first on the phones
    shares = {"antrag": 14, "sprache": 12, "mitzeichnung": 9, "wissen": 6}
    yield from cast.votes(plan.FOCUS, 119.3, 121.5, cast.some(41, [cast.honoured]), shares, "choice")
    yield Act(120, ROOMS[1].id, plan.FOCUS, "vote", {"counts": {"antrag": 3, "wissen": 1}})
    yield Act(120.5, ORGANISER, "roster", "door", {"door": "lobby"})
    for number, person in enumerate(cast.waiting):
        yield joining(cast, person, 121 + 0.2 * number)
