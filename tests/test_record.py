"""The record and the one way into it, the same on SQLite and PostgreSQL."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, insert, update

from app.store import PERSON
from facilitation.record import Entry, Person, Refused, Role
from tests import records
from tests.records import (
    HAND,
    PEOPLE,
    SECRET,
    WALL,
    Clerks,
    add_workshop,
    begin,
    command,
    entries,
    kept,
    outcome,
    refusals,
    vote,
    votes,
)

NASTY = [
    '=HYPERLINK("x";"y")',
    "<script>alert(1)</script> {{ 7*7 }} %s %(at)s :at $1 \\x00 \\u0000 \\",
    "'; DROP TABLE entry; --",
    "  zwei Leerzeichen davor, Tab dahinter\t",
    "Zeile\r\nZeile\rZeile\n\u2028\u2029\x85\x0b\x1f\x7f",
    "\u202eRechts\u2066links\u200b\u00ad\ufeff",
    "Cafe\u0301 Café \uac00\u1100\u1161 ﬁ ẞ İ 𝔐𝔲𝔱",
    "👩🏽‍🚒🏳️‍🌈🇩🇪\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1\U0010ffff\uffff\ufdd0",
    "null",
    "x" * 100_000,
]
clerks = records.clerks


# ── numbers ──


async def test_the_record_is_numbered_without_holes_and_reads_as_it_was_told(clerks: Clerks) -> None:
    told: list[Entry] = []
    clerk = clerks(on_fold=lambda _id, _people, entries: told.extend(entries))
    await begin(clerk, HAND, SECRET)
    await asyncio.gather(*(clerk.submit(vote(person, activity=poll)) for person in PEOPLE for poll in (HAND, SECRET)))

    recorded = clerk.store.entries(1)

    assert [entry.at for entry in recorded] == list(range(1, len(recorded) + 1))
    assert recorded == told


async def test_twenty_writers_at_two_processes_lose_nothing_and_double_nothing(
    clerks: Clerks, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = clerks(), clerks()
    await begin(first, HAND)

    async def writer(person: str) -> list[str]:
        """Changes their mind ten times, and sends each ballot to both processes at once."""
        said = []
        for turn in range(10):
            ballot = vote(person, "blau" if turn % 2 else "rot")
            said += await asyncio.gather(*(outcome(clerk.submit(ballot)) for clerk in (first, second)))
        return said

    said = [word for words in await asyncio.gather(*map(writer, PEOPLE)) for word in words]

    assert (said.count("accepted"), said.count("again"), len(said)) == (200, 200, 400)
    assert kept(first) == list(range(1, len(kept(first)) + 1))
    assert len(entries(first, "poll.voted")) == 200
    assert refusals(first).count((PEOPLE[0], "command.duplicate")) == 10
    assert caplog.messages == []  # they waited for each other; nobody clashed and had to decide again
    for clerk in (first, second):
        await clerk.catch_up(1)
        assert votes(await clerk.room(1)) == {"rot": 0, "blau": 20}


async def test_what_another_process_wrote_is_folded_once_and_told(clerks: Clerks) -> None:
    told: list[tuple[set[str] | None, list[int]]] = []
    first, second = (
        clerks(),
        clerks(on_fold=lambda _id, people, entries: told.append((people, [e.at for e in entries]))),
    )
    await begin(first, HAND)
    before = (await second.room(1)).at
    await first.submit(vote("p01"))
    await first.submit(vote("p02"))

    await asyncio.gather(second.catch_up(1), second.catch_up_all(), second.catch_up(1))

    assert told == [({"p01", "p02"}, [before + 1, before + 2])]
    assert votes(await second.room(1)) == {"rot": 2, "blau": 0}


async def test_a_batch_is_told_once_with_the_people_whose_screens_it_changes(clerks: Clerks) -> None:
    told: list[set[str] | None] = []
    rung: list[int] = []
    clerk = clerks(on_fold=lambda _id, people, _entries: told.append(people), ring=rung.append)
    await begin(clerk, SECRET)
    await clerk.submit(vote("p00", activity=SECRET))  # the first one makes the veil, which is everybody's business
    told.clear()
    rung.clear()

    await asyncio.gather(*(clerk.submit(vote(person, activity=SECRET)) for person in ("p01", "p02", "p03")))

    assert (told, rung) == ([{"p01", "p02", "p03"}], [1])


async def test_a_room_is_loaded_once_however_many_ask(clerks: Clerks) -> None:
    clerk = clerks()

    rooms = await asyncio.gather(*(clerk.room(1) for _ in range(10)))

    assert {id(room) for room in rooms} == {id(rooms[0])}


@pytest.mark.parametrize("ended, loads", [(False, 0), (True, 1)])
async def test_the_first_command_holds_no_lock_for_loading_but_where_all_is_over(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch, *, ended: bool, loads: int
) -> None:
    earlier, clerk = clerks(), clerks()
    await begin(earlier, HAND)
    if ended:
        await earlier.submit(command("mo", "agenda", "end", confirmed=True))
    await clerk.room(1)
    load, loaded = clerk.store.room, []
    monkeypatch.setattr(clerk.store, "room", lambda *asked: loaded.append(asked) or load(*asked))

    said = await outcome(clerk.submit(command("p01", "roster", "leave")))

    assert (said, len(loaded)) == ("accepted", loads)


async def test_a_workshop_that_nobody_made_is_refused(clerks: Clerks) -> None:
    clerk = clerks()

    assert await outcome(clerk.submit(vote("p01")._replace(workshop=7))) == "workshop.unknown"
    assert list(clerk.rooms) == []


async def test_every_workshop_has_numbers_of_its_own(clerks: Clerks) -> None:
    clerk = clerks()
    with clerk.store.writing(2) as on:
        add_workshop(on, 2, "100200", "ZW")

    for workshop in (1, 2, 2):
        await clerk.submit(command("p01", "roster", "join")._replace(workshop=workshop))

    assert clerk.store.head([1, 2, 3]) == {1: 1, 2: 2}


# ── sent twice ──


@pytest.mark.parametrize("activity", [HAND, SECRET])
async def test_sent_twice_is_recorded_once_whatever_happened_in_between(clerks: Clerks, activity: str) -> None:
    here, there = clerks(), clerks()
    await begin(here, activity)
    first = vote("p01", "rot", activity)
    receipt = await here.submit(first)
    await here.submit(vote("p01", "blau", activity))

    for happens in (None, command("mo", activity, "close"), command("mo", activity, "show", view="result")):
        if happens:
            await here.submit(happens)
        for clerk in (here, there, clerks()):
            again = await clerk.submit(first)
            assert (again.ref, again.again) == (receipt.ref, True)

    assert votes(await here.room(1), activity) == {"rot": 0, "blau": 1}
    assert len(entries(here, "poll.voted")) == 2
    author = None if activity == SECRET else "p01"
    assert refusals(here) == [(author, "command.duplicate")] * 9


async def test_a_contribution_sent_twice_gets_the_same_reference_and_time(clerks: Clerks) -> None:
    clerk = clerks()
    await begin(clerk, WALL)
    card = command("p01", WALL, "write", column="neu", text="Mehr Mut")
    receipt = await clerk.submit(card)
    await clerk.submit(command("p01", WALL, "write", column="neu", text="Mehr Mut"))

    assert await clerk.submit(card) == receipt._replace(again=True)
    assert receipt.ref == "AT2-0001"


async def test_a_refusal_is_remembered_also_when_the_same_would_be_granted_now(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here)
    early, unknown = vote("p01"), vote("nobody")
    assert await outcome(here.submit(early)) == "poll.not_open"
    assert await outcome(here.submit(unknown)) == "roster.unknown_actor"
    await here.submit(command("mo", HAND, "open"))

    assert [await outcome(clerk.submit(early)) for clerk in (here, there)] == ["poll.not_open"] * 2
    assert await outcome(there.submit(unknown)) == "roster.unknown_actor"
    assert await outcome(here.submit(vote("p01"))) == "accepted"
    assert refusals(here) == [
        ("p01", "poll.not_open"),
        ("nobody", "roster.unknown_actor"),
        ("p01", "command.duplicate"),
        ("p01", "command.duplicate"),
        ("nobody", "command.duplicate"),
    ]


async def test_a_refusal_keeps_the_values_of_its_sentence_and_says_when_it_is_said_again(clerks: Clerks) -> None:
    clerk = clerks()
    await begin(clerk, WALL)
    long = command("p01", WALL, "write", column="neu", text="x" * 281)

    said = []
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            await clerk.submit(long)
        said.append((refused.value.code, refused.value.values))

    assert said == [("wall.too_long", {"most": 280}), ("wall.too_long", {"most": 280, "again": True})]


async def test_an_id_is_used_for_one_command_only(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here, HAND, SECRET)
    for refused_first in (False, True):
        for poll_id in (HAND, SECRET):
            mine = vote("nobody" if refused_first else "p01", "rot", poll_id)
            await outcome(here.submit(mine))
            others = [mine._replace(by="p02"), mine._replace(activity=WALL)]
            others += [] if refused_first and poll_id == SECRET else [mine._replace(data={"choice": "blau"})]
            for other in others:
                assert await outcome(here.submit(other)) == "command.reused"
                assert await outcome(there.submit(other)) == "command.reused"

    assert votes(await here.room(1)) == {"rot": 1, "blau": 0}
    assert {by for by, code in refusals(here) if code == "command.reused"} == {None, "p01", "p02", "nobody"}


@pytest.mark.parametrize("id", ["", "mit Leerzeichen", "\x00", "\ud800", "x" * 65])
async def test_what_is_no_id_is_refused_at_the_door(clerks: Clerks, id: str) -> None:
    clerk = clerks()

    assert await outcome(clerk.submit(vote("p01")._replace(id=id))) == "command.invalid"


# ── rows and words ──


async def test_a_changed_row_shows_in_every_room_and_the_entry_names_ids_only(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(here, HAND)
    await there.room(1)

    def rename(on: Connection) -> None:
        on.execute(update(PERSON).where(PERSON.c.id == "p01").values(label="Leitung Amt 12 (neu)"))

    await here.changed(1, "roster.changed", ["p01"], rename, by="mo")
    await there.catch_up(1)
    await there.submit(vote("p01"))

    assert [(entry.by, entry.data) for entry in entries(here, "roster.changed")] == [("mo", {"ids": ["p01"]})]
    for clerk in (here, there):
        await clerk.catch_up(1)
        room = await clerk.room(1)
        assert (room.roster.people["p01"].label, votes(room)["rot"]) == ("Leitung Amt 12 (neu)", 1)


async def test_who_was_invited_by_another_process_is_known_with_the_next_command(clerks: Clerks) -> None:
    here, there = clerks(), clerks()
    await begin(there, HAND)

    def invite(on: Connection) -> None:
        on.execute(insert(PERSON).values(records.person_row(1, Person("new", Role.PARTICIPANT, "Leitung Amt 99"))))

    await here.changed(1, "roster.changed", ["new"], invite)

    assert await outcome(there.submit(command("new", "roster", "join"))) == "accepted"


async def test_text_comes_back_as_it_came(clerks: Clerks) -> None:
    clerk = clerks()
    await begin(clerk, HAND)
    for nasty in NASTY:
        await clerk.submit(command("mo", HAND, "amend", option="rot", label=nasty))
        await clerk.changed(
            1, "roster.changed", [], lambda on, nasty=nasty: on.execute(update(PERSON).values(label=nasty))
        )
        assert clerk.store.room(1).roster.people["p01"].label == nasty

    assert [entry.data["label"] for entry in entries(clerk, "poll.amended")] == NASTY


async def test_an_import_brings_its_own_time_and_any_zone_comes_back_as_utc(clerks: Clerks) -> None:
    clerk = clerks()
    then = datetime.fromisoformat("2020-06-04T08:59:29.405+02:00")

    receipt = await clerk.submit(command("p01", "roster", "join"), when=then)

    made = clerk.store.entries(1)[0].made
    assert (made, made.tzinfo, receipt.made) == (then, UTC, then)
