"""Where to begin; then the wall: cards, islands, dots."""

from collections.abc import Iterator

from app.demo import plan, words
from app.demo.cast import Act, Cast, showing, step
from app.demo.town import FACILITATOR, ORGANISER
from facilitation.reactions import USUAL

TEXTS = [(column, text) for column, texts in words.CARDS.items() for text in texts]


def card(beginning: str) -> str:
    """The name of the reference of the card that begins like this."""
    return next(f"@karte-{number}" for number, (_, text) in enumerate(TEXTS) if text.startswith(beginning))


def island(title: str) -> str:
    return f"@insel-{list(words.ISLANDS).index(title)}"


def start(cast: Cast) -> Iterator[Act]:
    """One ballot per unit: where head and deputy both answer, the later counts."""
    yield step(68, "anfang")
    shares = {"termine": 11, "bescheide": 15, "akte": 9, "umzug": 8}
    yield from cast.votes(plan.START, 68.3, 71.5, cast.some(58), shares, "choice")
    label = "Akten, die alle Ämter finden"
    yield Act(69, FACILITATOR, plan.START, "amend", {"option": "akte", "label": label})
    yield Act(72, FACILITATOR, plan.START, "close", {})


def cards(cast: Cast) -> Iterator[Act]:
    yield step(73, "ideen")
    writers = [*cast.some(20), *cast.some(len(TEXTS) - 20)]
    for number, ((column, text), writer) in enumerate(zip(TEXTS, writers, strict=True)):
        data = {"column": column, "text": text}
        yield Act(cast.between(73.5, 80.8), writer.id, plan.WALL, "write", data, f"karte-{number}")
    yield from _revised(cast)
    text = "Sprechzeiten am Abend, einmal im Monat."
    yield Act(76, cast.honoured.id, plan.WALL, "write", {"column": words.KEEP, "text": text}, "verschoben")
    yield Act(82.1, FACILITATOR, plan.WALL, "move", {"card": "@verschoben", "column": words.TRY})
    for beginning, text in words.CARD_COMMENTS:
        comment = {"on": card(beginning), "text": text}
        yield Act(cast.between(81, 82), cast.some(1)[0].id, plan.WALL, "comment", comment)
    for number, _ in enumerate(TEXTS):
        for person in cast.some(cast.draws.choice((0, 0, 1, 2, 4))):
            reaction = {"on": f"@karte-{number}", "word": cast.draws.choice(USUAL[:2])}
            yield Act(cast.between(81, 82), person.id, plan.WALL, "react", reaction)


def _revised(cast: Cast) -> Iterator[Act]:
    """Cards that did not stay as they were first: edited, withdrawn by the author, hidden by the facilitator."""
    columns = (words.DROP, words.KEEP, words.TRY)
    writers = [cast.honoured, *cast.some(2)]
    for number, ((first, then), writer) in enumerate(zip(words.EDITED, writers, strict=True)):
        name = f"verbessert-{number}"
        yield Act(74 + number, writer.id, plan.WALL, "write", {"column": columns[number], "text": first}, name)
        yield Act(75 + number, writer.id, plan.WALL, "edit", {"card": f"@{name}", "text": then})
    writer = cast.some(1)[0]
    yield Act(75.5, writer.id, plan.WALL, "write", {"column": words.DROP, "text": words.WITHDRAWN}, "zurück")
    yield Act(77.5, writer.id, plan.WALL, "withdraw", {"card": "@zurück"})
    data = {"column": words.DROP, "text": words.NAMING_CARD}
    yield Act(78, cast.honoured.id, plan.WALL, "write", data, "ausgeblendet")
    yield Act(79, FACILITATOR, plan.WALL, "hide", {"ref": "@ausgeblendet", "reason": words.HIDDEN_CARD})


def islands(cast: Cast) -> Iterator[Act]:
    """Two sort at once, what says the same is merged, and everybody lays dots on the islands."""
    there = plan.WALL
    yield Act(82.2, FACILITATOR, there, "phase", {"phase": "sort"})
    for number, (twin, kept) in enumerate((("Faxgeräte", 0), ("Der Jour fixe", 1))):
        merge = {"card": card(twin), "cards": [f"@verbessert-{kept}"]}
        yield Act(82.3 + 0.1 * number, ORGANISER, there, "merge", merge)
    for number, (title, beginnings) in enumerate(words.ISLANDS.items()):
        by = (FACILITATOR, ORGANISER)[number % 2]
        first, *rest = map(card, beginnings)
        yield Act(82.6 + 0.4 * number, by, there, "island", {"title": title, "cards": [first]}, f"insel-{number}")
        yield Act(82.8 + 0.4 * number, by, there, "assign", {"island": f"@insel-{number}", "cards": rest})
    yield Act(86, FACILITATOR, there, "phase", {"phase": "weigh"})
    yield from _dots(cast)
    yield Act(90.5, FACILITATOR, there, "phase", {"phase": "decide"})
    yield showing(90.8, there, "result")


def _dots(cast: Cast) -> Iterator[Act]:
    """Three dots each, two of them on one island where that is what somebody wants."""
    names = [f"@insel-{number}" for number in range(len(words.ISLANDS))]
    for person in cast.some(61):
        first, second = cast.draws.choices(names, words.LIKED, k=2)
        laid = {first: 2, second: 1} if first != second else {first: 2}
        for island, dots in laid.items():
            yield Act(cast.between(86.2, 90.2), person.id, plan.WALL, "dot", {"on": island, "dots": dots})
