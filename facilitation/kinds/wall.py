"""Wall (Ideenwand): cards in columns, gathered on islands, weighed with dots.

The kind composes its subjects (facilitation/walls): each has commands, what becomes of them, and what its facts change.
Hidden cards stay on record and on the desk, withdrawn ones leave every screen with all that stands below them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from facilitation.kind import Look
from facilitation.record import Actor, Command, Data, Entry, Fact
from facilitation.screen import Audience, Slot, View
from facilitation.walls import (
    bringing,
    cards,
    desk,
    dots,
    islands,
    links,
    merging,
    own,
    phases,
    phone,
    rating,
    settings,
    stage,
    table,
    talking,
    tally,
    topics,
    undoing,
)
from facilitation.walls.notes import counted
from facilitation.walls.phases import Phase
from facilitation.walls.state import State

name = "wall"
page = "now"

Config = settings.Config

SUBJECTS: tuple[Any, ...] = (undoing, cards, topics, talking, phases, islands, merging, links, dots, rating, bringing)
commands: dict[str, type[Command]] = {name: model for it in SUBJECTS for name, model in it.COMMANDS.items()}
_subject = {model: it for it in SUBJECTS for model in it.COMMANDS.values()}


def begin(config: settings.Config) -> State:
    return State(config)


def decide(state: State, command: Command, actor: Actor) -> list[Fact]:
    facts: list[Fact] = _subject[type(command)].decide(state, command, actor)
    return facts


def fold(state: State, entry: Entry) -> None:
    if entry.type == "activity.sealed":
        state.seal(entry.data["figures"])
    for subject in SUBJECTS:
        subject.fold(state, entry)


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.DESK:
            return desk.view(state, look)
        case Audience.STAGE:
            return stage.view(state, look)
        case Audience.FACILITATOR:
            parts = phone.view(state, look)
            return parts | {"": Slot(("led-phases", *parts[""])), "led-phases": state.stand}
    return phone.view(state, look)


def mine(state: State, actor: Actor, look: Look) -> View:
    return own.mine(state, actor, look)


def withheld(state: State, ref: str) -> bool:
    """Whether everybody has to wait for it: before they are revealed, cards are for their authors alone."""
    return state.stand.silent and ref in state.cards


def unfinished(state: State) -> bool:
    """Whether more is to be given after the cards were shown: people lay dots, or the phases go on."""
    return state.dots.open or state.stand.phase not in (Phase.COLLECT, Phase.DECIDE)


def ranked(state: State, look: Look) -> tuple[tuple[str, int], ...]:
    """Islands, or cards where there are none, with their dots, once everybody may know how these lie."""
    places = tally.ranking(state, look.hidden).places if counted(state, look) else ()
    return tuple((it.ref, it.dots) for it in places if it.dots)


def rows(state: State, look: Look) -> Iterable[Data]:
    return table.rows(state, look)


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures(hidden)
