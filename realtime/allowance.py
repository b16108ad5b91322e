"""The allowance: how fast somebody may go. Per person and never per address, because a Rathaus is one address."""

from collections.abc import Hashable
from math import ceil


class Allowance:
    """A bucket of `burst` for each key, refilled with `rate` per second. Time is passed in, in seconds."""

    def __init__(self, burst: float, rate: float) -> None:
        self.burst, self.rate = burst, rate
        self._full_at: dict[Hashable, float] = {}  # when the bucket will be full again; absent: it is full
        self._sweep_at = 0.0

    def wait(self, key: Hashable, now: float) -> int:
        """Take one and return 0; or take nothing and return the milliseconds after which there is one again."""
        self._sweep(now)
        full_at = max(self._full_at.get(key, now), now) + 1 / self.rate
        over = round(1000 * (full_at - now - self.burst / self.rate), 3)  # floats do not add up exactly
        if over > 0:
            return ceil(over)
        self._full_at[key] = full_at
        return 0

    def _sweep(self, now: float) -> None:
        """Forget full buckets, so that memory is bounded by who was here lately."""
        if now >= self._sweep_at:
            self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
            self._sweep_at = now + self.burst / self.rate
