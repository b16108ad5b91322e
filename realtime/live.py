"""The live connection: what a client may say, and that it is always answered.

Identity is read once, when a socket connects, and stored. The lane is entered in the same step in which the answer to
`join` is written, so that no patch falls between the two.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from functools import partial

import socketio
from socketio.exceptions import ConnectionRefusedError as Refusal

from realtime.allowance import Allowance
from realtime.beat import BEAT_SECONDS, Beat
from realtime.channel import Channel
from realtime.complaint import Complaints
from realtime.crowd import Client, Crowd
from realtime.fanout import Frame, fan_out, way
from realtime.guard import MALFORMED, MOST_BYTES, Packet, Raw, written
from realtime.intake import Intake
from realtime.line import SHORTCUT, Asgi, Line
from realtime.presence import Presence
from realtime.seat import House, Message, Seat, Watch

LOOK_SECONDS = 1.0  # how often presence and unused channels are looked at


class Live:
    """An ASGI application for the path of the sockets; pages of `origins` may open them.

    `each` is the allowance of one person, `together` that of all.
    """

    def __init__(
        self,
        house: House,
        origins: Iterable[str],
        *,
        seconds: float = BEAT_SECONDS,
        each: Allowance | None = None,
        together: Allowance | None = None,
    ) -> None:
        self._house = house
        self._each = each or Allowance(burst=20, rate=5)
        self._together = together or Allowance(burst=2000, rate=1000)
        self._complaints = Complaints()
        self._presence = Presence()
        self.intake = Intake()
        self.crowd = Crowd()
        self._beat = Beat(house, self.crowd, self._complaints, seconds)
        self._sio = socketio.AsyncServer(
            async_mode="asgi",
            transports=["websocket"],
            async_handlers=False,  # else the events of one client overtake each other
            always_connect=False,
            serializer=Packet,
            cors_allowed_origins=tuple(origins),  # an empty list would switch the check off
            max_http_buffer_size=MOST_BYTES,
            ping_interval=20,
            ping_timeout=15,
        )
        self._sio.on("connect", self._connected)
        self._sio.on("disconnect", self._disconnected)
        self._sio.on(MALFORMED, self._malformed)
        self._acts = {"join": self._join, "resync": self._resync, "command": self._command}
        for name in self._acts:
            self._sio.on(name, partial(self._answer, name))  # of those who take the detour

    async def __call__(
        self, scope: Asgi, receive: Callable[[], Awaitable[Asgi]], send: Callable[[Asgi], Awaitable[None]]
    ) -> None:
        if scope["type"] == "websocket":
            line = Line(receive, send, scope.get("extensions", {}).get(SHORTCUT, {}).get("write"))
            await self._sio.handle_request(scope, line.receive, line)
        else:
            await self._sio.handle_request(scope, receive, send)

    async def run(self) -> None:
        """Beat, and look after presence and channels, until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._beat.run())
                tasks.create_task(self._look())
        finally:
            await self._sio.shutdown()

    def stir(self, workshop: int, touched: Collection[str] | None) -> None:
        """Say that entries of a workshop were folded, and whose personal parts they may change; None: everybody's."""
        self._beat.stir(workshop, touched)

    async def channel(self, watch: Watch) -> Channel:
        """The channel with everything that happened before this call: the same picture for the page and for `join`."""
        return await self._beat.channels.fresh(watch)

    def allowance(self, seat: Seat) -> Message | None:
        """Take one command from the allowance of a seat, from wherever it comes: None, or the refusal to answer."""
        now = time.monotonic()
        if seat.place != "desk" and (wait := self._each.wait((seat.workshop, seat.owner), now)):
            return self._refusal("allowance") | {"retry_after_ms": wait}
        if wait := self._together.wait("", now):
            return self._refusal("busy") | {"retry_after_ms": wait}
        return None

    async def _connected(self, sid: str, environ: Asgi, auth: Message | None = None) -> None:
        try:
            seat = self._house.who(environ, auth)
        except Exception as error:  # noqa: BLE001 -- an unanswered client would wait for ever
            self._complaints.note("the check of who connects", error)
            raise Refusal("broken") from None
        if seat is None:
            raise Refusal("unknown_actor")
        client = Client(sid, seat, way(self._sio, sid, environ))
        if isinstance(client.way, Line):
            client.way.hear = partial(self._hear, sid, client.way)
        if oldest := self.crowd.enter(client):
            oldest.way.close("too many sockets")

    async def _disconnected(self, sid: str, _reason: str) -> None:
        client = self.crowd.leave(sid)
        self._beat.forget(client)
        client.way.close("disconnected")

    async def _malformed(self, sid: str, _message: Message) -> None:
        self.crowd[sid].way.close("only join, resync and command, each to be answered")

    async def _hear(self, sid: str, line: Line, text: str) -> None:
        """Answer an event on the line that it came by."""
        said = Packet(encoded_packet=text[1:])
        name, message = said.data
        if name == MALFORMED:
            await self._malformed(sid, message)
        else:
            line.answer(said.id, written(await self._answer(name, sid, message)))

    async def _answer(self, name: str, sid: str, message: Message) -> Message | Raw:
        """Whatever happens there is an answer: without one a client would wait for ever."""
        client = self.crowd[sid]
        try:
            await self.intake.enter()
            return await self._acts[name](client, message)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is answered
            self._complaints.note(name, error)
            return self._refusal("broken")
        finally:
            client.way.drawing = False

    async def _join(self, client: Client, message: Message) -> Message | Raw:
        match message:
            case {"page": str(page), "at": int() | None as at, "build": str(build)}:
                pass
            case _:
                return self._refusal("invalid")
        if build != self._house.build:
            at = None  # the same `at` looks different there
            client.way.push(Frame("reload", {"build": self._house.build}))
        return await self._shown(client, page, at)

    async def _resync(self, client: Client, message: Message) -> Message | Raw:
        match message:
            case {"at": int() | None as at} if client.watch:
                return await self._shown(client, client.page, at)
            case {"at": int() | None}:
                return self._refusal("not_joined")
            case _:
                return self._refusal("invalid")

    async def _shown(self, client: Client, page: str, at: int | None) -> Message | Raw:
        """Let a client watch a page, and answer with what it lacks to see it."""
        client.way.drawing = True
        touches = -1
        while touches != client.touches:  # nothing may touch it between admission and answer
            touches = client.touches
            watch = await self._house.admit(client.seat, page)
            if watch is None:
                return self._refusal("forbidden")
            channel = await self._beat.channels.opened(watch)
            mine = written(await self._house.mine(client.seat, page))
        if client not in self.crowd:
            return self._refusal("broken")
        # From here on nothing waits: the lane is entered and the answer written in one step.
        client.page, client.mine, client.way.joined = page, hash(mine), True
        client.touches += 1
        self.crowd.place(client, watch)
        self._beat.forget(client)
        told = {
            "ok": True,
            "here": self.crowd.here.get(client.seat.workshop, 0),
            "now": int(time.time() * 1000),
            "build": self._house.build,
        }
        patch = channel.text if channel.catch_up(at) else written({"since": at, "at": at, "parts": {}})
        return Raw(f'{written(told)[:-1]},"mine":{mine},{patch[1:]}')

    async def _command(self, client: Client, message: Message) -> Message | Raw:
        if refusal := self.allowance(client.seat):
            return refusal
        client.asks = True
        try:
            receipt = await self._house.submit(client.seat, message)
        except Exception:
            self._beat.stir(client.seat.workshop, {client.seat.owner})  # it may be on record all the same
            raise
        finally:
            client.asks = False
        if not client.watch:
            return receipt
        client.way.drawing = True
        self._beat.settled(client)
        try:
            mine = written(await self._house.mine(client.seat, client.page))
        except Exception as error:  # noqa: BLE001 -- it is on record: the receipt goes out whatever cannot be drawn
            self._complaints.note("the personal picture of a receipt", error)
            return receipt
        client.mine = hash(mine)
        return Raw(f'{written(receipt)[:-1]},"mine":{mine}}}')

    def _refusal(self, code: str) -> Message:
        return {"ok": False, "code": code, "sentence": self._house.sentence(code)}

    async def _look(self) -> None:
        """Every second: tell who is here, and drop what nobody needs."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                self._look_once(time.monotonic())
            except Exception as error:  # noqa: BLE001 -- the next look may do better
                self._complaints.note("presence", error)

    def _look_once(self, now: float) -> None:
        for workshop, here in self._presence.due(self.crowd.here, now).items():
            self._beat.fall_behind(fan_out(self.crowd.joined(workshop), Frame("presence", {"here": here})))
        self._beat.channels.sweep(self.crowd.watched, now)
