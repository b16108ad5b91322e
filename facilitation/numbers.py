"""Figures as the script format wants them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal


def mean(counts: Mapping[int, int]) -> float | None:
    """Mean of values with their counts, rounded half up to two decimals; None where nothing was counted."""
    total = sum(counts.values())
    if not total:
        return None
    exact = Decimal(sum(value * count for value, count in counts.items())) / total
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
