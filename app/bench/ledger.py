"""What a generator heard and when: updates by number, acknowledgements by time."""

import time
from bisect import bisect_right
from collections.abc import Sequence

from app.bench.figures import Figures, percentile


class Update:
    """One update: how many have heard it, who first and who last."""

    __slots__ = ("count", "first", "last")

    def __init__(self, now: float) -> None:
        self.count, self.first, self.last = 0, now, now


class Ledger:
    def __init__(self) -> None:
        self.updates: dict[int, Update] = {}
        self.messages = self.bytes = 0
        self.acknowledged: list[tuple[float, float]] = []  # when asked, when answered
        self.refused = self.asked = self.lost = 0
        self.last_heard = 0.0

    def forget(self) -> None:
        """What was heard until now does not count."""
        self.updates.clear()
        self.acknowledged.clear()
        self.messages = self.bytes = self.asked = self.refused = 0

    def hear(self, number: int, size: int) -> None:
        now = self.last_heard = time.monotonic()
        self.messages += 1
        self.bytes += size
        update = self.updates.get(number)
        if update is None:
            update = self.updates[number] = Update(now)
        update.count += 1
        update.last = now

    def acknowledge(self, asked: float, *, accepted: bool) -> None:
        now = self.last_heard = time.monotonic()
        if accepted:
            self.acknowledged.append((asked, now))
        else:
            self.refused += 1

    @property
    def unanswered(self) -> int:
        return self.asked - len(self.acknowledged) - self.refused

    def figures(self, watchers: int, said: Sequence[float] = ()) -> Figures:
        """Counts and milliseconds; `said` are the moments at which each update was asked for, in order."""
        waits = [(answered - asked) * 1e3 for asked, answered in self.acknowledged]
        updates = list(self.updates.values())
        figures: Figures = {
            "messages": self.messages,
            "updates": len(updates),
            "complete": sum(update.count >= watchers for update in updates),
            "bytes": self.bytes / self.messages if self.messages else 0,
            "acknowledged": len(waits),
            "refused": self.refused,
            "lost": self.lost,
        }
        if waits:
            figures |= {"ack_p50_ms": percentile(waits, 0.5), "ack_p99_ms": percentile(waits, 0.99)}
        if said and updates:
            began = [bisect_right(said, update.first) for update in updates]
            lasts = [(update.last - said[n - 1]) * 1e3 for n, update in zip(began, updates, strict=True) if n]
            figures |= {"last_p50_ms": percentile(lasts, 0.5), "last_p90_ms": percentile(lasts, 0.9)}
        return figures
