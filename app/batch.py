"""What the writer's thread does with the commands that wait for one workshop: one transaction, all or nothing.

Lock, catch up, decide each command on what the ones before it left behind, insert, commit.  It decides on a room of
its own, the *draft*, which nobody paints: what a draft has taken in may still be rolled back.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.store import Mark, Refusal, Store
from facilitation.record import CLOCK, Data, Entry, Envelope, Refused
from facilitation.room import Room

log = logging.getLogger(__name__)

DUPLICATE, REUSED = "command.duplicate", "command.reused"
ROWS_CHANGED = frozenset({"roster.changed", "activity.prepared", "person.detached"})
FLAT = frozenset({str, int, bool, NoneType})
LONGEST_NAME = 80  # of what a refused command named, which may be anything


class Receipt(NamedTuple):
    """A command is on record.  `ref` is the reference of its contribution, "" where it has none."""

    ref: str
    made: datetime
    again: bool = False  # it was on record before


Answer = Receipt | Exception


class Written(NamedTuple):
    """An entry of this process; `author` is the person behind it, also where the entry must not say so."""

    entry: Entry
    author: str


class Lost(Exception):
    """The database did not take the batch.  `unsure`: the commit itself failed, so perhaps it did."""

    def __init__(self, *, unsure: bool) -> None:
        super().__init__("unsure" if unsure else "")
        self.unsure = unsure


class Unfoldable(Exception):
    """The room broke while it took in what it had granted itself."""

    def __init__(self, envelope: Envelope) -> None:
        super().__init__(f"{envelope.command} at {envelope.activity}")
        self.envelope = envelope


class Gone(Exception):
    """There is no such workshop."""


def stale(entry: Entry) -> bool:
    """Whether a room that folded up to here must be loaded anew: rows changed, or words are gone from the record."""
    return entry.type in ROWS_CHANGED or entry.type == "record.redacted"


def folded(store: Store, workshop_id: int, on: Connection) -> tuple[Room, list[Entry]]:
    """A room from its rows and its whole record."""
    room, entries = _prepared(store, workshop_id, on), store.entries(workshop_id, 0, on)
    for entry in entries:
        room.fold(entry)
    return room, entries


def _prepared(store: Store, workshop_id: int, on: Connection) -> Room:
    room = store.room(workshop_id, on)
    if room is None:
        raise Gone(workshop_id)
    return room


@dataclass(slots=True)
class Draft:
    """The writer's room, and how to see whether it is still up to date."""

    room: Room
    mark: Mark | None = None  # of the transaction that it was used in last
    refused: set[str] | None = None  # the commands that were refused for good; None: the database must be asked


def loaded(store: Store, workshop_id: int, on: Connection) -> tuple[Room, list[Entry], Draft | None]:
    """Both rooms, so that the first command holds no lock while a draft is made.

    There is none of what has ended, for that is only looked at; should there be a command, it makes one.
    """
    room, entries = folded(store, workshop_id, on)
    if room.ended:
        return room, entries, None
    draft = _prepared(store, workshop_id, on)
    for entry in entries:
        draft.fold(stored(entry))
    return room, entries, Draft(draft)


@dataclass(slots=True)
class Batch:
    """One attempt: the draft, what is to be written, and the answer to each command in order."""

    kept: Draft
    firsts: dict[str, Refusal]  # command -> the first answer, where it was a final no
    resumed: bool  # an earlier attempt is perhaps on record already: then it was no repeat
    written: list[Written] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def draft(self) -> Room:
        return self.kept.room

    def take(self, envelope: Envelope) -> None:
        """Decide a command and fold what it becomes.  What is wrong with it disturbs no other command."""
        entries: list[Entry] = []
        try:
            answer = self._repeated(envelope)
            if answer is None:
                entries = [stored(entry) for entry in self.draft.decide(envelope)]
        except Refused as refused:
            answer = refused
            self._refuse(envelope, refused)
        except Exception as broken:
            log.exception("%s at %s is broken", envelope.command, envelope.activity)
            answer = broken
        try:
            for entry in entries:
                self.write(entry, envelope.by)
        except Exception as broken:
            raise Unfoldable(envelope) from broken
        if answer is None:
            heard = self.draft.heard[envelope.id]
            answer = Receipt(heard.ref, heard.made)
        self.answers.append(answer)

    def write(self, entry: Entry, author: str = "") -> None:
        """Fold an entry, to be inserted when the work is done."""
        self.written.append(Written(stored(entry), author))  # a copy: draft and room share nothing that can change
        self.draft.fold(entry)

    def _repeated(self, envelope: Envelope) -> Answer | None:
        """The first answer to a command that was heard before; Refused if its id was used for something else."""
        if heard := self.draft.repeat(envelope):
            if self.resumed and all(envelope.id != own.entry.command for own in self.written):
                return Receipt(heard.ref, heard.made)
            self._note(envelope, DUPLICATE)
            return Receipt(heard.ref, heard.made, again=True)
        first = self.firsts.get(envelope.id)
        if first is None:
            return None
        known = envelope.digest(), self._digest(envelope)
        if first.by not in (None, storable(envelope.by)) or first.digest not in ("", *known):
            raise Refused(REUSED)
        if not self.resumed:
            self._note(envelope, DUPLICATE)
        return Refused(first.code, **first.values, again=True)

    def _refuse(self, envelope: Envelope, refused: Refused) -> None:
        if refused.code == REUSED:
            self._note(envelope, REUSED)
        else:
            self._note(envelope, refused.code, refused.values, self._digest(envelope))
            self.firsts[envelope.id] = self.refusals[-1]
            if self.kept.refused is not None:
                self.kept.refused.add(envelope.id)

    def _note(self, envelope: Envelope, code: str, values: Data | None = None, digest: str = "") -> None:
        """Remember a no, for the same answer later and for the counts of the results."""
        heard = self.draft.heard.get(envelope.id)
        named = heard is None or (heard.digest != "" and not heard.veiled)  # else its author must stay unknown
        by = storable(envelope.by) if named and not self._is_anonymous(envelope) else None
        activity, name = storable(envelope.activity), storable(envelope.command)
        self.refusals.append(Refusal(by, envelope.id, activity, name, code, values or {}, digest, envelope.when))

    def _digest(self, envelope: Envelope) -> str:
        """By what a repeat of a refused command is known; "" where somebody could check guesses at a ballot by it."""
        activity = self.draft.activities.get(envelope.activity)
        if activity and activity.key:
            return envelope.digest(activity.key)
        return "" if self._is_anonymous(envelope) else envelope.digest()

    def _is_anonymous(self, envelope: Envelope) -> bool:
        """Whether nobody may know whose wish this was: who was refused when tells whose the next ballot is."""
        activity = self.draft.activities.get(envelope.activity)
        given = activity is not None and (activity.names == "anonymous" or bool(envelope.data.get("anonymous")))
        return given and envelope.by != CLOCK.id


def commands(envelopes: Sequence[Envelope]) -> Callable[[Store, Connection, Batch], None]:
    """The work of a batch of commands, for `record`."""

    def work(store: Store, on: Connection, batch: Batch) -> None:
        known = batch.kept.refused
        ids = [envelope.id for envelope in envelopes if known is None or envelope.id in known]
        for refusal in store.refusals(batch.draft.workshop.id, ids, on) if ids else ():
            if refusal.code not in (DUPLICATE, REUSED):
                batch.firsts.setdefault(refusal.command, refusal)
        for envelope in envelopes:
            batch.take(envelope)

    return work


def record(
    store: Store,
    workshop_id: int,
    draft: Draft | None,
    work: Callable[[Store, Connection, Batch], None],
    *,
    resumed: bool = False,
) -> Batch:
    """Do `work` in one transaction on a draft that is up to date, and commit what it wrote.

    Lost if the database did not take it: then the draft is void.
    """
    complete = False
    try:
        with store.writing(workshop_id) as on:
            batch = Batch(_caught_up(store, workshop_id, draft, on), {}, resumed)
            work(store, on, batch)
            refusals = [refusal for refusal in batch.refusals if refusal.by != CLOCK.id]
            store.append(on, workshop_id, [own.entry for own in batch.written], refusals)
            complete = True
    except SQLAlchemyError as failure:
        raise Lost(unsure=complete) from failure
    return batch


def _caught_up(store: Store, workshop_id: int, draft: Draft | None, on: Connection) -> Draft:
    """The draft with what other processes wrote meanwhile; a new one where there is none or it is stale."""
    mark = store.mark(workshop_id, on)
    if draft and mark and mark.follows(draft.mark):
        return Draft(draft.room, mark, draft.refused)
    refused = store.refused(workshop_id, on) if mark else None
    missed = store.entries(workshop_id, draft.room.at, on) if draft else []
    if draft is None or any(map(stale, missed)):
        return Draft(folded(store, workshop_id, on)[0], mark, refused)
    for entry in missed:
        draft.room.fold(entry)
    return Draft(draft.room, mark, refused)


def stored(entry: Entry) -> Entry:
    """A copy of an entry as it will come back from the database; Refused where JSON cannot carry it."""
    return Entry(
        entry.at,
        entry.activity,
        entry.type,
        entry.by,
        _plain(entry.data),
        entry.made,
        entry.command,
        entry.part,
        entry.digest,
        None if entry.veil is None else _plain(entry.veil),
        entry.blank,
    )


def _plain(data: Data) -> Data:
    if FLAT.issuperset(map(type, data.values())):
        return dict(data)  # the usual case, and a third of the time
    try:
        plain: Data = json.loads(json.dumps(data, allow_nan=False))
    except ValueError:
        raise Refused("command.invalid", why="malformed") from None
    return plain


def storable(name: str) -> str:
    """A name that a refused command used, as a database can keep it: nobody's typing stops the batch of others."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")[:LONGEST_NAME]
