"""Groups (Kleingruppen): people work in groups with a task, a clock and notes; what came of it goes back to all.

The clock is soft: nothing closes by it.  Opening and closing are starting and ending the round.
"""

from collections.abc import Iterator, Mapping

from facilitation.groups import commands as wishes
from facilitation.groups import deciding, desk, gallery, phone, settings, space, stage
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.record import Actor, Data, Entry, Fact
from facilitation.screen import Audience, View

name = "groups"
page = "now"

Config = settings.Config
commands = wishes.commands
decide = deciding.decide


def begin(config: settings.Config) -> State:
    return State(config)


def fold(state: State, entry: Entry) -> None:
    state.fold(entry)


def steered(state: State, entry: Entry) -> None:
    state.steer(entry)


def leaving(state: State) -> list[Fact]:
    """The gallery closes when the day goes on."""
    return [Fact("groups.exhibited", {"open": False})] if state.harvest.open else []


def home(state: State, person: str) -> str:
    """The group of a person as long as there is something to do in it."""
    group = state.home(person)
    return group if state.is_published or group in state.late else ""


def withheld(state: State, ref: str) -> bool:
    """Notes and calls are for the group."""
    return ref in state.notes or ref in state.calls


def points(state: State, ref: str) -> tuple[str, ...]:
    """What stands below the sentence of a result."""
    return next((result.points for result in state.results.values() if result.ref == ref), ())


def view(state: State, look: Look) -> View:
    match look.audience:
        case Audience.DESK:
            return desk.desk(state, look)
        case Audience.STAGE:
            return stage.stage(state, look)
        case Audience.GROUP:
            return space.space(state, look)
    return phone.plenary(state, look)


def mine(state: State, actor: Actor, look: Look) -> View:
    return phone.mine(state, actor)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Notes, results and what is said about them, each with its group.

    What is hidden, with the reason, is for staff only, and calls for nobody.
    """
    for group in state.config.groups:
        for note in state.notes.values():
            if note.group == group.id:
                yield from _row(look, note.ref, "Notiz", note.author, {"group": group.title, "text": note.text})
        if result := state.results.get(group.id):
            said = {"group": group.title, "text": result.text, "statements": "\n".join(result.points)}
            said |= {"late": "ja" if result.late else ""}
            yield from _row(look, result.ref, "Ergebnis", result.author, said)
            for ref, what, author, text in gallery.said(state, result.ref):
                yield from _row(look, ref, what, author, {"group": group.title, "text": text})


def _row(look: Look, ref: str, what: str, author: str | None, said: Data) -> Iterator[Data]:
    hidden = look.hidden.get(ref, "")
    if look.is_staff or not hidden:
        yield {"ref": ref, "type": what} | said | {"author": look.author(author), "hidden": hidden}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures()
