"""What has happened in the seventy minutes so far: commands with their times, drawn from one seed.

`Act.name` stands for the reference that its contribution gets; `@name` in the data of a later act is that reference.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from app.demo import plan, words
from app.demo.town import FACILITATOR, ORGANISER, ROOMS, people
from facilitation.record import Data, Person

MINUTES = 70  # since the day began
SEED = 2026
ABSENT = 12  # invited, and not there
AT_THE_DOOR = 3
LEFT_EARLY = 2
GUEST_OF_HONOUR = "Leitung Bürgeramt"  # whose personal link is shown: has written, has not yet voted


class Act(NamedTuple):
    minute: float
    by: str
    activity: str
    command: str
    data: Data
    name: str = ""


class Story:
    """The day so far, in the order in which it happened: `list(Story())`."""

    def __init__(self) -> None:
        self.draws = random.Random(SEED)  # noqa: S311  # the same day each time, no secret
        everybody = people()
        self.honoured = next(person for person in everybody if person.label == GUEST_OF_HONOUR)
        others = [person for person in everybody if person is not self.honoured]
        self.draws.shuffle(others)
        self.absent, rest = others[:ABSENT], others[ABSENT:]
        self.waiting, rest = rest[:AT_THE_DOOR], rest[AT_THE_DOOR:]
        self.leaving, self.here = rest[:LEFT_EARLY], [self.honoured, *rest[LEFT_EARLY:]]

    def __iter__(self) -> Iterator[Act]:
        chapters = (
            self._coming(),
            self._test(),
            self._mood(),
            self._questions(),
            self._start(),
            self._wall(),
            self._stream(),
            self._now(),
        )
        yield from sorted((act for chapter in chapters for act in chapter), key=lambda act: act.minute)

    def _between(self, first: float, last: float) -> float:
        return self.draws.uniform(first, last)

    def _some(self, count: int, without: Sequence[Person] = ()) -> list[Person]:
        return self.draws.sample([person for person in self.here if person not in without], count)

    def _coming(self) -> Iterator[Act]:
        yield _step(0.2, "ankommen")
        for person in (*self.here, *self.leaving):
            yield self._joining(person, self._between(0.5, 14))
        for room, minute in zip(ROOMS, (6, 9), strict=True):
            data = {"client": "room", "via": "link", "headcount": room.headcount}
            yield Act(minute, room.id, "roster", "join", data)
        yield _step(15.5, "begruessung")
        for person in self.leaving:
            yield Act(self._between(45, 66), person.id, "roster", "leave", {"reason": "left"})

    def _joining(self, person: Person, minute: float) -> Act:
        data: Data = {"client": self.draws.choice(("laptop", "laptop", "phone")), "via": "link"}
        if person.deputy_for in {head.id for head in self.absent}:
            data["represents"] = person.deputy_for
        return Act(minute, person.id, "roster", "join", data)

    def _test(self) -> Iterator[Act]:
        shares = {"alles": 40, "bild": 3, "ton": 2, "flur": 1}
        yield from self._votes(plan.TEST, 14.1, 15.2, self._some(46), shares, "choice")

    def _votes(
        self, poll: str, first: float, last: float, voters: Sequence[Person], shares: dict[Any, int], field: str
    ) -> Iterator[Act]:
        for person in voters:
            (choice,) = self.draws.choices(list(shares), list(shares.values()))
            yield Act(self._between(first, last), person.id, poll, "vote", {field: choice})

    def _mood(self) -> Iterator[Act]:
        yield _step(23, "stimmung")
        shares = {2: 1, 3: 3, 4: 5, 5: 9, 6: 14, 7: 21, 8: 18, 9: 8, 10: 3}
        voters = self._some(72, [self.honoured])
        yield from self._votes(plan.MOOD, 23.2, 26, [self.honoured, *voters], shares, "value")
        yield from self._votes(plan.MOOD, 26, 26.8, voters[:4], shares, "value")  # who think again
        yield Act(25, ROOMS[0].id, plan.MOOD, "vote", {"counts": {"6": 3, "7": 4, "8": 2}})
        yield Act(25.5, ROOMS[1].id, plan.MOOD, "vote", {"counts": {"5": 1, "8": 3}})
        yield Act(27, FACILITATOR, plan.MOOD, "close", {})
        yield _showing(27.2, plan.MOOD, "result")

    def _questions(self) -> Iterator[Act]:
        yield _step(29, "impuls")
        yield Act(29.5, ORGANISER, plan.QUESTIONS, "open", {})
        yield _step(45, "fragerunde")
        askers = self._some(len(words.QUESTIONS), [self.honoured])
        askers[-2] = self.honoured  # one of theirs waits
        for number, (asked, asker) in enumerate(zip(words.QUESTIONS, askers, strict=True)):
            yield from self._question(f"frage-{number}", asked, asker, self._between(32, 43))
        yield _showing(46, plan.QUESTIONS, "question", "@frage-0")

    def _question(self, name: str, asked: words.Asked, asker: Person, minute: float) -> Iterator[Act]:
        ref, there = f"@{name}", plan.QUESTIONS
        ask: Data = {"text": asked.text} | ({"anonymous": True} if asked.anonymous else {})
        yield Act(minute, asker.id, there, "ask", ask, name)
        if asked.status == "hidden":
            data = {"ref": ref, "reason": words.HIDDEN_QUESTION}
            yield Act(minute + 0.6, FACILITATOR, there, "hide", data)
        if asked.status in ("approved", "answered"):
            yield Act(minute + 0.5, FACILITATOR, there, "approve", {"question": ref})
        for person in self._some(asked.support, [asker]):
            yield Act(self._between(minute + 1, 49), person.id, there, "support", {"question": ref})
        for person, text in zip(self._some(len(asked.comments)), asked.comments, strict=True):
            yield Act(self._between(minute + 2, 52), person.id, there, "comment", {"on": ref, "text": text})
        if asked.status == "answered":
            answer = {"question": ref} | ({"text": asked.answer} if asked.answer else {})
            yield Act(self._between(47, 52), FACILITATOR, there, "answer", answer)

    def _start(self) -> Iterator[Act]:
        """One ballot per unit: where head and deputy both answer, the later counts."""
        yield _step(54, "anfang")
        shares = {"termine": 11, "bescheide": 15, "akte": 9, "umzug": 8}
        yield from self._votes(plan.START, 54.3, 57.5, self._some(58), shares, "choice")
        label = "Akten, die alle Ämter finden"
        yield Act(55, FACILITATOR, plan.START, "amend", {"option": "akte", "label": label})
        yield Act(58, FACILITATOR, plan.START, "close", {})

    def _wall(self) -> Iterator[Act]:
        yield _step(59, "ideen")
        cards = [(column, text) for column, texts in words.CARDS.items() for text in texts]
        writers = [*self._some(20), *self._some(len(cards) - 20)]
        for number, ((column, text), writer) in enumerate(zip(cards, writers, strict=True)):
            data = {"column": column, "text": text}
            yield Act(self._between(59.5, 66.8), writer.id, plan.WALL, "write", data, f"karte-{number}")
        yield from self._revised()
        yield Act(68.1, FACILITATOR, plan.WALL, "move", {"card": "@verschoben", "column": plan.TRY})
        text = "Sprechzeiten am Abend, einmal im Monat."
        data = {"column": plan.KEEP, "text": text}
        yield Act(62, self.honoured.id, plan.WALL, "write", data, "verschoben")

    def _revised(self) -> Iterator[Act]:
        """Cards that did not stay as they were first: edited, withdrawn by the author, hidden by the facilitator."""
        columns = (plan.DROP, plan.KEEP, plan.TRY)
        writers = [self.honoured, *self._some(2)]
        for number, ((first, then), writer) in enumerate(zip(words.EDITED, writers, strict=True)):
            name = f"verbessert-{number}"
            yield Act(60 + number, writer.id, plan.WALL, "write", {"column": columns[number], "text": first}, name)
            yield Act(61 + number, writer.id, plan.WALL, "edit", {"card": f"@{name}", "text": then})
        writer = self._some(1)[0]
        data = {"column": plan.DROP, "text": words.WITHDRAWN}
        yield Act(61.5, writer.id, plan.WALL, "write", data, "zurück")
        yield Act(63.5, writer.id, plan.WALL, "withdraw", {"card": "@zurück"})
        data = {"column": plan.DROP, "text": words.NAMING_CARD}
        yield Act(64, self.honoured.id, plan.WALL, "write", data, "ausgeblendet")
        data = {"ref": "@ausgeblendet", "reason": words.HIDDEN_CARD}
        yield Act(65, FACILITATOR, plan.WALL, "hide", data)

    def _stream(self) -> Iterator[Act]:
        yield Act(30, ORGANISER, plan.STREAM, "open", {})
        reactions = ("Danke", "Das greifen wir auf", "Das sehe ich anders")
        for number, (post, writer) in enumerate(zip(words.POSTS, self._some(len(words.POSTS)), strict=True)):
            minute, ref = 44 + 5 * number, f"@post-{number}"
            data = {"prompt": post.prompt, "title": post.title, "body": post.body}
            yield Act(minute, writer.id, plan.STREAM, "post", data, ref[1:])
            for text, person in zip(post.comments, self._some(len(post.comments)), strict=True):
                comment = {"on": ref, "text": text}
                yield Act(self._between(minute + 1, 69), person.id, plan.STREAM, "comment", comment)
            for word, times in zip(reactions, post.reactions, strict=True):
                for person in self._some(times):
                    reaction = {"on": ref, "word": word}
                    yield Act(self._between(minute + 1, 69), person.id, plan.STREAM, "react", reaction)
        comment = {"on": "@post-2", "text": words.HIDDEN_COMMENT}
        yield Act(60, self._some(1)[0].id, plan.STREAM, "comment", comment, "gegrummel")
        reason = {"ref": "@gegrummel", "reason": words.HIDDEN_COMMENT_REASON}
        yield Act(60.7, FACILITATOR, plan.STREAM, "hide", reason)

    def _now(self) -> Iterator[Act]:
        """The vote has begun, the wall stays open beside it, and some come late."""
        yield _step(67, "schwerpunkt")
        yield Act(67.1, FACILITATOR, plan.WALL, "open", {})
        yield Act(67.2, FACILITATOR, plan.FOCUS, "open", {})  # last, so that it stands first on the phones
        shares = {"antrag": 14, "sprache": 12, "mitzeichnung": 9, "wissen": 6}
        yield from self._votes(plan.FOCUS, 67.3, 69.5, self._some(41, [self.honoured]), shares, "choice")
        yield Act(68, ROOMS[1].id, plan.FOCUS, "vote", {"counts": {"antrag": 3, "wissen": 1}})
        yield Act(68.5, ORGANISER, "roster", "door", {"door": "lobby"})
        for number, person in enumerate(self.waiting):
            yield self._joining(person, 69 + 0.2 * number)


def _step(minute: float, id: str) -> Act:
    return Act(minute, ORGANISER, "agenda", "advance", {"step": id})


def _showing(minute: float, activity: str, view: str, item: str = "") -> Act:
    return Act(minute, ORGANISER, activity, "show", {"view": view} | ({"item": item} if item else {}))
