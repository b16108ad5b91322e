"""A first plan: people are dealt out one by one, then those who break a rule change places as long as it helps.

It is quick and mostly as good as can be.  It proves nothing.
"""

from random import Random

from app.forming.board import Board
from app.forming.task import Task

TRIES, MORE = 20_000, 50_000  # of changes of places at most: where the solver comes after, and where it does not
RESTING = 12  # changes for which somebody who just moved stays


def dealt(task: Task, seed: int, enough: int, tries: int = TRIES) -> tuple[dict[str, str], int]:
    """A plan and what it costs; it is not made better than `enough`."""
    board, rng = Board(task), Random(seed)  # noqa: S311  # repeatable, not secret
    cost = _begun(board, rng)
    return _bettered(board, rng, cost, enough, tries)


def _begun(board: Board, rng: Random) -> int:
    """Those who have their place, those who keep theirs, and the others where it costs least."""
    task, cost = board.task, board.empty
    numbers = {group: place for place, group in enumerate(task.groups)}
    known = {person: group for person, group in task.begun.items() if group in numbers} | task.fixed
    waiting = []
    for number, person in enumerate(task.people):
        if person.id in known:
            cost += board.sit(number, numbers[known[person.id]])
        else:
            waiting.append(number)
    rng.shuffle(waiting)
    for number in waiting:
        place = min(board.places, key=lambda it: (_room(board, it), board.entering(number, it), rng.random()))
        cost += board.sit(number, place)
    return cost + _levelled(board)


def _room(board: Board, place: int) -> int:
    """How far a group is filled, in whole rounds of dealing; what is beyond its places comes last."""
    least, most = board.task.sizes
    size = board.sizes[place]
    return (size >= least) + size * (size >= most)


def _levelled(board: Board) -> int:
    """Move people from groups that are too large into those that are too small: what that costs."""
    least, most = board.task.sizes
    fixed, cost = {board.numbers[person] for person in board.task.fixed}, 0
    while True:
        large = max(board.places, key=lambda it: board.sizes[it])
        small = min(board.places, key=lambda it: board.sizes[it])
        movable = [n for n, seat in enumerate(board.seats) if seat == large and n not in fixed]
        done = board.sizes[large] <= most and board.sizes[small] >= least
        if done or not movable or board.sizes[large] - board.sizes[small] < 2:
            return cost
        best = min(movable, key=lambda it: _moved(board, it, small))
        cost += -board.rise(best) + board.sit(best, small)


def _moved(board: Board, person: int, place: int) -> int:
    """What it would cost to move somebody."""
    seat = board.seats[person]
    saved = board.rise(person)
    cost = board.entering(person, place) - saved
    board.sit(person, seat)
    return cost


def _bettered(board: Board, rng: Random, cost: int, enough: int, tries: int) -> tuple[dict[str, str], int]:
    task = board.task
    movable = [n for n, person in enumerate(task.people) if person.id not in task.fixed]
    resting: dict[int, int] = {}
    best, plan = cost, board.plan
    for step in range(tries // (1 + len(movable))):
        troubled = _troubled(board, [n for n in movable if resting.get(n, 0) <= step])
        if best <= enough or not troubled:
            break
        person = rng.choice(troubled)
        change, other, place = min(_offers(board, person, movable), default=(0, -1, -1))
        if place < 0:
            continue
        cost += change
        _exchange(board, person, other, place)
        resting[person] = step + RESTING
        if cost < best:
            best, plan = cost, board.plan
    return plan, best


def _troubled(board: Board, people: list[int]) -> list[int]:
    """Who breaks a rule where they sit; if nobody does, who costs anything there."""
    saved = {person: _saved(board, person) for person in people}
    broken = [person for person, cost in saved.items() if cost >= board.hard or board.is_one_of_many(person)]
    return broken or [person for person, cost in saved.items() if cost > 0]


def _saved(board: Board, person: int) -> int:
    """What it would save if somebody were not where they sit."""
    seat = board.seats[person]
    saved = board.rise(person)
    board.sit(person, seat)
    return saved


def _offers(board: Board, person: int, movable: list[int]) -> list[tuple[int, int, int]]:
    """What each change of places would cost: with whom (-1 for a free place), and where to."""
    seat, (least, most) = board.seats[person], board.task.sizes
    saved, offers = board.rise(person), list[tuple[int, int, int]]()
    if board.sizes[seat] >= least:
        free = [place for place in board.places if place != seat and board.sizes[place] < most]
        offers = [(board.entering(person, place) - saved, -1, place) for place in free]
    for other in movable:
        if other != person and (there := board.seats[other]) != seat:
            change = -board.rise(other) - saved + board.sit(person, there) + board.entering(other, seat)
            board.rise(person)
            board.sit(other, there)
            offers.append((change, other, there))
    board.sit(person, seat)
    return offers


def _exchange(board: Board, person: int, other: int, place: int) -> None:
    seat = board.seats[person]
    board.rise(person)
    if other >= 0:
        board.rise(other)
        board.sit(other, seat)
    board.sit(person, place)
