"""Figures as the script format wants them."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal


def mean(counts: Mapping[int, int]) -> float | None:
    """Mean of values with their counts, rounded half up to two decimals; None where nothing was counted."""
    total = sum(counts.values())
    if not total:
        return None
    exact = Decimal(sum(value * count for value, count in counts.items())) / total
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def deviation(counts: Mapping[int, int]) -> float | None:
    """Standard deviation of all values counted, rounded as means are; None where nothing was counted."""
    total = sum(counts.values())
    if not total:
        return None
    # n times the variance is the sum of squares less n times the square of the mean: whole numbers as long as possible
    squares = sum(value * value * count for value, count in counts.items())
    whole = sum(value * count for value, count in counts.items())
    exact = Decimal(total * squares - whole * whole).sqrt() / total
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def exact_mean(numbers: Sequence[float]) -> float | None:
    """Mean of any numbers as they were written, rounded half up to two decimals; None where there are none."""
    if not numbers:
        return None
    exact = sum((Decimal(str(number)) for number in numbers), Decimal()) / len(numbers)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def median(counts: Mapping[int, int]) -> float | None:
    """The value in the middle of all values counted, or half-way between the two; None where nothing was counted."""
    return quantile([value for value in sorted(counts) for _ in range(counts[value])], 2)


def quantile(ordered: Sequence[float], quarter: int) -> float | None:
    """The number below which so many quarters of the ordered numbers lie, half-way where it falls between two.

    The quarters are those of both halves without the middle (Moore and McCabe), as people take them by hand.
    """
    half = len(ordered) // 2
    those = {1: ordered[:half], 2: ordered, 3: ordered[-half:] if half else ()}[quarter]
    if not those:
        return ordered[0] if ordered else None
    middle = len(those) // 2
    exact = those[middle] if len(those) % 2 else (those[middle - 1] + those[middle]) / 2
    return int(exact) if exact == int(exact) else exact
