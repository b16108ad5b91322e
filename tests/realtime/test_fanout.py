import asyncio
import random
from itertools import count
from typing import Any

import pytest

from app.frames import Framed
from realtime import line
from realtime.fanout import Detour, Frame
from realtime.guard import Raw
from realtime.line import Asgi, Line
from tests.realtime.hall import NOW, Hall, command, served, token, until
from tests.realtime.screens import Screen, Sleeper, wire

BALLAST = "x" * 200_000
BOTH = pytest.mark.parametrize("ws", [Framed, "websockets-sansio"])  # a server with a shortcut, and one without


def test_a_frame_is_encoded_as_socketio_does() -> None:
    message = {"type": "websocket.send", "text": '42["patch",{"at":5}]'}

    assert Frame("patch", {"at": 5}) == message
    assert Frame("patch", Raw('{"at":5}')) == message


async def test_the_door_is_where_we_expect_it() -> None:
    """`environ["asgi.send"]` is undocumented. Where it goes away everybody takes the detour, and this test fails."""
    hall = Hall()
    async with served(hall) as url, Screen(url, token("p1")):
        (client,) = hall.live.crowd.joined(1)

        assert type(client.way) is Line
        await until(lambda: client.way.free)  # no answer is being drawn


async def test_where_the_door_is_missing_everything_takes_the_detour() -> None:
    hall = Hall()

    async def app(scope: Asgi, receive: object, send: object) -> None:
        await hall.live._sio.handle_request(scope, receive, send)

    async with served(hall, app=app) as url, Screen(url, token("p1")) as screen:
        (client,) = hall.live.crowd.joined(1)
        assert type(client.way) is Detour

        hall.vote("p1")
        await until(lambda: screen.at == hall.room.at and "chosen='ja'" in str(screen.mine))
        assert screen.parts == hall.picture(NOW)
        await until(lambda: screen.here and screen.here[0][0] == 1)

        async with wire(url, token("p2")) as foreign:
            await foreign.say('42["join",{}]')
            assert await foreign.heard("41") == "41"


@BOTH
async def test_two_screens_and_a_lossy_one_end_with_the_true_picture(ws: object) -> None:
    draws, hall = random.Random(4), Hall()  # noqa: S311 -- repeatable, not secret
    async with (
        served(hall, ws=ws, seconds=0.01) as url,
        Screen(url, token("p1")) as first,
        Screen(url, token("p2")) as second,
        Screen(url, token("p3"), loss=0.4, seed=4) as lossy,
    ):
        changes = count(1)
        while next(changes) <= 150 or min(lossy.lost, lossy.gaps) <= 10:
            person = draws.choice(["p0", "p1", "p2", "p3", "p4"])
            wish = draws.choices(
                [
                    command("vote", choice=draws.choice(["ja", "nein"])),
                    command("amend", option="ja", label=draws.choice(["Ja", "Gern"])),
                    command("reset"),
                    command("show", view=draws.choice(["result", "question"])),
                ],
                weights=[10, 2, 1, 1],
            )[0]
            assert hall.act(person if wish["command"] == "vote" else "mo", wish)["ok"]
            await asyncio.sleep(draws.choice([0, 0.01, 0.02]))
        lossy.loss = 0
        hall.vote("p0", "ja")
        hall.vote("p0", "nein")
        hall.act("mo", command("reset"))
        await until(lambda: first.at == second.at == lossy.at == hall.room.at)

        assert first.parts == second.parts == lossy.parts == hall.picture(NOW)
        assert (first.gaps, second.gaps, first.wholes, second.wholes) == (0, 0, 1, 1)


@BOTH
async def test_a_phone_that_sleeps_stops_nobody_and_takes_no_memory_and_wakes_to_the_true_picture(ws: object) -> None:
    hall = Hall()
    hall.ballast = BALLAST
    async with served(hall, ws=ws, seconds=0.005) as url, Screen(url, token("p1")) as awake, Sleeper(url) as sleeper:
        (client,) = hall.live.crowd.touched(1, {"p4"})
        assert type(client.way) is Line
        for _ in range(50):
            hall.vote("p2")
            await until(lambda: awake.at == hall.room.at)

        assert awake.gaps == 0
        assert not client.way.free
        assert len(line._rests) == 1
        assert sum(queued(hall)) <= 3

        patch = await sleeper.patch(hall.room.at)
        assert (patch["since"], patch["parts"]) == (None, hall.picture(NOW))
        assert len(sleeper.events()) < 40
        hall.vote("p3")
        assert (await sleeper.patch(hall.room.at))["since"] == patch["at"]


def queued(hall: Hall) -> list[int]:
    """How many packets wait in the queues of Engine.IO."""
    return [socket.queue.qsize() for socket in hall.live._sio.eio.sockets.values()]


@BOTH
async def test_whoever_does_not_read_is_not_read_either(ws: object) -> None:
    """Else somebody who sends commands and reads no answer fills the memory with answers."""
    hall = Hall()
    hall.ballast = BALLAST
    async with served(hall, ws=ws, seconds=0.005) as url, Sleeper(url) as sleeper, Screen(url, token("p1")) as awake:
        (client,) = hall.live.crowd.touched(1, {"p4"})
        while client.way.free:
            hall.vote("p2")
            await until(lambda: awake.at == hall.room.at)
        for _ in range(500):
            await sleeper.say('421["resync",{"at":1}]')
        await asyncio.sleep(0.1)

        assert sum(queued(hall)) <= 3


@BOTH
async def test_a_client_that_vanished_is_skipped_until_its_socket_is_gone(ws: object) -> None:
    hall = Hall()
    async with served(hall, ws=ws) as url, Screen(url, token("p1")) as screen:
        (client,) = hall.live.crowd.joined(1)
        line = client.way
        assert type(line) is Line
        await until(lambda: line.free)

        def gone(_message: Asgi) -> Any:
            raise ConnectionResetError

        assert (line._shortcut is None) == (ws is not Framed)
        line._shortcut = line._shortcut and gone
        line._send = gone
        hall.vote("p2")
        await until(lambda: not line.free)
        assert screen.patches == 0


class Server:
    """Both ways out of a server: what went by which, and somebody who does not read yet."""

    def __init__(self) -> None:
        self.reads = asyncio.Event()
        self.written: list[Asgi] = []
        self.sent: list[Asgi] = []

    def write(self, message: Asgi) -> bool:
        self.written.append(message)
        return True

    async def send(self, message: Asgi) -> None:
        await self.reads.wait()
        self.sent.append(message)

    async def receive(self) -> Asgi:
        return {"type": "websocket.receive", "text": "3"}


async def test_the_shortcut_overtakes_nothing_that_still_waits() -> None:
    server = Server()
    line = Line(server.receive, server.send, server.write)
    first, second, third = ({"type": "websocket.send", "text": text} for text in "123")
    slow = asyncio.create_task(line(first))
    await asyncio.sleep(0)
    line.push(second)
    assert server.written == []

    server.reads.set()
    await slow
    assert await line.receive() == {"type": "websocket.receive", "text": "3"}
    line.push(third)
    assert (server.sent, server.written) == ([first, second], [third])


@pytest.mark.parametrize("by", ["us", "engine.io"])
async def test_nothing_takes_the_shortcut_after_the_goodbye(by: str) -> None:
    server = Server()
    server.reads.set()
    line = Line(server.receive, server.send, server.write)
    if by == "us":
        line.close("zu")
    else:
        await line({"type": "websocket.close", "code": 1000})
    line.push({"type": "websocket.send", "text": "42"})

    assert (len(server.sent), server.written) == (2, [])


async def test_a_client_that_vanishes_while_it_is_waited_for_is_skipped_too() -> None:
    waiting = asyncio.Event()

    async def send(_message: Asgi) -> None:
        await waiting.wait()
        raise ConnectionResetError

    async def receive() -> Asgi:
        return {"type": "websocket.receive", "text": "3"}

    line = Line(receive, send)
    line.push({"type": "websocket.send", "text": "42"})
    reading = asyncio.create_task(line.receive())
    await asyncio.sleep(0.01)
    assert (line.free, reading.done()) == (False, False)

    waiting.set()
    assert await reading == {"type": "websocket.receive", "text": "3"}
    assert (line.free, line._lost) == (False, True)
