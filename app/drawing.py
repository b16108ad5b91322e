"""Line and tick: the geometry of every picture, as numbers and SVG path data. templates/draw.html writes it down.

A picture is a function of its arguments only. Nobody here knows what time it is: a ruler says when it begins and
ends, and the browser moves the needle. Also German figures, because a chart without its number is decoration.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from math import floor
from typing import NamedTuple

from facilitation.moments import between

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)

# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def number(value: float, decimals: int = 0) -> str:
    """4000 -> "4.000", 6.52 with one decimal -> "6,5"."""
    return f"{value:,.{decimals}f}".translate({ord(","): ".", ord("."): ",", ord("-"): "−"})


def share(part: int, whole: int) -> int:
    """The share in whole percent. Nothing of nothing is 0 %."""
    return floor(100 * part / whole + 0.5) if whole else 0


def percent(part: int, whole: int) -> str:
    """The share in whole percent, with a space that does not break."""
    return f"{share(part, whole)}\N{NO-BREAK SPACE}%"


def clock(when: datetime) -> str:
    """Hour and minute in the zone that `when` carries."""
    return f"{when:%H:%M}"


def exact_clock(when: datetime) -> str:
    """Hour, minute and second, where every second counts."""
    return f"{when:%H:%M:%S}"


def day(when: date | str) -> str:
    """Day and month: "30. November"; of a moment in its own zone, or of a day as settings write it."""
    on = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{on.day}. {MONTHS[on.month - 1]}"


def dated(iso: str) -> str:
    """A day with its year: 2020-11-30 -> "30. November 2020"."""
    return f"{day(iso)} {iso[:4]}"


def milliseconds(when: datetime) -> int:
    """What the browser's clock calls this moment."""
    return round(when.timestamp() * 1000)


def paired(code: str) -> str:
    """A join code as it is read aloud: 482731 -> "48 27 31"."""
    return " ".join(code[at : at + 2] for at in range(0, len(code), 2))


# ── minute ruler: 1000 wide, thin = over, thick = left ──────────────────────────────────────────────────────────────


class Tick(NamedTuple):
    x: int
    long: bool


class Scale(NamedTuple):
    until: float  # seconds: the longest ruler drawn with this step
    step: int  # seconds from tick to tick
    long: int  # every how many ticks a long one


RULER_WIDTH = 1000

# Polls show ten seconds and groups minutes; what lasts longer would turn into a comb.
_SCALES = (
    Scale(5 * 60, 10, 6),
    Scale(60 * 60, 60, 5),
    Scale(12 * 3600, 600, 6),
    Scale(3 * 86400, 3600, 6),
    Scale(float("inf"), 86400, 7),
)


def ruler(begins: datetime, ends: datetime) -> list[Tick]:
    """The ticks between two moments, the first at 0, counted from the beginning."""
    seconds = between(begins, ends).total_seconds()
    if seconds <= 0:
        return []
    _, step, long = next(scale for scale in _SCALES if seconds <= scale.until)
    return [
        Tick(round(RULER_WIDTH * nth * step / seconds), long=nth % long == 0) for nth in range(int(seconds // step) + 1)
    ]


# ── tally: one stroke per person, bundles of five ───────────────────────────────────────────────────────────────────


class Hand(NamedTuple):
    """How strokes are written at one size."""

    pitch: int  # from stroke to stroke
    height: int
    gap: int  # between rows
    row: int  # bundles that fit into a row
    least: int  # bundles that a row is wide at least: a few strokes are not drawn larger


class Tally(NamedTuple):
    view: str
    yes: str  # all full strokes in one path: a tenth of the page that a path for each would be
    no: str


HANDS = {
    "phone": Hand(22, 56, 22, 10, 6),
    "desk": Hand(22, 46, 22, 20, 12),
    "join": Hand(26, 58, 22, 10, 8),
    "stage": Hand(26, 80, 30, 10, 8),
    "question": Hand(26, 70, 30, 10, 0),
}

# More strokes than this nobody counts: the number in words says it better.
MOST_STROKES = 200

_BUNDLE = 5
_BETWEEN = 26  # added to five pitches: from bundle to bundle
_OVERHANG = 12  # how far the fifth stroke reaches over its four
_SLOPE = 14  # how far its ends stay from the ends of the four
_MARGIN = 16  # left and right of everything
_CAP = 4  # above and below


def tally(yes: int, total: int, hand: str = "phone") -> Tally:
    """`yes` of `total` people. Rows are filled evenly; the fifth stroke of a full bundle crosses the other four."""
    pitch, height, gap, row, least = HANDS[hand]
    total = max(yes, total)
    bundles = -(-total // _BUNDLE)
    rows = max(1, -(-bundles // row))
    columns = -(-bundles // rows)
    strokes: tuple[list[str], list[str]] = ([], [])
    right = least * (_BUNDLE * pitch + _BETWEEN)
    for person in range(total):
        bundle, place = divmod(person, _BUNDLE)
        line, column = divmod(bundle, columns)
        left, top = column * (_BUNDLE * pitch + _BETWEEN), line * (height + gap)
        x = left + place * pitch
        right = max(right, x)
        if person >= yes:
            strokes[1].append(f"M{x} {top + 0.3 * height:g}V{top + 0.7 * height:g}")
        elif place == _BUNDLE - 1:
            end = left + (_BUNDLE - 2) * pitch + _OVERHANG
            strokes[0].append(f"M{left - _OVERHANG} {top + height - _SLOPE}L{end} {top + _SLOPE}")
        else:
            strokes[0].append(f"M{x} {top}V{top + height}")
    tall = rows * height + (rows - 1) * gap + 2 * _CAP
    return Tally(f"{-_MARGIN} {-_CAP} {right + 2 * _MARGIN} {tall}", "".join(strokes[0]), "".join(strokes[1]))


# ── day line: 240 wide, one segment per step, length = minutes ──────────────────────────────────────────────────────


class Segment(NamedTuple):
    phase: str  # past, now, next
    x: float
    y: float
    width: float
    height: float


DAY_WIDTH = 240


def dayline(steps: Iterable[tuple[float, str]]) -> list[Segment]:
    """`steps` are (minutes, phase) in the order of the day. A step without minutes is as short as one minute."""
    lengths = [(max(1, minutes), phase) for minutes, phase in steps]
    day = sum(minutes for minutes, _ in lengths)
    segments, begins = [], 0.0
    for minutes, phase in lengths:
        length = DAY_WIDTH * minutes / day
        y, height = (0, 8) if phase == "now" else (2.5, 3)
        segments.append(Segment(phase, round(begins + 0.5, 2), y, round(max(0.5, length - 1), 2), height))
        begins += length
    return segments


# ── bars: as wide as their count, over an axis of ticks ─────────────────────────────────────────────────────────────


class Bars(NamedTuple):
    axis: int  # where it ends, in the unit of the counts
    ticks: list[Tick]
    leading: list[bool]  # which bars are longest


_MOST_TICKS = 25


def _steps() -> Iterator[int]:
    for power in count():
        yield from (digit * 10**power for digit in (1, 2, 5))


def bars(counts: Sequence[int]) -> Bars:
    """Ticks of 1, 2, 5, 10, 20 … so that there are at most 25, every fifth one long; the axis ends at a long one."""
    longest = max(counts, default=0)
    step = next(step for step in _steps() if longest <= _MOST_TICKS * step)
    axis = 5 * step * max(1, -(-longest // (5 * step)))
    ticks = [Tick(at, long=at % (5 * step) == 0) for at in range(0, axis + 1, step)]
    return Bars(axis, ticks, [votes == longest > 0 for votes in counts])


# ── both sides of a Likert scale: 200 wide around 100 ───────────────────────────────────────────────────────────────


class Side(NamedTuple):
    """One value: 0 stands for the ends, 1 for what lies between, 2 for the middle."""

    x: float
    width: float
    shade: int


def diverging(votes: Sequence[int]) -> list[Side]:
    """The values beside each other so that the middle one, if there is one, stands half on either side of 100."""
    people, half = sum(votes), len(votes) // 2
    left = sum(votes[:half]) + (votes[half] / 2 if len(votes) % 2 else 0)
    at = 100 - 100 * left / people if people else 100.0
    sides = []
    for place, chosen in enumerate(votes):
        middle = len(votes) % 2 and place == half
        width = 100 * chosen / people if people else 0
        sides.append(Side(round(at, 2), round(width, 2), 2 if middle else 0 if place in (0, len(votes) - 1) else 1))
        at += width
    return [side for side in sides if side.width]


# ── histogram: 1700 x 672, standing bars over their values ──────────────────────────────────────────────────────────


class Column(NamedTuple):
    value: int
    people: int
    middle: int
    left: int
    top: int
    width: int
    height: int


HIST_BASE = 560

_HIST_LEFT = 38
_HIST_WIDTH = 1600
_TALLEST = 462.5
_FILLED = 0.725  # of a column's place; the rest is air


def histogram(by_value: Mapping[int, int]) -> list[Column]:
    """One column per value, in the order given; the most chosen one has full height."""
    most = max(by_value.values(), default=0)
    place = _HIST_WIDTH / max(1, len(by_value))
    width = round(_FILLED * place)
    columns = []
    for nth, (value, chosen) in enumerate(by_value.items()):
        middle = round(_HIST_LEFT + (nth + 0.5) * place)
        top = round(HIST_BASE - _TALLEST * chosen / most) if most else HIST_BASE
        columns.append(Column(value, chosen, middle, middle - width // 2, top, width, HIST_BASE - top))
    return columns
