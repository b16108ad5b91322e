"""What each command says in the tests of rights, so that nothing but a missing right can refuse it."""

from collections.abc import Callable
from typing import Any

from facilitation.room import Room
from tests.kinds.groups_rights import IN_GROUPS
from tests.town import (
    DIGEST,
    FLOOR,
    MANY,
    MEASURES,
    POLL,
    PULSE,
    QUESTIONS,
    STREAM,
    SURVEY,
    TEXT,
    WALL,
)

HOMES = {"darken": "stage", "theme": "stage", "advance": "agenda", "end": "agenda"}  # of what no activity is asked for


def card_of(room: Room, person: str) -> str:
    """The card of this person; of who has none, somebody else's."""
    cards = room.activities[WALL].contributions
    return next((ref for ref, card in cards.items() if card.by == person), next(iter(cards)))


def card_to_adopt(room: Room, _: str) -> str:
    """A card that is no option yet."""
    return next(ref for ref in room.activities[WALL].contributions if ref not in room.activities[POLL].state.box.added)


def waiting_question(room: Room) -> str:
    return next(reversed(room.activities[QUESTIONS].contributions))


def first(activity: str) -> Callable[[Room, str], str]:
    return lambda room, _: next(iter(room.activities[activity].contributions))


def latest_of(activity: str) -> Callable[[Room, str], str]:
    """What a person said there last; of who said nothing, what somebody else did."""

    def latest(room: Room, person: str) -> str:
        said = room.activities[activity].contributions
        return next((ref for ref, it in reversed(said.items()) if it.by == person), next(iter(said)))

    return latest


def question_of_ben(room: Room, _: str) -> str:
    return latest_of(QUESTIONS)(room, "ben")


def merged_question(room: Room, person: str) -> str:
    """The question of a person that was merged into another."""
    questions = room.activities[QUESTIONS].state.questions
    return next((ref for ref, it in questions.items() if it.into and it.author == person), next(iter(questions)))


def island(room: Room, _: str) -> str:
    return next(iter(room.activities[WALL].state.islands))


def latest_card(room: Room, _: str) -> str:
    """The card on top of the wall."""
    return next(iter(room.activities[WALL].state.columns["neu"]))


def listed_card(room: Room, _: str) -> str:
    return next(iter(room.activities[WALL].state.ratings.listed))


RATED = {"nutzen": 4}
SAYS: dict[str, tuple[str, dict[str, Any]]] = IN_GROUPS | {  # where it goes, what it says; functions are asked
    "poll.vote": (POLL, {"choice": "rot"}),
    "poll.amend": (POLL, {"option": "rot", "label": "Röter"}),
    "poll.reset": (POLL, {}),
    "poll.propose": (POLL, {"text": lambda _, person: f"Violett wie {person}"}),
    "poll.accept": (POLL, {"option": lambda room, _: next(iter(room.activities[POLL].state.box.proposed))}),
    "poll.reveal": (POLL, {}),
    "poll.ban": (POLL, {"word": "Wort"}),
    "poll.permit": (POLL, {"word": "Wort"}),
    "poll.adopt": (POLL, {"sources": [card_to_adopt]}),
    "wall.write": (WALL, {"column": "neu", "text": "Noch eine"}),
    "wall.edit": (WALL, {"card": card_of, "text": "Anders"}),
    "wall.withdraw": (WALL, {"card": card_of}),
    "wall.move": (WALL, {"card": card_of, "column": "alt"}),
    "wall.comment": (WALL, {"on": first(WALL), "text": "Dazu"}),
    "wall.react": (WALL, {"on": first(WALL), "word": "Danke"}),
    "wall.tag": (WALL, {"ref": first(WALL), "labels": ["geld"]}),
    "wall.correct": (WALL, {"card": first(WALL), "text": "Ohne Tippfehler"}),
    "wall.flag": (WALL, {"card": first(WALL)}),
    "wall.clear": (WALL, {"card": first(WALL)}),
    "wall.phase": (WALL, {"phase": "sort"}),
    "wall.island": (WALL, {"title": "Zeit"}),
    "wall.rename": (WALL, {"island": island, "title": "Mehr Mut"}),
    "wall.assign": (WALL, {"island": island, "cards": [first(WALL)]}),
    "wall.merge": (WALL, {"card": first(WALL), "cards": [latest_card]}),
    "wall.split": (WALL, {"card": lambda room, _: next(iter(room.activities[WALL].state.beneath.values()))[0]}),
    "wall.undo": (WALL, {}),
    "wall.link": (WALL, {"card": first(WALL), "other": island, "reason": "Beides braucht Mut"}),
    "wall.dots_open": (WALL, {}),
    "wall.dots_close": (WALL, {}),
    "wall.dot": (WALL, {"on": first(WALL), "dots": 1}),
    "wall.shortlist": (WALL, {"cards": [first(WALL)]}),
    "wall.rate": (WALL, {"on": listed_card, "values": RATED}),
    "wall.place": (WALL, {"card": first(WALL), "x": 20, "y": 80}),
    "wall.seed": (WALL, {"column": "neu", "text": "Eine Vorlage"}),
    "wall.adopt": (WALL, {"column": "neu", "sources": [first(STREAM)]}),
    "questions.ask": (QUESTIONS, {"text": "Warum?"}),
    "questions.support": (QUESTIONS, {"question": question_of_ben}),
    "questions.unsupport": (QUESTIONS, {"question": first(QUESTIONS)}),
    "questions.comment": (QUESTIONS, {"on": first(QUESTIONS), "text": "Dazu"}),
    "questions.approve": (QUESTIONS, {"question": lambda room, _: waiting_question(room)}),
    "questions.answer": (QUESTIONS, {"question": first(QUESTIONS), "text": "Darum"}),
    "questions.withdraw": (QUESTIONS, {"question": latest_of(QUESTIONS)}),
    "questions.oppose": (QUESTIONS, {"question": question_of_ben}),
    "questions.unoppose": (QUESTIONS, {"question": question_of_ben}),
    "questions.reject": (QUESTIONS, {"ref": first(QUESTIONS), "reason": "keine Frage"}),
    "questions.mend": (QUESTIONS, {"question": first(QUESTIONS), "text": "Anders"}),
    "questions.tag": (QUESTIONS, {"ref": first(QUESTIONS)}),
    "questions.shortlist": (QUESTIONS, {"question": first(QUESTIONS)}),
    "questions.merge": (QUESTIONS, {"question": latest_of(QUESTIONS), "into": first(QUESTIONS)}),
    "questions.split": (QUESTIONS, {"question": merged_question}),
    "questions.settle": (QUESTIONS, {"question": first(QUESTIONS), "owner": "Amt 11"}),
    "questions.sort": (QUESTIONS, {"order": "newest"}),
    "stream.report": (STREAM, {"on": first(STREAM)}),
    "stream.dismiss": (STREAM, {"on": first(STREAM)}),
    "stream.draft": (STREAM, {"prompt": "p1", "title": "Titel", "body": "Text"}),
    "stream.publish": (STREAM, {"post": latest_of(STREAM)}),
    "stream.correct": (STREAM, {"post": latest_of(STREAM), "title": "Anders", "body": "Text"}),
    "stream.lock": (STREAM, {"post": first(STREAM)}),
    "stream.unlock": (STREAM, {"post": first(STREAM)}),
    "stream.approve": (STREAM, {"ref": first(STREAM)}),
    "stream.reject": (STREAM, {"ref": first(STREAM), "reason": "Werbung"}),
    "stream.tag": (STREAM, {"ref": first(STREAM)}),
    "stream.post": (STREAM, {"prompt": "p1", "title": "Titel", "body": "Text"}),
    "stream.comment": (STREAM, {"on": first(STREAM), "text": "Dazu"}),
    "stream.react": (STREAM, {"on": first(STREAM), "word": "Danke"}),
    "speaking.request": (FLOOR, {}),
    "speaking.retract": (FLOOR, {}),
    "speaking.rise": (FLOOR, {}),
    "speaking.turn": (FLOOR, {"person": "ada"}),
    "speaking.finish": (FLOOR, {}),
    "speaking.seat": (FLOOR, {"person": lambda _, person: {"mo": "ben", "org": "rev"}.get(person, "eva")}),
    "speaking.vacate": (FLOOR, {"person": "ada"}),
    "speaking.prefer": (FLOOR, {"person": "ada"}),
    "speaking.order": (FLOOR, {"rule": "fewest"}),
    "speaking.react": (FLOOR, {"on": first(FLOOR), "word": "Treffend"}),
    "speaking.argue": (FLOOR, {"list": "argumente", "text": "Noch eines"}),
    "speaking.revise": (FLOOR, {"argument": first(FLOOR), "list": "argumente", "text": "Anders"}),
    "survey.submit": (SURVEY, {"answers": {"q1": {"choice": "rot"}}}),
    "pulse.signal": (PULSE, {"signal": "rot"}),
    "pulse.reset": (PULSE, {}),
    "digest.claim": (DIGEST, {"sources": [card_of]}),
    "digest.release": (DIGEST, {"sources": [card_of]}),
    "digest.tag": (DIGEST, {"sources": [card_of]}),
    "digest.decline": (DIGEST, {"sources": [card_of], "reason": "steht schon fest"}),
    "digest.resume": (DIGEST, {"sources": [card_of]}),
    "digest.condense": (DIGEST, {"sources": [card_of], "text": "Ein Satz"}),
    "digest.rewrite": (DIGEST, {"sentence": first(DIGEST), "text": "Ein anderer Satz"}),
    "digest.link": (DIGEST, {"sentence": first(DIGEST), "sources": [card_of]}),
    "digest.place": (DIGEST, {"sentence": first(DIGEST)}),
    "digest.recall": (DIGEST, {"sentence": first(DIGEST)}),
    "text.vote": (TEXT, {"paragraph": "lb-1", "value": "traegt"}),
    "text.suggest": (TEXT, {"paragraph": "lb-1", "text": "Für alle offen."}),
    "text.support": (TEXT, {"suggestion": first(TEXT)}),
    "text.decide": (TEXT, {"suggestion": first(TEXT), "decision": "accepted"}),
    "text.comment": (TEXT, {"on": "lb-1", "text": "Dazu"}),
    "measures.agree": (MEASURES, {"title": "Noch eines", "owner_unit": "amt-20"}),
    "measures.amend": (MEASURES, {"measure": first(MEASURES), "helper_unit": "amt-20"}),
    "measures.update": (MEASURES, {"measure": first(MEASURES), "status": "in_arbeit", "progress": 50, "text": "Halb"}),
    "measures.volunteer": (MEASURES, {"measure": first(MEASURES), "part": "helper"}),
    "measures.comment": (MEASURES, {"on": first(MEASURES), "text": "Dazu"}),
    "activity.show": (POLL, {"view": "question"}),
    "activity.theme": ("stage", {"dark": True}),
    "activity.end": ("agenda", {"confirmed": True}),
    "activity.hide": (WALL, {"ref": card_of, "reason": "kein Beitrag"}),
    "activity.restore": (WALL, {"ref": card_of}),
    "activity.redact": (WALL, {"ref": card_of, "reason": "Name"}),
    "roster.door": ("roster", {"door": "open"}),
}


def said(what: str, room: Room, person: str) -> tuple[str, str, dict[str, Any]]:
    """A command that nothing but a missing right can refuse: activity, name, data."""
    source, name = what.split(".")
    activity, data = SAYS.get(what, (HOMES.get(name, MANY if source == "activity" else source), {}))
    return activity, name, {key: asked(value, room, person) for key, value in data.items()}


def asked(value: Any, room: Room, person: str) -> Any:
    """What a command says of a room: a function is asked, in lists too."""
    if isinstance(value, list):
        return [asked(one, room, person) for one in value]
    return value(room, person) if callable(value) else value
