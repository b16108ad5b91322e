"""Two rounds of the same question compared: what went up and down, and who moved from where to where."""

from typing import NamedTuple

from facilitation.ballots import Box
from facilitation.breakdown import Breakdown, breakdown


class Shift(NamedTuple):
    """The votes of one option in the earlier round and in this one."""

    label: str
    before: int
    now: int


class Comparison(NamedTuple):
    """`flow` counts those who answered both times, where ballots of both rounds have authors; else None."""

    title: str  # of the earlier round
    before: int  # ballots of the earlier round, those of rooms included
    now: int
    shifts: tuple[Shift, ...]
    flow: Breakdown | None


def comparison(title: str, earlier: Box, box: Box, k: int, *, flowing: bool) -> Comparison | None:
    """Compare two polls of the same form whose options have the same ids; None where there is nothing to compare."""
    before, now = votes(earlier), votes(box)
    if earlier.form is not box.form or not now:
        return None
    shifts = tuple(Shift(o.label, before.get(o.id, 0), now.get(o.id, 0)) for o in box.options)
    return Comparison(title, earlier.total, box.total, shifts, _flow(earlier, box, k) if flowing else None)


def votes(box: Box) -> dict[str, int]:
    """Votes by option, of forms that count options or values."""
    found: dict[str, int] = box.figures.get("by_option") or box.figures.get("by_value") or {}
    return found


def choice(data: dict[str, object]) -> str | None:
    """The one option on a ballot, None where a form has several or none."""
    one = data.get("choice", data.get("value"))
    return None if one is None else str(one)


def _flow(earlier: Box, box: Box, k: int) -> Breakdown | None:
    labels = {option.id: option.label for option in earlier.options}
    moves = [
        (labels.get(choice(earlier.ballots[holder].data) or "", ""), choice(ballot.data))
        for holder, ballot in box.ballots.items()
        if holder in earlier.ballots
    ]
    columns = [(option.id, option.label) for option in box.options]
    return breakdown(moves, columns, k) if moves else None
