"""What stage and desk see of measures, and where each of them comes from (Woher kommt das?)."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from facilitation import comments, picking
from facilitation.agreements import Measure, State
from facilitation.comments import Remark, Said
from facilitation.kind import Look
from facilitation.screen import Slot, View

ON_STAGE = 4  # agreements in one picture: read aloud, each with its first step


class Origin(NamedTuple):
    """A contribution that a measure was made of; `hidden` where only staff may read it."""

    ref: str
    text: str
    kind: str
    title: str  # of its activity
    made: datetime
    hidden: bool


class Head(NamedTuple):
    title: str
    measures: int
    open: bool


class Agreed(NamedTuple):
    """A measure with the units that offered a part, and where it comes from."""

    measure: Measure
    volunteers: tuple[tuple[str, str], ...]
    origins: tuple[Origin, ...]


class Reported(NamedTuple):
    """How far a measure is, said by its unit, or by staff where there is none."""

    ref: str
    status: str
    progress: int
    text: str
    due: str
    unit: str
    made: datetime


class OnStage(NamedTuple):
    """Agreements read aloud: number `first` and those after it, of `of`."""

    title: str
    measures: tuple[Measure, ...]
    first: int
    of: int


class Agreeing(NamedTuple):
    """The form for a measure."""

    units: tuple[str, ...]
    picks: int


class Overview(NamedTuple):
    """All measures, and with which of them each picture of the stage begins."""

    measures: int
    firsts: tuple[str, ...]
    size: int


class Row(NamedTuple):
    """A measure at the desk, with everything that can be changed."""

    agreed: Agreed
    units: tuple[str, ...]
    statuses: tuple[str, ...]
    preloaded: bool
    hidden: str


class Item(NamedTuple):
    """A report or a comment at the desk; `hidden` is why nobody else sees it."""

    said: Said
    on: str
    is_report: bool
    hidden: str


class Counts(NamedTuple):
    title: str
    reports: int
    comments: int


def visible(state: State, hidden: Mapping[str, str]) -> list[Measure]:
    return [it for it in state.measures.values() if it.ref not in hidden]


def remarks(state: State, ref: str, look: Look) -> list[Remark]:
    """The comments on a measure that everybody may see."""
    return [it for it in state.remarks.get(ref, ()) if it.ref not in look.hidden]


def reports(state: State, ref: str, look: Look) -> list[Reported]:
    """How far a measure was, the latest first, without what is hidden."""
    said = (it for it in reversed(state.reports.get(ref, [])) if it.ref not in look.hidden)
    return [Reported(it.ref, it.status, it.progress, it.text, it.due, it.unit, it.made) for it in said]


def origins(measure: Measure, look: Look) -> tuple[Origin, ...]:
    """Where a measure comes from, as far as this look may know it."""
    found = (look.sources[ref] for ref in measure.sources if ref in look.sources)
    return tuple(
        Origin(it.ref, it.text, it.kind, it.title, it.made, not it.public) for it in found if it.public or look.is_staff
    )


def staged(state: State, look: Look) -> View:
    """The agreements from the one that is asked for; of `view` one, it alone."""
    shown = visible(state, look.hidden)
    first = next((n for n, it in enumerate(shown) if it.ref == look.item), 0)
    size = 1 if shown and shown[first].ref == look.item and look.view != "list" else ON_STAGE
    chosen = OnStage(look.title, tuple(shown[first : first + size]), first + 1, len(shown))
    name = "stage-one" if size == 1 else "stage-list"
    return {"": Slot((name,)), name: chosen}


def desk(state: State, look: Look) -> View:
    units = tuple(sorted({person.unit for person in look.people.values() if person.unit}))
    shown, picks = visible(state, look.hidden), picking.picks(look)
    rows: View = {f"row-{it.ref}": _row(state, it, units, look) for it in state.measures.values()}
    items = {f"item-{it.said.ref}": it for it in _items(state, look)}
    counts = Counts(
        look.title, sum(it.is_report for it in items.values()), sum(not it.is_report for it in items.values())
    )
    firsts = tuple(it.ref for it in shown[::ON_STAGE])
    return {
        "": Slot(("agreeing", "overview", "inbox")),
        "agreeing": Agreeing(units, len(picks)),
        "picks": Slot(picks),
        "overview": Overview(len(state.measures), firsts, ON_STAGE),
        "rows": Slot(rows),
        "inbox": counts,
        "items": Slot(items),
        **picks,
        **rows,
        **items,
    }


def _row(state: State, it: Measure, units: tuple[str, ...], look: Look) -> Row:
    agreed = Agreed(it, tuple(state.volunteers.get(it.ref, {}).items()), origins(it, look))
    return Row(agreed, units, state.config.statuses, not it.at, look.hidden.get(it.ref, ""))


def _items(state: State, look: Look) -> list[Item]:
    """Reports and comments, hidden ones too, the latest first."""
    found = [(it.at, Item(comments.said(it, look), it.on, is_report=False, hidden=look.hidden.get(it.ref, "")))
             for those in state.remarks.values() for it in those]  # fmt: skip
    for those in state.reports.values():
        for it in those:
            said = Said(it.ref, it.text, it.unit or look.author(it.by), anonymous=False, made=it.made)
            found.append((it.at, Item(said, it.measure, is_report=True, hidden=look.hidden.get(it.ref, ""))))
    return [item for _, item in sorted(found, reverse=True)]
