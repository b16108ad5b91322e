"""Comments (Kommentare) on contributions: one level deep, the same below whatever may be commented on.

A comment is a contribution of its own: it has a reference and can be hidden by itself.
"""

from collections.abc import Mapping
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


Remarks = dict[str, list[Remark]]  # by what they are on, the oldest first


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
        raise Refused("comment.too_long", most=MOST)
    veil: Data | None = {} if names == "anonymous" else None
    return Fact(f"{kind}.commented", comment.model_dump(), veil=veil, contribution=True)


def note(remarks: Remarks, entry: Entry) -> None:
    """Take the comment of an entry in."""
    data = entry.data
    remark = Remark(entry.at, data["ref"], data["on"], data["text"], entry.by, entry.made)
    remarks.setdefault(remark.on, []).append(remark)


def nameless(remarks: Remarks) -> Remarks:
    """The same without authors and times."""
    return {on: [it._replace(author=None, made=None) for it in those] for on, those in remarks.items()}


def counts(remarks: Remarks) -> dict[str, int]:
    """How many there are on each contribution that has any, hidden ones too."""
    return {on: len(those) for on, those in remarks.items()}


def below(on: str, remarks: Mapping[str, list[Remark]], look: Look) -> View:
    """What stands below a contribution: its comments, the oldest first, and the form to write one."""
    shown = (it for it in remarks.get(on, ()) if it.ref not in look.hidden)
    parts: View = {f"comment-{it.ref}": said(it, look) for it in shown}
    if look.open:
        parts[f"reply-{on}"] = Reply(on, look.names)
    return {f"below-{on}": Slot(parts)} | parts


def said(it: Remark, look: Look) -> Said:
    return Said(it.ref, it.text, look.author(it.author), look.names == "anonymous", it.made)
