"""An open stream and its screens, for the tests of streams."""

from typing import Any

import pytest

from app.projection import drawn
from facilitation import pictures
from facilitation.kinds import stream
from facilitation.record import Refused
from facilitation.screen import Audience
from tests.rooms import Kept, activity, room, submit

PROMPTS = [{"id": "behalten", "title": "Was behalten wir?"}, {"id": "besser", "title": "Was machen wir besser?"}]


def opened(**config: Any) -> Kept:
    """A room with an open stream of two prompts, with names unless `config` says otherwise."""
    hall = room(activity(stream, "blog", **{"prompts": PROMPTS} | config))
    submit(hall, "mo", "blog", "open")
    return hall


def post(hall: Kept, by: str, title: str = "Zwei Tage", prompt: str = "behalten", body: str = "Es lief.") -> str:
    """The reference of a new post."""
    ref: str = submit(hall, by, "blog", "post", prompt=prompt, title=title, body=body)[-1].data["ref"]
    return ref


def comment(hall: Kept, by: str, on: str, text: str = "Bei uns auch.") -> str:
    ref: str = submit(hall, by, "blog", "comment", on=on, text=text)[-1].data["ref"]
    return ref


def react(hall: Kept, by: str, on: str, word: str = "Danke") -> None:
    submit(hall, by, "blog", "react", on=on, word=word)


def refusal(hall: Kept, by: str, command: str, **data: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        submit(hall, by, "blog", command, **data)
    return refused.value.code, refused.value.values


def state(hall: Kept) -> stream.State:
    kept: stream.State = hall.activities["blog"].state
    return kept


def draft(hall: Kept, title: str = "Aus der Redaktion", body: str = "Was gerade geschieht.", **more: Any) -> str:
    """The reference of a new editorial post that nobody reads yet."""
    said = {"prompt": "behalten", "title": title, "body": body} | more
    ref: str = submit(hall, "mo", "blog", "draft", **said)[-1].data["ref"]
    return ref


def view(hall: Kept, audience: Audience = Audience.PLENARY, item: str = "", what: str = "question") -> dict[str, Any]:
    blog = hall.activities["blog"]
    return stream.view(blog.state, pictures.look(hall, blog, audience, what, item))


def desk_item(hall: Kept, ref: str) -> stream.Item:
    """A post or a comment as staff sees it."""
    item: stream.Item = view(hall, Audience.DESK)[f"item-{ref}"].item
    return item


def html(hall: Kept, audience: Audience = Audience.PLENARY, item: str = "") -> dict[str, str]:
    """What is drawn for an audience, part by part."""
    framed = pictures.framed(hall.activities["blog"], "", view(hall, audience, item))[0]
    return {name.removeprefix("blog."): str(part) for name, part in drawn(framed).items()}


def mine(hall: Kept, by: str) -> dict[str, Any]:
    blog = hall.activities["blog"]
    actor = blog.actor(hall.roster.people[by])
    return stream.mine(blog.state, actor, pictures.look(hall, blog, Audience.PLENARY))


def own(hall: Kept, by: str) -> list[tuple[str, str]]:
    """Text and reason of what a person finds among their own, the latest first."""
    return [(item.said.text, item.reason) for item in mine(hall, by)["mine-written"]]


def rows(hall: Kept, audience: Audience) -> list[dict[str, Any]]:
    blog = hall.activities["blog"]
    return list(stream.rows(blog.state, pictures.look(hall, blog, audience)))


def figures(hall: Kept) -> dict[str, Any]:
    return hall.activities["blog"].figures()
