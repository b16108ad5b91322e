"""An open text and its screens, for the tests of texts."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import text
from facilitation.paragraphs import State
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.kinds.text_example import DOCUMENTS
from tests.rooms import Kept, activity, room, submit

GOAL, WAY = "Wir sind für alle da.", "Wir hören zu und entscheiden dann."


def opened(**config: Any) -> Kept:
    """A room with an open text of two paragraphs, lb-1 and lb-2; with names unless `config` says otherwise."""
    hall = room(activity(text, "texte", **({"documents": DOCUMENTS} | config)))
    submit(hall, "mo", "texte", "open")
    return hall


def suggest(hall: Kept, by: str, text: str = "Wir sind für alle Menschen da.", **data: Any) -> str:
    """The reference of a new suggestion, for the first paragraph unless `data` says otherwise."""
    said = {"paragraph": "lb-1", "text": text} | data
    ref: str = submit(hall, by, "texte", "suggest", **said)[-1].data["ref"]
    return ref


def comment(hall: Kept, by: str, on: str = "lb-1", text: str = "Für wen?") -> str:
    ref: str = submit(hall, by, "texte", "comment", on=on, text=text)[-1].data["ref"]
    return ref


def decide(hall: Kept, suggestion: str, decision: str = "accepted", **data: Any) -> None:
    submit(hall, "mo", "texte", "decide", suggestion=suggestion, decision=decision, **data)


def refusal(hall: Kept, by: str, command: str, **data: Any) -> str:
    """Why not: code and reason."""
    with pytest.raises(Refused) as refused:
        submit(hall, by, "texte", command, **data)
    return ".".join(filter(None, [refused.value.code, refused.value.values.get("why")]))


def state(hall: Kept) -> State:
    kept: State = hall.activities["texte"].state
    return kept


def view(hall: Kept, audience: Audience = Audience.PLENARY, shown: str = "question", item: str = "") -> dict[str, Any]:
    texte = hall.activities["texte"]
    return text.view(texte.state, pictures.look(hall, texte, audience, shown, item))


def html(hall: Kept, audience: Audience = Audience.PLENARY, shown: str = "question", item: str = "") -> dict[str, str]:
    """What is drawn for an audience, part by part."""
    framed = pictures.framed(hall.activities["texte"], "", view(hall, audience, shown, item))[0]
    return {name.removeprefix("texte."): str(part) for name, part in drawn(framed).items()}


def staged(hall: Kept, shown: str = "question", item: str = "") -> tuple[str, Any]:
    """The name and the content of the one part of the stage."""
    (part,) = ((name, it) for name, it in view(hall, Audience.STAGE, shown, item).items() if name)
    return part


def mine(hall: Kept, by: str) -> dict[str, Any]:
    texte = hall.activities["texte"]
    return text.mine(texte.state, texte.actor(hall.roster.people[by]), pictures.look(hall, texte, Audience.PLENARY))


def rows(hall: Kept, audience: Audience) -> list[dict[str, Any]]:
    texte = hall.activities["texte"]
    return list(text.rows(texte.state, pictures.look(hall, texte, audience)))


def figures(hall: Kept) -> dict[str, Any]:
    return hall.activities["texte"].figures()


def close_and_show(hall: Kept) -> None:
    submit(hall, "mo", "texte", "close")
    submit(hall, "mo", "texte", "show", view="result")
