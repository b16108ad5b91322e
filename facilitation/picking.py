"""Picking: what stands on walls, offered at the desk to make something else of it."""

from collections.abc import Container

from facilitation.kind import Look
from facilitation.screen import View

PICKED = 100  # contributions that are offered, the latest first


def picks(look: Look, without: Container[str] = ()) -> View:
    """Parts `pick-…` as (reference, text, title): islands come after their cards, so they are on top."""
    offered = [it for it in look.sources.values() if it.kind == "wall" and it.public and it.text and not it.on]
    new = [it for it in offered if it.ref not in without]
    return {f"pick-{it.ref}": (it.ref, it.text, it.title) for it in new[: -PICKED - 1 : -1]}
