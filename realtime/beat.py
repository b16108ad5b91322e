"""The beat: 100 ms after the last one, where something changed, each channel is told what, each person what is theirs.

Nobody is sent a picture before it is settled that they may still see it: the question who may watch what is asked
again after the painting and right before the sending, for everybody whom an entry touched.
"""

import asyncio
import time
from collections.abc import Collection

from realtime.channel import Channel
from realtime.channels import Channels
from realtime.complaint import Complaints
from realtime.crowd import Client, Crowd
from realtime.fanout import Frame, fan_out
from realtime.guard import Raw, written
from realtime.seat import House, Watch

BEAT_SECONDS = 0.1  # between two beats, so that receipts have their share however long one takes
TURN_SECONDS = 0.02  # of painting, then everybody else has a turn
STRETCH = 3  # the beat is never faster than three times the last fan-out


class Beat:
    def __init__(self, house: House, crowd: Crowd, complaints: Complaints, seconds: float = BEAT_SECONDS) -> None:
        self._house, self._crowd, self._complaints, self._seconds = house, crowd, complaints, seconds
        self._stirred = asyncio.Event()
        self.channels = Channels(house.paint, self._stirred.set)
        self._unchecked: set[Client] = set()  # touched since they were last asked whether they may watch
        self._behind: set[Client] = set()  # missed a patch, or were moved: need the whole picture
        self._unsaid: set[Client] = set()  # their personal parts may have changed
        self._fan_out_seconds = 0.0
        self._turn_ends = 0.0

    def stir(self, workshop: int, touched: Collection[str] | None) -> None:
        """Say that entries were folded, and whose personal parts they may change; None: everybody's."""
        self.channels.stir(workshop)
        for client in self._crowd.touched(workshop, touched):
            client.touches += 1
            self._unchecked.add(client)
            self._unsaid.add(client)
        self._stirred.set()

    def settled(self, client: Client) -> None:
        """Say that an answer shows the client what is theirs, up to now."""
        self._unsaid.discard(client)

    def fall_behind(self, clients: Collection[Client]) -> None:
        """Say that these missed something."""
        if clients:
            self._behind.update(clients)
            self._stirred.set()

    def forget(self, client: Client) -> None:
        """Say that a client is gone, or that an answer shows it everything up to now."""
        for clients in (self._unchecked, self._behind, self._unsaid):
            clients.discard(client)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            await asyncio.sleep(0)  # receipts of what stirred it go first
            try:
                await self.beat()
            except Exception as error:  # noqa: BLE001 -- the heart of the house does not stop
                self._complaints.note("a beat", error)
            await asyncio.sleep(max(self._seconds, (STRETCH - 1) * self._fan_out_seconds))

    async def beat(self) -> None:
        self._fan_out_seconds, self._turn_ends = 0.0, time.monotonic() + TURN_SECONDS
        await self._check()
        for watch in self.channels.stale:
            await self._tell(watch)
        for client in [client for client in self._behind if client.way.free]:
            await self._catch_up(client)
        for client in [client for client in self._unsaid if client.way.free and not client.asks]:
            await self._say(client)
        if self._behind or any(not client.asks for client in self._unsaid):
            self._stirred.set()  # whoever asks is shown it with the answer

    async def _tell(self, watch: Watch) -> None:
        """Tell one channel what changed. A broken template of one must not silence the others."""
        try:
            step = await self.channels.painting(watch)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the other channels live
            self._complaints.note(f"the picture {watch.audience} {watch.page}", error)
            return
        await self._check()
        patch = step()  # from here on nothing waits, so that nobody is missed and nobody is told too much
        if patch:
            started = time.monotonic()
            self.fall_behind(fan_out(self._crowd.lane(watch), Frame("patch", patch)))
            self._fan_out_seconds += time.monotonic() - started
        await self._breathe()

    async def _check(self) -> None:
        """Ask again what touched people may watch, until nobody is left; who was moved gets a whole picture."""
        while self._unchecked:
            client = self._unchecked.pop()
            if client.watch is None:
                continue  # joining, or has not yet: is asked there
            touches = client.touches
            try:
                watch = await self._house.admit(client.seat, client.page)
            except Exception as error:  # noqa: BLE001 -- who cannot be checked is cut, and asks again by coming back
                self._complaints.note("admission", error)
                watch = None
            if client.watch is None or client.touches != touches:
                continue  # has left, or this is no longer true
            if watch is None:
                self._cut(client, "not admitted")
            elif watch != client.watch:
                self._crowd.place(client, watch)
                self._behind.add(client)
            await self._breathe()

    async def _catch_up(self, client: Client) -> None:
        """Give a whole picture to somebody who missed a patch or was moved, and is free now."""
        watch = client.watch
        if watch is None:
            return
        try:
            channel = await self.channels.opened(watch)
        except Exception as error:  # noqa: BLE001 -- as for admission
            self._complaints.note(f"the picture {watch.audience} {watch.page}", error)
            self._cut(client, "no picture")
            return
        if client.watch == watch and client.way.free and client not in self._unchecked:
            self._behind.discard(client)
            self._send_whole(client, channel)
        await self._breathe()

    def _send_whole(self, client: Client, channel: Channel) -> None:
        client.way.push(Frame("patch", Raw(channel.text)))
        client.way.push(Frame("presence", {"here": self._crowd.here.get(client.seat.workshop, 0)}))

    async def _say(self, client: Client) -> None:
        """Tell somebody what is theirs, if it is not what they have."""
        self._unsaid.discard(client)
        if client.watch is None:
            return
        touches = client.touches
        try:
            parts = await self._house.mine(client.seat, client.page)
        except Exception as error:  # noqa: BLE001 -- the next entry that touches them tries again
            self._complaints.note(f"the personal picture {client.page}", error)
            return
        if client.watch and (not client.way.free or client.touches != touches):
            self._unsaid.add(client)  # an answer with other parts is on its way, or was: look again
        elif client.watch and client.mine != (mine := hash(text := written(parts))):
            client.mine = mine
            client.way.push(Frame("mine", Raw(f'{{"parts":{text}}}')))
        await self._breathe()

    def _cut(self, client: Client, reason: str) -> None:
        self._crowd.place(client, None)
        self.forget(client)
        client.way.close(reason)

    async def _breathe(self) -> None:
        """Let everybody else have a turn if this one was long enough."""
        if time.monotonic() >= self._turn_ends:
            await asyncio.sleep(0)
            self._turn_ends = time.monotonic() + TURN_SECONDS
