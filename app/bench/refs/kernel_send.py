"""The floor: one websocket frame, built once, and `socket.send` to every socket.  Nothing is queued or checked."""

import asyncio
import re
import socket
import struct
import sys
import time
from typing import cast

from websockets.utils import accept_key

everybody: list[socket.socket] = []


class Raw(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if key := re.search(rb"Sec-WebSocket-Key: (\S+)", data):
            head = "HTTP/1.1 101 .\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            self.transport.write(f"{head}{accept_key(key[1].decode())}\r\n\r\n".encode())
            everybody.append(socket.socket(fileno=self.transport.get_extra_info("socket").fileno()))
        elif data[0] == 0x81:  # a text frame, masked with zeros
            said = data[8 if data[1] & 127 == 126 else 6 :]
            words = b'{"t":%d,"said":%b}' % (time.monotonic_ns(), said)
            frame = struct.pack("!BBH", 0x81, 126, len(words)) + words
            for client in everybody:
                client.send(frame)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Raw, "127.0.0.1", int(sys.argv[1]), backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
