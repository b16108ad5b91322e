"""Open questions and their screens, for the tests of questions."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.asked import Item
from facilitation.kinds import questions
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.rooms import Kept, activity, room, submit


def opened(**config: Any) -> Kept:
    """A room with open questions, with names and without approval unless `config` says otherwise."""
    hall = room(activity(questions, "qa", **config))
    submit(hall, "mo", "qa", "open")
    return hall


def ask(hall: Kept, by: str, text: str = "Wann?", **data: Any) -> str:
    """The reference of a new question."""
    ref: str = submit(hall, by, "qa", "ask", text=text, **data)[-1].data["ref"]
    return ref


def comment(hall: Kept, by: str, on: str, text: str = "Das frage ich mich auch.") -> str:
    ref: str = submit(hall, by, "qa", "comment", on=on, text=text)[-1].data["ref"]
    return ref


def refusal(hall: Kept, by: str, command: str, **data: Any) -> str:
    with pytest.raises(Refused) as refused:
        submit(hall, by, "qa", command, **data)
    return refused.value.code


def state(hall: Kept) -> questions.State:
    kept: questions.State = hall.activities["qa"].state
    return kept


def view(
    hall: Kept, audience: Audience = Audience.PLENARY, item: str = "", what: str = "question", choice: str = ""
) -> dict[str, Any]:
    qa = hall.activities["qa"]
    return questions.view(qa.state, pictures.look(hall, qa, audience, what, item, choice))


def html(hall: Kept, audience: Audience = Audience.PLENARY, item: str = "") -> dict[str, str]:
    """What is drawn for an audience, part by part."""
    framed = pictures.framed(hall.activities["qa"], "", view(hall, audience, item))[0]
    return {name.removeprefix("qa."): str(part) for name, part in drawn(framed).items()}


def mine(hall: Kept, by: str) -> dict[str, Any]:
    qa = hall.activities["qa"]
    return questions.mine(qa.state, qa.actor(hall.roster.people[by]), pictures.look(hall, qa, Audience.PLENARY))


def html_mine(hall: Kept, by: str) -> str:
    """What is drawn for one person alone."""
    parts = {name: part for name, part in mine(hall, by).items() if name != "marks"}
    return str(drawn(pictures.framed(hall.activities["qa"], "", parts)[0]))


def own(hall: Kept, by: str) -> list[tuple[str, str, str]]:
    """Text, state and reason of what a person finds among their own, the latest first."""
    return [(it.item.said.text, it.item.status, it.item.reason) for it in mine(hall, by)["mine-written"]]


def rows(hall: Kept, audience: Audience) -> list[dict[str, Any]]:
    qa = hall.activities["qa"]
    return list(questions.rows(qa.state, pictures.look(hall, qa, audience)))


def figures(hall: Kept) -> dict[str, Any]:
    return hall.activities["qa"].figures()


def desk_item(hall: Kept, ref: str) -> Item:
    """A question as staff sees it."""
    item: Item = view(hall, Audience.DESK)[f"item-{ref}"].item
    return item


def close_and_show(hall: Kept) -> None:
    submit(hall, "mo", "qa", "close")
    submit(hall, "mo", "qa", "show", view="result")
