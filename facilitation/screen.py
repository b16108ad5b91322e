"""Pictures as data: who looks, and what a part of a screen is made of.

A view says what is in each part; drawing it is somebody else's trade.
"""

from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Who looks: people at the door, the plenary, a group (Kleingruppe) and whoever leads it, the stage, the desk."""

    LOBBY = "lobby"
    PLENARY = "plenary"
    GROUP = "group"
    FACILITATOR = "facilitator"
    STAGE = "stage"
    DESK = "desk"


class Slot(tuple[str, ...]):
    """An ordered list of the names of parts."""

    __slots__ = ()


class Marks(tuple[tuple[str, str], ...]):
    """Marks of one person laid over shared parts: (part, word) such as ("card-AT2-0001", "own")."""

    __slots__ = ()


View = dict[str, Any]  # part -> a hashable content, or a Slot of names, or Marks
