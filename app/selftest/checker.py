"""Compares what is in the database with what people were told.

It reads rows and histories and shares no rule with the product: nothing is folded, nothing decided.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Row, select

from app.selftest.history import History, Wish
from app.selftest.workload import NAMED, SECRET
from app.store import ENTRY, REFUSAL, VEIL, Store

RECORDED = {
    "vote": "poll.voted",
    "write": "wall.written",
    "edit": "wall.edited",
    "support": "questions.supported",
    "unsupport": "questions.unsupported",
    "close": "activity.closed",
}
Rows = list[Row[tuple[object, ...]]]


class Record(NamedTuple):
    """The rows of one workshop."""

    entries: Rows
    refusals: Rows
    veils: Rows


class Fault(NamedTuple):
    """Something that must not be: `kind` is lost, doubled, unsent, misjudged, numbering or votes."""

    kind: str
    about: str


def record(store: Store, workshop: int) -> Record:
    """Everything on record, from one moment."""
    tables = (ENTRY, REFUSAL, VEIL)
    with store.reading() as on:
        return Record(*(list(on.execute(select(table).where(table.c.workshop_id == workshop))) for table in tables))


def faults(found: Record, history: History, prepared: Collection[str]) -> list[Fault]:
    """Everything that does not hold."""
    checks = (
        _lost(found, history),
        _doubled(found, history),
        _unsent(found, history, prepared),
        _misjudged(found, history),
        _numbering(found),
        _votes(found, history),
    )
    return [fault for check in checks for fault in check]


def _lost(found: Record, history: History) -> Iterator[Fault]:
    """Acknowledged, but not on record, or not as it was sent."""
    kept = {(entry.command, entry.type): entry for entry in found.entries}
    for wish in history.wishes.values():
        if not wish.accepted or wish.answer is None:
            continue
        entry = kept.get((wish.id, RECORDED[wish.command]))
        if entry is None:
            yield Fault("lost", _told(wish, history))
        elif entry.data.get("ref", "") != wish.answer.get("ref", ""):
            yield Fault("lost", f"another number than acknowledged: {_told(wish, history)}")
        elif wish.activity != SECRET and not _same_words(wish, entry.data):
            yield Fault("lost", f"other words than sent: {_told(wish, history)}")


def _same_words(wish: Wish, data: Mapping[str, object]) -> bool:
    return all(data.get("of" if key == "card" else key) == value for key, value in wish.data.items())


def _doubled(found: Record, history: History) -> Iterator[Fault]:
    """On record more than once: by its id, or by words that were sent once."""
    facts = Counter(entry.command for entry in found.entries if entry.type in RECORDED.values())
    words = Counter((entry.type, entry.data["text"]) for entry in found.entries if "text" in entry.data)
    for id, times in facts.items():
        if times > 1 and id in history.wishes:
            yield Fault("doubled", f"{times} times: {_told(history.wishes[id], history)}")
    for (_, text), times in words.items():
        if times > 1:
            yield Fault("doubled", f"{times} times: {text}")


def _unsent(found: Record, history: History, prepared: Collection[str]) -> Iterator[Fault]:
    """On record, but nobody ever sent it."""
    for entry in found.entries:
        if entry.command not in prepared and entry.command not in history.wishes:
            yield Fault("unsent", f"entry {entry.at}, {entry.type}")


def _misjudged(found: Record, history: History) -> Iterator[Fault]:
    """Answered otherwise than it had to be: counted and then refused, refused and then counted, never answered."""
    kept = {entry.command for entry in found.entries}
    refused = {(refusal.command, refusal.code) for refusal in found.refusals}
    for wish in history.wishes.values():
        if wish.answer is None or wish.code != wish.expected:
            yield Fault("misjudged", _told(wish, history))
        elif wish.again and wish.sent < 2:
            yield Fault("misjudged", f"a repeat, though sent once: {_told(wish, history)}")
        elif wish.code and (wish.id in kept or (wish.id, wish.code) not in refused):
            yield Fault("misjudged", f"the refusal is not on record: {_told(wish, history)}")


def _numbering(found: Record) -> Iterator[Fault]:
    numbers = sorted(entry.at for entry in found.entries)
    if numbers != list(range(1, len(numbers) + 1)):
        yield Fault("numbering", f"{len(numbers)} entries, the last is {numbers[-1]}")


def _votes(found: Record, history: History) -> Iterator[Fault]:
    """Each voter's last accepted ballot counts, and no other: by name, or where nobody may know, by counts."""
    voted = sorted(((entry.at, entry) for entry in found.entries if entry.type == "poll.voted"), key=lambda it: it[0])
    by_name = {entry.by: entry.data["choice"] for _, entry in voted if entry.activity == NAMED}
    if by_name != _last_accepted(history, NAMED):
        yield Fault("votes", f"{NAMED}: {_differing(by_name, _last_accepted(history, NAMED))}")
    ballots = {veil.at: veil for veil in found.veils}
    secret = [ballots[at] for at, entry in voted if entry.activity == SECRET and at in ballots]
    by_alias = {veil.by: veil.data["choice"] for veil in secret}
    counted, meant = Counter(by_alias.values()), Counter(_last_accepted(history, SECRET).values())
    if counted != meant or any(entry.by is not None for _, entry in voted if entry.activity == SECRET):
        yield Fault("votes", f"{SECRET}: {dict(counted)} on record, {dict(meant)} acknowledged")


def _last_accepted(history: History, poll: str) -> dict[str, str]:
    """Voter -> choice; wishes of one person never overlap, so the last invoked is the last recorded."""
    return {
        it.by: it.data["choice"]
        for it in history.wishes.values()
        if (it.activity, it.command) == (poll, "vote") and it.accepted
    }


def _differing(found: Mapping[str | None, str], meant: Mapping[str, str]) -> list[str]:
    return sorted(str(voter) for voter in {*found, *meant} if found.get(voter) != meant.get(str(voter)))


def _told(wish: Wish, history: History) -> str:
    return f"{wish.by} {wish.command} {wish.id[:8]} {wish.code}: {history.of(wish.id)}"


def counts(found: Iterable[Fault]) -> Counter[str]:
    return Counter(fault.kind for fault in found)
