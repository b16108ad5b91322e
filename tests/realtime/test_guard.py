import json
import logging
import random
import string
from collections import Counter

import pytest
from socketio import packet
from websockets.exceptions import ConnectionClosed

from realtime import guard
from realtime.guard import Packet, Raw
from tests.realtime.hall import Hall, served, token, until
from tests.realtime.screens import Screen, wire


def read(text: str) -> tuple[int, int | None, object]:
    found = Packet(encoded_packet=text)
    return found.packet_type, found.id, found.data


@pytest.mark.parametrize("name", guard.EVENTS)
def test_the_three_events_pass(name: str) -> None:
    assert read(f'27["{name}",{{"at":1}}]') == (packet.EVENT, 7, [name, {"at": 1}])


def test_connect_and_disconnect_pass() -> None:
    assert read('0{"token":"x"}') == (packet.CONNECT, None, {"token": "x"})
    assert read("0") == (packet.CONNECT, None, None)
    assert read("1") == (packet.DISCONNECT, None, None)


@pytest.mark.parametrize(
    "text",
    [
        '27["connect",{}]',
        '27["disconnect",{}]',
        '27["connect_error",{}]',
        '27["patch",{}]',
        '27["malformed",{}]',
        '27["\\u0063onnect",{}]',
        '2["join",{}]',  # nobody waits for the answer
        '27["join"]',
        '27["join",{},{}]',
        '27["join",[]]',
        '27[["join"],{}]',
        '27["join",{}',
        '27["join",{"at":NaN}]',
        '27["join",{"at":-1e999}]',
        '27["join",{"at":' + "9" * 5000 + "}]",
        '27["join",{"at":' + "[" * 8 + "]" * 8 + "}]",
        '27["join",{"at":' + "[" * 30_000 + "]" * 30_000 + "}]",
        '2/admin,7["join",{}]',
        '21234567890["join",{}]',
        '2٣["join",{}]',
        '2null["join",{}]',
        "0[1]",
        "0{",
        '0/admin,{"token":"x"}',
        "1/admin,",
        '31["x"]',
        '4{"message":"x"}',
        '51-7["join",{"_placeholder":true,"num":0}]',
        "61-7[]",
        '27-["join",{}]',
        "x",
    ],
)
def test_everything_else_turns_into_an_event_that_nobody_can_send(text: str) -> None:
    assert read(text) == (packet.EVENT, None, [guard.MALFORMED, {}])


def test_numbers_pass() -> None:
    assert read('27["join",{"at":1.5}]') == (packet.EVENT, 7, ["join", {"at": 1.5}])


def test_seven_levels_inside_an_event_pass() -> None:
    deep = '{"at":' + "[" * 6 + "]" * 6 + "}"

    assert read(f'27["join",{deep}]') == (packet.EVENT, 7, ["join", json.loads(deep)])


def test_what_is_written_already_is_not_written_again() -> None:
    assert Packet(packet.EVENT, ["patch", Raw('{"at":5}')]).encode() == '2["patch",{"at":5}]'
    assert Packet(packet.ACK, [{"ok": True}], id=7).encode() == '37[{"ok":true}]'
    assert Packet(packet.CONNECT, {"sid": "x"}).encode() == '0{"sid":"x"}'


async def test_a_forged_connect_changes_nothing_and_ends_the_connection() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as forger:
        await forger.join()
        (client,) = hall.live.crowd.joined(1)

        await forger.say('421["connect",{"person":"mo","place":"desk","device":"x"}]')

        assert (await forger.closed())[0] == 1008
        assert client.seat.person == "p1"


async def test_a_second_connect_on_one_socket_changes_nobody() -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as forger:
        await forger.say("40" + json.dumps(token("mo", "desk")))
        assert await forger.heard("44") == '44"Unable to connect"'

        assert await forger.join("desk") == {"ok": False, "code": "forbidden", "sentence": "Das ging nicht: forbidden."}


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00\x01",
        '451-1["join",{"_placeholder":true,"num":0}]',
        '459999999999-1["join",{}]',
        '461-1[{"_placeholder":true,"num":0}]',
        "bAAEC",
        "",
        "x",
        "5",
        "2probe",
        "4" + "[" * 60_000,
        "3" + "[" * 60_000,
        "43[]",
        '42["join",{}]',
    ],
)
async def test_binary_attachments_and_foreign_frames_close_the_connection(frame: str | bytes) -> None:
    hall = Hall()
    async with served(hall) as url, wire(url, token("p1")) as foreign:
        await foreign.say(frame)

        assert (await foreign.closed())[0] == 1008
        assert len(hall.live.crowd) == 0


async def test_what_is_longer_than_64_kib_closes_the_connection() -> None:
    async with served(Hall()) as url, wire(url, token("p1")) as foreign:
        await foreign.say('421["command",{"text":"' + "ä" * 40_000 + '"}]')

        assert (await foreign.closed())[0] == 1009


async def test_a_socket_that_does_not_join_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.line.JOIN_SECONDS", 0.2)
    async with served(Hall()) as url, wire(url) as silent, wire(url, token("p1")) as idle:
        assert await silent.closed() == (1008, "nobody joined")
        assert await idle.closed() == (1008, "nobody joined")


async def test_a_socket_that_joined_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.line.JOIN_SECONDS", 0.2)
    async with served(Hall()) as url, wire(url, token("p1")) as joined, wire(url) as silent:
        await joined.join()
        await silent.closed()

        assert (await joined.join())["ok"]


async def test_only_our_own_pages_open_a_socket() -> None:
    async with served(Hall(), origins=["https://rat.example"]) as url:
        async with wire(url, token("p1"), origin="https://rat.example") as own:
            assert (await own.join())["ok"]
        with pytest.raises(Exception, match="HTTP 403"):
            async with wire(url, origin="https://rat.example.evil.example"):
                pass


async def test_without_a_list_of_origins_no_page_opens_a_socket() -> None:
    async with served(Hall(), origins=[]) as url:
        with pytest.raises(Exception, match="HTTP 403"):
            async with wire(url, origin="https://evil.example"):
                pass


JUNK = [
    "null",
    "NaN",
    "-1",
    "1e999",
    '"\\ud800"',
    '"\x00"',
    "[]",
    "{}",
    "[[]]",
    "true",
    '"' + "x" * 500 + '"',
    "9" * 400,
]


def malformed(draws: random.Random) -> str | bytes:
    """Something that no client of ours sends, close enough to what it sends to get far."""
    name = draws.choice(["connect", "disconnect", "connect_error", "patch", "Join", "join ", "", "*"])
    shapes: list[str | bytes] = [
        draws.randbytes(draws.randrange(40)),
        "".join(draws.choices(string.printable, k=draws.randrange(60))),
        f'42{draws.randrange(99)}["{name}",{draws.choice(JUNK)}]',
        f'42{draws.randrange(99)}["join",{draws.choice(JUNK)}',
        f'42{draws.randrange(99)}["join",{draws.choice(JUNK[:1] + JUNK[2:7])}]',
        f'4{draws.randrange(3, 10)}{draws.randrange(99)}-["join",{{"_placeholder":true,"num":0}}]',
        f"4{draws.randrange(10)}" + "[" * draws.randrange(1, 3000),
        f"40/{name},{draws.choice(JUNK)}",
        f'42/{name},7["join",{{}}]',
        f"{draws.randrange(4, 10)}{draws.choice(JUNK)}",
    ]
    return draws.choice(shapes)


async def test_a_thousand_malformed_frames_leave_the_server_answering_and_change_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    draws, hall, outcomes = random.Random(9), Hall(), Counter[str]()  # noqa: S311 -- repeatable, not secret
    async with served(hall) as url, Screen(url, token("p1")) as good:
        at, picture = hall.room.at, dict(good.parts)
        for _ in range(1000):
            outcomes[await outcome(url, malformed(draws), connected=draws.random() < 0.7)] += 1

        assert (await good.join())["ok"]
        await until(lambda: len(hall.live.crowd) == 1)
        assert (hall.room.at, good.parts) == (at, picture)
    assert set(outcomes) == {"cut", "as ever"}
    assert outcomes["cut"] > 700
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def outcome(url: str, frame: str | bytes, *, connected: bool) -> str:
    """Whether a client that sends this is cut, or is served as if it had not."""
    try:
        async with wire(url, token("p2") if connected else None) as foreign:
            await foreign.say(frame)
            if not connected:
                await foreign.connect(token("p2"))
            return "as ever" if (await foreign.join())["ok"] else "not served"
    except ConnectionClosed:
        return "cut"
