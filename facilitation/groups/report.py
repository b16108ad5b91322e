"""What a proposal keeps and what it breaks (Bericht), rule by rule, and whether that could have been avoided."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from facilitation.groups.bounds import Case, unavoidable
from facilitation.groups.forming import Proposal
from facilitation.groups.rules import AnyRule, Apart, Breach, breaches
from facilitation.record import Person

ORDER = ("stays", "holds", "accessible", "unit", "deputy", "line", "spread", "met", "sized")


class Kept(NamedTuple):
    """One sort of rule.  `least` is below how much of it no plan comes, by counting."""

    sort: str
    rule: AnyRule
    breaches: tuple[Breach, ...]
    least: int

    @property
    def amount(self) -> int:
        return sum(breach.amount for breach in self.breaches)


class Granted(NamedTuple):
    """Who got what they wished for; `none` are those who got neither."""

    first: int
    second: int
    none: tuple[str, ...]


class Report(NamedTuple):
    """`least` is below how much of all rules together no plan comes, by counting or by the solver's proof."""

    kept: tuple[Kept, ...]
    broken: int
    least: int
    granted: Granted | None


def report(proposal: Proposal, people: Mapping[str, Person]) -> Report:
    case = Case.of(proposal.seats, people)
    kept = tuple(_kept(sort, rules, proposal, case) for sort, rules in _sorted(proposal.rules))
    broken = sum(each.amount for each in kept)
    least = max(proposal.least, unavoidable(proposal.rules, case))
    return Report(kept, broken, min(least, broken), _granted(proposal))


def sort(rule: AnyRule) -> str:
    return rule.why if isinstance(rule, Apart) else rule.is_a


def _sorted(rules: Iterable[AnyRule]) -> list[tuple[str, list[AnyRule]]]:
    found: dict[str, list[AnyRule]] = {name: [] for name in ORDER}
    for rule in rules:
        found[sort(rule)].append(rule)
    return [(name, those) for name, those in found.items() if those]


def _kept(name: str, rules: Sequence[AnyRule], proposal: Proposal, case: Case) -> Kept:
    broken = tuple(breaches(rules, proposal.seats, case.people))
    return Kept(name, rules[0], broken, min(unavoidable(rules, case), sum(each.amount for each in broken)))


def _granted(proposal: Proposal) -> Granted | None:
    if not proposal.wishes:
        return None
    ranks = {
        person: groups.index(seat) if (seat := proposal.seats.get(person, "")) in groups else 2
        for person, groups in proposal.wishes.items()
    }
    got = list(ranks.values())
    return Granted(got.count(0), got.count(1), tuple(person for person, rank in ranks.items() if rank == 2))
