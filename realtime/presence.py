"""Presence: how many people are connected. Told at most once a second, and thinned as the crowd grows.

A lost socket is presence and never an entry. Nothing is remembered but what was told last.
"""

from collections.abc import Mapping

THINNED = ((100, 1.0), (500, 2.0))  # up to so many people, every so many seconds
SLOWEST_SECONDS = 5.0


def pause(here: int) -> float:
    """Seconds between two tellings for a crowd of this size."""
    return next((seconds for most, seconds in THINNED if here <= most), SLOWEST_SECONDS)


class Presence:
    def __init__(self) -> None:
        self._told: dict[int, tuple[int, float]] = {}  # workshop -> how many, when

    def due(self, here: Mapping[int, int], now: float) -> dict[int, int]:
        """Which workshops to tell their number now; `here` has those that anybody is connected to."""
        self._told = {workshop: told for workshop, told in self._told.items() if workshop in here}
        due = {}
        for workshop, count in here.items():
            told, when = self._told.get(workshop, (None, now - SLOWEST_SECONDS))
            if count != told and now - when >= pause(count):
                due[workshop] = count
                self._told[workshop] = (count, now)
        return due
