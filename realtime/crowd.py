"""Everybody who is connected: the sockets, whose they are, and what they watch."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from realtime.fanout import Detour
from realtime.line import Line
from realtime.seat import Seat, Watch

SOCKETS_PER_PERSON = 8


class Client:
    """One socket. Who sits there was read once, when it connected."""

    __slots__ = ("asks", "mine", "page", "seat", "sid", "touches", "watch", "way")

    def __init__(self, sid: str, seat: Seat, way: Line | Detour) -> None:
        self.sid, self.seat, self.way = sid, seat, way
        self.page = ""
        self.watch: Watch | None = None  # None until it has joined
        self.mine: int | None = None  # tells the personal parts that it holds
        self.asks = False  # a command is on its way: the receipt will show it what is its own
        self.touches = 0  # how often entries touched it, or it joined


class Crowd:
    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}
        self._owners: defaultdict[int, dict[str, list[Client]]] = defaultdict(dict)  # oldest first
        # In the order in which they came, as they lie in memory: to fan out in that of a set costs a tenth more.
        self._lanes: defaultdict[Watch, dict[Client, None]] = defaultdict(dict)
        self._here: defaultdict[int, Counter[str]] = defaultdict(Counter)  # joined sockets by workshop and person

    def __len__(self) -> int:
        return len(self._clients)

    def __contains__(self, client: Client) -> bool:
        return client.sid in self._clients

    def __getitem__(self, sid: str) -> Client:
        return self._clients[sid]

    def enter(self, client: Client) -> Client | None:
        """Take a new socket in; return the owner's oldest one if there are too many now."""
        self._clients[client.sid] = client
        own = self._owners[client.seat.workshop].setdefault(client.seat.owner, [])
        own.append(client)
        return own[0] if len(own) > SOCKETS_PER_PERSON else None

    def leave(self, sid: str) -> Client:
        """Let go of a socket, wherever it stands."""
        client = self._clients.pop(sid)
        self.place(client, None)
        owners = self._owners[client.seat.workshop]
        owners[client.seat.owner].remove(client)
        if not owners[client.seat.owner]:
            del owners[client.seat.owner]
        if not owners:
            del self._owners[client.seat.workshop]
        return client

    def place(self, client: Client, watch: Watch | None) -> None:
        """Put a socket into the lane of a channel, out of the one it was in."""
        if client.watch:
            del self._lanes[client.watch][client]
            if not self._lanes[client.watch]:
                del self._lanes[client.watch]
            self._count(client.seat, -1)
        client.watch = watch
        if watch:
            self._lanes[watch][client] = None
            self._count(client.seat, +1)

    def lane(self, watch: Watch) -> Collection[Client]:
        return self._lanes.get(watch, {}).keys()

    @property
    def watched(self) -> Collection[Watch]:
        return self._lanes.keys()

    def touched(self, workshop: int, people: Collection[str] | None) -> Iterable[Client]:
        """The sockets of these people; None: everybody's."""
        owners = self._owners.get(workshop, {})
        for owner in owners if people is None else people:
            yield from owners.get(owner, ())

    def joined(self, workshop: int) -> Iterable[Client]:
        return (client for client in self.touched(workshop, None) if client.watch)

    @property
    def here(self) -> Mapping[int, int]:
        """How many people are connected, by workshop; desks and screens do not count."""
        return {workshop: len(people) for workshop, people in self._here.items()}

    def _count(self, seat: Seat, sockets: int) -> None:
        if seat.place == "person":
            people = self._here[seat.workshop]
            people[seat.person] += sockets
            if not people[seat.person]:
                del people[seat.person]
            if not people:
                del self._here[seat.workshop]
