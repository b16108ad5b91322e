"""Who may watch what, over real sockets: each role gets its own pictures, from the moment and as long as it may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import socketio

from app.tokens import sign
from facilitation.plenum import PAGES
from realtime.seat import Message, Seat
from tests.town import GROUPS, POLL, QUESTIONS, SEATS, SECRET, URL, WALL, cookie, copied, listening, seat, until


@asynccontextmanager
async def screen(address: str, seat: Seat) -> AsyncIterator[tuple[socketio.AsyncClient, list[Message]]]:
    """A program with a signed seat, and the patches that it gets."""
    patches: list[Message] = []
    client = socketio.AsyncClient(reconnection=False)
    client.on("patch", patches.append)
    await client.connect(address, transports=["websocket"], auth={"token": sign(SECRET, seat)})
    try:
        yield client, patches
    finally:
        await client.disconnect()


async def joined(client: socketio.AsyncClient, page: str) -> Message:
    answer: Message = await client.call("join", {"page": page, "at": None, "build": ""}, timeout=20)
    return answer


PAGES_ASKED_FOR = ("now", "questions", "stream", "mine", "desk", f"desk/{POLL}", "desk/nirgends", "stage", "lobby", "")
WATCHED = {  # role -> page -> whose picture that is
    **dict.fromkeys(("participant", "deputy", "guest", "room"), dict.fromkeys(PAGES, "plenary")),
    "waiting": dict.fromkeys(PAGES, "lobby"),
    **{role: {"desk": "desk", f"desk/{POLL}": "desk"} for role in ("facilitator", "organiser", "technician")},
    "stage": dict.fromkeys(PAGES_ASKED_FOR, "stage"),  # a screen has but one page, whatever it asks for
}
TELLING = {"page.lobby": "lobby", "desk.console": "desk", "stage.stage": "stage", "page.main": "plenary"}


def picture_of(answer: Message) -> str:
    """Whose picture an answer holds, "" if it is a refusal."""
    return next(word for part, word in TELLING.items() if part in answer["parts"]) if answer["ok"] else ""


async def test_everybody_watches_their_own_pages_and_nobody_else_s(tmp_path: Path) -> None:
    async with listening(copied(tmp_path)) as (_, address):
        for role in SEATS:
            if role in ("stranger", "elsewhere", "other-desk"):
                continue
            async with screen(address, seat(role)) as (client, _patches):
                answers = {page: await joined(client, page) for page in PAGES_ASKED_FOR}

            assert {page: it for page, answer in answers.items() if (it := picture_of(answer))} == WATCHED.get(role, {})
            assert {answer["code"] for answer in answers.values() if not answer["ok"]} <= {"forbidden"}
            leaking = {picture_of(answer) for answer in answers.values() if "Frage, die wartet" in str(answer)}
            assert leaking <= {"desk"} or role == "deputy", role  # who wrote it, and those who approve


async def test_a_participant_who_asks_for_the_desk_is_told_nothing_that_happens_there(tmp_path: Path) -> None:
    async with listening(copied(tmp_path)) as (town, address):
        ada, mo = screen(address, seat("participant")), screen(address, seat("facilitator"))
        async with ada as (curious, told), mo as (desk, patches):
            assert (await joined(curious, "desk"))["code"] == "forbidden"
            assert (await joined(desk, "desk"))["ok"]

            await town.did("ben", QUESTIONS, "ask", text="Auch diese wartet")
            await until(lambda: "Auch diese wartet" in str(patches))

            assert told == []
            assert (await curious.call("resync", {"at": None}, timeout=20))["code"] == "not_joined"


async def test_who_is_revoked_while_watching_is_cut_off_before_the_next_picture(tmp_path: Path) -> None:
    async with listening(copied(tmp_path)) as (town, address):
        ada, ben = screen(address, seat("participant")), screen(address, Seat(1, "ben", "person", "d", 1))
        async with ada as (watching, told), ben as (other, patches):
            assert (await joined(watching, "now"))["ok"]
            assert (await joined(other, "now"))["ok"]
            await town.revoke("ada")
            await until(lambda: not watching.connected)
            told.clear()

            await town.did("ben", WALL, "write", column="neu", text="Danach")
            await until(lambda: "Danach" in str(patches))

            assert told == []


async def test_who_waits_sees_the_plenary_from_the_moment_of_being_let_in(tmp_path: Path) -> None:
    async with listening(copied(tmp_path)) as (town, address), screen(address, seat("waiting")) as (waiting, told):
        assert picture_of(await joined(waiting, "now")) == "lobby"
        await town.did("ben", WALL, "write", column="neu", text="Davon weiß noch niemand draußen")
        await town.did("mo", "roster", "admit")
        await until(lambda: any(patch["since"] is None and "page.lobby" not in patch["parts"] for patch in told))

        before, after = told[:-1], told[-1]
        assert "niemand draußen" not in str(before)
        assert "niemand draußen" in str(after)


async def test_a_group_is_watched_by_its_members_from_the_move_on_and_no_longer(tmp_path: Path) -> None:
    """One works at the first table, one at the second: what is for the second is for nobody else."""
    async with listening(copied(tmp_path)) as (town, address):
        for role in ("participant", "deputy", "guest", "room", "facilitator", "stage"):
            async with screen(address, seat(role)) as (client, _):
                answers = [await joined(client, page) for page in ("now", f"now/{GROUPS}/t2", f"group/{GROUPS}/t2")]
            assert ("Nur für Tisch 2" in str(answers), "Notiz von ben" in str(answers)) == (False, False), role
            assert ("Notiz von ada" in str(answers)) == (role == "participant"), role

        async with screen(address, seat("participant")) as (ada, told):
            assert (await joined(ada, "now"))["ok"]
            await town.did("mo", GROUPS, "move", person="ada", group="t2")
            await until(lambda: any(patch["since"] is None and "Nur für Tisch 2" in str(patch) for patch in told))
            await town.did("mo", GROUPS, "move", person="ada", group="t1")
            await until(lambda: told[-1]["since"] is None and "Nur für Tisch 2" not in str(told[-1]))
            told.clear()

            await town.did("ben", GROUPS, "note", group="t2", text="Ohne ada")
            await town.did("mo", GROUPS, "note", group="t1", text="Mit ada")
            await until(lambda: "Mit ada" in str(told))

            assert "Ohne ada" not in str(told)


async def test_the_page_of_who_leads_a_group_is_watched_by_them_from_taking_over_on_and_no_longer(
    tmp_path: Path,
) -> None:
    """What those who lead say to each other and note is on no other page, whoever asks for it by whatever name."""
    secrets = ("Nur für die Moderationen", "Anmerkung für das Team")
    async with listening(copied(tmp_path)) as (town, address):
        names = ("now", f"now/{GROUPS}/t1", f"facilitator/{GROUPS}/t1", f"now/{GROUPS}/t1/lead", "mine", "questions")
        for role in ("participant", "deputy", "guest", "room", "stage", "waiting"):
            async with screen(address, seat(role)) as (client, _):
                answers = str([await joined(client, page) for page in names])
            assert [secret in answers for secret in secrets] == [False, False], role

        ben = screen(address, Seat(1, "ben", "person", "d", 1))
        async with screen(address, seat("participant")) as (ada, told), ben as (other, others):
            assert (await joined(ada, "now"))["ok"]
            assert (await joined(other, "now"))["ok"]
            await town.did("ada", GROUPS, "lead", group="t1")
            await until(lambda: any(all(secret in str(patch) for secret in secrets) for patch in told))
            await town.did("ben", GROUPS, "lead", group="t2")
            await until(lambda: "Nur für die Moderationen" in str(others))
            assert "Anmerkung für das Team" not in str(others)

            await town.did("ada", GROUPS, "lead", group="t1", leads=False)
            await until(lambda: told[-1]["since"] is None and "Nur für die Moderationen" not in str(told[-1]))
            told.clear()
            await town.did("mo", GROUPS, "brief", text="Das liest ada nicht mehr")
            await town.did("mo", GROUPS, "note", group="t1", text="Das liest ada")
            await until(lambda: "Das liest ada" in str(told))
            assert "nicht mehr" not in str(told)


async def test_a_socket_without_a_seat_is_refused(tmp_path: Path) -> None:
    auths: list[Any] = [
        None,
        {},
        {"token": ""},
        {"token": "a.b"},
        {"token": sign("another secret" * 4, Seat(1, "mo", "desk", "", 1))},
        {"workshop": "1", "place": "person"},
        {"workshop": "1", "place": "desk", "person": "mo"},
        {"token": sign(SECRET, Seat(1, "mo", "desk", "", 1))[:-2]},
    ]
    async with listening(copied(tmp_path)) as (_, address):
        for auth in auths:
            client = socketio.AsyncClient(reconnection=False)
            with pytest.raises(socketio.exceptions.ConnectionError):
                await client.connect(address, transports=["websocket"], auth=auth, headers={"Origin": URL})


async def test_a_page_of_somebody_who_sat_here_before_gets_no_socket(tmp_path: Path) -> None:
    """The page says whose it is; by now another person has taken the seat in this browser."""
    [(name, value)] = cookie(SEATS["participant"]).items()
    headers = {"Cookie": f"{name}={value}", "Origin": URL}
    async with listening(copied(tmp_path)) as (_, address):
        for person, taken in (("ada", True), ("ben", False)):
            client = socketio.AsyncClient(reconnection=False)
            auth = {"workshop": "1", "place": "person", "person": person}
            try:
                await client.connect(address, transports=["websocket"], auth=auth, headers=dict(headers))
            except socketio.exceptions.ConnectionError:
                assert not taken
            else:
                assert taken
                await client.disconnect()
