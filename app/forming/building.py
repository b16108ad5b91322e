"""The explained builder: a first plan by dealing out, a better one and a proof by the solver."""

from app.forming.dealing import MORE, TRIES, dealt
from app.forming.solver import solved
from app.forming.task import Solution, Task
from facilitation.groups.bounds import unavoidable
from facilitation.groups.rules import breaches

LARGEST = 6000  # people times groups: beyond, a first plan is all that can be had in two seconds


def built(task: Task, seed: int) -> Solution:
    """The plan that breaks the least, then grants the most wishes and is most even; the same for the same seed."""
    counted = unavoidable(task.rules, task.case)
    solvable = len(task.people) * len(task.groups) <= LARGEST
    plan, cost = dealt(task, seed, counted * task.dearest, TRIES if solvable else MORE)
    broken = sum(breach.amount for breach in breaches(task.rules, plan, task.case.people))
    if cost > counted * task.dearest and solvable:
        better = solved(task, seed, plan, broken)
        return Solution(better.plan, max(counted, better.least))
    return Solution(plan, counted)
