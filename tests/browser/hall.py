"""A server for the browser's code alone: one page, a real Socket.IO server that says what the test tells it to."""

import asyncio
import json
import socket
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl

import socketio
import uvicorn
from jinja2 import Environment, FileSystemLoader

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parents[2] / "templates"), autoescape=True)
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; img-src data:"
ACCEPTED = {"ok": True, "made": "2026-11-20T09:54:00Z", "mine": {}}

Json = dict[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


@dataclass
class Hall:
    """What the server says, and what it heard. A `receipt` of None means that no answer comes."""

    static: Path
    body: str = ""
    script: str = "page.js"
    person: str = "p041"
    build: str = "ab12"
    at: int = 17
    answer: Json = field(default_factory=dict)  # over the usual answer to join, resync and GET picture
    receipt: Callable[[Json], Json | None] = lambda _: ACCEPTED
    deaf: bool = False  # refuses websockets
    gone: bool = False  # refuses everything
    joins: list[Json] = field(default_factory=list)
    resyncs: list[Json] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.sio = socketio.AsyncServer(async_mode="asgi", transports=["websocket"])
        self.sio.on("join", self._join)
        self.sio.on("resync", self._resync)
        self.sio.on("command", self._command)
        self.app = socketio.ASGIApp(self.sio, self._plain)
        self.loop: asyncio.AbstractEventLoop
        self.ended: asyncio.Event

    def emit(self, message: str, said: Json) -> None:
        asyncio.run_coroutine_threadsafe(self.sio.emit(message, said), self.loop).result(5)

    def patch(self, **parts: object) -> None:
        """The next step, with these parts: `__` in a name stands for the hyphen."""
        self.at += 1
        self.emit("patch", {"since": self.at - 1, "at": self.at, "parts": named(parts)})

    def cut(self) -> None:
        """Close all sockets; with `deaf` or `gone` there is no way back."""

        async def close() -> None:
            for sid in list(self.sio.manager.rooms.get("/", {}).get(None, {})):
                await self.sio.disconnect(sid)

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(5)

    def page(self) -> str:
        manifest = json.loads((self.static / "manifest.json").read_text())
        states = TEMPLATES.get_template("frame/states.html").render()
        return f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Saal</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/{manifest["base.css"]}">
<script type="module" src="/static/{manifest[self.script]}"></script></head>
<body data-workshop="482731" data-page="now" data-place="person" data-at="{self.at}" data-build="{self.build}"
 data-person="{self.person}" data-picture="/picture?page=now">
<header><div role="status" data-conn></div></header>
<main><div data-notices></div>{self.body}</main>{states}</body></html>"""

    def _answer(self, since: int) -> Json:
        usual = {"ok": True, "since": since, "at": since, "parts": {}, "mine": {}, "now": time.time() * 1000}
        return usual | {"build": self.build} | self.answer

    async def _join(self, _sid: str, said: Json) -> Json:
        self.joins.append(said)
        return self._answer(said["at"])

    async def _resync(self, _sid: str, said: Json) -> Json:
        self.resyncs.append(said)
        return self._answer(said["at"])

    async def _command(self, _sid: str, said: Json) -> Json:
        self.commands.append(said)
        receipt = self.receipt(said)
        if receipt is None:
            await self.ended.wait()
        return receipt or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and (self.deaf or self.gone):
            await receive()
            await send({"type": "websocket.close"})
        else:
            await self.app(scope, receive, send)

    async def _plain(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, kind, body = self._reply(scope, json.loads((await receive())["body"] or "{}"))
        headers = [(b"content-type", kind.encode()), (b"content-security-policy", CSP.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _reply(self, scope: Scope, said: Json) -> tuple[int, str, bytes]:
        path = scope["path"]
        if path == "/":
            return 200, "text/html; charset=utf-8", self.page().encode()
        if path.startswith("/static/"):
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            return 200, kind, (self.static / path.removeprefix("/static/")).read_bytes()
        if self.gone:
            return 502, "text/html", b"<h1>Bad Gateway</h1>"
        query = dict(parse_qsl(scope["query_string"].decode()))
        if query["person"] != self.person:
            return 409, "application/json", b'{"ok": false, "code": "identity"}'
        if path == "/picture":
            return 200, "application/json", json.dumps(self._answer(int(query["at"])) | {"hash": "h"}).encode()
        activity, _, command = path.rpartition("/")[2].partition(".")
        said |= {"activity": activity, "command": command, "plain": True}
        self.commands.append(said)
        return 200, "application/json", json.dumps(self.receipt(said)).encode()


def named(parts: Json) -> Json:
    return {name.replace("__", "-"): part for name, part in parts.items()}


@contextmanager
def opened(hall: Hall) -> Iterator[Hall]:
    """Let people in."""
    ready = Event()

    async def serve() -> None:
        hall.loop, hall.ended = asyncio.get_running_loop(), asyncio.Event()
        config = uvicorn.Config(hall, log_level="error", ws="websockets-sansio", lifespan="off")
        server = uvicorn.Server(config)
        door = socket.create_server(("127.0.0.1", 0))
        hall.url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        serving = asyncio.create_task(server.serve(sockets=[door]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # uvicorn has no event for it
        ready.set()
        await hall.ended.wait()
        server.force_exit = server.should_exit = True
        await serving

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait(10)
    try:
        yield hall
    finally:
        hall.loop.call_soon_threadsafe(hall.ended.set)
        thread.join()
