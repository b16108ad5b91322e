"""What the record does when the database, a kind or a sender fails, the same on SQLite and PostgreSQL."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app import database
from app.clerk import Clerk
from facilitation.kinds import poll
from facilitation.record import Entry
from facilitation.room import Room
from tests import records
from tests.records import (
    HAND,
    PEOPLE,
    Clerks,
    Fault,
    begin,
    command,
    entries,
    kept,
    outcome,
    refusals,
    until,
    vote,
    votes,
)

clerks = records.clerks


@contextmanager
def painting(clerk: Clerk, room: Room) -> Iterator[list[tuple[int, dict[str, int]]]]:
    """Everything that a screen painted at each turn of the loop shows, without repetitions."""
    seen = [(room.at, votes(room))]

    async def paint() -> None:
        while True:
            for painted in clerk.rooms:
                picture = (painted.at, votes(painted))
                if picture != seen[-1]:
                    seen.append(picture)
            await asyncio.sleep(0)

    task = asyncio.create_task(paint())
    yield seen
    task.cancel()


async def test_a_commit_that_fails_shows_nothing_and_records_nothing(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clerk.PAUSES", (0.01, 0.01))
    told: list[int] = []
    clerk = clerks(on_fold=lambda *_: told.append(1))
    await begin(clerk, HAND)
    room, fault = await clerk.room(1), Fault(clerk.store.engine)
    sent = [vote(person) for person in PEOPLE] + [vote("nobody")]
    told.clear()
    fault.begin()

    with painting(clerk, room) as seen:
        said = await asyncio.gather(*(outcome(clerk.submit(ballot)) for ballot in sent))
    assert (said, told) == (["clerk.busy"] * 21, [])
    assert seen == [(room.at, {"rot": 0, "blau": 0})]
    assert (kept(clerk)[-1], refusals(clerk)) == (room.at, [])

    fault.end()
    said = await asyncio.gather(*(outcome(clerk.submit(ballot)) for ballot in sent))
    assert said == ["accepted"] * 20 + ["roster.unknown_actor"]
    assert kept(clerk) == list(range(1, len(kept(clerk)) + 1))
    assert votes(await clerk.room(1)) == {"rot": 20, "blau": 0}


async def test_a_batch_is_decided_again_when_the_database_takes_it_at_last(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.clerk.PAUSES", (0.01,) * 1000)
    clerk = clerks()
    await begin(clerk, HAND)
    room, fault = await clerk.room(1), Fault(clerk.store.engine)
    start = room.at
    fault.begin()

    with painting(clerk, room) as seen:
        twice = vote("p01")
        said = asyncio.gather(*(outcome(clerk.submit(ballot)) for ballot in (twice, twice, vote("p02"))))
        await until(lambda: "a batch was not taken" in caplog.text)
        await asyncio.to_thread(fault.end)
        assert await said == ["accepted", "again", "accepted"]

    assert seen == [(start, {"rot": 0, "blau": 0}), (start + 2, {"rot": 2, "blau": 0})]
    assert refusals(clerk) == [("p01", "command.duplicate")]


async def test_a_commit_whose_answer_is_lost_is_no_repeat(clerks: Clerks, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = clerks()
    await begin(clerk, HAND)
    writing, losses = database.Writer.writing, [OperationalError("COMMIT", {}, Exception("the connection is gone"))]

    @contextmanager
    def losing(writer: database.Writer) -> Iterator[Connection]:
        with writing(writer) as connection:
            yield connection
        if losses:
            raise losses.pop()

    monkeypatch.setattr(database.Writer, "writing", losing)

    said = await asyncio.gather(*(outcome(clerk.submit(ballot)) for ballot in (vote("p01"), vote("nobody"))))

    assert (losses, said) == ([], ["accepted", "roster.unknown_actor"])
    assert votes(await clerk.room(1)) == {"rot": 1, "blau": 0}
    assert refusals(clerk) == [("nobody", "roster.unknown_actor")]


async def test_what_is_refused_or_broken_disturbs_nobody_else_in_its_batch(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = clerks()
    await begin(clerk, HAND)
    decide, fold = poll.decide, poll.fold

    def breaking_decide(state: Any, command: Any, actor: Any) -> Any:
        return 1 / 0 if actor.id == "p05" else decide(state, command, actor)

    def breaking_fold(state: Any, entry: Entry) -> None:
        return 1 / 0 if entry.by == "p06" else fold(state, entry)

    monkeypatch.setattr(poll, "decide", breaking_decide)
    monkeypatch.setattr(poll, "fold", breaking_fold)
    sent = [vote(person) for person in PEOPLE[:10]]
    sent[1] = vote("nobody\x00\ud800")
    sent[2] = vote("p02", "grün")
    sent[3] = command("p03", "\x00\ud800" * 1000, "\x00", value=float("nan"))
    sent[4] = vote("p04")._replace(data={"choice": "\x00\ud800"})

    said = await asyncio.gather(*(outcome(clerk.submit(ballot)) for ballot in sent), return_exceptions=True)

    assert [word if isinstance(word, str) else type(word).__name__ for word in said] == [
        "accepted",
        "roster.unknown_actor",
        "poll.invalid",
        "command.invalid",
        "command.invalid",
        "ZeroDivisionError",
        "Unfoldable",
        "accepted",
        "accepted",
        "accepted",
    ]
    assert [entry.by for entry in entries(clerk, "poll.voted")] == ["p00", "p07", "p08", "p09"]
    assert [code for _, code in refusals(clerk)] == ["roster.unknown_actor", "poll.invalid"] + ["command.invalid"] * 2
    assert votes(await clerk.room(1)) == {"rot": 4, "blau": 0}


async def test_what_a_kind_does_to_data_it_folds_reaches_neither_the_record_nor_another_room(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = []

    def careless(_state: Any, entry: Entry) -> None:
        folded.append(entry.data.setdefault("times", 0))
        entry.data["times"] += 1

    clerk = clerks()
    await begin(clerk, HAND)
    monkeypatch.setattr(poll, "fold", careless)

    await clerk.submit(vote("p01"))

    assert folded == [0, 0]  # by the draft and by the room
    assert [entry.data for entry in entries(clerk, "poll.voted")] == [{"choice": "rot"}]


async def test_a_clerk_that_closes_finishes_what_it_took_and_sends_away_who_comes_later(clerks: Clerks) -> None:
    clerk = clerks()
    await begin(clerk, HAND)
    taken = [asyncio.create_task(outcome(clerk.submit(vote(person)))) for person in PEOPLE]
    await asyncio.sleep(0)

    await clerk.close()

    assert await asyncio.gather(*taken) == ["accepted"] * 20
    assert await outcome(clerk.submit(vote("p01"))) == "clerk.busy"
