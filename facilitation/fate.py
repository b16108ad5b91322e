"""What became of a contribution where it was said (Was daraus wurde), as its author and its supporters are told."""

from typing import NamedTuple


class Fate(NamedTuple):
    """One word for it, and what else there is to say.

    waiting, rejected (with the reason), withdrawn; of a question open (somebody sees to it), merged, answered (without
    words: aloud), in_writing, dropped; of a suggestion accepted, changed, declined, deferred.
    """

    status: str
    text: str = ""  # the answer, or the reason
    who: str = ""  # who answered, or sees to it
    due: str = ""  # a day
    into: str = ""  # the question that stands for it
