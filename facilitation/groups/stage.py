"""A round of groups on the stage: the tables with the clock; afterwards the results, all together or one by one."""

from typing import NamedTuple

from facilitation.groups.gallery import Outcome, outcomes
from facilitation.groups.plates import Clock, Table, clock, tables
from facilitation.groups.state import State
from facilitation.kind import Look
from facilitation.screen import Slot, View
from facilitation.stage import RESULT


class Rooms(NamedTuple):
    title: str
    clock: Clock | None
    tables: tuple[Table, ...]
    ended: bool
    wishing: bool


class Gallery(NamedTuple):
    title: str
    outcomes: tuple[Outcome, ...]
    open: bool  # people comment on them now


def stage(state: State, look: Look) -> View:
    if look.view not in (RESULT, "gallery") or not (found := outcomes(state, look)):
        rooms = Rooms(look.title, clock(state), tables(state, look), state.ended is not None, state.takes_wishes)
        return {"": Slot(("stage-rooms",)), "stage-rooms": rooms}
    one = [outcome for outcome in found if outcome.result.ref == look.item]
    if one:
        return {"": Slot(("stage-one",)), "stage-one": one[0]}
    return {"": Slot(("stage-gallery",)), "stage-gallery": Gallery(look.title, found, state.harvest.open)}
