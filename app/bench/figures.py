"""The arithmetic of the benchmark: percentiles, ratios over rounds, and when a run was too noisy to say anything."""

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

Figures = dict[str, float]  # what one run measured, by name

BUSY = 0.7  # share of its core above which a generator measures itself
RESTLESS = 1.5  # how much a reference may differ between rounds


class Spread(NamedTuple):
    """A figure over all rounds."""

    median: float
    least_seen: float
    most_seen: float


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that `share` of all samples do not exceed (nearest rank); nan if there are none."""
    if not samples:
        return math.nan
    return sorted(samples)[max(0, math.ceil(share * len(samples)) - 1)]


def spread(values: Sequence[float]) -> Spread:
    """The median over rounds.  Of ratios it is not the ratio of the medians: what slows a round slows both sides."""
    return Spread(median(values), min(values), max(values))


def ratio(ours: float, theirs: float) -> float:
    return ours / theirs if theirs else math.inf


def noise(rounds: Sequence[Mapping[str, Figures]], steady: Mapping[str, Sequence[str]]) -> list[str]:
    """Why these rounds say nothing, one sentence for each reason; nothing if they are quiet.

    A round has the figures of each contender.  `steady` names, for each reference, the figures that must repeat.
    """
    found = []
    for name in rounds[0]:
        share = max(each[name].get("generator_share", 0) for each in rounds)
        if share > BUSY:
            found.append(f"the generator used {share:.0%} of its core against {name}")
    for name, figures in steady.items():
        for figure in figures:
            seen = [each[name][figure] for each in rounds]
            if not min(seen) > 0 or max(seen) / min(seen) > RESTLESS:
                found.append(f"{figure} of {name} lay between {min(seen):.3g} and {max(seen):.3g}")
    return found
