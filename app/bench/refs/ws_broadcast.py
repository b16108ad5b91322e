"""The websockets library on uvloop: what one client says is broadcast to all."""

import asyncio
import sys
import time

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def hall(client: ServerConnection) -> None:
    everybody.add(client)
    try:
        async for said in client:
            broadcast(everybody, f'{{"t":{time.monotonic_ns()},"said":{said!s}}}')
    finally:
        everybody.remove(client)


async def main() -> None:
    async with serve(hall, "127.0.0.1", int(sys.argv[1])):
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
