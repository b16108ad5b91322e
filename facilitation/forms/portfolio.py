"""Portfolio: several items, each rated on two axes such as effort and effect, or skipped."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from facilitation.form import FEW, MANY, Answer, Cast, Given, Option
from facilitation.numbers import deviation, mean
from facilitation.order import mixed
from facilitation.record import Data, Refused

name = "portfolio"
counts = False
grows = True
worded: Mapping[str, str] = {}

LEAST, MOST = 1, 5
MIDDLE = (LEAST + MOST) / 2


class Axis(BaseModel):
    """What is rated, and the words at both ends."""

    model_config = ConfigDict(frozen=True)

    title: str
    low: str = "gering"
    high: str = "hoch"


class Settings(BaseModel):
    items: Annotated[tuple[Option, ...], Field(min_length=FEW, max_length=MANY)]
    x: Axis = Axis(title="Aufwand")
    y: Axis = Axis(title="Wirkung")


class Ballot(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    x: dict[str, int] = {}
    y: dict[str, int] = {}


class Rating(NamedTuple):
    """An item on the paper with its values, "" where it was skipped or not rated yet."""

    item: Option
    x: str
    y: str


class Ends(NamedTuple):
    title: str
    low: str
    high: str


class Paper(NamedTuple):
    """The items in an order of one's own."""

    ratings: tuple[Rating, ...]
    x: Ends
    y: Ends
    values: tuple[int, ...]
    answered: bool


class Spot(NamedTuple):
    """An item by its mean point; `x_off` and `y_off` are standard deviations.  `number` is its name in the drawing."""

    number: int
    label: str
    rated: int
    skipped: int
    x: float
    y: float
    x_off: float
    y_off: float


class Result(NamedTuple):
    """`quadrants` are (words, the items that lie there), the best one first; `unrated` are those that nobody rated."""

    x: Ends
    y: Ends
    quadrants: tuple[tuple[str, tuple[Spot, ...]], ...]
    unrated: tuple[str, ...]


def options(settings: Settings) -> tuple[Option, ...]:
    return settings.items


def check(settings: Settings, options: tuple[Option, ...], ballot: Ballot) -> None:
    if not ballot.x.keys() | ballot.y.keys() <= {option.id for option in options}:
        raise Refused("poll.invalid", why="unknown_option")
    if ballot.x.keys() != ballot.y.keys():
        raise Refused("poll.invalid", why="one_axis")
    if not ballot.x:
        raise Refused("poll.invalid", why="nothing_rated")
    if not all(LEAST <= value <= MOST for value in (*ballot.x.values(), *ballot.y.values())):
        raise Refused("poll.invalid", why="out_of_range", least=LEAST, most=MOST)


def paper(settings: Settings, options: tuple[Option, ...], given: Given | None, seed: str) -> Paper:
    data = given.data if given else {"x": {}, "y": {}}
    x, y = ({id: str(value) for id, value in data[axis].items()} for axis in ("x", "y"))
    rated = tuple(Rating(o, x.get(o.id, ""), y.get(o.id, "")) for o in mixed(options, seed))
    values = tuple(range(LEAST, MOST + 1))
    return Paper(rated, _ends(settings.x), _ends(settings.y), values, answered=given is not None)


def _ends(axis: Axis) -> Ends:
    return Ends(axis.title, axis.low, axis.high)


def figures(settings: Settings, options: tuple[Option, ...], cast: Cast) -> Data:
    items = {option.id: _counted(cast, option.id) for option in options}
    return {"items": items, "skipped": {item: len(cast.ballots) - block["n"] for item, block in items.items()}}


def _counted(cast: Cast, item: str) -> Data:
    x, y = (Counter(ballot[axis][item] for ballot in cast.ballots if item in ballot[axis]) for axis in ("x", "y"))
    means = {"mean_x": mean(x), "mean_y": mean(y)}
    return {"n": x.total()} | means | {"deviation_x": deviation(x), "deviation_y": deviation(y)}


def result(settings: Settings, options: tuple[Option, ...], figures: Data, said: tuple[Answer, ...]) -> Result:
    spots: dict[str, list[Spot]] = {words: [] for words in _quadrants(settings)}
    known = [(option, figures["items"].get(option.id, {"n": 0})) for option in options]
    rated = [(option, block) for option, block in known if block["n"]]
    for number, (option, block) in enumerate(rated, start=1):
        means = block["mean_x"], block["mean_y"]
        offs = block["deviation_x"], block["deviation_y"]
        spot = Spot(number, option.label, block["n"], figures["skipped"][option.id], *means, *offs)
        spots[_quadrant(settings, *means)].append(spot)
    unrated = tuple(option.label for option, block in known if not block["n"])
    quadrants = tuple((words, tuple(here)) for words, here in spots.items() if here)
    return Result(_ends(settings.x), _ends(settings.y), quadrants, unrated)


def _quadrants(settings: Settings) -> tuple[str, ...]:
    """The words for each quadrant: first what has much of y for little of x."""
    x, y = settings.x, settings.y
    return tuple(
        f"{y.title} {up}, {x.title} {right}"
        for up, right in ((y.high, x.low), (y.high, x.high), (y.low, x.low), (y.low, x.high))
    )


def _quadrant(settings: Settings, x: float, y: float) -> str:
    return _quadrants(settings)[2 * (y < MIDDLE) + (x >= MIDDLE)]


def rows(settings: Settings, options: tuple[Option, ...], figures: Data) -> Iterator[Data]:
    for option in options:
        block = figures["items"].get(option.id, _counted(Cast((), {}, ()), option.id))
        means = block["mean_x"], block["mean_y"]
        yield {
            "option": option.id,
            "label": option.label,
            "votes": block["n"],
            "mean_x": block["mean_x"],
            "mean_y": block["mean_y"],
            "deviation_x": block["deviation_x"],
            "deviation_y": block["deviation_y"],
            "quadrant": _quadrant(settings, *means) if None not in means else None,
        }
