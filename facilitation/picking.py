"""Picking: what stands on walls, offered at the desk to make something else of it."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.screen import View

PICKED = 100  # contributions that are offered, the latest first
TOP = range(2, 11)  # so many of those with most dots are offered together


def picks(look: Look, without: Container[str] = ()) -> View:
    """Parts `pick-…` as (reference, text, title): islands come after their cards, so they are on top.

    Only where it is worked on: all that was said is gone through.
    """
    if look.aside:
        return {}
    offered = [it for it in look.sources.values() if it.kind == "wall" and it.public and it.text and not it.on]
    new = [it for it in offered if it.ref not in without]
    return {f"pick-{it.ref}": (it.ref, it.text, it.title) for it in new[: -PICKED - 1 : -1]}


class Top(NamedTuple):
    """The `refs` with most dots of an activity."""

    title: str
    refs: tuple[str, ...]


def tops(look: Look, without: Container[str] = ()) -> Iterator[Top]:
    """The two with most dots of each wall, the three, and so on; what has equally many is not taken apart."""
    for title, places in look.ranked():
        new = [(ref, dots) for ref, dots in places if ref not in without and look.sources[ref].text]
        for many in TOP:
            if len(new) == many or (len(new) > many and new[many - 1][1] > new[many][1]):
                yield Top(title, tuple(ref for ref, _ in new[:many]))
