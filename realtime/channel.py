"""What one audience sees on one page, and since when.

A picture is a function of the record: no clock, no randomness, no memory of a process. A step sends what changed
since the last one; whoever holds another picture is given the whole one.
"""

from typing import TypedDict

from realtime.guard import written
from realtime.seat import Parts, Picture


class Patch(TypedDict):
    since: int | None  # None: the whole picture, which replaces everything
    at: int
    parts: Parts


class Channel:
    """`at` numbers the picture that was sent last; `until` is the last entry for which it is known to be true."""

    def __init__(self, at: int, seen: Picture) -> None:
        self.at = self.until = at
        self.seen = seen
        self.stirs = self.painted = 0  # how often something happened; how much of that the picture shows
        self._text = ""

    @property
    def stale(self) -> bool:
        return self.painted < self.stirs

    def step(self, at: int, now: Picture) -> Patch | None:
        """Move on to the picture `now`; None when nothing visible changed."""
        self.until = at
        before, self.seen = self.seen, now
        parts: Parts = {name: part for name, part in now.items() if before.get(name) != part}
        parts |= dict.fromkeys(before.keys() - now.keys())
        if not parts:
            return None
        patch = Patch(since=self.at, at=at, parts=parts)
        self.at, self._text = at, ""
        return patch

    def catch_up(self, at: int | None) -> Patch | None:
        """What somebody who holds the picture `at` (None: nothing yet) needs; None where that is nothing.

        The same `at` may number a picture of another channel, watched before being moved here. But a move is an
        entry: where nothing came after `at`, it is this picture.
        """
        if at == self.at == self.until and not self.stale:
            return None
        return self.whole

    @property
    def whole(self) -> Patch:
        return Patch(since=None, at=self.at, parts=dict(self.seen))

    @property
    def text(self) -> str:
        """The whole picture as JSON, written once for all who come."""
        if not self._text:
            self._text = written(self.whole)
        return self._text
