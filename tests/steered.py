"""A poll that is steered by hand and by the clock, for the tests of steering."""

from datetime import timedelta
from typing import Any

import pytest

from facilitation.agenda import Step
from facilitation.kinds import poll
from facilitation.record import Entry, Refused
from tests.rooms import NINE, Kept, activity, envelope, room, send, submit

COLOURS = {"form": "single", "settings": {"options": [("rot", "Rot"), ("blau", "Blau")]}}


def step(id: str, *activities: str, **more: Any) -> Step:
    return Step(id=id, title=id, starts=NINE, ends=NINE + timedelta(hours=1), activities=activities, **more)


def hall(names: str = "named", **config: Any) -> Kept:
    """A poll, planned."""
    return room(activity(poll, "abfrage", names=names, **COLOURS, **config))


def vote(made: Kept, by: str = "ada", *, at: float = 0, choice: str = "rot") -> list[Entry]:
    """A ballot that arrives so many seconds after nine."""
    late = envelope(made, by, "abfrage", "vote", choice=choice)
    return send(made, late._replace(when=NINE + timedelta(seconds=at)))


def opened(made: Kept, *, seconds: int | None = None) -> Kept:
    """The poll is open from nine."""
    sent = envelope(made, "mo", "abfrage", "open", **({"seconds": seconds} if seconds else {}))
    send(made, sent._replace(when=NINE))
    return made


def types(entries: list[Entry]) -> list[tuple[str, str]]:
    """What happened to whom."""
    return [(entry.activity, entry.type) for entry in entries]


def refusal(made: Kept, activity: str, command: str, **data: Any) -> str:
    with pytest.raises(Refused) as refused:
        submit(made, "mo", activity, command, **data)
    return refused.value.code
