"""A digest beside a wall and questions that wait for approval, for the tests of digests."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import digest, questions, wall
from facilitation.record import Person, Refused, Role
from facilitation.screen import Audience
from facilitation.sentences import State
from tests.rooms import PEOPLE, Kept, activity, room, submit

TOPICS = [("personal", "Personal"), ("zeit", "Zeit")]
EDITOR = Person("eda", Role.FACILITATOR, "Redaktion")


def opened(names: str = "moderators") -> Kept:
    """An editing desk with two editors, mo and eda; the digest itself was never opened."""
    table = room(
        activity(wall, "wand", names="named"),
        activity(questions, "fragen", premoderated=True),
        activity(digest, "redaktion", topics=TOPICS, names=names),
        people=(*PEOPLE, EDITOR),
    )
    for address in ("wand", "fragen"):
        submit(table, "mo", address, "open")
    return table


def did(table: Kept, by: str, command: str, *sources: str, **data: Any) -> str:
    """What an editor does; the reference of a new sentence."""
    named = {"sources": list(sources)} if sources else {}
    ref: str = submit(table, by, "redaktion", command, **named, **data)[-1].data.get("ref", "")
    return ref


def card(table: Kept, by: str = "ada", text: str = "Mehr Mut") -> str:
    ref: str = submit(table, by, "wand", "write", column="cards", text=text)[-1].data["ref"]
    return ref


def refusal(table: Kept, by: str, command: str, *sources: str, **data: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        did(table, by, command, *sources, **data)
    return refused.value.code, refused.value.values


def state(table: Kept) -> State:
    kept: State = table.activities["redaktion"].state
    return kept


def view(table: Kept, audience: Audience = Audience.DESK, item: str = "") -> dict[str, Any]:
    redaktion = table.activities["redaktion"]
    return digest.view(redaktion.state, pictures.look(table, redaktion, audience, "sentence", item))


def html(table: Kept, audience: Audience = Audience.DESK, item: str = "") -> str:
    parts = drawn(pictures.framed(table.activities["redaktion"], "page.", view(table, audience, item))[0])
    return "".join(part for part in parts.values() if isinstance(part, str))


def standing(table: Kept) -> dict[str, str]:
    """Each original before the editors, newest first, and where it stands."""
    seen = view(table)
    return {name.removeprefix("original-"): seen[name].status for name in seen["incoming"]}


def shown(table: Kept, ref: str) -> None:
    """One tap sends a sentence to the stage."""
    submit(table, "mo", "redaktion", "show", view="sentence", item=ref)


def rows(table: Kept, audience: Audience) -> list[dict[str, Any]]:
    redaktion = table.activities["redaktion"]
    return list(digest.rows(redaktion.state, pictures.look(table, redaktion, audience)))
