"""Closing, by hand and by the clock, while people vote at two processes; the same on SQLite and PostgreSQL."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from app import timers
from app.clerk import Clerk
from tests import records
from tests.records import HAND, PEOPLE, SECRET, Clerks, begin, command, entries, loaded, outcome, refusals, until, vote

clerks = records.clerks


async def test_votes_that_race_the_close_are_counted_exactly_where_they_were_accepted(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here, HAND)

    async def voter(person: str, clerk: Clerk) -> str:
        """Goes on voting until it is too late; the outcomes of all that."""
        accepted = 0
        while True:
            said = await outcome(clerk.submit(vote(person)))
            if said != "accepted":
                return f"{accepted} {said}"
            accepted += 1

    voters = [asyncio.create_task(voter(person, (here, there)[at % 2])) for at, person in enumerate(PEOPLE)]
    await until(lambda: len(entries(here, "poll.voted")) >= 60)
    await there.submit(command("mo", HAND, "close"))
    said = await asyncio.gather(*voters)

    closed = entries(here, "activity.closed")[0].at
    recorded = [entry.at for entry in entries(here, "poll.voted")]
    assert {words.partition(" ")[2] for words in said} == {"poll.not_open"}
    assert sum(int(words.partition(" ")[0]) for words in said) == len(recorded)
    assert max(recorded) < closed


async def test_the_clock_closes_what_is_due_exactly_once_however_many_processes_look(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here)
    now = datetime.now(UTC)
    await here.submit(command("mo", HAND, "open", seconds=5), when=now - timedelta(seconds=7, milliseconds=1))
    await here.submit(command("mo", SECRET, "open", seconds=60), when=now)
    await there.room(1)

    await asyncio.gather(*(timers.close_due(clerk) for clerk in (here, there, here, there)))

    assert [(entry.by, entry.activity) for entry in entries(here, "activity.closed")] == [("clock", HAND)]
    assert refusals(here) == []
    assert (await here.room(1)).activities[SECRET].is_open


async def test_timers_close_what_is_due_and_see_what_others_wrote(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here)
    await there.room(1)
    running = asyncio.create_task(timers.run(there))
    await here.submit(command("mo", HAND, "open", seconds=5), when=datetime.now(UTC) - timedelta(seconds=60))

    await until(lambda: loaded(there).activities[HAND].closed)

    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert len(entries(here, "activity.closed")) == 1
