"""Groups that come to be on the day: from the desk, from what was said before, or convened by somebody (Open Space).

A group that is added is a contribution: it has a number, and can be hidden and redacted.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from facilitation.groups.settings import MOST, Link
from facilitation.groups.state import State
from facilitation.lineage import SOURCES, Carrying
from facilitation.record import Actor, Command, Data, Fact, Refused
from facilitation.texts import Text

TITLE, LONGEST = 300, 10_000  # code points: of what stands in one line, of the task


class Add(Carrying):
    """Add a group.  Without a title it is called like the first of its sources."""

    timed = False
    title: Text = ""
    topic: Text = ""
    task: Text = ""
    place: Text = ""
    link: Link = ""
    capacity: Annotated[int | None, Field(ge=1)] = None

    def forbidden(self, state: Any, actor: Actor) -> bool:
        return not (actor.role.is_staff or state.config.convened)


COMMANDS: dict[str, type[Command]] = {"add": Add}


def add(state: State, command: Add, actor: Actor) -> list[Fact]:
    """The new group.  Whoever convenes one goes there, as soon as people may come and go."""
    if state.ended and not actor.role.is_staff:
        raise Refused("groups.not_open")
    check_lengths([command.title, command.topic, command.place], [command.task])
    if len(state.groups) >= MOST:
        raise Refused("groups.invalid", why="many", most=MOST)
    if any(source.hidden or not source.text for source in command.carried):
        raise Refused("groups.invalid", why="gone")
    group = {"group": _id(state)}
    host = next((source.author for source in command.carried if source.author), "")
    host = host if actor.role.is_staff else actor.id
    said = _called(command) | {"label": command.topic, "place": command.place, "link": command.link}
    rest: Data = {"host": host, "capacity": command.capacity}
    made = {SOURCES: list(command.sources)} if command.sources else {}
    convened = [] if actor.role.is_staff or not state.is_published else [Fact("groups.entered", group)]
    return [Fact("groups.added", group | said | rest | made, contribution=True), *convened]


def check_lengths(lines: Iterable[str], texts: Iterable[str]) -> None:
    for those, most in ((lines, TITLE), (texts, LONGEST)):
        if any(len(text) > most for text in those):
            raise Refused("groups.too_long", most=most)


def _called(command: Add) -> dict[str, str]:
    """Title and task; a source too long for a title stands in the task as a whole."""
    title, task = command.title, command.task
    if not title and command.carried:
        title = command.carried[0].text
        if len(title) > TITLE:
            title, task = title[: TITLE - 1] + "…", "\n\n".join(filter(None, (title, task)))
    if not title:
        raise Refused("groups.invalid", why="untitled")
    return {"title": title, "text": task}


def _id(state: State) -> str:
    """The next that is free: the same whenever the record is played again."""
    number = len(state.groups) + 1
    while (id := f"g{number}") in state.groups:
        number += 1
    return id
