"""The clerk (Protokollführung): the one way into the record, for sockets, forms, imports and timers alike.

Two rooms for each workshop.  The writer's thread decides on the *draft*, inside the transaction; pages are painted
from the *room*, which takes in only what is committed and is touched by the loop's thread alone.  So a picture cannot
show what is not on record, painting waits for no commit, and if a commit fails the draft is thrown away and nobody
has seen it.  The price is a second fold of each entry and the memory of a second room.  (The alternative, one room
under a lock that painting takes too, makes sixty pictures wait for a disk and leaks wherever somebody forgets it.)

Entries are folded once, in order, under the workshop's lock.  No receipt, refusals included, leaves before the commit.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from datetime import UTC, datetime
from os import urandom
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.batch import Answer, Batch, Draft, Gone, Lost, Receipt, Unfoldable, Written, commands, loaded, record, stale
from app.book import Book, Waiting, cleaned
from app.cleaning import BALLOTS, WORDS, clean
from app.store import Store
from facilitation.record import CLOCK, Entry, Envelope, Refused
from facilitation.room import Room

log = logging.getLogger(__name__)

CAP = 500  # commands in one transaction
PAUSES = (0.05, 0.25)  # seconds before a batch that the database did not take is tried again; then "busy"
CLEANING_PAUSE = 0.5  # seconds before the files are cleaned again
PRINTABLE = re.compile(r"[!-~]{1,64}")

OnFold = Callable[[int, set[str] | None, Sequence[Entry]], None]
Work = Callable[[Store, Connection, Batch], None]


def _salts() -> Iterator[str]:
    """Random 32 hex digits.  Asking the system for each one costs a tenth of all votes per second."""
    while True:
        block = urandom(4096).hex()
        yield from (block[start : start + 32] for start in range(0, len(block), 32))


_SALTS = _salts()


class Clerk:
    """Takes commands, answers after the commit, and tells what changed.

    `on_fold(workshop, people, entries)` is called once for each batch after it is folded, with the people whose
    personal parts it may change (None: everybody); `ring(workshop)` after this process wrote something.
    """

    def __init__(
        self,
        store: Store,
        on_fold: OnFold = lambda *_: None,
        ring: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.store, self.on_fold, self.ring = store, on_fold, ring
        self._books: dict[int, Book] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def submit(self, envelope: Envelope, *, when: datetime | None = None) -> Receipt:
        """Record a command; `when` only where an import brings its own time.

        Raises Refused: for good, or `clerk.busy`, which asks to try again.  Any other exception is a fault of ours.
        """
        if self._closing:
            raise Refused("clerk.busy")
        if not PRINTABLE.fullmatch(envelope.id):
            raise Refused("command.invalid", why="malformed")
        envelope = envelope._replace(when=when or datetime.now(UTC), salt=next(_SALTS))
        book = await self._open(envelope.workshop)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        book.waiting.append((envelope, answer))
        if not book.working:
            book.working = True
            self._begin(self._work(book))
        result = await answer
        if isinstance(result, Exception):
            raise result
        return result

    async def changed(
        self,
        workshop_id: int,
        what: str,
        ids: Collection[str],
        write: Callable[[Connection], None],
        *,
        by: str = CLOCK.id,
        id: str = "",
    ) -> None:
        """Change rows that live rooms show, and say so with an entry of type `what`, all in one transaction.

        `what` is one of `batch.ROWS_CHANGED`; the entry carries nothing but `ids`.  `write` may be called again, in
        another transaction, if the database did not take the first; what it raises comes out here, and nothing is
        written.  A second change with the same `id` does nothing.
        """
        made = datetime.now(UTC)
        entry = Entry(0, what.partition(".")[0], what, by, {"ids": list(ids)}, made, id or token_hex(16))
        book = await self._open(workshop_id)
        async with book.lock:
            await self._enter(book, entry, write)

    async def room(self, workshop_id: int) -> Room:
        """The workshop as it stands on record; Refused where there is none.

        Ask again after each await: it may be another one then.
        """
        book = await self._open(workshop_id)
        assert book.room is not None  # noqa: S101  # open books have one
        return book.room

    @property
    def rooms(self) -> Iterator[Room]:
        """Those that are loaded."""
        return (book.room for book in list(self._books.values()) if book.room)

    async def catch_up(self, workshop_id: int) -> None:
        """Take in what other processes wrote, if the workshop's room is loaded."""
        book = self._books.get(workshop_id)
        if book and book.room:
            async with book.lock:
                await self._read_on(book)

    async def catch_up_all(self) -> None:
        """Compare every loaded room with the database: a ring of the doorbell may have been lost."""
        heads = await asyncio.to_thread(self.store.head, [room.workshop.id for room in self.rooms])
        for room in self.rooms:
            if heads.get(room.workshop.id, 0) > room.at:
                await self.catch_up(room.workshop.id)

    async def close(self) -> None:
        """Finish what was taken on, take no more.  Cleaning goes on when the room is loaded again."""
        self._closing = True
        while self._tasks:
            await asyncio.gather(*self._tasks)

    # ── loading ──

    async def _open(self, workshop_id: int) -> Book:
        book = self._books.get(workshop_id) or self._books.setdefault(workshop_id, Book(workshop_id))
        if book.room is None:
            # The task is kept: two loads at once would yield two rooms that drift apart.
            book.loading = book.loading or asyncio.create_task(self._first_load(book))
            await asyncio.shield(book.loading)
        return book

    async def _first_load(self, book: Book) -> None:
        try:
            async with book.lock:
                await self._load(book)
        except Gone:
            del self._books[book.id]
            raise Refused("workshop.unknown") from None
        except SQLAlchemyError as failure:
            log.warning("workshop %s was not loaded", book.id, exc_info=failure)
            raise Refused("clerk.busy") from None
        finally:
            book.loading = None

    async def _load(self, book: Book) -> None:
        """Fold both rooms anew from rows and record."""

        def read() -> tuple[Room, list[Entry], Draft | None]:
            with self.store.reading() as on:
                return loaded(self.store, book.id, on)

        book.room, entries, book.draft = await asyncio.to_thread(read)
        for entry in entries:
            book.note(entry)
        self._clean_soon(book)

    # ── recording ──

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, book: Book) -> None:
        """Record what waits.  While one batch commits the next one gathers."""
        try:
            while book.waiting:
                async with book.lock:
                    waiting = [book.waiting.popleft() for _ in range(min(CAP, len(book.waiting)))]
                    await self._record(book, waiting)
        finally:
            book.working = False

    async def _record(self, book: Book, waiting: list[Waiting]) -> None:
        """Record these commands and answer each: what is wrong with one is not the others' fault."""
        try:
            batch = await self._committed(book, commands([envelope for envelope, _ in waiting]))
        except Unfoldable as broken:
            log.exception("a room broke")
            _answer([one for one in waiting if one[0] is broken.envelope], [broken])
            if rest := [one for one in waiting if one[0] is not broken.envelope]:
                await self._record(book, rest)
        except Exception as failure:
            if not isinstance(failure, Refused):
                log.exception("a batch failed")
            _answer(waiting, [failure] * len(waiting))
        else:
            await self._take_in(book, batch)
            _answer(waiting, batch.answers)

    async def _enter(self, book: Book, entry: Entry, write: Callable[[Connection], None]) -> None:
        """Record, once, an entry that no rule decides, with what `write` does in the same transaction."""

        def work(_store: Store, on: Connection, batch: Batch) -> None:
            if entry.command not in batch.draft.heard:
                write(on)
                batch.write(entry._replace(at=batch.draft.at + 1))

        batch = await self._committed(book, work)
        await self._take_in(book, batch)

    async def _committed(self, book: Book, work: Work) -> Batch:
        """`work`, done in the writer's thread and committed; `clerk.busy` if the database does not take it."""
        draft, book.draft = book.draft, None  # whatever goes wrong below, this draft is not used again
        resumed = False
        for pause in (*PAUSES, None):
            try:
                batch = await self.store.run(record, self.store, book.id, draft, work, resumed=resumed)
            except Lost as lost:
                log.warning("a batch was not taken", exc_info=lost.__cause__)
                draft, resumed = None, resumed or lost.unsure
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                book.draft = batch.kept
                return batch
        raise Refused("clerk.busy")

    # ── folding, under the lock ──

    async def _take_in(self, book: Book, batch: Batch) -> None:
        """Fold what is committed.  It is on record: if this fails, the next look at the database mends it."""
        assert book.room is not None  # noqa: S101  # open books have one
        if batch.draft.at == book.room.at:
            return
        outdated = any(stale(own.entry) for own in batch.written)
        if outdated:
            book.draft = None
        try:
            if batch.written and batch.written[0].entry.at == book.room.at + 1 and not outdated:
                self._fold(book, book.room, batch.written)
            else:
                await self._read_on(book)
        except Exception:
            log.exception("workshop %s is behind its record", book.id)
        self._clean_soon(book)
        self.ring(book.id)

    async def _read_on(self, book: Book) -> None:
        """Fold what is on record after what the room knows."""
        assert book.room is not None  # noqa: S101  # open books have one
        entries = await asyncio.to_thread(self.store.entries, book.id, book.room.at)
        if any(map(stale, entries)):
            await self._load(book)
            self.on_fold(book.id, None, entries)
        elif entries:
            self._fold(book, book.room, [Written(entry, "") for entry in entries])

    def _fold(self, book: Book, room: Room, written: Sequence[Written]) -> None:
        touched: set[str] | None = set()
        for entry, author in written:
            room.fold(entry)
            book.note(entry)
            if touched is not None:
                people = room.touched(entry, author if entry.veil is not None else None)
                touched = None if people is None else touched.union(people)
        self.on_fold(book.id, touched, [own.entry for own in written])

    # ── cleaning ──

    def _clean_soon(self, book: Book) -> None:
        if book.unclean and not book.cleaning and not self._closing:
            book.cleaning = True
            self._begin(self._clean(book))

    async def _clean(self, book: Book) -> None:
        """Clean the files until they are clean, then put that on record: so it shows, on every screen alike."""
        try:
            while book.unclean and not self._closing:
                deletions = list(book.unclean.values())
                tables = WORDS if any(deletion.type == "record.redacted" for deletion in deletions) else BALLOTS
                if not await self.store.run(clean, self.store.engine, tables):
                    await asyncio.sleep(CLEANING_PAUSE)
                    continue
                async with book.lock:
                    for deletion in deletions:
                        if book.is_latest(deletion.activity, deletion.at):
                            await self._enter(book, cleaned(deletion), lambda _: None)
        except Exception:
            log.exception("cleaning the files of workshop %s goes on when it is loaded again", book.id)
        finally:
            book.cleaning = False


def _answer(waiting: Sequence[Waiting], answers: Sequence[Answer]) -> None:
    for (_, future), answer in zip(waiting, answers, strict=True):
        if not future.done():  # whoever asked may have gone
            future.set_result(answer)
