"""What may come in through a socket: three events with one object each, to be answered. All else is refused.

python-socketio alone would let a client call the handlers `connect` and `disconnect`, and would gather binary
attachments without limit.
"""

import json
import math
import re
from typing import Any, TypeGuard

from socketio import packet

EVENTS = ("join", "resync", "command")
MALFORMED = "malformed"  # the event that whatever is refused turns into; no client can send it
MOST_BYTES = 65_536
MOST_DEPTH = 8

EVENT, ANSWER = "42", "43"  # how the frames of an event and of its acknowledgement begin
_FRAMES = ("40", "41", EVENT)  # Engine.IO messages with a Socket.IO connect, disconnect or event
_PACKET = re.compile(r"(?:0(?P<auth>\{.*)?|1|2(?P<id>[0-9]{1,9})(?P<event>\[.*))", re.DOTALL)


def passes(frame: object) -> TypeGuard[str]:
    """Whether a websocket frame is text for Engine.IO to read: a close, a pong, or a message that may be ours."""
    return isinstance(frame, str) and (frame in ("1", "3") or frame[:2] in _FRAMES) and len(frame) <= MOST_BYTES


def written(data: Any) -> str:
    """JSON as it goes over the wire; Raw is that already."""
    return data.text if isinstance(data, Raw) else _ENCODER.encode(data)


class Raw:
    """JSON that is written already."""

    def __init__(self, text: str) -> None:
        self.text = text


class Packet(packet.Packet):  # type: ignore[misc]  # python-socketio has no types
    """The packet class for `socketio.AsyncServer(serializer=Packet)`."""

    uses_binary_events = False
    data: Any
    id: int | None
    namespace: None

    def encode(self) -> str:
        if not isinstance(self.data, list):
            return str(super().encode())
        return f"{self.packet_type}{'' if self.id is None else self.id}[{','.join(map(written, self.data))}]"

    def decode(self, encoded_packet: str) -> int:
        """Read what the client sent; there are never attachments to wait for."""
        self.namespace = None
        try:
            self._read(encoded_packet)
        except (ValueError, RecursionError):
            self.packet_type, self.id, self.data = packet.EVENT, None, [MALFORMED, {}]
        return 0

    def _read(self, text: str) -> None:
        found = _PACKET.fullmatch(text)
        if found is None:
            raise ValueError("neither connect, disconnect nor an event to be answered")
        self.packet_type = int(text[0])
        said = found["auth"] or found["event"]
        self.data = _DECODER.decode(said) if said else None
        self.id = int(found["id"]) if found["id"] else None
        if text.count("[") + text.count("{") > MOST_DEPTH and depth(self.data) > MOST_DEPTH:
            raise ValueError("too deep")
        if self.packet_type == packet.EVENT:
            name, message = self.data
            if name not in EVENTS or not isinstance(message, dict):
                raise ValueError("not an event of ours")


def _finite(number: str) -> float:
    """A number that JSON can carry back; Python alone would read NaN and 1e999."""
    if not math.isfinite(found := float(number)):
        raise ValueError(f"{number} is not finite")
    return found


_ENCODER = json.JSONEncoder(separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_finite, parse_float=_finite)


def depth(data: object) -> int:
    """How deep lists and objects are nested."""
    depth, level = 0, [data]
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
    return depth
