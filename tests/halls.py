"""A room with an open poll and an open wall, for the tests of rooms."""

from typing import Any

import pytest

from facilitation.kinds import poll, wall
from facilitation.record import Refused
from tests.rooms import Kept, activity, room, submit

COLOURS = {"form": "single", "settings": {"options": [("rot", "Rot"), ("blau", "Blau")]}}


def hall(names: str = "named") -> Kept:
    """A poll and a wall, both open."""
    made = room(activity(poll, "abfrage", names=names, **COLOURS), activity(wall, "wand", names=names, max_length=9))
    submit(made, "mo", "abfrage", "open")
    submit(made, "mo", "wand", "open")
    return made


def refusal(made: Kept, by: str, activity: str, command: str, **data: Any) -> tuple[str, str]:
    """Why not: code and reason."""
    with pytest.raises(Refused) as refused:
        submit(made, by, activity, command, **data)
    return refused.value.code, refused.value.values.get("why", "")


def card(made: Kept, by: str) -> str:
    ref: str = submit(made, by, "wand", "write", column="cards", text="Mut")[-1].data["ref"]
    return ref
