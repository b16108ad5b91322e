"""Rating (Bewertung): cards on a shortlist are rated by a few weighted criteria.

The first two criteria span a field of four, in which a card lies at the mean of its ratings unless staff puts it
elsewhere; that is on record.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from facilitation import numbers
from facilitation.record import Actor, Command, Data, Entry, Fact, Refused, StaffCommand
from facilitation.walls import phases
from facilitation.walls.settings import HIGHEST, LOWEST, Criterion

if TYPE_CHECKING:
    from facilitation.walls.state import State

Percent = Annotated[int, Field(ge=0, le=100)]
Values = dict[str, int]  # criterion -> value
Histogram = dict[int, int]  # value -> people
NEVER = 10**9  # more people than there are: nothing is told


class Shortlist(StaffCommand):
    """Cards that are to be rated, or no longer (`listed` false)."""

    cards: tuple[str, ...]
    listed: bool = True


class Rate(Command):
    on: str
    values: Values


class Place(StaffCommand):
    """Put a card elsewhere in the field, in percent of its width and height; without both, back to its mean."""

    card: str
    x: Percent | None = None
    y: Percent | None = None


class Score(NamedTuple):
    """What a card got by one criterion: the mean, how far apart people are, and from how many."""

    mean: float | None
    lowest: int
    highest: int
    people: int


class Rated(NamedTuple):
    """A card of the shortlist: a score for each criterion, and all of them weighted."""

    ref: str
    text: str
    scores: tuple[Score, ...]
    total: float | None


class Placed(NamedTuple):
    """A card in the field of four, in percent; `moved`: where staff put it."""

    ref: str
    text: str
    x: int
    y: int
    moved: bool

    @property
    def quadrant(self) -> int:
        """1 top left, 2 top right, 3 bottom left, 4 bottom right."""
        return 1 + (self.x >= 50) + 2 * (self.y < 50)


COMMANDS: dict[str, type[Command]] = {"shortlist": Shortlist, "rate": Rate, "place": Place}


@dataclass(slots=True)
class Ratings:
    listed: dict[str, None] = field(default_factory=dict)  # cards, in the order in which they were listed
    people: dict[str, dict[str, Values]] = field(default_factory=dict)  # who -> card -> values
    counts: dict[str, dict[str, Histogram]] = field(default_factory=dict)  # card -> criterion -> value -> people
    moved: dict[str, tuple[int, int]] = field(default_factory=dict)

    def rate(self, by: str, card: str, values: Values) -> None:
        """The last values of a person count."""
        mine = self.people.setdefault(by, {}).setdefault(card, {})
        for criterion, value in values.items():
            counts = self.counts.setdefault(card, {}).setdefault(criterion, {})
            if criterion in mine:
                counts[mine[criterion]] -= 1
            counts[value] = counts.get(value, 0) + 1
            mine[criterion] = value

    def score(self, card: str, criterion: str, least: int) -> Score:
        """What a card got; only how many people rated it, where they are fewer than `least`."""
        counts = {value: n for value, n in self.counts.get(card, {}).get(criterion, {}).items() if n}
        people = sum(counts.values())
        if people < max(1, least):
            return Score(None, 0, 0, people)
        return Score(numbers.mean(counts), min(counts), max(counts), people)

    def seal(self, figures: Data) -> None:
        """Only the numbers remain."""
        self.people = {}
        self.counts = {
            card: {criterion: {int(value): n for value, n in counts.items()} for criterion, counts in those.items()}
            for card, those in figures.get("ratings", {}).items()
        }


def decide(state: "State", command: Shortlist | Rate | Place, actor: Actor) -> list[Fact]:  # noqa: ARG001
    refs = (
        command.cards if isinstance(command, Shortlist) else [command.on if isinstance(command, Rate) else command.card]
    )
    for ref in refs:
        state.check_card(ref)
    match command:
        case Shortlist(cards=cards, listed=listed):
            if not state.config.criteria:
                raise Refused("wall.invalid", why="no_criteria")
            return [Fact("wall.shortlisted", {"cards": list(cards), "listed": listed})]
        case Rate(on=card, values=values):
            phases.check(state, "rate")
            known = {criterion.id for criterion in state.config.criteria}
            allowed = all(LOWEST <= value <= HIGHEST for value in values.values())
            if card not in state.ratings.listed or not values or values.keys() - known or not allowed:
                raise Refused("wall.invalid", why="rating")
            data = {"on": card, "values": values}
            anonymous = state.config.names == "anonymous"
            return [Fact("wall.rated", veil=data) if anonymous else Fact("wall.rated", data)]
    if (command.x is None) != (command.y is None):
        raise Refused("wall.invalid", why="place")
    return [Fact("wall.placed", {"card": command.card, "x": command.x, "y": command.y})]


def fold(state: "State", entry: Entry) -> None:
    ratings, data = state.ratings, entry.full
    match entry.type:
        case "wall.shortlisted":
            for ref in data["cards"]:
                ratings.listed.pop(ref, None)
                if data["listed"]:
                    ratings.listed[ref] = None
        case "wall.rated" if entry.by:  # without a veil there is nobody: the seal counts
            ratings.rate(entry.by, data["on"], data["values"])
        case "wall.placed":
            ratings.moved.pop(data["card"], None)
            if data["x"] is not None:
                ratings.moved[data["card"]] = data["x"], data["y"]


def rated(state: "State", hidden: Mapping[str, str], least: int) -> Iterator[Rated]:
    """The shortlist in its own order, without what is hidden; scores of fewer people than `least` are not told."""
    for ref in state.ratings.listed:
        card = state.cards[ref]
        if card.stands and ref not in hidden:
            scores = tuple(state.ratings.score(ref, criterion.id, least) for criterion in state.config.criteria)
            yield Rated(ref, card.text, scores, _weighted(state.config.criteria, scores))


def _weighted(criteria: tuple[Criterion, ...], scores: tuple[Score, ...]) -> float | None:
    """The mean of the means by their weights, half up to two decimals; None before each has one."""
    if not scores or any(score.mean is None for score in scores):
        return None
    parts = (Decimal(str(score.mean)) * it.weight for it, score in zip(criteria, scores, strict=True))
    exact = sum(parts) / sum(criterion.weight for criterion in criteria)
    return float(Decimal(exact).quantize(Decimal("0.01"), ROUND_HALF_UP))


def field_of_four(state: "State", hidden: Mapping[str, str], least: int) -> Iterator[Placed]:
    """The cards of the shortlist that have a place in the field, which takes two criteria."""
    if len(state.config.criteria) < 2:
        return
    for it in rated(state, hidden, least):
        means = [score.mean for score in it.scores[:2] if score.mean is not None]
        if it.ref in state.ratings.moved:
            x, y = state.ratings.moved[it.ref]
            yield Placed(it.ref, it.text, x, y, moved=True)
        elif len(means) == 2:
            x, y = map(_percent, means)
            yield Placed(it.ref, it.text, x, y, moved=False)


def _percent(mean: float) -> int:
    share = (Decimal(str(mean)) - LOWEST) / (HIGHEST - LOWEST) * 100
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def figures(ratings: Ratings) -> Data:
    """Card -> criterion -> value -> people, for whatever outlives the veil."""
    plain = {
        card: {
            criterion: {str(value): n for value, n in sorted(counts.items()) if n} for criterion, counts in its.items()
        }
        for card, its in ratings.counts.items()
    }
    return {"ratings": plain}
