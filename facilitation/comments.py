"""Comments (Kommentare) on contributions: one level deep, the same below whatever may be commented on.

A comment is a contribution of its own: it has a reference and can be hidden by itself.
"""

from datetime import datetime
from typing import NamedTuple

from facilitation.kind import Look
from facilitation.record import Command, Data, Entry, Fact, Refused
from facilitation.screen import Slot, View
from facilitation.texts import Text

MOST = 5_000  # code points


class Comment(Command):
    on: str  # the reference of what is commented on
    text: Text


class Remark(NamedTuple):
    """A comment on record.  Sealing takes author and time away: together they would lead back to a person."""

    at: int
    ref: str
    on: str
    text: str  # "" once it is redacted
    author: str | None
    made: datetime | None


class Said(NamedTuple):
    """A contribution as others see it.  `author` is "" where this look must not know it."""

    ref: str
    text: str
    author: str
    anonymous: bool
    made: datetime | None


class Reply(NamedTuple):
    """The form to comment on something."""

    on: str
    names: str


def granted(kind: str, comment: Comment, names: str) -> Fact:
    """The fact of a comment on something that exists; Refused if it is too long."""
    if len(comment.text) > MOST:
        raise Refused(f"{kind}.too_long", most=MOST)
    veil: Data | None = {} if names == "anonymous" else None
    return Fact(f"{kind}.commented", comment.model_dump(), veil=veil, contribution=True)


def remark(entry: Entry) -> Remark:
    data = entry.data
    return Remark(entry.at, data["ref"], data["on"], data["text"], entry.by, entry.made)


def nameless(remarks: list[Remark]) -> list[Remark]:
    return [remark._replace(author=None, made=None) for remark in remarks]


def below(on: str, remarks: list[Remark], look: Look) -> View:
    """What stands below a contribution: its comments, the oldest first, and the form to write one."""
    parts: View = {f"comment-{it.ref}": said(it, look) for it in remarks if it.ref not in look.hidden}
    if look.open:
        parts[f"reply-{on}"] = Reply(on, look.names)
    return {f"below-{on}": Slot(parts)} | parts


def said(it: Remark, look: Look) -> Said:
    return Said(it.ref, it.text, look.author(it.author), look.names == "anonymous", it.made)
