"""What is gone when the record says that it is gone: in the tables, in memory and in the files of the database."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.clerk import Clerk
from facilitation import desk, pictures, staging
from facilitation.activity import mask
from facilitation.pictures import Picture
from facilitation.plenum import PAGES
from facilitation.room import Room
from tests import records
from tests.real import Postgres
from tests.records import (
    HAND,
    PEOPLE,
    SECRET,
    SECRET_WALL,
    WALL,
    Clerks,
    begin,
    command,
    entries,
    loaded,
    outcome,
    refusals,
    until,
    vote,
    votes,
)

clerks = records.clerks
Files = Callable[[], bytes]
BALLOT = b'{"choice": "blau"}'


@pytest.fixture
def files(database_url: str, request: pytest.FixtureRequest) -> Files:
    """The bytes of the database's own files, as somebody would find them who takes the disk away."""
    if database_url.startswith("sqlite"):
        main = Path(database_url.removeprefix("sqlite:///"))
        return lambda: main.read_bytes() + main.with_name(f"{main.name}-wal").read_bytes()
    postgres: Postgres = request.getfixturevalue("postgres")

    def tables() -> bytes:
        """Tables and indexes; not the log that PostgreSQL writes ahead, of which the privacy text speaks."""
        with postgres.connected(database_url.rpartition("/")[2]) as connection:
            connection.execute("CHECKPOINT")
            (path,) = connection.execute("SELECT pg_relation_filepath('veil')").fetchone() or ("",)
        folder = (postgres.folder / "data" / str(path)).parent
        return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())

    return tables


def screens(room: Room) -> list[Picture]:
    return [*(pictures.plenary(room, page) for page in PAGES), staging.stage(room), desk.desk(room)]


@contextmanager
def watched(clerk: Clerk) -> Iterator[None]:
    """Somebody reads: a backup, a report.  They see the past until they are done."""
    with clerk.store.reading() as connection:
        connection.execute(text("SELECT * FROM workshop")).all()
        yield


async def sealed(clerk: Clerk, activity: str = SECRET) -> None:
    await clerk.submit(command("mo", activity, "close"))
    await clerk.submit(command("mo", activity, "show", view="result"))


async def test_the_shown_result_of_an_anonymous_poll_leaves_figures_and_nothing_else(
    clerks: Clerks, files: Files
) -> None:
    clerk = clerks()
    await begin(clerk, SECRET)
    for person in PEOPLE:
        await clerk.submit(vote(person, "blau", SECRET))
    key = (await clerk.room(1)).activities[SECRET].key
    pseudonyms = [mask(key, person).encode() for person in PEOPLE]
    before = files()
    assert [what in before for what in (BALLOT, key.encode(), *pseudonyms)] == [True] * 22

    await sealed(clerk)
    await until(lambda: loaded(clerk).activities[SECRET].cleaned)

    after = files()
    assert [what in after for what in (BALLOT, key.encode(), *pseudonyms)] == [False] * 22
    closed = entries(clerk, "activity.closed")[0].made
    assert {(e.by, e.veil, e.digest, e.made) for e in entries(clerk, "poll.voted")} == {(None, None, "", closed)}
    assert votes(await clerk.room(1), SECRET) == {"rot": 0, "blau": 20}


async def test_a_live_room_and_one_loaded_from_the_record_are_the_same(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here, HAND, SECRET, WALL, SECRET_WALL)
    await there.room(1)
    for person in PEOPLE:
        for poll in (HAND, SECRET):
            await here.submit(vote(person, "blau", poll))
        for wall in (WALL, SECRET_WALL):
            await here.submit(command(person, wall, "write", column="neu", text=f"Karte von {person}"))
    await here.submit(command("mo", WALL, "redact", ref="AT2-0001", reason="Ein Name"))

    for activities in ((), (SECRET, SECRET_WALL)):
        for activity in activities:
            await sealed(here, activity)
        await until(lambda: not here._books[1].unclean)
        await there.catch_up(1)
        afresh = await clerks().room(1)
        for room in (await here.room(1), await there.room(1)):
            assert screens(room) == screens(afresh)
            assert room == afresh


async def test_a_sealed_activity_says_so_only_when_nobody_sees_the_past_any_more(
    clerks: Clerks, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clerk.CLEANING_PAUSE", 0.01)
    clerk, attempts = clerks(), []
    run = clerk.store.run

    async def counting(work: Callable[..., object], *args: object, **kwargs: object) -> object:
        done = await run(work, *args, **kwargs)
        attempts.extend([done] if work.__name__ == "clean" else [])
        return done

    monkeypatch.setattr(clerk.store, "run", counting)
    await begin(clerk, SECRET)
    await clerk.submit(vote("p01", "blau", SECRET))

    with watched(clerk):
        await sealed(clerk)
        await until(lambda: len(attempts) > 2)
        assert await outcome(clerk.submit(command("p01", "roster", "leave"))) == "accepted"
        assert (set(attempts), loaded(clerk).activities[SECRET].cleaned) == ({False}, False)
        assert BALLOT in files()

    await until(lambda: loaded(clerk).activities[SECRET].cleaned)
    assert BALLOT not in files()


async def test_cleaning_goes_on_after_a_restart_and_is_recorded_once(clerks: Clerks) -> None:
    first, reader = clerks(), clerks()
    await begin(first, SECRET)
    await first.submit(vote("p01", "blau", SECRET))
    with watched(reader):
        await sealed(first)
        await first.close()
    assert entries(first, "activity.cleaned") == []

    second, third = clerks(), clerks()
    await asyncio.gather(second.room(1), third.room(1))

    for clerk in (second, third):
        await until(lambda clerk=clerk: not clerk._books[1].cleaning)
    assert len(entries(first, "activity.cleaned")) == 1


async def test_redacted_words_are_in_no_file(clerks: Clerks, files: Files) -> None:
    clerk = clerks()
    await begin(clerk, WALL)
    for words in ("Mehr Mut", "Frau Unverwechselbar aus der Poststelle", "Mehr Zeit"):
        await clerk.submit(command("p01", WALL, "write", column="neu", text=words))
    await clerk.submit(command("p01", WALL, "edit", card="AT2-0002", text="Frau Unverwechselbar, Poststelle"))
    assert b"Unverwechselbar" in files()

    await clerk.submit(command("mo", WALL, "redact", ref="AT2-0002", reason="Ein Name"))
    await until(lambda: not clerk._books[1].unclean)

    assert b"Unverwechselbar" not in files()
    assert b"Mehr Mut" in files()
    spoken = entries(clerk, "wall.written") + entries(clerk, "wall.edited")
    assert [(entry.data["text"], entry.digest == "") for entry in spoken] == [
        ("Mehr Mut", False),
        ("", True),
        ("Mehr Zeit", False),
        ("", True),
    ]


async def test_refusals_lead_to_no_ballot_and_to_no_author(clerks: Clerks) -> None:
    clerk = clerks()
    await begin(clerk, SECRET, SECRET_WALL)
    card = command("p01", SECRET_WALL, "write", column="neu", text="Mehr Mut")
    await clerk.submit(card)
    await clerk.submit(vote("p02", "blau", SECRET))
    await clerk.submit(command("mo", SECRET, "close"))
    late = vote("p01", "blau", SECRET)
    await outcome(clerk.submit(late))
    await sealed(clerk, SECRET_WALL)
    await sealed(clerk)
    again = [await outcome(sender.submit(sent)) for sender in (clerk, clerks()) for sent in (card, late)]

    assert again == ["again", "poll.not_open"] * 2
    assert refusals(clerk) == [
        (None, "poll.not_open"),
        (None, "command.duplicate"),
        (None, "command.duplicate"),
        (None, "command.duplicate"),
        (None, "command.duplicate"),
    ]
    assert {refusal.digest for refusal in clerk.store.refusals(1)} == {""}
