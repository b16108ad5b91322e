"""Questions, the inner circle, and the blog."""

from collections.abc import Iterator

from app.demo import decided, plan, words
from app.demo.cast import Act, Cast, showing, step
from app.demo.town import FACILITATOR, ORGANISER
from facilitation.reactions import USUAL
from facilitation.record import Data, Person


def questions(cast: Cast) -> Iterator[Act]:
    yield step(32.5, "impuls")
    yield Act(33, ORGANISER, plan.QUESTIONS, "open", {})
    yield step(48, "fragerunde")
    askers = cast.some(len(words.QUESTIONS), [cast.honoured])
    askers[-2] = cast.honoured  # one of theirs waits
    for number, (asked, asker) in enumerate(zip(words.QUESTIONS, askers, strict=True)):
        yield from _question(cast, f"frage-{number}", asked, asker, cast.between(35, 46))
    yield showing(49, plan.QUESTIONS, "question", "@frage-0")


def _question(cast: Cast, name: str, asked: words.Asked, asker: Person, minute: float) -> Iterator[Act]:
    ref, there = f"@{name}", plan.QUESTIONS
    ask: Data = {"text": asked.text} | ({"anonymous": True} if asked.anonymous else {})
    yield Act(minute, asker.id, there, "ask", ask, name)
    if asked.status == "hidden":
        data = {"ref": ref, "reason": words.HIDDEN_QUESTION}
        yield Act(minute + 0.6, FACILITATOR, there, "hide", data)
    if asked.status in ("approved", "answered"):
        yield Act(minute + 0.5, FACILITATOR, there, "approve", {"question": ref})
    for person in cast.some(asked.support, [asker]):
        yield Act(cast.between(minute + 1, 52), person.id, there, "support", {"question": ref})
    for person, text in zip(cast.some(len(asked.comments)), asked.comments, strict=True):
        yield Act(cast.between(minute + 2, 55), person.id, there, "comment", {"on": ref, "text": text})
    if asked.status == "answered":
        answer = {"question": ref} | ({"text": asked.answer} if asked.answer else {})
        yield Act(cast.between(50, 55), FACILITATOR, there, "answer", answer)


def circle(cast: Cast) -> Iterator[Act]:
    """Three sit, one chair is free: who wants to say something comes to it and makes room for the next."""
    there = plan.CIRCLE
    yield step(56, "fishbowl")
    *seated, first, second, patient, doubting = cast.some(7, [cast.honoured])
    for number, person in enumerate(seated):
        yield Act(56.2 + 0.1 * number, FACILITATOR, there, "seat", {"person": person.id})
    for minute, person in ((58, first), (59, doubting), (60, second), (62, patient)):
        yield Act(minute, person.id, there, "request", {})
    yield Act(60.5, doubting.id, there, "retract", {})
    speaking = (seated[0], first, seated[1], second, seated[2])
    for begins, person in zip((57, 59.2, 61, 63, 64.6), speaking, strict=True):
        yield Act(begins, FACILITATOR, there, "turn", {"person": person.id})
    for number, (heading, text) in enumerate(decided.ARGUMENTS):
        yield Act(58.5 + 1.5 * number, ORGANISER, there, "argue", {"list": heading, "text": text})
    yield Act(66, FACILITATOR, there, "finish", {})
    yield showing(66.3, there, "result")


def stream(cast: Cast) -> Iterator[Act]:
    yield Act(32.8, ORGANISER, plan.STREAM, "open", {})
    for number, (post, writer) in enumerate(zip(words.POSTS, cast.some(len(words.POSTS)), strict=True)):
        minute, ref = 48 + 14 * number, f"@post-{number}"
        data = {"prompt": post.prompt, "title": post.title, "body": post.body}
        yield Act(minute, writer.id, plan.STREAM, "post", data, ref[1:])
        for text, person in zip(post.comments, cast.some(len(post.comments)), strict=True):
            comment = {"on": ref, "text": text}
            yield Act(cast.between(minute + 1, 121), person.id, plan.STREAM, "comment", comment)
        for word, times in zip(USUAL, post.reactions, strict=True):
            for person in cast.some(times):
                reaction = {"on": ref, "word": word}
                yield Act(cast.between(minute + 1, 121), person.id, plan.STREAM, "react", reaction)
    comment = {"on": "@post-2", "text": words.HIDDEN_COMMENT}
    yield Act(84, cast.some(1)[0].id, plan.STREAM, "comment", comment, "gegrummel")
    reason = {"ref": "@gegrummel", "reason": words.HIDDEN_COMMENT_REASON}
    yield Act(84.7, FACILITATOR, plan.STREAM, "hide", reason)
