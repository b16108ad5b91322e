"""Groups (Kleingruppen): people work in groups with a task, a clock and notes; what came of it goes back to all.

The clock is soft: nothing closes by it, but a minute or more after all are called into the plenary.  Opening and
closing are starting and ending the round.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from facilitation.groups import commands as wishes
from facilitation.groups import deciding, desk, ending, gallery, lead, phone, plates, settings, space, stage
from facilitation.groups.choosing import COMING, places
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


def within(state: State, ref: str) -> str:
    """In which group something was said: by its number, for a title may be hidden."""
    result = next((it for it in state.results.values() if it.ref == ref), None)
    said = state.notes.get(ref) or state.calls.get(ref) or state.leading.remarks.get(ref) or result
    return f"Gruppe {plates.numbers(state)[said.group]}" if said else ""


def closes(state: State) -> datetime | None:
    """When the soft end is."""
    return state.ending.closes


def parting(state: State) -> list[Fact] | None:
    """Nobody who writes is cut off: all are called into the plenary first."""
    return ending.parting(state.ending, running=state.is_running)


def leaving(state: State) -> list[Fact]:
    """The gallery closes when the day goes on."""
    return [Fact("groups.exhibited", {"open": False})] if state.harvest.open else []


def welcome(state: State, people: Iterable[Actor]) -> list[Fact]:
    """Whoever comes late is given a place, where that is planned."""
    return list(places(state, people)) if state.config.settles and state.is_published else []


def invites(state: State) -> bool:
    """Before a round people say what they wish, add sessions or find their places."""
    return state.takes_wishes or state.config.convened or state.is_published


def concerned(state: State, entry: Entry) -> list[str] | None:
    """Whose own parts change too: when somebody comes or goes, of who gets a place and of who waits for one."""
    if entry.type == "groups.added":
        return None
    return [entry.data.get("person", ""), *state.choosing.waiting] if entry.type in COMING else []


def home(state: State, person: str) -> str:
    """The group of a person as long as there is something to do in it."""
    return _working(state, state.home(person))


def leads(state: State, person: str) -> str:
    """The group that a person leads, as long as there is something to do in it."""
    return _working(state, state.leads(person))


def seated(state: State, people: Iterable[str]) -> list[str]:
    """The group of each, by its number as in `within`."""
    numbers = plates.numbers(state)
    homes = map(state.home, people)
    return [f"Gruppe {numbers[group]}" if group else "" for group in homes]


def _working(state: State, group: str) -> str:
    return group if state.is_published or group in state.late else ""


def belongings(state: State) -> Mapping[str, str]:
    """What belongs to a group goes where the group goes."""
    own = state.leading.belongings
    return {id: state.merged.place(group) for id, group in own.items()} if state.merged.into else own


def groups(state: State) -> Mapping[str, str]:
    return {id: group.title for id, group in state.groups.items()}


def withheld(state: State, ref: str) -> bool:
    """Notes and calls are for the group; what those who lead say is for them."""
    return any(ref in said for said in (state.notes, state.calls, state.leading.briefs, state.leading.remarks))


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
        case Audience.FACILITATOR:
            return lead.lead(state, look)
    return phone.plenary(state, look)


def mine(state: State, actor: Actor, look: Look) -> View:
    return phone.mine(state, actor, look)


def rows(state: State, look: Look) -> Iterator[Data]:
    """Notes, results and what is said about them, each with its group, and the notes on it that are for the minutes.

    What is hidden, with the reason, is only for staff; calls and what those who lead say to each other are for nobody.
    """
    for group in plates.legible(state, look):
        for note in state.notes.values():
            if note.group == group.id:
                yield from _row(look, note.ref, "Notiz", note.author, {"group": group.title, "text": note.text})
        if result := state.results.get(group.id):
            said = {"group": group.title, "text": result.text, "statements": "\n".join(result.points)}
            said |= {"late": "ja" if result.late else ""}
            yield from _row(look, result.ref, "Ergebnis", result.author, said)
            for ref, what, author, text in gallery.said(state, result.ref):
                yield from _row(look, ref, what, author, {"group": group.title, "text": text})
        for remark in state.leading.of(group.id):
            if remark.released:
                said = {"group": group.title, "text": remark.text}
                yield from _row(look, remark.ref, "Anmerkung der Moderation", remark.author, said)


def _row(look: Look, ref: str, what: str, author: str | None, said: Data) -> Iterator[Data]:
    hidden = look.hidden.get(ref, "")
    if look.is_staff or not hidden:
        yield {"ref": ref, "type": what} | said | {"author": look.author(author), "hidden": hidden}


def figures(state: State, hidden: Mapping[str, str]) -> Data:
    return state.figures()
