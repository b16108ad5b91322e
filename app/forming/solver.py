"""The best plan there is, or the best that is found in time, with the proof of how few rules must be broken.

One worker and a limit that counts steps and not seconds: the same seed gives the same plan on every machine.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.forming.task import Solution, Task
from facilitation.groups.rules import Accessible, Apart, Holds, Spread

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

LIMIT = 0.2  # of the solver's own time; on top of it comes what preparing the model takes
EXACT = 1e-6  # its bound is a float


class _Model:
    """The task as sums of yes and no: who sits where, and how much of what is broken.

    A first plan is told as a hint, with all that follows from it.  Where it breaks nothing, no better one may either.
    """

    def __init__(self, task: Task, model: "CpModel", first: Mapping[str, str], *, strict: bool) -> None:
        self.task, self.model, self.first, self.strict = task, model, first, strict
        self.broken: list[Any] = []
        self.dear: list[Any] = []
        self.seats = {person.id: self._choices(person.id) for person in task.people}
        self._sizes()
        for rule in task.rules:
            match rule:
                case Apart():
                    self._apart(rule)
                case Holds():
                    self._holds(rule)
                case Spread():
                    self._spread(rule)
                case Accessible():
                    self._accessible(rule)
        for attribute in task.even:
            for those in task.valued(attribute).values():
                self._even(those)
        self._wishes()

    def _choices(self, person: str) -> dict[str, Any]:
        """One variable for each group they may sit in, of which exactly one is true."""
        fixed = self.task.fixed.get(person)
        choices = {group: self.model.new_bool_var("") for group in ([fixed] if fixed else self.task.groups)}
        for group, choice in choices.items():
            self.model.add_hint(choice, self.first[person] == group)
        self.model.add_exactly_one(choices.values())
        return choices

    def _in(self, people: Sequence[str], group: str) -> Any:
        """How many of these sit in a group."""
        return sum(self.seats[person][group] for person in people if group in self.seats[person])

    def _first(self, people: Sequence[str], group: str) -> int:
        return sum(self.first[person] == group for person in people)

    def _amount(self, most: int, hint: int) -> Any:
        """So much is too much, or too little."""
        amount = self.model.new_int_var(0, most, "")
        self.model.add_hint(amount, max(0, hint))
        return amount

    def _sizes(self) -> None:
        for group in self.task.groups:
            self.model.add_linear_constraint(self._in(list(self.seats), group), *self.task.sizes)

    def _apart(self, rule: Apart) -> None:
        """Each one too many costs one more than the one before, so that those too many are spread as well."""
        here = [person for person in rule.people if person in self.seats]
        for group in self.task.groups:
            able = [person for person in here if group in self.seats[person]]
            too_many = range(0 if self.strict else len(able) - rule.most)
            if len(able) > rule.most:
                over = [self._amount(1, self._first(able, group) - rule.most > nth) for nth in too_many]
                self.model.add(self._in(able, group) <= rule.most + sum(over))
                self.broken += [(nth + 1) * one for nth, one in enumerate(over)]

    def _holds(self, rule: Holds) -> None:
        everybody, most = list(self.seats), self.task.sizes[1]
        if rule.group in self.task.groups and rule.most < most:
            hint = self._first(everybody, rule.group) - rule.most
            over = 0 if self.strict else self._amount(most - rule.most, hint)
            self.model.add(self._in(everybody, rule.group) <= rule.most + over)
            self.broken.append(over)

    def _spread(self, rule: Spread) -> None:
        valued = self.task.valued(rule.attribute)
        for group in self.task.groups:
            there = [self._amount(1, bool(self._first(those, group))) for those in valued.values()]
            for one, those in zip(there, valued.values(), strict=True):
                self.model.add(one <= self._in(those, group))
            hint = rule.least - sum(bool(self._first(those, group)) for those in valued.values())
            missing = 0 if self.strict else self._amount(rule.least, hint)
            self.model.add(sum(there) + missing >= rule.least)
            self.broken.append(missing)

    def _accessible(self, rule: Accessible) -> None:
        for person in self.task.people:
            if person.barrier_free:
                shut = [choice for group, choice in self.seats[person.id].items() if group not in rule.groups]
                self.broken += shut
                if self.strict:
                    self.model.add(sum(shut) == 0)

    def _even(self, those: Sequence[str]) -> None:
        few, more = divmod(len(those), len(self.task.groups))
        for group in self.task.groups:
            many = self._first(those, group)
            less, over = self._amount(len(those), few - many), self._amount(len(those), many - few - bool(more))
            self.model.add(self._in(those, group) + less >= few)
            self.model.add(self._in(those, group) - over <= few + bool(more))
            self.dear += [less, over]

    def _wishes(self) -> None:
        for person, choices in self.seats.items():
            for group, choice in choices.items():
                if cost := self.task.cost(person, group):
                    self.dear.append(cost * choice)

    def plan(self, value: Any) -> dict[str, str]:
        return {
            person: next(group for group, choice in choices.items() if value(choice))
            for person, choices in self.seats.items()
        }


def solved(task: Task, seed: int, first: Mapping[str, str], broken: int) -> Solution:
    """The best plan that is found from a first one, which breaks so much."""
    from ortools.sat.python import cp_model  # takes a third of a second, which no start of the server should pay

    model = cp_model.CpModel()
    said = _Model(task, model, first, strict=not broken)
    model.minimize(task.dearest * sum(said.broken) + sum(said.dear))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = LIMIT
    solver.parameters.cp_model_probing_level = 0  # both take a second for a hall, and gain nothing here
    solver.parameters.symmetry_level = 0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution(dict(first), 0)
    least = math.ceil(solver.best_objective_bound - EXACT) // task.dearest  # all the rest costs less than one rule
    return Solution(said.plan(solver.value), max(0, least))
